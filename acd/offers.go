package acd

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// makeOffer reserves the agent for the call, in one step.
func (e *Engine) makeOffer(now time.Time, c *caller, a *agent, why Why) {
	e.outOfLine(c)
	c.offered++
	c.told = false
	c.ringing = append(c.ringing, a)
	a.open = offer{id: c.Call.Offer(c.offered), call: c, seq: e.number()}
	e.offers[a.open.id] = a
	if c.queue != nil && c.queue.Strategy == RoundRobin {
		c.queue.turn.spot = a.spot
	}
	e.mind(c)
	e.out = append(e.out, OfferMade{Offer: a.open.id, Call: c.Call, Agent: a.id, Why: why})
	e.moveUntil(now, a, call.Reserved, "", c.Call, Why{Rule: RuleOffered}, now.Add(e.cfg.RingTime))
}

// closeOffer ends the agent's open offer and separates call and agent, who have to
// be moved on.
func (e *Engine) closeOffer(a *agent, how call.OfferEnd, why Why) *caller {
	c := a.open.call
	e.unfile(a)
	e.out = append(e.out, OfferClosed{Offer: a.open.id, Call: c.Call, Agent: a.id, How: how, Why: why})
	delete(e.offers, a.open.id)
	a.open = offer{}
	c.ringing = without(c.ringing, a)
	e.mind(c)
	return c
}

// rescind ends every open offer of a call; the agents keep their place.
func (e *Engine) rescind(now time.Time, c *caller, why Why) {
	for len(c.ringing) > 0 {
		a := c.ringing[0]
		e.closeOffer(a, call.OfferRescinded, why)
		e.restore(now, a, c.Call, why)
	}
}

func without(agents []*agent, a *agent) []*agent {
	if i := slices.Index(agents, a); i >= 0 {
		return slices.Delete(agents, i, i+1)
	}
	return agents
}

// again puts a call back in its place that nobody rings for or talks to any more.
func (e *Engine) again(now time.Time, c *caller) {
	if len(c.ringing) == 0 && !c.inTalk() {
		e.enter(now, c)
	}
}

// mind keeps the calls that could ring at more agents than they do.
func (e *Engine) mind(c *caller) {
	short := len(c.ringing) > 0 && !c.inTalk() && c.queue != nil && len(c.ringing) < c.queue.RingAt && c.class.only == ""
	if short == c.short {
		return
	}
	c.short = short
	if short {
		if c.class.short == nil {
			c.class.short = tree((*caller).before)
		}
		c.class.short.Set(c)
		if c.class.short.Len() == 1 {
			e.shorts = append(e.shorts, c.class)
		}
		return
	}
	c.class.short.Delete(c)
	if c.class.short.Len() == 0 {
		e.shorts = slices.DeleteFunc(e.shorts, func(n *need) bool { return n == c.class })
	}
}

// Ringing says that the agent's desk rings; the ring time begins anew.
func (e *Engine) Ringing(now time.Time, offer call.OfferID) []Decision {
	a, ok := e.offers[offer]
	if !ok || a.state != call.Reserved {
		return nil
	}
	a.failures = 0
	e.moveUntil(now, a, call.AgentRinging, "", a.open.call.Call, Why{Rule: RuleRings}, now.Add(e.cfg.RingTime))
	return e.decide(now)
}

// Accept says that the agent has answered, before the ring was reported or after.
// Whoever else is rung for the call is told that another was first.
func (e *Engine) Accept(now time.Time, offer call.OfferID) []Decision {
	a, ok := e.offers[offer]
	if !ok {
		return nil
	}
	why := Why{Rule: RuleAnswered}
	c := e.closeOffer(a, call.OfferAccepted, why)
	first := !c.inTalk()
	e.talk(now, c, a, why)
	if first {
		e.rescind(now, c, Why{Rule: RuleAnsweredBy, Who: a.id})
		if c.queue != nil {
			c.queue.handedOut(now)
		}
	}
	return e.decide(now)
}

// Refuse says that the agent does not want the call. Whoever refuses is there, so
// it ends a row of misses.
func (e *Engine) Refuse(now time.Time, offer call.OfferID) []Decision {
	a, ok := e.offers[offer]
	if !ok {
		return nil
	}
	why := Why{Rule: RuleRefused}
	c := e.closeOffer(a, call.OfferRefused, why)
	c.refused = append(c.refused, refusal{agent: a.id, until: now.Add(refusalHold)})
	e.cameToNothing(now, c, a)
	a.misses, a.failures = 0, 0
	if a.refusals++; a.refusals >= e.cfg.RefusalsBeforePause {
		a.putAside(call.PauseRefused)
	}
	e.release(now, a, c.Call, why)
	return e.decide(now)
}

// timeOut ends an offer that the agent let ring.
func (e *Engine) timeOut(now time.Time, a *agent) {
	why := Why{Rule: RuleNoAnswer, For: e.cfg.RingTime}
	c := e.closeOffer(a, call.OfferTimedOut, why)
	e.cameToNothing(now, c, a)
	if a.misses++; a.misses >= e.cfg.MissesBeforePause {
		a.putAside(call.PauseRONA)
	}
	e.release(now, a, c.Call, why)
}

// Fail says that the desk could not be rung. The offer is rescinded, and the agent
// rests as paused(no_phone) for a while that grows with every failure in a row.
func (e *Engine) Fail(now time.Time, offer call.OfferID) []Decision {
	a, ok := e.offers[offer]
	if !ok {
		return nil
	}
	why := Why{Rule: RuleNoPhone}
	c := e.closeOffer(a, call.OfferRescinded, why)
	e.cameToNothing(now, c, a)
	asked := a.pausing || a.retiring
	a.putAside(call.PauseNoPhone)
	a.idleSince, a.idleSeq = now, e.number()
	if asked {
		e.restore(now, a, c.Call, why)
		return e.decide(now)
	}
	a.pausing = false
	rest := min(firstRest<<min(a.failures, 8), longRest)
	a.failures++
	e.moveUntil(now, a, call.Paused, call.PauseNoPhone, c.Call, why, now.Add(rest))
	return e.decide(now)
}

// cameToNothing takes note that an agent did not take the call: it is not kept for
// them any longer, and they are not rung once more beside others.
func (e *Engine) cameToNothing(now time.Time, c *caller, a *agent) {
	if c.Prefer == a.id {
		c.Prefer = ""
	}
	c.tried = append(c.tried, a.id)
	e.again(now, c)
}

// putAside lets the agent pause, unless they have asked for a pause themselves.
func (a *agent) putAside(reason call.PauseReason) {
	if !a.pausing {
		a.pausing, a.pauseFor = true, reason
	}
	a.misses, a.refusals, a.wrapLeft = 0, 0, 0
}
