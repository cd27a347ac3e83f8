package roster

import (
	"fmt"
	"time"
)

// date is a day of the calendar, counted from 1 January 1970.
type date int

func parseDate(s string) (date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is no date; write it as 2026-11-24", s)
	}
	return date(t.Unix() / int64(day/time.Second)), nil
}

func (d date) time() time.Time { return time.Unix(int64(d)*int64(day/time.Second), 0).UTC() }

// String is the date as 2006-01-02.
func (d date) String() string { return d.time().Format(time.DateOnly) }

func (d date) weekday() time.Weekday { return d.time().Weekday() }

// weekend says whether the date is a Saturday or a Sunday.
func (d date) weekend() bool { return d.weekday() == time.Saturday || d.weekday() == time.Sunday }

// midnight is when the date begins in the zone.
func (d date) midnight(zone *time.Location) time.Time {
	y, m, n := d.time().Date()
	return time.Date(y, m, n, 0, 0, 0, 0, zone)
}
