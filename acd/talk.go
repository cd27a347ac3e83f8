package acd

import (
	"time"

	"hotline1022/internal/call"
)

// forget drops a call that is not in line, offered or talking.
func (e *Engine) forget(c *caller) {
	e.unsetDue(c)
	c.use(nil)
	delete(e.callers, c.Call)
	e.endCallback(c, CallbackCancelled)
}

// part separates an agent from the conversation.
func (e *Engine) part(now time.Time, a *agent) *caller {
	c := a.talk
	c.talking = without(c.talking, a)
	a.talk = nil
	a.talked += max(now.Sub(a.talkSince), 0)
	return c
}

// letGo forgets a call when nobody talks to it any more. A callback without a
// citizen has no one to put it in line again, and goes back by itself.
func (e *Engine) letGo(now time.Time, c *caller, why Why) {
	switch {
	case c.inTalk():
	case c.callback != nil:
		e.again(now, c)
		e.mind(c) // a colleague may be rung for it
	default:
		e.rescind(now, c, why)
		e.forget(c)
	}
}

// talk begins an agent's part in a conversation.
func (e *Engine) talk(now time.Time, c *caller, a *agent, why Why) {
	e.unfile(a)
	a.misses, a.refusals, a.failures = 0, 0, 0
	a.signedUp = false
	a.calls++
	a.talk, a.talkSince, a.busyWith = c, now, c.queue
	c.talking = append(c.talking, a)
	c.refused, c.tried, c.told, c.named = nil, nil, false, false
	e.mind(c)
	e.move(now, a, call.AgentTalking, "", c.Call, why)
}
