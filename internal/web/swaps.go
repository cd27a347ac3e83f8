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

var errLongReason = badRequest("Lý do quá dài (tối đa 500 ký tự).", "The reason is too long (500 characters at most).")

type swapView struct {
	ID       string           `json:"id"`
	From     call.AgentID     `json:"from"`
	FromName string           `json:"from_name"`
	To       call.AgentID     `json:"to"`
	ToName   string           `json:"to_name"`
	Give     slotView         `json:"give"`
	Take     *slotView        `json:"take"`
	Reason   string           `json:"reason"`
	State    roster.SwapState `json:"state"`
	By       call.AgentID     `json:"by"`
	ByName   string           `json:"by_name"`
	AskedAt  time.Time        `json:"asked_at"`
	At       time.Time        `json:"at"`
}

func (s *site) swapOf(w Swap) swapView {
	name := s.deps.Roster.Name
	return swapView{
		w.ID, w.From, name(w.From), w.To, name(w.To), slotOf(w.Give), someSlot(w.Take), w.Reason, w.State, w.By, name(w.By),
		w.AskedAt.UTC(), w.At.UTC(),
	}
}

// swapsSince is how long ago the oldest swap in the list was asked for.
const swapsSince = 62 * 24 * time.Hour

func (s *site) swaps(w http.ResponseWriter, r *http.Request) error {
	open, err := flag(r, "open")
	if err != nil {
		return err
	}
	rows, err := s.deps.Roster.Swaps(r.Context(), time.Now().Add(-swapsSince))
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(x Swap) bool {
		over := x.State != roster.SwapProposed && x.State != roster.SwapAccepted
		return !mine(r, x.From) && !mine(r, x.To) || open && over
	})
	writeJSON(w, http.StatusOK, map[string]any{"swaps": views(rows, s.swapOf)})
	return nil
}

func (s *site) proposeSwap(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	var form struct {
		To     call.AgentID `json:"to"`
		Give   slotView     `json:"give"`
		Take   *slotView    `json:"take"`
		Reason string       `json:"reason"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	swap := roster.Swap{From: by.Agent, To: form.To, Give: roster.Slot(form.Give), Reason: form.Reason}
	if form.Take != nil {
		swap.Take = roster.Slot(*form.Take)
		if _, err := dateOr(swap.Take.Date, ""); err != nil {
			return err
		}
	}
	if _, err := dateOr(swap.Give.Date, ""); err != nil {
		return err
	}
	switch {
	case swap.To == "" || swap.To == swap.From:
		return badRequest("Chọn một đồng nghiệp khác.", "to must be a colleague.")
	case utf8.RuneCountInString(swap.Reason) > longestReason:
		return errLongReason
	}
	made, err := s.deps.Roster.ProposeSwap(r.Context(), swap)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusCreated, s.swapOf(made))
	return nil
}

func (s *site) takeSwap(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	step := roster.SwapStep(r.PathValue("step"))
	switch step {
	case roster.AcceptSwap, roster.DeclineSwap, roster.ApproveSwap, roster.RejectSwap, roster.WithdrawSwap:
	default:
		return ErrNotFound
	}
	swap, err := s.deps.Roster.TakeSwap(r.Context(), r.PathValue("id"), step, by)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, s.swapOf(swap))
	return nil
}

type partnerView struct {
	personView
	Alone bool       `json:"alone"`
	Take  []slotView `json:"take"`
}

// partners says with whom a shift could be swapped; a lead may ask for anybody's.
func (s *site) partners(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	slot, err := slotAsked(r)
	if err != nil {
		return err
	}
	agent := cmp.Or(call.AgentID(r.URL.Query().Get("agent")), by.Agent)
	if !mine(r, agent) {
		return roster.ErrNotYours
	}
	rows, err := s.deps.Roster.Partners(r.Context(), agent, slot)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"partners": views(rows, func(p Partner) partnerView {
		return partnerView{s.personOf(p.Agent), p.Alone, views(p.Take, slotOf)}
	})})
	return nil
}

// slotAsked is the shift that date and shift name.
func slotAsked(r *http.Request) (roster.Slot, error) {
	q := r.URL.Query()
	date, err := dateOr(q.Get("date"), "")
	if err == nil && q.Get("shift") == "" {
		err = badRequest("Thiếu tham số shift.", "shift is missing; give the key of one.")
	}
	return roster.Slot{Date: date, Shift: q.Get("shift")}, err
}
