package roster

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"hotline1022/internal/call"
)

// Gap is a shift of a date with empty seats, and why nobody is on them.
type Gap struct {
	Slot    Slot
	Seats   int
	Missing int
	// Why counts the staff who are not on the shift by what keeps each from it, the
	// first of the order in which ProblemKinds are declared.
	Why  map[ProblemKind]int
	Free int // staff who could take a seat
	Vi   string
	En   string
}

// compare orders assignments by date, shift and agent.
func (t Terms) compare(a, b Assignment) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(t.index(a.Shift), t.index(b.Shift)),
		cmp.Compare(a.Shift, b.Shift), cmp.Compare(a.Agent, b.Agent))
}

// Gaps lists the empty seats of the days from that date on, in order. The plan may
// reach beyond the days, and should, as rest and weeks do.
func (t Terms) Gaps(plan []Assignment, from string, days int) ([]Gap, error) {
	first, err := parseDate(from)
	if err != nil {
		return nil, fmt.Errorf("looking for empty seats: %w", err)
	}
	on := map[Slot]map[call.AgentID]bool{}
	byAgent := map[call.AgentID][]Assignment{}
	for _, a := range plan {
		if on[a.Slot()] == nil {
			on[a.Slot()] = map[call.AgentID]bool{}
		}
		on[a.Slot()][a.Agent] = true
		byAgent[a.Agent] = append(byAgent[a.Agent], a)
	}
	var gaps []Gap
	for i := range days {
		for _, s := range t.Shifts {
			slot := Slot{(first + date(i)).String(), s.Key}
			seats := t.Seats(slot)
			if len(on[slot]) < seats {
				gaps = append(gaps, t.gap(slot, seats, on[slot], byAgent))
			}
		}
	}
	return gaps, nil
}

func (t Terms) gap(slot Slot, seats int, on map[call.AgentID]bool, byAgent map[call.AgentID][]Assignment) Gap {
	g := Gap{Slot: slot, Seats: seats, Missing: seats - len(on), Why: map[ProblemKind]int{}}
	for _, m := range t.Staff {
		if on[m.Agent] {
			continue
		}
		problems := t.wouldBreak(byAgent[m.Agent], Assignment{slot.Date, slot.Shift, m.Agent})
		if len(problems) == 0 {
			g.Free++
			continue
		}
		g.Why[problems[0].Kind]++
	}
	said := g.words(t)
	g.Vi, g.En = said.vi, said.en
	return g
}

// wouldBreak is what one more assignment to somebody's own would do wrong, gravest
// first.
func (t Terms) wouldBreak(own []Assignment, more Assignment) []Problem {
	stints := t.stints(own)
	s, ok := t.stint(more.Slot())
	if !ok {
		return []Problem{t.unknown(more)}
	}
	m, known := t.member(more.Agent)
	problems := fresh(t.checkAgent(m, slices.Clone(stints)), t.checkAgent(m, append(stints, s)))
	if !known {
		problems = append(problems, t.stranger(m, s))
	}
	order := kinds()
	slices.SortStableFunc(problems, func(p, q Problem) int {
		return cmp.Compare(slices.Index(order, p.Kind), slices.Index(order, q.Kind))
	})
	return problems
}

func kinds() []ProblemKind {
	return []ProblemKind{
		UnknownDate, UnknownShift, UnknownAgent, OnLeave, NeverTheirs, TwoAtOnce,
		TooLittleRest, TooLongADay, TooLongAWeek, NoDayOff, TooManyNights, NoSeatLeft,
	}
}

func (g Gap) words(t Terms) text {
	said := say("%s: thiếu %s trong %s người.", "%s: %s of %s people missing.", t.words(g.Slot), number(g.Missing), number(g.Seats))
	reasons := slices.SortedFunc(maps.Keys(g.Why), func(a, b ProblemKind) int {
		return cmp.Compare(slices.Index(kinds(), a), slices.Index(kinds(), b))
	})
	for _, kind := range reasons {
		said = say("%s %s người %s.", "%s %s %s.", said, number(g.Why[kind]), kind.reason())
	}
	if g.Free > 0 {
		return say("%s %s người còn có thể nhận ca: xếp thêm.", "%s %s could take it: assign them.", said, number(g.Free))
	}
	return say("%s Tìm người thay, đổi ngày nghỉ phép hoặc tuyển thêm.", "%s Find a substitute, move a leave, or hire.", said)
}

// reason says, of people, why they are not on a shift.
func (k ProblemKind) reason() text {
	switch k {
	case OnLeave:
		return text{"nghỉ phép", "on leave"}
	case NeverTheirs:
		return text{"không làm ca này", "not given this shift"}
	case TwoAtOnce:
		return text{"đang có ca khác cùng giờ", "on another shift at the time"}
	case TooLittleRest:
		return text{"có ca khác quá gần (chưa đủ giờ nghỉ)", "too near another shift to rest"}
	case TooLongADay:
		return text{"đã đủ giờ trong ngày", "at the limit of the day"}
	case TooLongAWeek:
		return text{"đã đủ giờ trong tuần", "at the limit of the week"}
	case NoDayOff:
		return text{"cần một ngày nghỉ", "due a day off"}
	case TooManyNights:
		return text{"đã đủ số đêm liền", "at the limit of nights"}
	case UnknownDate, UnknownShift, UnknownAgent, NoSeatLeft:
		return text{"không xếp được", "not to be assigned"}
	}
	return text{string(k), string(k)}
}
