// Package tally sums the day's hand-overs for the wall: a fold over the journal.
package tally

import (
	"slices"
	"sync"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// Today is the sums of the day, over the services that were asked for. Times are averages
// of those that have come.
type Today struct {
	Asked             int   `json:"asked"`
	AnsweredIn10s     int   `json:"answered_in_10s"` // somebody, of ours or a command centre, had the citizen
	AnsweredIn15s     int   `json:"answered_in_15s"`
	AnsweredIn20s     int   `json:"answered_in_20s"`
	ToAnswerMs        int64 `json:"to_answer_ms"` // a destination
	ToConfirmMs       int64 `json:"to_confirm_ms"`
	ToAcknowledgeMs   int64 `json:"to_acknowledge_ms"`
	Confirmed         int   `json:"confirmed"`
	Acknowledged      int   `json:"acknowledged"`
	FirstFailed       int   `json:"first_failed"` // another destination than the first answered first
	Depth             int   `json:"depth"`        // deepest rung that was called
	Owed              int   `json:"owed"`         // calls whose citizen went before any confirmation
	CalledBack        int   `json:"called_back"`
	LaddersRestarted  int   `json:"ladders_restarted"`
	SupervisorsCalled int   `json:"supervisors_called"`
}

// Book keeps the facts of the day's hand-overs. It is safe for use by several goroutines.
type Book struct {
	zone *time.Location

	mu    sync.Mutex
	calls map[call.ID]*visit
}

type visit struct {
	events []call.Event
	known  map[string]bool
}

// NewBook counts days in that zone.
func NewBook(zone *time.Location) *Book {
	return &Book{zone: zone, calls: map[call.ID]*visit{}}
}

// Apply adds events. One that comes twice changes nothing.
func (b *Book) Apply(events ...call.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range events {
		if e.Call != "" && counts(e.Fact) {
			b.add(e)
		}
	}
}

// counts says whether the fact is one that figures are made of.
func counts(fact call.Fact) bool {
	switch fact.(type) {
	case call.HandoverBegan, call.DestinationTried, call.DestinationAnswered, call.LadderRestarted, call.SupervisorsCalled,
		call.HandoverConfirmed, call.SheetAcknowledged, call.CallbackOwed, call.DutyNoted, call.Connected:
		return true
	default:
		return false
	}
}

func (b *Book) add(e call.Event) {
	v := b.calls[e.Call]
	if v == nil {
		if _, began := e.Fact.(call.HandoverBegan); !began {
			if _, talks := e.Fact.(call.Connected); !talks {
				return
			}
		}
		v = &visit{known: map[string]bool{}}
		b.calls[e.Call] = v
		b.forget(e.At)
	}
	if !v.known[e.ID] {
		v.known[e.ID] = true
		v.events = append(v.events, e)
	}
}

// forget drops what was two days ago.
func (b *Book) forget(now time.Time) {
	for id, v := range b.calls {
		if len(v.events) > 0 && now.Sub(v.events[0].At) > 48*time.Hour {
			delete(b.calls, id)
		}
	}
}

// Today is the sums of the day of now.
func (b *Book) Today(now time.Time) Today {
	b.mu.Lock()
	defer b.mu.Unlock()
	var t Today
	var answer, confirm, acknowledge []time.Duration
	for _, v := range b.calls {
		owed := false
		for _, c := range emergency.Clocks(v.events) {
			if !b.sameDay(c.Began, now) {
				continue
			}
			owed = owed || c.Owed
			t.Asked++
			t.Depth = max(t.Depth, c.Depth)
			t.LaddersRestarted += max(0, c.Rounds-1)
			if c.FirstFailed {
				t.FirstFailed++
			}
			if first, ok := v.first(c); ok {
				t.AnsweredIn10s += within(first, 10*time.Second)
				t.AnsweredIn15s += within(first, 15*time.Second)
				t.AnsweredIn20s += within(first, 20*time.Second)
			}
			answer = took(answer, c.ToAnswer)
			confirm = took(confirm, c.ToConfirm)
			acknowledge = took(acknowledge, c.ToAcknowledge)
		}
		t.also(v, owed)
	}
	t.Confirmed, t.Acknowledged = len(confirm), len(acknowledge)
	t.ToAnswerMs, t.ToConfirmMs, t.ToAcknowledgeMs = average(answer), average(confirm), average(acknowledge)
	return t
}

func (t *Today) also(v *visit, owed bool) {
	reached := false
	for _, e := range v.events {
		switch f := e.Fact.(type) {
		case call.SupervisorsCalled:
			t.SupervisorsCalled++
		case call.DutyNoted:
			reached = reached || f.How == call.DutyReached
		default:
		}
	}
	if owed {
		t.Owed++
		if reached {
			t.CalledBack++
		}
	}
}

func (b *Book) sameDay(x, y time.Time) bool {
	x, y = x.In(b.zone), y.In(b.zone)
	return x.Year() == y.Year() && x.YearDay() == y.YearDay()
}

// first is how long it took until somebody had the citizen: no time when one of us asked
// for the hand-over in a conversation.
func (v *visit) first(c emergency.Clock) (time.Duration, bool) {
	var first time.Time
	for _, e := range v.events {
		switch e.Fact.(type) {
		case call.Connected, call.DestinationAnswered:
			if first.IsZero() || e.At.Before(first) {
				first = e.At
			}
		default:
		}
	}
	return max(0, first.Sub(c.Began)), !first.IsZero()
}

func within(d, limit time.Duration) int {
	if d <= limit {
		return 1
	}
	return 0
}

func took(list []time.Duration, of func() (time.Duration, bool)) []time.Duration {
	if d, ok := of(); ok {
		return append(list, d)
	}
	return list
}

func average(list []time.Duration) int64 {
	if len(list) == 0 {
		return 0
	}
	var sum time.Duration
	for d := range slices.Values(list) {
		sum += d
	}
	return (sum / time.Duration(len(list))).Milliseconds()
}
