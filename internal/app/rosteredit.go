package app

import (
	"context"
	"fmt"
	"slices"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

// belowMinimum is what taking somebody off a shift may do wrong; a plan that is made
// has gaps instead.
const belowMinimum roster.ProblemKind = "below_minimum"

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

// Move takes an agent off one shift and puts them on another: both, or neither.
func (s *shifts) Move(ctx context.Context, agent call.AgentID, from, to roster.Slot, by call.AgentID, force bool) ([]roster.Problem, error) {
	left := roster.Assignment{Date: from.Date, Shift: from.Shift, Agent: agent}
	taken := roster.Assignment{Date: to.Date, Shift: to.Shift, Agent: agent}
	span, ok := s.roster.Span(from)
	switch {
	case !ok:
		return nil, web.ErrNotFound
	case !s.now().Before(span.To):
		return nil, web.ErrShiftOver
	}
	return s.edit(ctx, taken, by, force, func(r *postgres.Roster) (*editing, error) {
		terms, plan, err := s.aroundSwap(ctx, r, roster.Swap{Give: from, Take: to})
		if err != nil {
			return nil, err
		}
		if !slices.Contains(plan, left) {
			return nil, roster.ErrNotPlanned
		}
		if slices.Contains(plan, taken) { // to where they are already
			return nil, nil
		}
		next := slices.DeleteFunc(slices.Clone(plan), func(a roster.Assignment) bool { return a == left })
		broken := s.tooFew(terms, next, from)
		next = append(next, taken)
		broken = append(broken, fresh(roster.CheckPlan(terms, plan), roster.CheckPlan(terms, next))...)
		return &editing{postgres.NewlyAssigned, broken, func() error {
			if err := r.Unassign(ctx, left); err != nil {
				return err
			}
			note := postgres.RosterChange{At: s.now(), By: by, Kind: postgres.Unassigned, What: left}
			if err := r.NoteChange(ctx, note); err != nil {
				return err
			}
			return r.Assign(ctx, len(broken) > 0, taken)
		}}, nil
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
	minimum := s.minimum(slot)
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

// fresh are the problems of after that were not there before, whatever their words.
func fresh(before, after []roster.Problem) []roster.Problem {
	return slices.DeleteFunc(after, func(p roster.Problem) bool {
		return slices.ContainsFunc(before, func(q roster.Problem) bool {
			return p.Kind == q.Kind && p.Agent == q.Agent && p.Slot == q.Slot && p.Other == q.Other
		})
	})
}
