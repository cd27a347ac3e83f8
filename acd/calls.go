package acd

import (
	"sort"
	"time"

	"hotline1022/internal/call"
)

// Enqueue puts a call in line. A call that is in line, offered or talking already
// stays as it is. A citizen never waits where nobody looks: a queue that does not
// exist means the first one, for an emergency the first one for emergencies.
func (e *Engine) Enqueue(now time.Time, w Waiting) []Decision {
	q := e.queueFor(w)
	if _, known := e.callers[w.Call]; known || q == nil {
		return nil
	}
	c := &caller{
		id: w.Call, queue: q, emergency: w.Emergency || q.Emergency, seq: e.number(), offers: w.Offers,
		arrived: w.Arrived, place: w.Arrived.Add(-time.Duration(q.PriorityMinutes) * time.Minute),
	}
	e.callers[c.id] = c
	e.backInLine(c)
	return e.decide(now)
}

func (e *Engine) queueFor(w Waiting) *queue {
	if q, ok := e.byName[w.Queue]; ok || len(e.queues) == 0 {
		return q
	}
	for _, q := range e.queues {
		if w.Emergency && q.Emergency {
			return q
		}
	}
	return e.queues[0]
}

func (e *Engine) backInLine(c *caller) { c.queue.line.Set(c) }

// Leave takes a call out of the line because the citizen has left; an open offer
// is rescinded and its agent keeps the place in the idle order. When the answer
// was a moment earlier, there was no conversation: the agent goes on without
// wrap-up.
func (e *Engine) Leave(now time.Time, id call.ID) []Decision {
	c, ok := e.callers[id]
	if !ok {
		return nil
	}
	a := c.agent
	switch {
	case c.talking:
		e.part(a)
		e.restore(now, a, id)
	case c.offer != "":
		e.closeOffer(c, call.OfferRescinded)
		e.restore(now, a, id)
	default:
		c.queue.line.Delete(c)
	}
	delete(e.callers, id)
	return e.decide(now)
}

// Ended says that the conversation is over: wrap-up begins. A call that does not
// talk yet leaves.
func (e *Engine) Ended(now time.Time, id call.ID) []Decision {
	c, ok := e.callers[id]
	if !ok {
		return nil
	}
	if !c.talking {
		return e.Leave(now, id)
	}
	a := c.agent
	e.part(a)
	if a.leaving {
		e.release(now, a, id)
		return e.decide(now)
	}
	e.move(now, a, call.WrapUp, "", id)
	e.wake(a, now.Add(e.cfg.WrapUpLimit))
	return e.decide(now)
}

// part separates an agent from the call they talk to, which the engine forgets.
func (e *Engine) part(a *agent) call.ID {
	id := a.caller.id
	delete(e.callers, id)
	a.caller = nil
	return id
}

// Adopt puts a conversation that was found alive after a restart back: the agent is
// talking, whatever the engine took them for. An offer of that call, or to that
// agent, is rescinded. An agent who has not signed in again goes offline after it.
// Nothing happens if either of them talks to somebody else.
func (e *Engine) Adopt(now time.Time, id call.ID, who call.AgentID) []Decision {
	c := e.callers[id]
	a := e.agents[who]
	if id == "" || who == "" || (c != nil && c.talking) || (a != nil && a.state == call.AgentTalking) {
		return nil
	}
	if a == nil {
		a = e.newAgent(now, who)
		a.leaving = true
	}
	if d := a.caller; d != nil && d != c {
		e.closeOffer(d, call.OfferRescinded)
		e.backInLine(d)
	}
	switch {
	case c == nil:
		c = &caller{id: id}
		e.callers[id] = c
	case c.offer == "":
		c.queue.line.Delete(c)
	case c.agent == a: // accepted while nobody listened
		e.closeOffer(c, call.OfferAccepted)
	default:
		other := c.agent
		e.closeOffer(c, call.OfferRescinded)
		e.restore(now, other, id)
	}
	e.talk(now, c, a)
	return e.decide(now)
}

// Position is the call's place in its own queue, counted from 1, which is also
// where a call stands that is offered to somebody; false when it does not wait. It
// grows only for an emergency and for a call that comes back to its place.
func (e *Engine) Position(id call.ID) (n int, ok bool) {
	c, ok := e.callers[id]
	if !ok || c.talking {
		return 0, false
	}
	if c.agent != nil {
		return 1, true
	}
	line := c.queue.line
	return 1 + sort.Search(line.Len(), func(i int) bool {
		other, _ := line.GetAt(i)
		return !other.before(c)
	}), true
}
