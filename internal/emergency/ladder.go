package emergency

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// ladder is one service of a hand-over.
type ladder struct {
	service call.Service
	rungs   []Rung
	next    int       // rung that is called next
	round   int       // from 1
	since   time.Time // when the last rung was called, or the last round ended
	ended   bool      // every rung of the round has been called
	tries   []try     // that are not over
	answers []int     // attempts that have answered, in that order

	confirmed int       // attempt; 0 before
	over      time.Time // when the confirmed one hung up; zero before
}

// try is an attempt that is not over.
type try struct {
	attempt int
	rung    int // of rungs; -1 when a plan that came later has it no more
	name    string
	rang    bool
	live    bool
}

// live says whether a destination of this service has answered and is there.
func (l *ladder) live() bool {
	return slices.ContainsFunc(l.tries, func(t try) bool { return t.live })
}

// open says whether destinations are being called.
func (l *ladder) open() bool { return l.confirmed == 0 && !l.live() }

func (l *ladder) find(attempt int) *try {
	for i := range l.tries {
		if l.tries[i].attempt == attempt {
			return &l.tries[i]
		}
	}
	return nil
}

func (l *ladder) forget(attempt int) {
	l.tries = slices.DeleteFunc(l.tries, func(t try) bool { return t.attempt == attempt })
}

func (l *ladder) busy(rung int) bool {
	return slices.ContainsFunc(l.tries, func(t try) bool { return t.rung == rung })
}

// full says whether every rung is being called, or has nothing to call.
func (l *ladder) full() bool {
	for rung := range l.rungs {
		if !l.busy(rung) {
			return false
		}
	}
	return true
}

// due is when this ladder goes on by itself; zero when it waits for others.
func (l *ladder) due(t Timing) time.Time {
	switch {
	case !l.open(), l.ended && l.full():
		return time.Time{}
	case l.ended && len(l.tries) == 0:
		return l.since.Add(t.Retry)
	case l.ended:
		return l.since.Add(max(t.Next, t.Retry))
	}
	return l.since.Add(t.Next)
}

// climb calls the next rung that is not being called already. Past the last one it says
// that the ladder has ended.
func (h *Handover) climb(l *ladder, now time.Time) {
	for l.next < len(l.rungs) {
		rung := l.next
		l.next++
		if l.busy(rung) {
			continue
		}
		h.attempts++
		l.since = now
		l.tries = append(l.tries, try{attempt: h.attempts, rung: rung, name: l.rungs[rung].Name})
		h.do(
			Ring{Attempt: h.attempts, Service: l.service, Rung: l.rungs[rung], AtMost: h.plan.Timing.Ring},
			Record{call.DestinationTried{Attempt: h.attempts, Service: l.service, Name: l.rungs[rung].Name, Rung: rung + 1, Round: l.round}},
		)
		return
	}
	if !l.ended {
		l.ended, l.since = true, now
	}
}

// again begins the next round.
func (h *Handover) again(l *ladder, now time.Time) {
	l.round++
	l.next, l.ended, l.since = 0, false, now
	h.do(Record{call.LadderRestarted{Service: l.service, Round: l.round}})
	h.climb(l, now)
}

// on lets the ladder go on as time has passed.
func (h *Handover) on(l *ladder, now time.Time) {
	due := l.due(h.plan.Timing)
	switch {
	case due.IsZero() || now.Before(due):
	case l.ended:
		h.again(l, now)
		h.say(SayDirect, l.service, now)
	default:
		h.climb(l, now)
	}
}

// drop stops calling those of a ladder that are not to be kept.
func (h *Handover) drop(l *ladder, keep func(try) bool) {
	for _, t := range slices.Clone(l.tries) {
		if keep(t) {
			continue
		}
		l.forget(t.attempt)
		h.do(Drop{t.attempt}, Record{call.DestinationClosed{
			Attempt: t.attempt, Service: l.service, Name: t.name, How: call.DestinationRescinded,
		}})
	}
}
