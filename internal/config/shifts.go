package config

import (
	"strings"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/ivr/document"
)

// Roster is what configs/shifts.yaml says of shifts beside the shifts themselves.
type Roster struct {
	Relief   roster.Relief
	Patience roster.Patience
	Rules    roster.Rules
	Holidays []roster.Holiday
	Guard    bool // nobody takes a shift below its minimum without a lead
	Ahead    int  // days, from today on, that are planned by themselves
}

const hour = time.Hour

func (c *Config) shifts(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "shifts", "relief", "alarms", "rules", "minimum_guard", "plan_ahead_days", "holidays", "pause_reasons")
	list := root.Map("shifts", "shifts")
	covered := time.Duration(0)
	for _, e := range list.Entries() {
		s := shift(k, list.Sub(e, "shift "+e.Key, "vi", "en", "from", "to", "seats", "minimum"), e)
		covered += s.Length()
		c.Shifts = append(c.Shifts, s)
	}
	if root != nil && k.Err() == nil {
		if covered != 24*hour {
			k.Addf(root.LineOf("shifts"), "the shifts together last %s, but a day and a night must be covered once; mend `from` and `to`", covered)
		} else if err := roster.Check(c.Shifts); err != nil {
			k.Addf(root.LineOf("shifts"), "%s", strings.ReplaceAll(err.Error(), "\n", ", "))
		}
	}
	c.Roster = Roster{
		Relief:   relief(root.Map("relief", "relief", "early", "late")),
		Patience: patience(root.Map("alarms", "alarms", "seat_empty", "below_minimum")),
		Rules:    rules(root.Map("rules", "rules", "rest", "week", "day", "days_in_a_row", "nights_in_a_row")),
		Holidays: c.holidays(k, root.Map("holidays", "holidays")),
		Guard:    guard(k, root),
		Ahead:    root.Int("plan_ahead_days", 14, 1, 92),
	}
	reasons := root.Map("pause_reasons", "pause_reasons")
	for _, e := range reasons.Entries() {
		m := reasons.Sub(e, "pause reason "+e.Key, "vi", "en")
		c.Pauses = append(c.Pauses, Pause{Key: e.Key, Vi: word(k, m, "vi", e), En: word(k, m, "en", e)})
	}
	return k.Err()
}

func shift(k *document.Checker, m *document.Mapping, e document.Entry) roster.Shift {
	s := roster.Shift{
		Key: e.Key, Vi: word(k, m, "vi", e), En: word(k, m, "en", e),
		From: clock(k, m, "from", e), To: clock(k, m, "to", e), Seats: m.Int("seats", 6, 1, 1000),
	}
	s.Minimum = m.Int("minimum", 0, 1, s.Seats)
	return s
}

func clock(k *document.Checker, m *document.Mapping, key string, of document.Entry) time.Duration {
	text := word(k, m, key, of)
	t, err := time.Parse("15:04", text)
	if err != nil && text != "" {
		k.Addf(m.LineOf(key), "%q is no time of day; write hours and minutes in quotes, such as \"06:00\"", text)
	}
	return time.Duration(t.Hour())*hour + time.Duration(t.Minute())*time.Minute
}

func relief(m *document.Mapping) roster.Relief {
	return roster.Relief{
		Early: m.Duration("early", 15*time.Minute, 0, 2*hour),
		Late:  m.Duration("late", 30*time.Minute, 0, 2*hour),
	}
}

func patience(m *document.Mapping) roster.Patience {
	return roster.Patience{
		Seat:    m.Duration("seat_empty", 5*time.Minute, 0, 2*hour),
		Minimum: m.Duration("below_minimum", time.Minute, 0, 2*hour),
	}
}

// rules are those of the Labour Code where the file says nothing; roster.Rules has
// the articles.
func rules(m *document.Mapping) roster.Rules {
	return roster.Rules{
		MinRest:      m.Duration("rest", 12*hour, hour, 72*hour),
		WeeklyHours:  m.Duration("week", 48*hour, hour, 168*hour),
		DailyHours:   m.Duration("day", 8*hour, hour, 24*hour),
		DaysInARow:   m.Int("days_in_a_row", 6, 1, 6),
		NightsInARow: m.Int("nights_in_a_row", 0, 0, 31),
	}
}

func guard(k *document.Checker, root *document.Mapping) bool {
	if root == nil || !root.Has("minimum_guard") {
		return false
	}
	t := root.Single("minimum_guard")
	if t.Value != "tell" && t.Value != "ask" {
		k.Addf(t.Line, "minimum_guard is %q; write tell or ask", t.Value)
	}
	return t.Value == "ask"
}

func (c *Config) holidays(k *document.Checker, list *document.Mapping) []roster.Holiday {
	var holidays []roster.Holiday
	for _, e := range list.Entries() {
		m := list.Sub(e, "holiday "+e.Key, "vi", "en", "seats")
		h := roster.Holiday{Date: e.Key, Vi: word(k, m, "vi", e), En: word(k, m, "en", e)}
		if _, err := time.Parse(time.DateOnly, e.Key); err != nil {
			k.Addf(e.Line, "the holiday %q is no date; write it in quotes, such as \"2027-02-06\"", e.Key)
		}
		if seats := m.Map("seats", "the seats of holiday "+e.Key); seats != nil {
			h.Seats = map[string]int{}
			for _, s := range seats.Entries() {
				if !c.hasShift(s.Key) {
					k.Addf(s.Line, "holiday %s gives seats to the shift %q, which is not above; write one that is", e.Key, s.Key)
				}
				h.Seats[s.Key] = seats.Int(s.Key, 1, 1, 1000)
			}
		}
		holidays = append(holidays, h)
	}
	return holidays
}

func (c *Config) hasShift(key string) bool {
	for _, s := range c.Shifts {
		if s.Key == key {
			return true
		}
	}
	return false
}
