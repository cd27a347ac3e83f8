package roster

import "time"

// Tally is what somebody works in a time: what is to be spread evenly.
type Tally struct {
	Hours    time.Duration
	Shifts   int
	Nights   int
	Weekends int // shifts that begin on a Saturday or Sunday
	Holidays int // shifts that begin on a holiday
}

// Tally adds up each member's shifts of the plan, in the order of the staff.
func (t Terms) Tally(plan []Assignment) []Tally {
	sums := make([]Tally, len(t.Staff))
	for i, m := range t.Staff {
		for _, a := range plan {
			if s, ok := t.stint(a.Slot()); ok && a.Agent == m.Agent {
				sums[i] = sums[i].with(t.dateTally(s.date, t.Shifts[s.shift]))
			}
		}
	}
	return sums
}

// dateTally is what the shift counts for on that date.
func (t Terms) dateTally(d date, s Shift) Tally {
	one := Tally{Hours: s.Length(), Shifts: 1}
	if s.Night() {
		one.Nights = 1
	}
	if d.weekend() {
		one.Weekends = 1
	}
	for _, h := range t.Holidays {
		if h.Date == d.String() {
			one.Holidays = 1
		}
	}
	return one
}

func (y Tally) with(z Tally) Tally {
	y.Hours += z.Hours
	y.Shifts += z.Shifts
	y.Nights += z.Nights
	y.Weekends += z.Weekends
	y.Holidays += z.Holidays
	return y
}

func (y Tally) minus(z Tally) Tally {
	return y.with(Tally{-z.Hours, -z.Shifts, -z.Nights, -z.Weekends, -z.Holidays})
}
