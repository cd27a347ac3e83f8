package acd

import (
	"time"

	"hotline1022/internal/call"
)

// Ringing says that the agent's phone rings.
func (e *Engine) Ringing(now time.Time, offer call.OfferID) []Decision {
	a := e.offered(offer)
	if a == nil || a.state != call.Reserved {
		return nil
	}
	deadline := a.deadline
	e.move(now, a, call.AgentRinging, "", a.caller.Call)
	e.alarm(a, deadline)
	return e.decide(now)
}

// Accept says that the agent answered. If the offer is still open, OfferClosed with
// accepted follows, and only then may the two be connected.
func (e *Engine) Accept(now time.Time, offer call.OfferID) []Decision {
	a := e.offered(offer)
	if a == nil {
		return nil
	}
	a.misses = 0
	c := a.caller
	e.close(a, call.OfferAccepted)
	a.caller, c.agent = c, a
	e.move(now, a, call.AgentTalking, "", c.Call)
	return e.decide(now)
}

// Refuse says that the agent declined. The call keeps its place; the agent is
// paused, for the line would choose the same agent again.
func (e *Engine) Refuse(now time.Time, offer call.OfferID) []Decision {
	return e.giveUp(now, offer, call.OfferRefused, call.PauseRefused)
}

// Fail says that the agent's phone could not be rung.
func (e *Engine) Fail(now time.Time, offer call.OfferID) []Decision {
	return e.giveUp(now, offer, call.OfferRescinded, call.PauseNoPhone)
}

func (e *Engine) giveUp(now time.Time, offer call.OfferID, how call.OfferEnd, reason call.PauseReason) []Decision {
	a := e.offered(offer)
	if a == nil {
		return nil
	}
	c := a.caller
	e.close(a, how)
	e.putBack(c)
	e.settle(now, a, call.Paused, reason)
	return e.decide(now)
}

// Tick carries out what is due: offers nobody answered, wrap-ups that ran out.
func (e *Engine) Tick(now time.Time) []Decision {
	for {
		first := e.alarms.first()
		if first == nil || first.value.deadline.After(now) {
			return e.decide(now)
		}
		e.due(now, first.value)
	}
}

func (e *Engine) due(now time.Time, a *agent) {
	if a.state == call.WrapUp {
		e.settle(now, a, call.Available, "")
		return
	}
	c := a.caller
	e.close(a, call.OfferTimedOut)
	e.putBack(c)
	a.misses++
	if a.misses >= e.cfg.MissesBeforePause {
		e.settle(now, a, call.Paused, call.PauseRONA)
		return
	}
	e.settle(now, a, call.Available, "")
}

// Next is when Tick has something to do; false when nothing is due ever.
func (e *Engine) Next() (time.Time, bool) {
	first := e.alarms.first()
	if first == nil {
		return time.Time{}, false
	}
	return first.value.deadline, true
}

// offered finds the agent of an open offer.
func (e *Engine) offered(offer call.OfferID) *agent {
	id, _ := call.Of(string(offer))
	c, ok := e.calls[id]
	if !ok || c.agent == nil || c.agent.offer != offer {
		return nil
	}
	return c.agent
}

// close ends the agent's open offer.
func (e *Engine) close(a *agent, how call.OfferEnd) {
	c := a.caller
	e.out = append(e.out, OfferClosed{Offer: a.offer, Call: c.Call, Agent: a.ID, How: how})
	a.offer, a.caller, c.agent = "", nil, nil
}

// rescind closes the agent's offer, if one is open, and gives the call its place.
func (e *Engine) rescind(a *agent) {
	if a.offer == "" {
		return
	}
	c := a.caller
	e.close(a, call.OfferRescinded)
	e.putBack(c)
}
