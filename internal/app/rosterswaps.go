package app

import (
	"context"
	"slices"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

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
