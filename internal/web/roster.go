package web

import (
	"net/http"
	"strconv"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
)

// rosterRoutes are the addresses about shifts. An agent sees and asks for what is
// their own; leads see all, decide and edit.
func (s *site) rosterRoutes(add func(pattern string, role auth.Role, h handler)) {
	of := func(pattern string, role auth.Role, h handler) { add(pattern, role, s.rosterTold(h)) }
	of("GET /api/roster", auth.Agent, s.plan)
	of("PUT /api/roster/assignments/{date}/{shift}/{agent}", auth.Supervisor, s.assign)
	of("DELETE /api/roster/assignments/{date}/{shift}/{agent}", auth.Supervisor, s.unassign)
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

	of("GET /api/roster/sheets", auth.Agent, s.currentSheets)
	of("GET /api/roster/sheets/{date}/{shift}", auth.Agent, s.sheet)
	of("POST /api/roster/sheets/{date}/{shift}/notes", auth.Agent, s.addNote)
	of("POST /api/roster/sheets/{date}/{shift}/sign", auth.Agent, s.signSheet)
	of("POST /api/roster/sheets/{date}/{shift}/take", auth.Agent, s.takeSheet)
}

// Days that may be asked for at once.
const (
	usualDays = 7
	mostDays  = 92
)

// isLead says whether who asks sees and decides for everybody.
func isLead(r *http.Request) bool { return person(r).Role.Includes(auth.Supervisor) }

// actor is who takes a step.
func actor(r *http.Request) (roster.Actor, error) {
	id := person(r).ID
	if id == "" {
		return roster.Actor{}, errNobodyActs
	}
	return roster.Actor{Agent: call.AgentID(id), Lead: isLead(r)}, nil
}

// mine says whether something about that agent is for who asks to see.
func mine(r *http.Request, agent call.AgentID) bool {
	return isLead(r) || agent != "" && string(agent) == person(r).ID
}

func (s *site) plan(w http.ResponseWriter, r *http.Request) error {
	from, days, err := daysOf(r, usualDays)
	if err != nil {
		return err
	}
	p, err := s.deps.Roster.Plan(r.Context(), from, days)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, s.planOf(r, p, from, days))
	return nil
}

// daysOf reads from, today when it is missing, and days.
func daysOf(r *http.Request, otherwise int) (from string, days int, err error) {
	q := r.URL.Query()
	if from, err = dateOr(q.Get("from"), today()); err != nil {
		return "", 0, err
	}
	days = otherwise
	if text := q.Get("days"); text != "" {
		if days, err = strconv.Atoi(text); err != nil || days < 1 || days > mostDays {
			return "", 0, badRequest("Tham số days phải từ 1 đến 92.", "days must be from 1 to 92.")
		}
	}
	return from, days, nil
}

// namedAssignment is the one that a path names.
func namedAssignment(r *http.Request) (roster.Assignment, error) {
	date, err := dateOr(r.PathValue("date"), "")
	return roster.Assignment{Date: date, Shift: r.PathValue("shift"), Agent: call.AgentID(r.PathValue("agent"))}, err
}

func (s *site) assign(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	a, err := namedAssignment(r)
	if err != nil {
		return err
	}
	var form struct {
		Force bool `json:"force"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	overridden, err := s.deps.Roster.Assign(r.Context(), a, by.Agent, form.Force)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"assignment": s.assignmentOf(a, len(overridden) > 0), "overridden": s.problemsOf(overridden),
	})
	return nil
}

func (s *site) unassign(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	a, err := namedAssignment(r)
	if err != nil {
		return err
	}
	force, err := flag(r, "force")
	if err != nil {
		return err
	}
	overridden, err := s.deps.Roster.Unassign(r.Context(), a, by.Agent, force)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"overridden": s.problemsOf(overridden)})
	return nil
}

// flag is a parameter that is true, or false as when it is missing.
func flag(r *http.Request, name string) (bool, error) {
	switch r.URL.Query().Get(name) {
	case "true":
		return true, nil
	case "false", "":
		return false, nil
	}
	return false, badRequest("Tham số "+name+" phải là true hoặc false.", name+" must be true or false.")
}

func (s *site) planChanges(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	limit, before := usualRows, int64(0)
	var err error
	if text := q.Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > mostRows {
			return badRequest("Tham số limit phải từ 1 đến 200.", "limit must be from 1 to 200.")
		}
	}
	if text := q.Get("before"); text != "" {
		if before, err = strconv.ParseInt(text, 10, 64); err != nil || before < 1 {
			return badRequest("Tham số before không đúng.", "before must be the \"next\" of an earlier answer.")
		}
	}
	rows, err := s.deps.Roster.PlanChanges(r.Context(), before, limit)
	if err != nil {
		return err
	}
	next := ""
	if len(rows) == limit {
		next = strconv.FormatInt(rows[limit-1].ID, 10)
	}
	writeJSON(w, http.StatusOK, map[string]any{"changes": views(rows, s.planChangeOf), "next": next})
	return nil
}
