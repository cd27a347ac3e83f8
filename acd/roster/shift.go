package roster

import (
	"errors"
	"fmt"
	"time"
)

// Shift is a part of every day. It may cross midnight.
type Shift struct {
	Key    string
	Vi, En string
	From   time.Duration // since midnight
	To     time.Duration // since midnight; not after From when it crosses midnight
	Seats  int
	// Minimum is how many people must be there at any time; half of Seats when 0.
	Minimum int
}

const day = 24 * time.Hour

// Length is how long the shift takes; one that ends when it begins takes all day.
func (s Shift) Length() time.Duration {
	if s.To > s.From {
		return s.To - s.From
	}
	return s.To + day - s.From
}

// Check says what is wrong with the shifts: somebody must be there at any time, and
// nobody may wonder which shift it is. It joins all problems into one error.
func Check(shifts []Shift) error {
	var problems []error
	seen := map[string]bool{}
	var total time.Duration
	for _, s := range shifts {
		switch {
		case s.Key == "":
			problems = append(problems, errors.New("a shift has no key; give it one"))
		case seen[s.Key]:
			problems = append(problems, fmt.Errorf("two shifts have the key %q; rename one", s.Key))
		}
		seen[s.Key] = true
		if s.From < 0 || s.From >= day || s.To < 0 || s.To > day {
			problems = append(problems, fmt.Errorf("shift %q begins or ends outside of a day; use 00:00 to 24:00", s.Key))
		}
		if s.Seats < 1 {
			problems = append(problems, fmt.Errorf("shift %q has no seat; it needs at least one", s.Key))
		}
		if s.Minimum < 0 || s.Minimum > s.Seats {
			problems = append(problems, fmt.Errorf("shift %q must never have fewer than %d people on %d seats; set 0 to %d", s.Key, s.Minimum, s.Seats, s.Seats))
		}
		total += s.Length()
	}
	for i, s := range shifts {
		for _, t := range shifts[i+1:] {
			if s.covers(t.From) || t.covers(s.From) {
				problems = append(problems, fmt.Errorf("shifts %q and %q overlap; let one end where the other begins", s.Key, t.Key))
			}
		}
	}
	if len(problems) == 0 && total != day {
		problems = append(problems, fmt.Errorf("the shifts cover %s of 24h; the line is open day and night", total))
	}
	return errors.Join(problems...)
}

// covers says whether the shift runs at that time of day.
func (s Shift) covers(clock time.Duration) bool {
	since := clock - s.From
	if since < 0 {
		since += day
	}
	return since < s.Length()
}

// Current is the shift that runs now, and the date that it began on, 2006-01-02.
// The zero Shift when none does.
func (r *Roster) Current(now time.Time) (Shift, string) {
	i, began, ok := r.running(now)
	if !ok {
		return Shift{}, now.In(r.zone).Format(time.DateOnly)
	}
	return r.shifts[i], began.Format(time.DateOnly)
}

// running is the index of the shift that runs now, and the midnight before it began.
func (r *Roster) running(now time.Time) (index int, began time.Time, ok bool) {
	midnight := r.midnight(now)
	clock := now.Sub(midnight)
	for i, s := range r.shifts {
		if !s.covers(clock) {
			continue
		}
		if clock < s.From {
			return i, midnight.AddDate(0, 0, -1), true
		}
		return i, midnight, true
	}
	return 0, time.Time{}, false
}

// NextChange is when the next shift begins or ends; false without shifts.
func (r *Roster) NextChange(now time.Time) (time.Time, bool) {
	midnight := r.midnight(now)
	var next time.Time
	for _, s := range r.shifts {
		for _, clock := range []time.Duration{s.From, s.From + s.Length()} {
			at := midnight.Add(clock % day)
			if !at.After(now) {
				at = midnight.AddDate(0, 0, 1).Add(clock % day)
			}
			if next.IsZero() || at.Before(next) {
				next = at
			}
		}
	}
	return next, !next.IsZero()
}

func (r *Roster) midnight(now time.Time) time.Time {
	y, m, d := now.In(r.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, r.zone)
}
