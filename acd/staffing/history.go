package staffing

import (
	"fmt"
	"time"
)

// Slot is an hour of the week, in wall-clock time.
type Slot struct {
	Day  time.Weekday
	Hour int // 0 to 23
}

// History is how many calls entered the line in each hour of the week, one count for
// each week that was seen. A week without a call in that hour counts with 0; a slot
// that was not seen has no count.
type History map[Slot][]int

// Collect counts arrivals, in any order, over the whole hours between two times. What
// arrived outside of them is left out, the broken hours at either end included: half
// an hour's calls are no hour's.
func Collect(from, to time.Time, zone *time.Location, arrivals []time.Time) History {
	each := make([]Arrivals, len(arrivals))
	for i, at := range arrivals {
		each[i] = Arrivals{At: at, Calls: 1}
	}
	return CollectCounts(from, to, zone, each)
}

// Arrivals is how many calls entered the line in the hour of a time.
type Arrivals struct {
	At    time.Time
	Calls int
}

// CollectCounts is Collect of arrivals that were counted by the hour, or by less.
func CollectCounts(from, to time.Time, zone *time.Location, arrivals []Arrivals) History {
	begin := hour(from, zone)
	if begin.Before(from) {
		begin = begin.Add(time.Hour)
	}
	h := History{}
	type count struct {
		slot Slot
		week int
	}
	var counts []count
	for at := begin; !at.Add(time.Hour).After(to); at = at.Add(time.Hour) {
		local := at.In(zone)
		slot := Slot{Day: local.Weekday(), Hour: local.Hour()}
		counts = append(counts, count{slot, len(h[slot])})
		h[slot] = append(h[slot], 0)
	}
	for _, a := range arrivals {
		if a.At.Before(begin) {
			continue
		}
		if i := int(a.At.Sub(begin) / time.Hour); i < len(counts) {
			h[counts[i].slot][counts[i].week] += a.Calls
		}
	}
	return h
}

func hour(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	return time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), 0, 0, 0, zone)
}

// Check says what is wrong with the history.
func (h History) Check() error {
	for slot, counts := range h {
		if slot.Day < time.Sunday || slot.Day > time.Saturday || slot.Hour < 0 || slot.Hour > 23 {
			return fmt.Errorf("weekday %d, hour %d is not in a week; use days 0 to 6, hours 0 to 23", int(slot.Day), slot.Hour)
		}
		for _, n := range counts {
			if n < 0 {
				return fmt.Errorf("%d calls on %s at %d o'clock cannot be; count 0 or more", n, slot.Day, slot.Hour)
			}
		}
	}
	return nil
}
