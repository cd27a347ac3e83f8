package acd

import (
	"sort"
	"time"

	"hotline1022/internal/call"
)

// pace is how fast a queue's line moves.
//
// A hand-out is an accepted offer. Between two of them, with somebody waiting all the
// time, the agents at work for the queue spend
//
//	cost = time between the hand-outs × agents at work
//
// which is what one call costs this queue, talk, wrap-up, ringing and what the agents
// do for other queues included. Its exponentially weighted average (the newest weighs
// an eighth) begins with the expected handling time. The estimate is
//
//	wait = position × cost ÷ agents at work now − time since the last hand-out
//
// where the last term is at most one cost ÷ agents, so that the estimate never falls
// below zero; agents who come or go change it at once. Whoever speaks it rounds it.
type pace struct {
	cost float64   // nanoseconds of one agent
	last time.Time // hand-out
	wet  bool      // somebody has waited ever since
}

// newest is the weight of the newest hand-out.
const newest = 1.0 / 8

// handedOut takes note of an accepted offer.
func (q *queue) handedOut(now time.Time) {
	p := &q.pace
	if gap := now.Sub(p.last); p.wet && gap >= 0 {
		p.cost += newest * (float64(gap)*float64(max(q.base.working, 1)) - p.cost)
	}
	p.last, p.wet = now, q.line.Len() > 0
}

func (p *pace) dry() { p.wet = false }

// estimate is the wait at a position, counted from 1; false when nobody is at work.
func (q *queue) estimate(now time.Time, position, working int) (time.Duration, bool) {
	if working <= 0 {
		return 0, false
	}
	step := q.pace.cost / float64(working)
	wait := float64(position) * step
	if q.pace.wet {
		wait -= min(max(float64(now.Sub(q.pace.last)), 0), step)
	}
	return time.Duration(max(wait, 0)), true
}

// Estimate is how long a call in line will go on waiting, by the recent pace of its
// queue; false when it does not wait, or nobody is at work who could take it. Next to
// nothing is left for one that is being offered.
func (e *Engine) Estimate(now time.Time, id call.ID) (wait time.Duration, ok bool) {
	c, known := e.callers[id]
	if !known || c.inTalk() {
		return 0, false
	}
	if len(c.ringing) > 0 {
		return 0, true
	}
	n, ok := e.Position(id)
	if !ok {
		return 0, false
	}
	return c.queue.estimate(now, n, min(c.queue.base.working, c.workingFor()))
}

// EstimateFor is how long somebody would wait who entered the queue now.
func (e *Engine) EstimateFor(now time.Time, name string) (wait time.Duration, ok bool) {
	q, known := e.byName[name]
	if !known {
		return 0, false
	}
	n := q.line.Len()
	if n == 0 && q.base.free[0]+q.base.free[1] > 0 && (q.Emergency || q.base.free[0] > 0 || e.freeGuards > e.reserve()) {
		return 0, true
	}
	return q.estimate(now, n+1, q.base.working)
}

// Position is the call's place in its own queue, counted from 1, which is also
// where a call stands that is offered to somebody; false when it does not wait. It
// grows only for an emergency, for a call that comes back to its place or is moved.
func (e *Engine) Position(id call.ID) (n int, ok bool) {
	c, ok := e.callers[id]
	if !ok || c.inTalk() {
		return 0, false
	}
	if len(c.ringing) > 0 {
		return 1, true
	}
	if c.in == nil {
		return 0, false // rests
	}
	line := c.queue.line
	return 1 + sort.Search(line.Len(), func(i int) bool {
		other, _ := line.GetAt(i)
		return !other.before(c)
	}), true
}

// Explain says why a call waits.
func (e *Engine) Explain(now time.Time, id call.ID) (why Why, ok bool) {
	c, ok := e.callers[id]
	if !ok || c.inTalk() {
		return Why{}, false
	}
	return e.explain(now, c), true
}

func (e *Engine) explain(now time.Time, c *caller) Why {
	n := c.in
	switch {
	case len(c.ringing) > 0:
		return Why{Rule: RuleRingsAt, Who: c.ringing[0].id, Of: len(c.ringing)}
	case n == nil:
		return Why{Rule: RuleRetryAt, For: c.restUntil.Sub(now)}
	case n.free[0]+n.free[1] > 0:
		return Why{Rule: RuleReserveKept, Of: e.reserve()}
	case n.only != "":
		return Why{Rule: RuleWaitsFor, Who: n.only, For: c.preferUntil.Sub(now)}
	case n.staff == 0:
		return Why{Rule: RuleNobodyHas}
	default:
		return Why{Rule: RuleNobodyFree, Of: n.working}
	}
}
