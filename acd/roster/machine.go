package roster

import "time"

// memory is how many dates back the rules look.
const memory = 6

// past is all that the rules need to know of somebody's last days, at the midnight
// that a date begins with. Days that make no difference to the rules make none here,
// so there are few pasts: a best plan can be found by looking at all of them.
type past struct {
	hours  [memory]time.Duration // of the shifts that began on the dates before, the last date first
	rest   time.Duration         // since the last shift, as far as it matters; negative while it runs
	nights int                   // in a row, up to the date before; 0 where they have no limit
}

// machine knows which choice for a date may follow which past, for everybody with
// the same weekly hours. Choice 0 is a day off, choice n the n-th shift; those after
// are several shifts on one date, which only people assign.
type machine struct {
	shifts  []Shift
	rules   Rules // whose weekly hours are the member's
	choices [][]int
	index   map[past]int32
	pasts   []past
	next    [][]int32 // by past and choice; -1 for what the rules forbid
}

const off = 0

func newMachine(shifts []Shift, rules Rules, choices [][]int) *machine {
	return &machine{shifts: shifts, rules: rules, choices: choices, index: map[past]int32{}}
}

// rested is the past of somebody who has not worked lately.
func (m *machine) rested() past { return past{rest: m.rules.MinRest} }

// take is the past after the choice, and whether the rules allow it. What was done
// against them has a past too: history is as it is.
func (m *machine) take(p past, choice int) (past, bool) {
	allowed := true
	var today time.Duration
	for _, i := range m.choices[choice] {
		s := m.shifts[i]
		allowed = allowed && p.rest+s.From >= m.rules.MinRest
		p.rest = -s.From - s.Length()
		today += s.Length()
		switch {
		case !s.Night():
			p.nights = 0
		case m.rules.NightsInARow <= memory:
			p.nights++
			allowed = allowed && p.nights <= m.rules.NightsInARow
		}
	}
	week, run, broken := today, 0, today == 0
	for _, h := range p.hours {
		week += h
		broken = broken || h == 0
		if !broken {
			run++
		}
	}
	if today > 0 {
		allowed = allowed && today <= m.rules.DailyHours && week <= m.rules.WeeklyHours && run < m.rules.DaysInARow
	} else {
		p.nights = 0
	}
	copy(p.hours[1:], p.hours[:memory-1])
	p.hours[0] = today
	p.rest = min(p.rest+day, m.rules.MinRest)
	return p, allowed
}

// state numbers the past, and all that may follow from it.
func (m *machine) state(p past) int32 {
	if i, known := m.index[p]; known {
		return i
	}
	first := m.number(p)
	for todo := first; int(todo) < len(m.pasts); todo++ {
		for c := range m.choices {
			if after, allowed := m.take(m.pasts[todo], c); allowed {
				m.next[todo][c] = m.number(after)
			}
		}
	}
	return first
}

func (m *machine) number(p past) int32 {
	if i, known := m.index[p]; known {
		return i
	}
	i := int32(len(m.pasts))
	m.index[p] = i
	m.pasts = append(m.pasts, p)
	row := make([]int32, len(m.choices))
	for c := range row {
		row[c] = -1
	}
	m.next = append(m.next, row)
	return i
}
