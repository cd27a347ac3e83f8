package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

type leaveView struct {
	ID string `json:"id"`
	personView
	From    string            `json:"from"`
	To      string            `json:"to"`
	Kind    roster.LeaveKind  `json:"kind"`
	Reason  string            `json:"reason"`
	State   roster.LeaveState `json:"state"`
	By      call.AgentID      `json:"by"`
	ByName  string            `json:"by_name"`
	AskedAt time.Time         `json:"asked_at"`
	At      time.Time         `json:"at"`
	Struck  []slotView        `json:"struck"`
}

func (s *site) leaveOf(l Leave) leaveView {
	return leaveView{
		l.ID, s.personOf(l.Agent), l.From, l.To, l.Kind, l.Reason, l.State, l.By, s.deps.Roster.Name(l.By),
		l.AskedAt.UTC(), l.At.UTC(), views(l.Struck, slotOf),
	}
}

// leaves lists everybody's for leads. Others see their own: why somebody is away is
// theirs to tell.
func (s *site) leaves(w http.ResponseWriter, r *http.Request) error {
	from, days, err := daysOf(r, mostDays)
	if err != nil {
		return err
	}
	rows, err := s.deps.Roster.Leaves(r.Context(), from, addDays(from, days-1))
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(l Leave) bool { return !mine(r, l.Agent) })
	writeJSON(w, http.StatusOK, map[string]any{"leaves": views(rows, s.leaveOf)})
	return nil
}

// Longest leave in days, and reason in characters.
const (
	longestLeave  = 366
	longestReason = 500
)

func (s *site) askLeave(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	var form struct {
		Agent  call.AgentID     `json:"agent"`
		From   string           `json:"from"`
		To     string           `json:"to"`
		Kind   roster.LeaveKind `json:"kind"`
		Reason string           `json:"reason"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	l := roster.Leave{Agent: cmp.Or(form.Agent, by.Agent), From: form.From, To: form.To, Kind: form.Kind, Reason: form.Reason, By: by.Agent}
	switch {
	case !mine(r, l.Agent):
		return roster.ErrNotYours
	case !leaveKind(l.Kind):
		return badRequest("Loại nghỉ phép không đúng.", "kind must be annual, family, unpaid, sick, maternity or duty.")
	case l.Check() != nil:
		return badRequest("Ngày nghỉ không đúng.", "from and to must be dates, as 2026-11-24, and to not before from.")
	case l.To >= addDays(l.From, longestLeave):
		return badRequest("Kỳ nghỉ quá dài (tối đa 366 ngày).", "The leave is too long (366 days at most).")
	case utf8.RuneCountInString(l.Reason) > longestReason:
		return errLongReason
	}
	made, err := s.deps.Roster.AskLeave(r.Context(), l)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusCreated, s.leaveOf(made))
	return nil
}

func leaveKind(k roster.LeaveKind) bool {
	switch k {
	case roster.AnnualLeave, roster.FamilyLeave, roster.UnpaidLeave, roster.SickLeave, roster.MaternityLeave, roster.DutyLeave:
		return true
	}
	return false
}

func (s *site) takeLeave(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	step := roster.LeaveStep(r.PathValue("step"))
	switch step {
	case roster.ApproveLeave, roster.RefuseLeave, roster.WithdrawLeave:
	default:
		return ErrNotFound
	}
	l, err := s.deps.Roster.TakeLeave(r.Context(), r.PathValue("id"), step, by)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, s.leaveOf(l))
	return nil
}
