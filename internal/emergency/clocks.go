package emergency

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Clock is how long one service's hand-over took. A time that is zero has not come.
type Clock struct {
	Service      call.Service
	Began        time.Time
	Rang         time.Time // the first destination's telephone
	Answered     time.Time // the first destination that had the citizen
	Confirmed    time.Time // by one of us
	Acknowledged time.Time // the sheet, by the command centre
	Depth        int       // deepest rung that was called, from 1
	Rounds       int       // in which the ladder was walked
	Attempts     int
	FirstFailed  bool // the first destination was not the one that answered first
	Owed         bool // the citizen left before any confirmation
}

// ToAnswer is the time from the begin until a destination answered; false before.
func (c Clock) ToAnswer() (time.Duration, bool) { return span(c.Began, c.Answered) }

// ToConfirm is the time until the hand-over was confirmed.
func (c Clock) ToConfirm() (time.Duration, bool) { return span(c.Began, c.Confirmed) }

// ToAcknowledge is the time until the sheet was acknowledged.
func (c Clock) ToAcknowledge() (time.Duration, bool) { return span(c.Began, c.Acknowledged) }

func span(from, to time.Time) (time.Duration, bool) {
	if to.IsZero() {
		return 0, false
	}
	return max(0, to.Sub(from)), true // the clock may have been set back
}

// Clocks folds one call's events, in any order and with any of them twice, into a clock
// for each service, in the order in which they began.
func Clocks(events []call.Event) []Clock {
	clocks := map[call.Service]*Clock{}
	first := map[call.Service]int{} // attempts that answered first
	owed := false
	of := func(s call.Service) *Clock {
		if clocks[s] == nil {
			clocks[s] = &Clock{Service: s}
		}
		return clocks[s]
	}
	for _, e := range events {
		switch f := e.Fact.(type) {
		case call.HandoverBegan:
			earliest(&of(f.Service).Began, e.At)
		case call.DestinationTried:
			c := of(f.Service)
			c.Depth, c.Rounds = max(c.Depth, f.Rung), max(c.Rounds, f.Round)
		case call.DestinationRang:
			earliest(&of(f.Service).Rang, e.At)
		case call.DestinationAnswered:
			if earliest(&of(f.Service).Answered, e.At) {
				first[f.Service] = f.Attempt
			}
		case call.HandoverConfirmed:
			earliest(&of(f.Service).Confirmed, e.At)
		case call.SheetAcknowledged:
			earliest(&of(f.Service).Acknowledged, e.At)
		case call.CallbackOwed:
			owed = true
		}
	}
	var list []Clock
	for s, c := range clocks {
		tried := attempts(events, s)
		c.Attempts, c.Owed = len(tried), owed
		c.FirstFailed = len(tried) > 0 && first[s] != 0 && first[s] != slices.Min(tried)
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Clock) int {
		return cmp.Or(a.Began.Compare(b.Began), cmp.Compare(a.Service, b.Service))
	})
	return list
}

// attempts lists a service's attempts, each once.
func attempts(events []call.Event, service call.Service) (list []int) {
	for _, e := range events {
		if f, ok := e.Fact.(call.DestinationTried); ok && f.Service == service && !slices.Contains(list, f.Attempt) {
			list = append(list, f.Attempt)
		}
	}
	return list
}

func earliest(at *time.Time, t time.Time) bool {
	if at.IsZero() || t.Before(*at) {
		*at = t
		return true
	}
	return false
}
