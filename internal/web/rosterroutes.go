package web

import (
	"hotline1022/internal/auth"
)

// rosterRoutes are the addresses about shifts. An agent sees and asks for what is
// their own; leads see all, decide and edit.
func (s *site) rosterRoutes(add func(pattern string, role auth.Role, h handler)) {
	of := func(pattern string, role auth.Role, h handler) { add(pattern, role, s.rosterTold(h)) }
	of("GET /api/roster", auth.Agent, s.plan)
	of("PUT /api/roster/assignments/{date}/{shift}/{agent}", auth.Supervisor, s.assign)
	of("DELETE /api/roster/assignments/{date}/{shift}/{agent}", auth.Supervisor, s.unassign)
	of("POST /api/roster/moves", auth.Supervisor, s.move)
	of("POST /api/roster/generate", auth.Supervisor, s.generate)
	of("GET /api/roster/members", auth.Supervisor, s.members)
	of("PUT /api/roster/members/{agent}", auth.Supervisor, s.saveMember)
	of("GET /api/roster/changes", auth.Supervisor, s.planChanges)

	of("GET /api/roster/leaves", auth.Agent, s.leaves)
	of("POST /api/roster/leaves", auth.Agent, s.askLeave)
	of("POST /api/roster/leaves/{id}/{step}", auth.Agent, s.takeLeave)
	of("GET /api/roster/swaps", auth.Agent, s.swaps)
	of("POST /api/roster/swaps", auth.Agent, s.proposeSwap)
	of("POST /api/roster/swaps/{id}/{step}", auth.Agent, s.takeSwap)
	of("GET /api/roster/partners", auth.Agent, s.partners)

	of("GET /api/roster/substitutes", auth.Supervisor, s.substitutes)
	of("GET /api/roster/attendance", auth.Agent, s.attendance)
	of("GET /api/roster/alarms", auth.Supervisor, s.alarms)
	of("POST /api/roster/releases/{agent}", auth.Supervisor, s.release)

	of("GET /api/roster/sheets", auth.Agent, s.currentSheets)
	of("GET /api/roster/sheets/{date}/{shift}", auth.Agent, s.sheet)
	of("POST /api/roster/sheets/{date}/{shift}/notes", auth.Agent, s.addNote)
	of("POST /api/roster/sheets/{date}/{shift}/sign", auth.Agent, s.signSheet)
	of("POST /api/roster/sheets/{date}/{shift}/take", auth.Agent, s.takeSheet)
}
