package app

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

// newID names a leave or a swap.
func newID() string { return strings.ToLower(rand.Text()[:12]) }

// Leaves lists who is away, or asks to be.
func (s *shifts) Leaves(ctx context.Context, from, to string) ([]web.Leave, error) {
	var list []web.Leave
	err := s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		rows, err := r.Leaves(ctx, from, to)
		for _, l := range rows {
			row := web.Leave{Leave: l.Leave, AskedAt: l.AskedAt, At: l.At}
			if l.State == roster.LeaveAsked && err == nil {
				row.Struck, err = s.struck(ctx, r, l.Leave)
			}
			list = append(list, row)
		}
		return err
	})
	return list, err
}

// struck lists the shifts, of those that have not begun, that the leave takes its agent
// off.
func (s *shifts) struck(ctx context.Context, r *postgres.Roster, l roster.Leave) ([]roster.Slot, error) {
	list, err := s.assigned(ctx, r, l.From, l.To)
	if err != nil {
		return nil, err
	}
	_, gone := l.Struck(plain(list))
	var slots []roster.Slot
	for _, a := range gone {
		if !s.begun(a.Slot(), s.now()) {
			slots = append(slots, a.Slot())
		}
	}
	return slots, nil
}

// AskLeave keeps a new leave.
func (s *shifts) AskLeave(ctx context.Context, l roster.Leave) (web.Leave, error) {
	if !s.staffed(l.Agent) {
		return web.Leave{}, web.ErrNotFound
	}
	l.ID, l.State = newID(), roster.LeaveAsked
	now := s.now().UTC().Truncate(time.Microsecond)
	row := web.Leave{Leave: l, AskedAt: now, At: now}
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		others, err := r.Leaves(ctx, l.From, l.To)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.Agent == l.Agent && (o.State == roster.LeaveAsked || o.State == roster.LeaveApproved) {
				return web.ErrAlreadyAsked
			}
		}
		if row.Struck, err = s.struck(ctx, r, l); err != nil {
			return err
		}
		return r.AddLeave(ctx, l, now)
	})
	return row, err
}

// TakeLeave takes a step of a leave. Approving takes its agent off the shifts that have
// not begun; withdrawing gives none back.
func (s *shifts) TakeLeave(ctx context.Context, id string, step roster.LeaveStep, by roster.Actor) (web.Leave, error) {
	var row web.Leave
	now := s.now().UTC().Truncate(time.Microsecond)
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		l, err := r.Leave(ctx, id)
		if err != nil {
			return err
		}
		next, err := l.Take(step, by)
		if err != nil {
			return err
		}
		row = web.Leave{Leave: next, AskedAt: l.AskedAt, At: now}
		if next.State == roster.LeaveApproved {
			if row.Struck, err = s.strike(ctx, r, next, now); err != nil {
				return err
			}
		}
		return r.StepLeave(ctx, next, now)
	})
	if err != nil {
		return row, notFound(err)
	}
	s.changed(ctx)
	return row, nil
}

func (s *shifts) strike(ctx context.Context, r *postgres.Roster, l roster.Leave, now time.Time) ([]roster.Slot, error) {
	slots, err := s.struck(ctx, r, l)
	if err != nil {
		return nil, err
	}
	for _, slot := range slots {
		a := roster.Assignment{Date: slot.Date, Shift: slot.Shift, Agent: l.Agent}
		if err := r.Unassign(ctx, a); err != nil {
			return nil, err
		}
		if err := r.NoteChange(ctx, postgres.RosterChange{At: now, By: l.By, Kind: postgres.LeaveTaken, What: a}); err != nil {
			return nil, err
		}
	}
	return slots, nil
}

// Swaps lists the swaps that were asked for since then.
func (s *shifts) Swaps(ctx context.Context, since time.Time) ([]web.Swap, error) {
	var list []web.Swap
	err := s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		rows, err := r.Swaps(ctx, since)
		for _, w := range rows {
			list = append(list, web.Swap(w))
		}
		return err
	})
	return list, err
}

// ProposeSwap keeps a new swap, if it could be carried out as the plan is now.
func (s *shifts) ProposeSwap(ctx context.Context, w roster.Swap) (web.Swap, error) {
	if !s.staffed(w.To) || !s.exists(w.Give) || w.Take != (roster.Slot{}) && !s.exists(w.Take) {
		return web.Swap{}, web.ErrNotFound
	}
	w.ID = newID()
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		terms, plan, err := s.aroundSwap(ctx, r, w)
		if err != nil {
			return err
		}
		if w, err = terms.Propose(plan, w, s.now().UTC().Truncate(time.Microsecond)); err != nil {
			return err
		}
		return r.AddSwap(ctx, w)
	})
	return web.Swap{Swap: w, AskedAt: w.At}, err
}

// TakeSwap takes a step of a swap; approving changes the plan.
func (s *shifts) TakeSwap(ctx context.Context, id string, step roster.SwapStep, by roster.Actor) (web.Swap, error) {
	var row web.Swap
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		w, err := r.Swap(ctx, id)
		if err != nil {
			return err
		}
		terms, plan, err := s.aroundSwap(ctx, r, w.Swap)
		if err != nil {
			return err
		}
		next, changed, err := terms.TakeSwap(plan, w.Swap, step, by, s.now().UTC().Truncate(time.Microsecond))
		if err != nil {
			return err
		}
		row = web.Swap{Swap: next, AskedAt: w.AskedAt}
		if err := r.Unassign(ctx, without(plan, changed)...); err != nil {
			return err
		}
		added := without(changed, plan)
		if err := r.Assign(ctx, false, added...); err != nil {
			return err
		}
		for _, a := range added {
			if err := r.NoteChange(ctx, postgres.RosterChange{At: next.At, By: by.Agent, Kind: postgres.Swapped, What: a}); err != nil {
				return err
			}
		}
		return r.StepSwap(ctx, next)
	})
	if err != nil {
		return row, notFound(err)
	}
	s.changed(ctx)
	return row, nil
}

// exists says whether there is such a shift, whatever its date.
func (s *shifts) exists(slot roster.Slot) bool {
	_, ok := s.roster.Span(slot)
	return ok
}

// aroundSwap reads what a swap has to be checked against.
func (s *shifts) aroundSwap(ctx context.Context, r *postgres.Roster, w roster.Swap) (roster.Terms, []roster.Assignment, error) {
	from, to := w.Give.Date, w.Give.Date
	if w.Take.Date != "" {
		from, to = min(from, w.Take.Date), max(to, w.Take.Date)
	}
	days := 1
	for d := from; d < to; d = addDays(d, 1) {
		days++
	}
	return s.around(ctx, r, from, days)
}

// Partners lists with whom the agent could swap the shift within the rules: for
// nothing, and for which of their shifts of the days around it.
func (s *shifts) Partners(ctx context.Context, agent call.AgentID, give roster.Slot) ([]web.Partner, error) {
	var list []web.Partner
	now := s.now()
	err := s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		terms, plan, err := s.around(ctx, r, addDays(give.Date, -near), 2*near+1)
		if err != nil {
			return err
		}
		if !slices.Contains(plan, roster.Assignment{Date: give.Date, Shift: give.Shift, Agent: agent}) {
			return web.ErrNotFound
		}
		for _, m := range terms.Staff {
			if m.Agent == agent {
				continue
			}
			// Whatever else is in the plan stays as it is.
			two := slices.DeleteFunc(slices.Clone(plan), func(a roster.Assignment) bool { return a.Agent != agent && a.Agent != m.Agent })
			could := func(take roster.Slot) bool {
				_, err := terms.Propose(two, roster.Swap{From: agent, To: m.Agent, Give: give, Take: take}, now)
				return err == nil
			}
			p := web.Partner{Agent: m.Agent, Alone: could(roster.Slot{})}
			for _, a := range two {
				if far := a.Date < addDays(give.Date, -near) || a.Date > addDays(give.Date, near); a.Agent == m.Agent && !far && could(a.Slot()) {
					p.Take = append(p.Take, a.Slot())
				}
			}
			if p.Alone || len(p.Take) > 0 {
				list = append(list, p)
			}
		}
		return nil
	})
	return list, err
}
