package app

import (
	"context"
	"slices"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

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
