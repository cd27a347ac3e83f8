package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

// belowMinimum is what taking somebody off a shift may do wrong; a plan that is made
// has gaps instead.
const belowMinimum roster.ProblemKind = "below_minimum"

// Plan is who works on the days from that date on, and what is wrong with it.
func (s *shifts) Plan(ctx context.Context, from string, days int) (web.Plan, error) {
	to := addDays(from, days-1)
	p := web.Plan{Needed: roster.PeopleNeeded(s.list, s.conf.Rules)}
	err := s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		terms, plan, err := s.around(ctx, r, from, days)
		if err != nil {
			return err
		}
		list, err := s.assigned(ctx, r, from, to)
		if err != nil {
			return err
		}
		for _, a := range list {
			p.Assignments = append(p.Assignments, web.PlannedShift(a))
		}
		p.Terms, p.Tallies = terms, terms.Tally(plain(list))
		p.Problems = slices.DeleteFunc(roster.CheckPlan(terms, plan), func(q roster.Problem) bool {
			return q.Slot.Date < from || q.Slot.Date > to
		})
		if p.Gaps, err = terms.Gaps(plan, from, days); err != nil {
			return err
		}
		p.Until, err = s.until(ctx, r)
		return err
	})
	return p, err
}

// until is the last of the dates from today on that are planned without a gap.
func (s *shifts) until(ctx context.Context, r *postgres.Roster) (string, error) {
	today, last := dateOf(s.now()), ""
	planned, err := r.PlannedDates(ctx, today)
	for i := 0; i < len(planned) && planned[i] == addDays(today, i); i++ {
		last = planned[i]
	}
	return last, err
}

// Assign puts an agent on a shift.
func (s *shifts) Assign(ctx context.Context, a roster.Assignment, by call.AgentID, force bool) ([]roster.Problem, error) {
	return s.edit(ctx, a, by, force, func(r *postgres.Roster) (*editing, error) {
		terms, plan, err := s.around(ctx, r, a.Date, 1)
		if err != nil || slices.Contains(plan, a) {
			return nil, err
		}
		broken := fresh(roster.CheckPlan(terms, plan), roster.CheckPlan(terms, append(slices.Clone(plan), a)))
		return &editing{postgres.NewlyAssigned, broken, func() error { return r.Assign(ctx, len(broken) > 0, a) }}, nil
	})
}

// Unassign takes an agent off a shift.
func (s *shifts) Unassign(ctx context.Context, a roster.Assignment, by call.AgentID, force bool) ([]roster.Problem, error) {
	return s.edit(ctx, a, by, force, func(r *postgres.Roster) (*editing, error) {
		terms, plan, err := s.around(ctx, r, a.Date, 1)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(plan, a) {
			return nil, web.ErrNotFound
		}
		left := slices.DeleteFunc(slices.Clone(plan), func(b roster.Assignment) bool { return a == b })
		return &editing{postgres.Unassigned, s.tooFew(terms, left, a.Slot()), func() error { return r.Unassign(ctx, a) }}, nil
	})
}

// editing is a change of one assignment.
type editing struct {
	kind   postgres.RosterChangeKind
	broken []roster.Problem
	do     func() error
}

// edit changes one assignment, if it keeps the rules or is forced, and notes it. A nil
// editing is nothing to do.
func (s *shifts) edit(
	ctx context.Context, a roster.Assignment, by call.AgentID, force bool, prepare func(*postgres.Roster) (*editing, error),
) ([]roster.Problem, error) {
	span, ok := s.roster.Span(a.Slot())
	switch {
	case !ok || !s.staffed(a.Agent):
		return nil, web.ErrNotFound
	case !s.now().Before(span.To):
		return nil, web.ErrShiftOver
	}
	var broken []roster.Problem
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		e, err := prepare(r)
		if err != nil || e == nil {
			return err
		}
		if broken = e.broken; len(broken) > 0 && !force {
			return &roster.RuleError{Problems: broken}
		}
		if err := e.do(); err != nil {
			return err
		}
		return r.NoteChange(ctx, postgres.RosterChange{At: s.now(), By: by, Kind: e.kind, What: a, Problems: broken})
	})
	if err != nil {
		return nil, notFound(err)
	}
	s.changed(ctx)
	return broken, nil
}

// tooFew says whether fewer than the minimum are left on a shift.
func (s *shifts) tooFew(terms roster.Terms, plan []roster.Assignment, slot roster.Slot) []roster.Problem {
	left := 0
	for _, a := range plan {
		if a.Slot() == slot {
			left++
		}
	}
	minimum := min(terms.Seats(slot), s.list[s.index(slot.Shift)].LeastSeats())
	gaps, err := terms.Gaps(plan, slot.Date, 1)
	if left >= minimum || err != nil {
		return nil
	}
	p := roster.Problem{
		Kind: belowMinimum, Slot: slot,
		Vi: fmt.Sprintf("Ca chỉ còn %d người, tối thiểu %d.", left, minimum), En: fmt.Sprintf("%d people are left, and the minimum is %d.", left, minimum),
	}
	for _, g := range gaps {
		if g.Slot == slot {
			p.Vi, p.En = p.Vi+" "+g.Vi, p.En+" "+g.En
		}
	}
	return []roster.Problem{p}
}

// Generate plans some days. Without apply it only says how it would.
func (s *shifts) Generate(ctx context.Context, g web.Generation, by call.AgentID) (web.Generated, error) {
	if g.From <= dateOf(s.now()) {
		return web.Generated{}, web.ErrTooSoon
	}
	var made web.Generated
	plan := func(r *postgres.Roster) error {
		terms, kept, err := s.around(ctx, r, g.From, g.Days)
		if err != nil {
			return err
		}
		if terms.Staff, err = s.withPast(ctx, r, terms, g.From); err != nil {
			return err
		}
		within := func(a roster.Assignment) bool { return a.Date >= g.From && a.Date < addDays(g.From, g.Days) }
		before := slices.DeleteFunc(slices.Clone(kept), func(a roster.Assignment) bool { return !within(a) })
		if !g.Keep {
			kept = slices.DeleteFunc(kept, within)
		}
		if made.Plan, made.Shortfall, err = terms.Generate(g.From, g.Days, kept); err != nil {
			return err
		}
		made.Added, made.Removed = without(made.Plan, before), without(before, made.Plan)
		return nil
	}
	if !g.Apply {
		err := s.db.ReadRoster(ctx, plan)
		return made, err
	}
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		if err := plan(r); err != nil {
			return err
		}
		if err := r.Unassign(ctx, made.Removed...); err != nil {
			return err
		}
		if err := r.Assign(ctx, false, made.Added...); err != nil {
			return err
		}
		dates := []string{}
		for i := range g.Days {
			dates = append(dates, addDays(g.From, i))
		}
		return r.MarkPlanned(ctx, dates, by, s.now())
	})
	if err == nil {
		s.changed(ctx)
	}
	return made, err
}

// without are the assignments of a plan that are not in another.
func without(plan, other []roster.Assignment) []roster.Assignment {
	there := map[roster.Assignment]bool{}
	for _, a := range other {
		there[a] = true
	}
	return slices.DeleteFunc(slices.Clone(plan), func(a roster.Assignment) bool { return there[a] })
}

// fresh are the problems of after that were not there before, whatever their words.
func fresh(before, after []roster.Problem) []roster.Problem {
	return slices.DeleteFunc(after, func(p roster.Problem) bool {
		return slices.ContainsFunc(before, func(q roster.Problem) bool {
			return p.Kind == q.Kind && p.Agent == q.Agent && p.Slot == q.Slot && p.Other == q.Other
		})
	})
}

// Members lists the agents, with what they can be planned for.
func (s *shifts) Members(ctx context.Context) (members []roster.Member, err error) {
	err = s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		members, err = r.Members(ctx)
		return err
	})
	return members, err
}

// SaveMember keeps what an agent can be planned for; plans that are made stay.
func (s *shifts) SaveMember(ctx context.Context, m roster.Member, by call.AgentID) error {
	if slices.ContainsFunc(m.Never, func(key string) bool { return s.index(key) < 0 }) {
		return web.ErrNoShift
	}
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		members, err := r.Members(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(members, func(o roster.Member) bool { return o.Agent == m.Agent }) {
			return web.ErrNotFound
		}
		return r.SaveMember(ctx, m, by, s.now())
	})
	if err == nil {
		s.changed(ctx)
	}
	return err
}

// PlanChanges lists who changed the plan.
func (s *shifts) PlanChanges(ctx context.Context, before int64, limit int) ([]web.PlanChange, error) {
	var list []web.PlanChange
	err := s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		rows, err := r.Changes(ctx, before, limit)
		for _, c := range rows {
			list = append(list, web.PlanChange{ID: c.ID, At: c.At, By: c.By, Kind: string(c.Kind), What: c.What, Overridden: c.Problems})
		}
		return err
	})
	return list, err
}

// begun says whether the shift of that date has begun.
func (s *shifts) begun(slot roster.Slot, now time.Time) bool {
	span, ok := s.roster.Span(slot)
	return ok && !now.Before(span.From)
}
