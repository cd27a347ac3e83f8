package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
)

// How far around some days a plan is looked at: the rules look at seven dates in a row.
// What somebody did in the last weeks is evened out in a new plan.
const (
	near   = 7
	recent = 28
)

// around reads the terms of the days from that date on, and the plan of these and of
// the days near them.
func (s *shifts) around(ctx context.Context, r *postgres.Roster, from string, days int) (roster.Terms, []roster.Assignment, error) {
	terms := roster.Terms{Shifts: s.list, Rules: s.conf.Rules, Holidays: s.conf.Holidays, Zone: zone()}
	first, last := addDays(from, -near), addDays(from, days-1+near)
	var err error
	if terms.Staff, err = r.Members(ctx); err != nil {
		return terms, nil, err
	}
	leaves, err := r.Leaves(ctx, first, last)
	if err != nil {
		return terms, nil, err
	}
	for _, l := range leaves {
		if l.State == roster.LeaveApproved {
			terms.Leaves = append(terms.Leaves, l.Leave)
		}
	}
	list, err := s.assigned(ctx, r, first, last)
	return terms, plain(list), err
}

// assigned reads who is on which shift between two dates, as the shifts follow each
// other. Shifts that are no more configured are nobody's.
func (s *shifts) assigned(ctx context.Context, r *postgres.Roster, from, to string) ([]postgres.Assigned, error) {
	list, err := r.Assignments(ctx, from, to)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(a postgres.Assigned) bool { return s.index(a.Shift) < 0 })
	slices.SortStableFunc(list, func(a, b postgres.Assigned) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(s.index(a.Shift), s.index(b.Shift)))
	})
	return list, nil
}

// index is the place of a shift among those of a day; -1 for none.
func (s *shifts) index(key string) int {
	return slices.IndexFunc(s.list, func(shift roster.Shift) bool { return shift.Key == key })
}

func plain(list []postgres.Assigned) []roster.Assignment {
	plan := make([]roster.Assignment, len(list))
	for i, a := range list {
		plan[i] = a.Assignment
	}
	return plan
}

// extend plans the dates up to so many days ahead for which nobody has made a plan.
// What cannot be met is told in the log, and shows in the plan.
func (s *shifts) extend(ctx context.Context, now time.Time) error {
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		open, err := s.unplanned(ctx, r, now)
		if err != nil {
			return err
		}
		for _, run := range runs(open) {
			if err := s.planAhead(ctx, r, run, now); err != nil {
				return err
			}
		}
		return nil
	})
	var broken *roster.RuleError
	if errors.As(err, &broken) {
		// Trying again changes nothing, a person must: tomorrow is soon enough.
		s.log.Error("the plan is not made further ahead, as what is on those days breaks rules", slog.String("problems", broken.Error()))
		err = nil
	}
	if err != nil {
		return fmt.Errorf("planning ahead: %w", err)
	}
	s.extended = dateOf(now)
	return nil
}

// unplanned lists the dates that lack a plan, or whose plan is for shifts that are no
// more. Yesterday's night may still run: where today has no plan, yesterday gets one too.
func (s *shifts) unplanned(ctx context.Context, r *postgres.Roster, now time.Time) ([]string, error) {
	today := dateOf(now)
	planned, err := r.PlannedDates(ctx, addDays(today, -1))
	if err != nil {
		return nil, err
	}
	list, err := s.assigned(ctx, r, addDays(today, -1), addDays(today, s.conf.Ahead))
	if err != nil {
		return nil, err
	}
	staffed := map[string]bool{}
	for _, a := range list {
		staffed[a.Date] = true
	}
	done := func(date string) bool { return slices.Contains(planned, date) && staffed[date] }
	var open []string
	for i := -1; i <= s.conf.Ahead; i++ {
		if d := addDays(today, i); !done(d) && (i >= 0 || !done(today)) {
			open = append(open, d)
		}
	}
	return open, nil
}

// planAhead plans dates that follow each other.
func (s *shifts) planAhead(ctx context.Context, r *postgres.Roster, run []string, now time.Time) error {
	terms, plan, err := s.around(ctx, r, run[0], len(run))
	if err != nil {
		return err
	}
	if terms.Staff, err = s.withPast(ctx, r, terms, run[0]); err != nil {
		return err
	}
	var made []roster.Assignment
	if roster.PeopleNeeded(s.list, s.conf.Rules) == 0 {
		// No number of people may work such shifts: everybody has their own every day.
		for _, d := range run {
			made = append(made, s.firstDay(terms, d)...)
		}
	} else {
		if len(plan) == 0 && run[0] < dateOf(now) { // the first of all plans
			plan = s.firstDay(terms, run[0])
		}
		var short roster.Shortfall
		if made, short, err = terms.Generate(run[0], len(run), plan); err != nil {
			return err
		}
		if short.En != "" {
			s.log.Warn("the plan lacks people", slog.String("from", run[0]), slog.Int("days", len(run)), slog.String("shortfall", short.En))
		}
	}
	if err := r.Assign(ctx, false, made...); err != nil {
		return err
	}
	return r.MarkPlanned(ctx, run, "", now)
}

// firstDay puts the demo's staff on the shifts that they come from.
func (s *shifts) firstDay(terms roster.Terms, date string) []roster.Assignment {
	var plan []roster.Assignment
	for _, p := range s.first {
		agent := call.AgentID(p.ID)
		if s.index(p.Shift) >= 0 && slices.ContainsFunc(terms.Staff, func(m roster.Member) bool { return m.Agent == agent }) {
			plan = append(plan, roster.Assignment{Date: date, Shift: p.Shift, Agent: agent})
		}
	}
	return plan
}

// withPast is the staff with what they did in the weeks before that date. Somebody who
// did nothing was not there, and counts as the average of the others.
func (s *shifts) withPast(ctx context.Context, r *postgres.Roster, terms roster.Terms, from string) ([]roster.Member, error) {
	list, err := s.assigned(ctx, r, addDays(from, -recent), addDays(from, -1))
	if err != nil {
		return nil, err
	}
	staff := slices.Clone(terms.Staff)
	var sum roster.Tally
	n := 0
	for i, y := range terms.Tally(plain(list)) {
		staff[i].Before = y
		if y.Shifts > 0 {
			n++
			sum.Hours, sum.Shifts, sum.Nights = sum.Hours+y.Hours, sum.Shifts+y.Shifts, sum.Nights+y.Nights
			sum.Weekends, sum.Holidays = sum.Weekends+y.Weekends, sum.Holidays+y.Holidays
		}
	}
	for i := range staff {
		if n > 0 && staff[i].Before.Shifts == 0 {
			staff[i].Before = roster.Tally{
				Hours: sum.Hours / time.Duration(n), Shifts: sum.Shifts / n, Nights: sum.Nights / n,
				Weekends: sum.Weekends / n, Holidays: sum.Holidays / n,
			}
		}
	}
	return staff, nil
}

// runs parts dates in order where one does not follow the other.
func runs(dates []string) [][]string {
	var list [][]string
	for i, d := range dates {
		if i == 0 || addDays(dates[i-1], 1) != d {
			list = append(list, nil)
		}
		list[len(list)-1] = append(list[len(list)-1], d)
	}
	return list
}

// addDays is the date so many days later; a date that is none stays as it is.
func addDays(date string, days int) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return d.AddDate(0, 0, days).Format(time.DateOnly)
}
