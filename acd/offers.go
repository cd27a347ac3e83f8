package acd

import (
	"time"

	"hotline1022/internal/call"
)

// makeOffer reserves the agent for the first call in their line, in one step.
func (e *Engine) makeOffer(now time.Time, c *caller, a *agent) {
	c.queue.line.Delete(c)
	c.offers++
	c.offer, c.agent = c.id.Offer(c.offers), a
	a.caller = c
	e.offers[c.offer] = c
	e.out = append(e.out, OfferMade{Offer: c.offer, Call: c.id, Agent: a.ID})
	e.move(now, a, call.Reserved, "", c.id)
	e.wake(a, now.Add(e.cfg.RingTime))
}

// closeOffer ends the open offer of a call and separates call and agent.
func (e *Engine) closeOffer(c *caller, how call.OfferEnd) {
	e.out = append(e.out, OfferClosed{Offer: c.offer, Call: c.id, Agent: c.agent.ID, How: how})
	delete(e.offers, c.offer)
	c.agent.caller = nil
	c.offer, c.agent = "", nil
}

// talk begins a conversation between a call and an agent that are both free of
// offers.
func (e *Engine) talk(now time.Time, c *caller, a *agent) {
	a.misses, a.refusals, a.failures = 0, 0, 0
	a.signedUp = false
	c.agent, c.talking, c.refused = a, true, nil
	a.caller = c
	e.move(now, a, call.AgentTalking, "", c.id)
}

// Ringing says that the agent's desk rings; the ring time begins anew.
func (e *Engine) Ringing(now time.Time, offer call.OfferID) []Decision {
	c, ok := e.offers[offer]
	if !ok || c.agent.state != call.Reserved {
		return nil
	}
	c.agent.failures = 0
	e.move(now, c.agent, call.AgentRinging, "", c.id)
	e.wake(c.agent, now.Add(e.cfg.RingTime))
	return e.decide(now)
}

// Accept says that the agent has answered, before the ring was reported or after.
func (e *Engine) Accept(now time.Time, offer call.OfferID) []Decision {
	c, ok := e.offers[offer]
	if !ok {
		return nil
	}
	a := c.agent
	e.closeOffer(c, call.OfferAccepted)
	e.talk(now, c, a)
	return e.decide(now)
}

// Refuse says that the agent does not want the call. Whoever refuses is there, so
// it ends a row of misses.
func (e *Engine) Refuse(now time.Time, offer call.OfferID) []Decision {
	c, ok := e.offers[offer]
	if !ok {
		return nil
	}
	a := c.agent
	e.closeOffer(c, call.OfferRefused)
	c.refused = append(c.refused, refusal{agent: a.ID, until: now.Add(refusalHold)})
	e.backInLine(c)
	a.misses, a.failures = 0, 0
	if a.refusals++; a.refusals >= e.cfg.RefusalsBeforePause {
		e.putAside(a, call.PauseRefused)
	}
	e.release(now, a, c.id)
	return e.decide(now)
}

// timeOut ends an offer that the agent let ring.
func (e *Engine) timeOut(now time.Time, a *agent) {
	c := a.caller
	e.closeOffer(c, call.OfferTimedOut)
	e.backInLine(c)
	if a.misses++; a.misses >= e.cfg.MissesBeforePause {
		e.putAside(a, call.PauseRONA)
	}
	e.release(now, a, c.id)
}

// Fail says that the desk could not be rung. The offer is rescinded, and the agent
// rests as paused(no_phone) for a while that grows with every failure in a row.
func (e *Engine) Fail(now time.Time, offer call.OfferID) []Decision {
	c, ok := e.offers[offer]
	if !ok {
		return nil
	}
	a := c.agent
	e.closeOffer(c, call.OfferRescinded)
	e.backInLine(c)
	asked := a.pausing
	e.putAside(a, call.PauseNoPhone)
	e.release(now, a, c.id)
	if !asked {
		e.wake(a, now.Add(min(firstRest<<min(a.failures, 8), longRest)))
		a.failures++
	}
	return e.decide(now)
}

// putAside lets the agent pause, unless they have asked for a pause themselves.
func (e *Engine) putAside(a *agent, reason call.PauseReason) {
	if !a.pausing {
		a.pausing, a.pauseFor = true, reason
	}
	a.misses, a.refusals = 0, 0
}
