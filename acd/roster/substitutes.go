package roster

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Substitute is somebody who could come in for an empty seat.
type Substitute struct {
	Agent  call.AgentID
	OnCall bool          // said that they are willing
	Rest   time.Duration // from the end of their last shift to the start of this one; at most a week
	Week   time.Duration // hours of their fullest seven days, this shift in it
	// Problems are the rules that it would break. Nobody is asked lightly who has any:
	// overtime needs the person's consent (Labour Code art. 107), but where life or
	// property is in danger (art. 108).
	Problems []Problem
}

// Substitutes lists who could take a seat of the shift: those first whom no rule keeps
// from it, then those who are rested at least; the fewest hours first, the willing
// before others. Who is away, works at that time or is never given the shift is not
// listed. The plan should reach a week
// around the shift.
func (t Terms) Substitutes(plan []Assignment, slot Slot) []Substitute {
	at, ok := t.stint(slot)
	if !ok {
		return nil
	}
	byAgent := map[call.AgentID][]Assignment{}
	for _, a := range plan {
		byAgent[a.Agent] = append(byAgent[a.Agent], a)
	}
	var list []Substitute
	for _, m := range t.Staff {
		own := byAgent[m.Agent]
		more := Assignment{slot.Date, slot.Shift, m.Agent}
		problems := t.wouldBreak(own, more)
		if slices.Contains(own, more) || slices.ContainsFunc(problems, outOfReach) {
			continue
		}
		s := Substitute{Agent: m.Agent, OnCall: m.OnCall, Rest: 7 * day, Week: at.length, Problems: problems}
		s.measure(at, t.stints(own))
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Substitute) int {
		return cmp.Or(
			cmp.Compare(a.tiredness(), b.tiredness()),
			cmp.Compare(a.Week, b.Week), -compareBool(a.OnCall, b.OnCall), -cmp.Compare(a.Rest, b.Rest), cmp.Compare(a.Agent, b.Agent),
		)
	})
	return list
}

// tiredness is 0 for whom no rule keeps from the shift, 1 for whom some does, 2 for
// whom the rest between shifts does.
func (s Substitute) tiredness() int {
	switch {
	case len(s.Problems) == 0:
		return 0
	case slices.ContainsFunc(s.Problems, func(p Problem) bool { return p.Kind == TooLittleRest }):
		return 2
	}
	return 1
}

// outOfReach says whether not even the person's consent could help.
func outOfReach(p Problem) bool {
	switch p.Kind {
	case OnLeave, NeverTheirs, TwoAtOnce, UnknownDate, UnknownShift, UnknownAgent, NoSeatLeft:
		return true
	case TooLittleRest, TooLongADay, TooLongAWeek, NoDayOff, TooManyNights:
		return false
	}
	return true
}

// measure fills in rest and hours from the person's own shifts, in order.
func (s *Substitute) measure(at stint, own []stint) {
	for _, o := range own {
		if o.to <= at.from {
			s.Rest = min(s.Rest, at.from-o.to)
		}
	}
	for end := at.date; end < at.date+7; end++ {
		week := at.length
		for _, o := range own {
			if end-7 < o.date && o.date <= end {
				week += o.length
			}
		}
		s.Week = max(s.Week, week)
	}
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
