package acd

import (
	"time"

	"hotline1022/internal/call"
)

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
