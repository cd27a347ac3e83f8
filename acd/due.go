package acd

import (
	"slices"
	"time"
)

// setDue sets the alarm of a call that waits or rests to the next time at which
// something happens to it.
func (e *Engine) setDue(c *caller) {
	e.unsetDue(c)
	switch {
	case c.in == nil:
		c.due = c.restUntil
	case c.in.only != "":
		c.due = sooner(c.preferUntil, e.overflowAt(c))
	default:
		c.due = sooner(c.relaxAt, e.overflowAt(c))
	}
	if !c.due.IsZero() {
		e.dues.Set(c)
	}
}

func (e *Engine) unsetDue(c *caller) {
	if !c.due.IsZero() {
		e.dues.Delete(c)
		c.due = time.Time{}
	}
}

// comeDue does what a call's alarm was set for.
func (e *Engine) comeDue(now time.Time, c *caller) {
	e.unsetDue(c)
	if c.in == nil {
		c.restUntil = time.Time{}
		e.backInLine(now, c)
		return
	}
	if at := e.overflowAt(c); !at.IsZero() && !at.After(now) {
		e.overflow(now, c, Why{Rule: RuleMaxWait, For: now.Sub(c.since)})
	}
	e.refile(now, c)
}

// overflowAt is when the call has waited too long; zero if it may wait for ever.
func (e *Engine) overflowAt(c *caller) time.Time {
	switch closed := c.queue.Closed; {
	case !e.canOverflow(c):
		return time.Time{}
	case !closed.IsZero() && !c.since.Before(closed):
		return c.since
	case c.queue.MaxWait <= 0:
		return time.Time{}
	}
	return c.since.Add(c.queue.MaxWait)
}

// canOverflow: once from each queue, and an emergency only to people.
func (e *Engine) canOverflow(c *caller) bool {
	if c.overflowed || c.callback != nil {
		return false
	}
	switch to := c.queue.Overflow; to.To {
	case ToQueue:
		_, ok := e.byName[to.Queue]
		return ok && to.Queue != c.queue.Name && !slices.Contains(c.been, to.Queue)
	case ToVoicemail, ToCallback:
		return !c.emergency
	case ToNowhere:
	}
	return false
}

// overflow sends a call in line on, and further if nobody is there either.
func (e *Engine) overflow(now time.Time, c *caller, why Why) {
	for e.canOverflow(c) {
		from, to := c.queue, c.queue.Overflow
		e.out = append(e.out, Overflowed{Call: c.Call, From: from.Name, To: to, Why: why})
		if to.To != ToQueue {
			c.overflowed = true
			e.setDue(c)
			return
		}
		c.been = append(c.been, from.Name)
		e.toQueue(now, c, e.byName[to.Queue])
		if !c.queue.deserted() {
			return
		}
		why = Why{Rule: RuleUnstaffed}
	}
}

// deserted says whether calls overflow because nobody is there.
func (q *queue) deserted() bool { return q.Unstaffed && q.base.staff == 0 }

// leaveDeserted lets the calls overflow whose queue the last agent has just left.
func (e *Engine) leaveDeserted(now time.Time) {
	for _, q := range e.deserted {
		if !q.deserted() {
			continue
		}
		for _, c := range q.line.Items() {
			e.overflow(now, c, Why{Rule: RuleUnstaffed})
		}
	}
	e.deserted = e.deserted[:0]
}

// toQueue moves a call in line to another queue. It keeps its arrival and whatever
// it was ahead with: nobody is set back by being moved.
func (e *Engine) toQueue(now time.Time, c *caller, q *queue) {
	e.outOfLine(now, c)
	c.queue, c.since, c.overflowed = q, now, false
	c.emergency = c.emergency || q.Emergency
	if place := c.placeIn(q); place.Before(c.place) {
		c.place = place
	}
	e.backInLine(now, c)
}

// placeIn is the place that the call's arrival has in a queue.
func (c *caller) placeIn(q *queue) time.Time {
	return c.Arrived.Add(-time.Duration(q.PriorityMinutes+c.PriorityMinutes) * time.Minute)
}
