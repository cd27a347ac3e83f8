package web

import (
	"net/http"
	"strconv"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

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
	if form.Force {
		tell(r, "forced", "true")
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
	if force {
		tell(r, "forced", "true")
	}
	overridden, err := s.deps.Roster.Unassign(r.Context(), a, by.Agent, force)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"overridden": s.problemsOf(overridden)})
	return nil
}

// move is taking somebody off one shift and putting them on another.
func (s *site) move(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	var form struct {
		Agent call.AgentID `json:"agent"`
		From  slotView     `json:"from"`
		To    slotView     `json:"to"`
		Force bool         `json:"force"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	for _, date := range []string{form.From.Date, form.To.Date} {
		if _, err := dateOr(date, ""); err != nil {
			return err
		}
	}
	if addDays(min(form.From.Date, form.To.Date), mostDays) < max(form.From.Date, form.To.Date) {
		return badRequest("Hai ca cách nhau quá xa (tối đa 92 ngày).", "The two shifts are too far apart (92 days at most).")
	}
	overridden, err := s.deps.Roster.Move(r.Context(), form.Agent, roster.Slot(form.From), roster.Slot(form.To), by.Agent, form.Force)
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
