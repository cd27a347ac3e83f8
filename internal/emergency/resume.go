package emergency

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Found is what is there of a hand-over when a controller takes it up that it did not
// begin: what Asterisk says, by the ids of the legs.
type Found struct {
	Live    []int          // attempts whose destination is up
	Ringing []int          // attempts that are being called
	Here    []call.AgentID // those of us who are in the bridge
}

// Resume takes up the hand-over that the call's facts tell of, in their order, with what
// is there of it now; false when they tell of none. The citizen is there. What is to be
// done comes with it.
func Resume(plan Plan, past []call.Event, found Found, now time.Time) (*Handover, []Action, bool) {
	h := New(plan)
	for _, e := range past {
		h.recall(e)
	}
	if !h.began() {
		return nil, nil, false
	}
	h.citizen, h.alone, h.here = true, now, slices.Clone(found.Here)
	h.talked = h.talked || len(h.here) > 0
	h.do(BridgeCitizen{})
	strays := slices.DeleteFunc(slices.Concat(found.Live, found.Ringing), func(attempt int) bool {
		_, t := h.attempt(attempt)
		return t != nil
	})
	for _, attempt := range strays {
		h.attempts = max(h.attempts, attempt)
	}
	for _, l := range h.ladders {
		h.keep(l, found, now)
	}
	for _, attempt := range strays {
		h.stray(attempt, slices.Contains(found.Live, attempt))
	}
	// What was asked for before is not known: hold sound that nobody wants must not go on.
	h.hold, h.told = !h.heard(), now
	h.do(Hold{h.hold})
	h.settle(now)
	return h, h.out, true
}

// stray is a leg that no fact tells of: it was called in the last moment of a controller,
// whose journal did not get to the disk. Who has answered is kept, for whatever service.
func (h *Handover) stray(attempt int, live bool) {
	i := slices.IndexFunc(h.ladders, func(l *ladder) bool { return l.confirmed == 0 })
	if !live || i < 0 {
		h.do(Drop{attempt})
		return
	}
	l := h.ladders[i]
	l.tries = append(l.tries, try{attempt: attempt, rung: -1, name: "?", live: true})
	l.answers = append(l.answers, attempt)
	h.talked = true
	h.do(Join{attempt}, Record{call.DestinationTried{Attempt: attempt, Service: l.service, Name: "?", Round: l.round}},
		Record{call.DestinationAnswered{Attempt: attempt, Service: l.service, Name: "?"}})
	h.drop(l, func(t try) bool { return t.live })
}

// recall learns from a fact what no leg tells.
func (h *Handover) recall(e call.Event) {
	switch f := e.Fact.(type) {
	case call.HandoverBegan:
		if h.ladder(f.Service) == nil {
			h.ladders = append(h.ladders, &ladder{service: f.Service, rungs: h.plan.Ladder(f.Service, f.Area, e.At), round: 1, since: e.At})
		}
	case call.DestinationTried:
		h.attempts = max(h.attempts, f.Attempt)
		if l := h.ladder(f.Service); l != nil {
			if f.Rung > 0 {
				l.next, l.round, l.since, l.ended = f.Rung, max(l.round, f.Round), e.At, false
			}
			l.tries = append(l.tries, try{attempt: f.Attempt, rung: l.rungOf(f), name: f.Name})
		}
	case call.LadderRestarted:
		if l := h.ladder(f.Service); l != nil {
			l.next, l.round, l.since, l.ended = 0, f.Round, e.At, false
		}
	case call.DestinationAnswered:
		h.talked = true
		if l := h.ladder(f.Service); l != nil {
			l.answers = append(l.answers, f.Attempt)
		}
	case call.DestinationClosed:
		if l := h.ladder(f.Service); l != nil {
			l.forget(f.Attempt)
			if l.confirmed == f.Attempt && f.Attempt != 0 {
				l.over = e.At
			}
		}
	case call.HandoverConfirmed:
		if l := h.ladder(f.Service); l != nil {
			l.confirmed = f.Attempt
		}
	}
}

// rungOf finds the rung that was called; in a plan that has changed since, it may stand
// elsewhere or be gone.
func (l *ladder) rungOf(f call.DestinationTried) int {
	if i := f.Rung - 1; i >= 0 && i < len(l.rungs) && l.rungs[i].Name == f.Name {
		return i
	}
	return slices.IndexFunc(l.rungs, func(r Rung) bool { return r.Name == f.Name })
}

// keep compares a ladder's attempts with the legs that are there. Those without a leg have
// ended while nobody looked.
func (h *Handover) keep(l *ladder, found Found, now time.Time) {
	for _, t := range slices.Clone(l.tries) {
		live := slices.Contains(found.Live, t.attempt)
		switch {
		case !live && !slices.Contains(found.Ringing, t.attempt):
			l.lose(h, t, now)
		case live:
			l.find(t.attempt).live, h.talked = true, true
			h.do(Join{t.attempt})
			if !slices.Contains(l.answers, t.attempt) {
				l.answers = append(l.answers, t.attempt)
				h.do(Record{call.DestinationAnswered{Attempt: t.attempt, Service: l.service, Name: t.name}})
			}
		}
	}
	if l.live() || l.confirmed != 0 {
		h.drop(l, func(t try) bool { return t.live })
		return
	}
	if len(l.tries) == 0 {
		h.climb(l, now)
	}
}

// lose ends an attempt whose leg has gone.
func (l *ladder) lose(h *Handover, t try, now time.Time) {
	l.forget(t.attempt)
	how := call.DestinationNoAnswer
	if slices.Contains(l.answers, t.attempt) {
		how = call.DestinationHungUp
	}
	if l.confirmed == t.attempt {
		l.over = now
	}
	h.do(Record{call.DestinationClosed{Attempt: t.attempt, Service: l.service, Name: t.name, How: how}})
}
