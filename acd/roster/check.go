package roster

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// stint is one shift of one agent, in hours since 1 January 1970, by the wall clock.
type stint struct {
	slot     Slot
	date     date
	shift    int
	from, to time.Duration
	length   time.Duration
	night    bool
}

func (t Terms) stint(s Slot) (stint, bool) {
	d, err := parseDate(s.Date)
	i := t.index(s.Shift)
	if err != nil || i < 0 {
		return stint{}, false
	}
	shift := t.Shifts[i]
	from := time.Duration(d)*day + shift.From
	return stint{
		slot: s, date: d, shift: i, from: from, to: from + shift.Length(),
		length: shift.Length(), night: shift.Night(),
	}, true
}

// stints are the assignments that there are shifts for, each once.
func (t Terms) stints(own []Assignment) []stint {
	var stints []stint
	for _, a := range own {
		if s, ok := t.stint(a.Slot()); ok && !slices.Contains(stints, s) {
			stints = append(stints, s)
		}
	}
	return stints
}

// CheckPlan says what the plan does wrong under the terms: in order of date, then
// shift, then agent. That seats are empty is not wrong; see Terms.Gaps. An
// assignment that is named twice counts once.
//
// Give the seven days before a period with it, or what its first days break with
// them is not seen.
func CheckPlan(t Terms, plan []Assignment) []Problem {
	var problems []Problem
	byAgent := map[call.AgentID][]stint{}
	taken := map[Slot]int{}
	seen := map[Assignment]bool{}
	for _, a := range plan {
		if seen[a] {
			continue
		}
		seen[a] = true
		s, ok := t.stint(a.Slot())
		if !ok {
			problems = append(problems, t.unknown(a))
			continue
		}
		byAgent[a.Agent] = append(byAgent[a.Agent], s)
		taken[a.Slot()]++
	}
	for agent, stints := range byAgent {
		m, known := t.member(agent)
		problems = append(problems, t.checkAgent(m, stints)...)
		if !known {
			problems = append(problems, t.stranger(m, stints[len(stints)-1]))
		}
	}
	for slot, n := range taken {
		if seats := t.Seats(slot); n > seats {
			problems = append(problems, t.noSeatLeft(slot, n, seats))
		}
	}
	t.sort(problems)
	return problems
}

func (t Terms) sort(problems []Problem) {
	slices.SortFunc(problems, func(p, q Problem) int {
		return cmp.Or(
			cmp.Compare(p.Slot.Date, q.Slot.Date), cmp.Compare(t.index(p.Slot.Shift), t.index(q.Slot.Shift)),
			cmp.Compare(p.Agent, q.Agent), cmp.Compare(p.Kind, q.Kind), cmp.Compare(p.Other.Date, q.Other.Date),
			cmp.Compare(p.Slot.Shift, q.Slot.Shift), cmp.Compare(p.Other.Shift, q.Other.Shift),
		)
	})
}

// checkAgent looks at all shifts of one agent.
func (t Terms) checkAgent(m Member, stints []stint) []Problem {
	slices.SortFunc(stints, func(a, b stint) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.shift, b.shift)) })
	rules := t.Rules.withDefaults()
	var problems []Problem
	for i, s := range stints {
		problems = append(problems, t.checkSlot(m, s)...)
		if i > 0 {
			problems = append(problems, t.checkRest(m, stints[i-1], s)...)
		}
		if onDate := sumSince(stints[:i+1], s.date); onDate > rules.DailyHours {
			problems = append(problems, t.tooLongADay(m, s, onDate))
		}
		if week := sumSince(stints[:i+1], s.date-6); week > t.weeklyHours(m) {
			problems = append(problems, t.tooLongAWeek(m, s, week))
		}
		if n := daysInARow(stints[:i+1]); n > rules.DaysInARow {
			problems = append(problems, t.noDayOff(m, s, n))
		}
		if n := nightsInARow(stints[:i+1]); n > rules.NightsInARow {
			problems = append(problems, t.tooManyNights(m, s, n))
		}
	}
	return problems
}

func (t Terms) checkSlot(m Member, s stint) []Problem {
	var problems []Problem
	if l := slices.IndexFunc(t.Leaves, func(l Leave) bool { return l.covers(m.Agent, s.slot.Date) }); l >= 0 {
		problems = append(problems, t.onLeave(m, s, t.Leaves[l]))
	}
	if slices.Contains(m.Never, s.slot.Shift) {
		problems = append(problems, t.neverTheirs(m, s))
	}
	return problems
}

func (t Terms) checkRest(m Member, last, s stint) []Problem {
	switch rest := s.from - last.to; {
	case rest < 0:
		return []Problem{t.twoAtOnce(m, last, s)}
	case rest < t.Rules.withDefaults().MinRest:
		return []Problem{t.tooLittleRest(m, last, s, rest)}
	}
	return nil
}

// sumSince adds the hours of the shifts that begin on that date or later.
func sumSince(stints []stint, from date) time.Duration {
	var sum time.Duration
	for i := len(stints) - 1; i >= 0 && stints[i].date >= from; i-- {
		sum += stints[i].length
	}
	return sum
}

// daysInARow counts the dates with a shift, back from the last one.
func daysInARow(stints []stint) int {
	n := 1
	for i := len(stints) - 1; i > 0; i-- {
		switch stints[i].date - stints[i-1].date {
		case 0:
		case 1:
			n++
		default:
			return n
		}
	}
	return n
}

// nightsInARow counts the nights of dates in a row, back from the last shift.
func nightsInARow(stints []stint) int {
	n := 0
	for i := len(stints) - 1; i >= 0 && stints[i].night; i-- {
		if n > 0 && stints[i+1].date-stints[i].date > 1 {
			break
		}
		n++
	}
	return n
}
