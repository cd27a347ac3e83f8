package roster

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Terms are what a plan is made and checked under.
type Terms struct {
	Shifts   []Shift
	Rules    Rules
	Staff    []Member
	Leaves   []Leave // only approved ones count
	Holidays []Holiday
	Zone     *time.Location // nil for Zone
}

// Member is somebody who works in shifts.
type Member struct {
	Agent       call.AgentID
	Name        string        // for people to read; the agent's id when empty
	WeeklyHours time.Duration // of part-time work; 0 for the rules' limit, which it cannot exceed
	// Never lists shifts that they are not given, by key: such as the night for
	// those who are pregnant or nurse a small child (Labour Code art. 137).
	Never  []string
	OnCall bool // willing to come in at short notice
	// Before is what they did before the period: the generator evens it out too.
	// For somebody new it should be the average of the others.
	Before Tally
}

// Holiday is a date with a name. On some the line needs more people, on some fewer.
type Holiday struct {
	Date   string // 2006-01-02
	Vi, En string
	Seats  map[string]int // by shift key; shifts left out keep their seats
}

// Slot is a shift of a date.
type Slot struct {
	Date  string // 2006-01-02; the one that the shift begins on
	Shift string
}

// Slot is the assignment without the agent.
func (a Assignment) Slot() Slot { return Slot{a.Date, a.Shift} }

// Check says what is wrong with the terms. It joins all problems into one error.
func (t Terms) Check() error {
	problems := []error{Check(t.Shifts), t.Rules.Check()}
	seen := map[call.AgentID]bool{}
	for _, m := range t.Staff {
		if m.Agent == "" || seen[m.Agent] {
			problems = append(problems, fmt.Errorf("the staff names %q twice, or names nobody; give each agent one line", m.Agent))
		}
		seen[m.Agent] = true
		for _, key := range m.Never {
			if t.index(key) < 0 {
				problems = append(problems, fmt.Errorf("%s is never to have shift %q, which does not exist; name one that does", m.Agent, key))
			}
		}
	}
	named := map[string]bool{}
	for _, h := range t.Holidays {
		if _, err := parseDate(h.Date); err != nil {
			problems = append(problems, fmt.Errorf("holiday %q: %w", h.Vi, err))
		}
		if named[h.Date] {
			problems = append(problems, fmt.Errorf("two holidays are on %s; make them one", h.Date))
		}
		named[h.Date] = true
		for key, seats := range h.Seats {
			if t.index(key) < 0 || seats < 1 {
				problems = append(problems, fmt.Errorf("holiday %s gives shift %q %d seats; name a shift that exists, and at least one seat", h.Date, key, seats))
			}
		}
	}
	for _, l := range t.Leaves {
		problems = append(problems, l.Check())
	}
	return errors.Join(problems...)
}

// Seats is how many seats the shift has on that date; 0 for an unknown shift.
func (t Terms) Seats(s Slot) int {
	i := t.index(s.Shift)
	if i < 0 {
		return 0
	}
	for _, h := range t.Holidays {
		if seats, own := h.Seats[s.Shift]; own && h.Date == s.Date {
			return seats
		}
	}
	return t.Shifts[i].Seats
}

// index is the shift's place, -1 for none.
func (t Terms) index(key string) int {
	return slices.IndexFunc(t.Shifts, func(s Shift) bool { return s.Key == key })
}

func (t Terms) member(agent call.AgentID) (Member, bool) {
	i := slices.IndexFunc(t.Staff, func(m Member) bool { return m.Agent == agent })
	if i < 0 {
		return Member{Agent: agent}, false
	}
	return t.Staff[i], true
}

// weeklyHours is the limit that holds for the member.
func (t Terms) weeklyHours(m Member) time.Duration {
	limit := t.Rules.withDefaults().WeeklyHours
	if m.WeeklyHours > 0 {
		limit = min(limit, m.WeeklyHours)
	}
	return limit
}

// begins is when the shift of that date begins; false for one that does not exist.
func (t Terms) begins(s Slot) (time.Time, bool) {
	d, err := parseDate(s.Date)
	i := t.index(s.Shift)
	if err != nil || i < 0 {
		return time.Time{}, false
	}
	return d.midnight(zoneOr(t.Zone)).Add(t.Shifts[i].From), true
}

func zoneOr(zone *time.Location) *time.Location {
	if zone != nil {
		return zone
	}
	home, err := time.LoadLocation(Zone)
	if err != nil { // never with embedded zones
		return time.FixedZone(Zone, 7*3600)
	}
	return home
}
