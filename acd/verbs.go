package acd

import (
	"cmp"
	"time"

	"hotline1022/internal/call"
)

// Transfer takes an agent out of a conversation, into wrap-up, and puts its call in
// line again as w says: w.Arrived is its first arrival, and w.Prefer the colleague it
// goes to. The call's id is the agent's, and what w does not say of the caller stays. If others are in the conversation, it goes on
// with them; if a colleague is being rung for it, it is theirs to answer.
func (e *Engine) Transfer(now time.Time, who call.AgentID, w Waiting) []Decision {
	a, ok := e.agents[who]
	if !ok || a.talk == nil || len(e.queues) == 0 {
		return nil
	}
	c := a.talk
	e.endPart(now, a)
	if c.inTalk() {
		return e.decide(now)
	}
	e.endCallback(c, CallbackReached)
	w.Call, w.Emergency, w.Offers = c.Call, w.Emergency || c.emergency, c.offered
	w.Caller = cmp.Or(w.Caller, c.Caller)
	w.Language, w.Field, w.Area = cmp.Or(w.Language, c.Language), cmp.Or(w.Field, c.Field), cmp.Or(w.Area, c.Area)
	e.take(now, c, own(now, w))
	c.named = len(c.ringing) > 0
	for _, b := range c.ringing { // it may be an emergency only now
		e.unfile(b)
		e.file(b)
	}
	if len(c.ringing) == 0 {
		e.enter(now, c)
	}
	return e.decide(now)
}

// Consult offers a conversation that goes on to one more agent, who has to be
// available: a colleague asked for advice, a conference, or an attended transfer if
// the first one's part ends after it. The reserve for emergencies is kept. Whatever
// becomes of the offer, the conversation goes on.
func (e *Engine) Consult(now time.Time, id call.ID, who call.AgentID) []Decision {
	c, ok := e.callers[id]
	if !ok || !c.inTalk() {
		return nil
	}
	a, ok := e.agents[who]
	switch {
	case !ok || a.state != call.Available:
		e.out = append(e.out, Declined{Call: id, Agent: who, Why: Why{Rule: RuleNotFree}})
	case !e.mayTake(a.team, c):
		e.out = append(e.out, Declined{Call: id, Agent: who, Why: Why{Rule: RuleReserveKept, Of: e.reserve()}})
	default:
		e.makeOffer(now, c, a, Why{Rule: RuleAskedFor})
	}
	return e.decide(now)
}

// CancelConsult takes back the offers that Consult made.
func (e *Engine) CancelConsult(now time.Time, id call.ID) []Decision {
	if c, ok := e.callers[id]; ok && c.inTalk() {
		e.rescind(now, c, Why{Rule: RuleAskedFor})
	}
	return e.decide(now)
}

// Join puts an agent into a conversation that goes on: who barges in, takes over, or
// was found in it after a restart. An offer to that agent is rescinded. Nothing
// happens if they talk to somebody else.
func (e *Engine) Join(now time.Time, id call.ID, who call.AgentID) []Decision {
	c, ok := e.callers[id]
	if !ok || !c.inTalk() || who == "" {
		return nil
	}
	if a := e.forTalk(now, who); a != nil {
		e.talk(now, c, a, Why{Rule: RuleJoined})
	}
	return e.decide(now)
}

// Busy says that an agent is in a conversation that did not come from the line, such
// as a call that they made; it ends like any other. It is declined while they are
// offered something or talk.
func (e *Engine) Busy(now time.Time, who call.AgentID, id call.ID) []Decision {
	a, ok := e.agents[who]
	if _, known := e.callers[id]; known || !ok || id == "" {
		return nil
	}
	switch a.state {
	case call.Available:
	case call.Paused: // and again after it
		if !a.alarm.IsZero() {
			break // a rest is over by then
		}
		a.pausing, a.pauseFor = true, a.reason
	case call.WrapUp:
		a.wrapLeft = max(a.alarm.Sub(now), 1)
	case call.Offline, call.Reserved, call.AgentRinging, call.AgentTalking:
		e.out = append(e.out, Declined{Call: id, Agent: who, Why: Why{Rule: RuleNotFree}})
		return e.decide(now)
	}
	e.talk(now, e.stranger(id), a, Why{Rule: RuleOutbound})
	return e.decide(now)
}

// Adopt puts a conversation that was found alive after a restart back: the agent is
// talking, whatever the engine took them for. An offer of that call, or to that
// agent, is rescinded. An agent who has not signed in again goes offline after it.
// Nothing happens if either of them talks to somebody else; see Join. Of a call that
// is not known w says which queue it came from, if from any, and how many offers were
// made for it, so that a transfer finds its way.
func (e *Engine) Adopt(now time.Time, w Waiting, who call.AgentID) []Decision {
	c := e.callers[w.Call]
	if w.Call == "" || who == "" || c != nil && c.inTalk() {
		return nil
	}
	if a := e.agents[who]; a != nil && c != nil && a.open.call == c { // accepted while nobody listened
		e.closeOffer(a, call.OfferAccepted, Why{Rule: RuleAdopted})
	}
	a := e.forTalk(now, who)
	if a == nil {
		return nil
	}
	if c == nil {
		c = e.stranger(w.Call)
		c.offered = w.Offers
		if w.Queue != "" && len(e.queues) > 0 {
			e.take(now, c, own(now, w))
		}
	}
	e.outOfLine(now, c)
	c.restUntil = time.Time{}
	e.unsetDue(c)
	e.rescind(now, c, Why{Rule: RuleAdopted})
	e.talk(now, c, a, Why{Rule: RuleAdopted})
	return e.decide(now)
}

// forTalk frees an agent for a conversation that is a fact; nil if they are in one.
func (e *Engine) forTalk(now time.Time, who call.AgentID) *agent {
	a, known := e.agents[who]
	if !known {
		a = e.newAgent(now, who, nil)
		a.leaving = true
		e.recount(a)
		return a
	}
	if a.talk != nil {
		return nil
	}
	if a.state == call.WrapUp {
		a.wrapLeft = max(a.alarm.Sub(now), 1)
	}
	if a.open.call != nil {
		e.again(now, e.closeOffer(a, call.OfferRescinded, Why{Rule: RuleJoined}))
	}
	return a
}

// stranger is a conversation that did not come from the line.
func (e *Engine) stranger(id call.ID) *caller {
	c := &caller{Waiting: Waiting{Call: id}, seq: e.number()}
	c.ringing, c.talking = c.oneRinging[:0], c.oneTalking[:0]
	e.callers[id] = c
	return c
}
