package acd

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Enqueue puts a call in line. A call that is in line, offered or talking already
// stays as it is. A citizen never waits where nobody looks: a queue that does not
// exist means the first one, for an emergency the first one for emergencies.
func (e *Engine) Enqueue(now time.Time, w Waiting) []Decision {
	if _, known := e.callers[w.Call]; known || len(e.queues) == 0 {
		return nil
	}
	c := e.admit(now, w)
	e.enter(now, c)
	return e.decide(now)
}

// admit makes a call known, with its place, but does not put it in line.
func (e *Engine) admit(now time.Time, w Waiting) *caller {
	c := &caller{seq: e.number(), offered: w.Offers}
	c.ringing, c.talking = c.oneRinging[:0], c.oneTalking[:0]
	e.callers[w.Call] = c
	w = own(now, w)
	w.Arrived = e.regain(now, w, e.queueFor(w.Queue, w.Emergency))
	e.take(now, c, w)
	return c
}

// own is w with an arrival, and nothing that the giver may still change.
func own(now time.Time, w Waiting) Waiting {
	if w.Arrived.IsZero() {
		w.Arrived = now
	}
	w.Requires, w.Prefers = slices.Clone(w.Requires), slices.Clone(w.Prefers)
	return w
}

// take gives a call the place and the wishes of w.
func (e *Engine) take(now time.Time, c *caller, w Waiting) {
	c.Waiting, c.queue, c.since = w, e.queueFor(w.Queue, w.Emergency), now
	c.emergency = w.Emergency || c.queue.Emergency
	c.use(c.queue.base)
	c.overflowed, c.been = false, nil
	c.place = c.placeIn(c.queue)
	e.startPreferring(now, c)
}

// enter puts a call in line that is new there.
func (e *Engine) enter(now time.Time, c *caller) {
	e.backInLine(now, c)
	if c.queue.deserted() {
		e.overflow(now, c, Why{Rule: RuleUnstaffed})
	}
}

func (e *Engine) queueFor(name string, emergency bool) *queue {
	if q, ok := e.byName[name]; ok {
		return q
	}
	for _, q := range e.queues {
		if emergency && q.Emergency {
			return q
		}
	}
	return e.queues[0]
}

// Leave takes a call out of the line because the citizen has left, or a callback
// that is not wanted any more; an open offer is rescinded and its agent keeps the
// place in the idle order. When the answer was a moment earlier, there was no
// conversation: the agent goes on without wrap-up.
func (e *Engine) Leave(now time.Time, id call.ID) []Decision {
	c, ok := e.callers[id]
	if !ok {
		return nil
	}
	e.remember(now, c)
	e.takeOut(now, c, Why{Rule: RuleCitizenLeft})
	return e.decide(now)
}

// takeOut forgets a call, wherever it is. Who had it goes on without wrap-up.
func (e *Engine) takeOut(now time.Time, c *caller, why Why) {
	for len(c.talking) > 0 {
		a := c.talking[0]
		e.part(now, a)
		e.restore(now, a, c.Call, why)
	}
	e.rescind(now, c, why)
	if c.in != nil && c.callback == nil {
		c.queue.pace.left++
	}
	e.outOfLine(now, c)
	e.forget(c)
}

// Ended says that the conversation is over: wrap-up begins for everybody in it. A
// call that does not talk yet leaves.
func (e *Engine) Ended(now time.Time, id call.ID) []Decision {
	c, ok := e.callers[id]
	if !ok {
		return nil
	}
	if !c.inTalk() {
		return e.Leave(now, id)
	}
	for len(c.talking) > 0 {
		e.endPart(now, c.talking[0])
	}
	e.over(now, c)
	return e.decide(now)
}

// EndedFor says that one agent's part in a conversation is over, in which others go
// on; the last one's is Ended.
func (e *Engine) EndedFor(now time.Time, id call.ID, who call.AgentID) []Decision {
	a, ok := e.agents[who]
	if !ok || a.talk == nil || a.talk.Call != id {
		return nil
	}
	c := a.talk
	e.endPart(now, a)
	if !c.inTalk() {
		e.over(now, c)
	}
	return e.decide(now)
}

// endPart takes an agent out of a conversation and into wrap-up, or out at once when
// they have signed out.
func (e *Engine) endPart(now time.Time, a *agent) {
	c := e.part(now, a)
	if a.leaving {
		e.release(now, a, c.Call, Why{Rule: RuleSignedOut})
		return
	}
	e.wrapUp(now, a, c)
}

// over forgets a call after its conversation.
func (e *Engine) over(now time.Time, c *caller) {
	e.rescind(now, c, Why{Rule: RuleCallEnded})
	e.endCallback(c, CallbackReached)
	e.forget(c)
}
