package roster

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Rules limit what a plan may ask of a person. Fields left zero take the value of
// the Labour Code (Bộ luật Lao động 2019), so that nothing is laxer by omission.
//
// A week is any seven dates in a row: whichever day a week is counted from, it keeps
// the limit. A shift counts on the date that it begins on, with all its hours.
type Rules struct {
	// MinRest lies between the end of a shift and the start of the next; 12 h, art. 110.
	MinRest time.Duration
	// WeeklyHours in any seven dates in a row; 48 h, art. 105.
	WeeklyHours time.Duration
	// DailyHours of the shifts that begin on one date; 8 h, art. 105. An employer who
	// counts by the week may set up to 10 h.
	DailyHours time.Duration
	// DaysInARow with a shift, before a date without one; 6, art. 111. As shifts
	// tile the day, a date without a shift is a rest of 24 hours or more.
	DaysInARow int
	// NightsInARow; no limit of its own when 0. The Code has none.
	NightsInARow int
}

// The limits of the Labour Code 2019, arts. 105, 110 and 111.
const (
	restByLaw   = 12 * time.Hour
	weekByLaw   = 48 * time.Hour
	dayByLaw    = 8 * time.Hour
	inARowByLaw = 6
)

// Night work is done from 22:00 to 06:00; Labour Code art. 106.
const (
	nightFrom = 22 * time.Hour
	nightTo   = 6 * time.Hour
)

func (r Rules) withDefaults() Rules {
	if r.MinRest == 0 {
		r.MinRest = restByLaw
	}
	if r.WeeklyHours == 0 {
		r.WeeklyHours = weekByLaw
	}
	if r.DailyHours == 0 {
		r.DailyHours = dayByLaw
	}
	if r.DaysInARow == 0 {
		r.DaysInARow = inARowByLaw
	}
	if r.NightsInARow == 0 {
		r.NightsInARow = math.MaxInt
	}
	return r
}

// Check says which rules make no sense.
func (r Rules) Check() error {
	r = r.withDefaults()
	var problems []error
	for _, limit := range []struct {
		name    string
		is, max time.Duration
	}{
		{"rest between shifts", r.MinRest, 3 * day},
		{"limit of a week", r.WeeklyHours, 7 * day},
		{"limit of a day", r.DailyHours, day},
	} {
		if limit.is < 0 || limit.is > limit.max {
			problems = append(problems, fmt.Errorf("the %s is %s; set it between 0 and %s", limit.name, limit.is, limit.max))
		}
	}
	if r.DaysInARow < 1 || r.DaysInARow > inARowByLaw {
		problems = append(problems, fmt.Errorf("%d days in a row leave no day off in a week; set 1 to %d", r.DaysInARow, inARowByLaw))
	}
	if r.NightsInARow < 0 {
		problems = append(problems, fmt.Errorf("%d nights in a row cannot be; set 0 for no limit, or more", r.NightsInARow))
	}
	return errors.Join(problems...)
}

// Night says whether more than half of the shift is night work.
func (s Shift) Night() bool {
	var night time.Duration
	for _, span := range [][2]time.Duration{{0, nightTo}, {nightFrom, day + nightTo}, {day + nightFrom, 2 * day}} {
		night += max(0, min(s.From+s.Length(), span[1])-max(s.From, span[0]))
	}
	return 2*night > s.Length()
}
