package acd

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Force moves an agent to available, paused or offline at once, whatever they do: an
// open offer is rescinded, wrap-up ends, and a conversation is let go as by DeskLost.
// It is the supervisor's way out when a state does not fit the truth; Pause and
// ShiftOver are the polite ones.
func (e *Engine) Force(now time.Time, id call.AgentID, to call.AgentState, reason call.PauseReason) []Decision {
	a, ok := e.agents[id]
	if !ok || to != call.Available && to != call.Paused && to != call.Offline {
		return nil
	}
	if a.leaving {
		to = call.Offline // is not signed in
	}
	if to != call.Paused {
		reason = ""
	} else if reason == "" {
		reason = call.PauseAsked
	}
	why := Why{Rule: RuleForced}
	a.pausing, a.retiring, a.wrapLeft = false, false, 0
	a.misses, a.refusals, a.failures = 0, 0, 0
	if a.state == to && a.reason == reason {
		return e.decide(now)
	}
	c := a.talk
	var about call.ID
	switch {
	case c != nil:
		e.part(now, a)
		about = c.Call
	case a.open.call != nil:
		d := e.closeOffer(a, call.OfferRescinded, why)
		e.again(now, d)
		about = d.Call
	}
	if a.state != call.Available {
		a.idleSince, a.idleSeq = now, e.number()
	}
	e.move(now, a, to, reason, about, why)
	if c != nil {
		e.letGo(now, c, why)
	}
	return e.decide(now)
}

// MoveCall moves a call that waits to another queue, or within its own, and with top
// to the place before everybody there but emergencies, or for an emergency before
// all of them. It keeps its arrival.
func (e *Engine) MoveCall(now time.Time, id call.ID, to string, top bool) []Decision {
	c, ok := e.callers[id]
	q := e.byName[to]
	if !ok || q == nil {
		return nil
	}
	if c.in == nil {
		e.out = append(e.out, Declined{Call: id, Why: Why{Rule: RuleNotWaiting}})
		return e.decide(now)
	}
	from := c.queue
	e.out = append(e.out, CallMoved{Call: id, From: from.Name, To: to, Why: Why{Rule: RuleForced}})
	if from != q {
		c.Prefer, c.been = "", slices.Clone(c.been[:0])
		e.toQueue(now, c, q)
	}
	if top {
		e.toTop(now, c)
	}
	if c.queue.deserted() && from != q {
		e.overflow(now, c, Why{Rule: RuleUnstaffed})
	}
	return e.decide(now)
}

// toTop gives a call in line the place before the first of its kind in its queue.
func (e *Engine) toTop(now time.Time, c *caller) {
	e.outOfLine(now, c)
	c.queue.line.Scan(func(first *caller) bool {
		if first.emergency && !c.emergency {
			return true
		}
		if !c.before(first) {
			c.place = first.place.Add(-1)
		}
		return false
	})
	e.backInLine(now, c)
}
