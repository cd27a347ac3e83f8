package web

import (
	"hotline1022/internal/auth"
)

// rosterRoutes are the addresses about shifts. An agent sees and asks for what is
// their own; leads see all, decide and edit.
func (s *site) rosterRoutes(add func(pattern string, need auth.Need, h handler)) {
	of := func(pattern string, need auth.Need, h handler) { add(pattern, need, s.rosterTold(h)) }
	of("GET /api/roster", auth.OwnShifts, s.plan)
	of("PUT /api/roster/assignments/{date}/{shift}/{agent}", auth.EditRoster, s.assign)
	of("DELETE /api/roster/assignments/{date}/{shift}/{agent}", auth.EditRoster, s.unassign)
	of("POST /api/roster/moves", auth.EditRoster, s.move)
	of("POST /api/roster/generate", auth.EditRoster, s.generate)
	of("GET /api/roster/members", auth.EditRoster, s.members)
	of("PUT /api/roster/members/{agent}", auth.EditRoster, s.saveMember)
	of("GET /api/roster/changes", auth.EditRoster, s.planChanges)

	of("GET /api/roster/leaves", auth.OwnShifts, s.leaves)
	of("POST /api/roster/leaves", auth.OwnShifts, s.askLeave)
	of("POST /api/roster/leaves/{id}/{step}", auth.OwnShifts, s.takeLeave)
	of("GET /api/roster/swaps", auth.OwnShifts, s.swaps)
	of("POST /api/roster/swaps", auth.OwnShifts, s.proposeSwap)
	of("POST /api/roster/swaps/{id}/{step}", auth.OwnShifts, s.takeSwap)
	of("GET /api/roster/partners", auth.OwnShifts, s.partners)

	of("GET /api/roster/substitutes", auth.LeadShift, s.substitutes)
	of("GET /api/roster/attendance", auth.OwnShifts, s.attendance)
	of("GET /api/roster/alarms", auth.LeadShift, s.alarms)
	of("POST /api/roster/releases/{agent}", auth.LeadShift, s.release)

	of("GET /api/roster/sheets", auth.OwnShifts, s.currentSheets)
	of("GET /api/roster/sheets/{date}/{shift}", auth.OwnShifts, s.sheet)
	of("POST /api/roster/sheets/{date}/{shift}/notes", auth.OwnShifts, s.addNote)
	of("POST /api/roster/sheets/{date}/{shift}/sign", auth.OwnShifts, s.signSheet)
	of("POST /api/roster/sheets/{date}/{shift}/take", auth.OwnShifts, s.takeSheet)
}
