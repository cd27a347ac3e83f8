package app

import (
	"context"
	"slices"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

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
