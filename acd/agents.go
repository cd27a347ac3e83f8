package acd

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// tallyMemory is how long what the strategies count outlives a sign-out.
const tallyMemory = 12 * time.Hour

// SignIn takes an agent in, paused until they are ready. For one who is signed in
// already it changes the skills, and takes back the end of their shift. One who
// signed out during a conversation that still goes on stays, and is paused after it.
func (e *Engine) SignIn(now time.Time, who Agent) []Decision {
	if who.ID == "" {
		return nil
	}
	skills := slices.Clone(who.Skills)
	a, known := e.agents[who.ID]
	if !known {
		a = e.newAgent(now, who.ID, skills)
		e.move(now, a, call.Paused, call.PauseSignedIn, "", Why{Rule: RuleSignedIn})
		return e.decide(now)
	}
	e.unenroll(a)
	a.given, a.retiring = skills, false
	if a.leaving {
		a.leaving, a.signedUp = false, true
		a.pausing, a.pauseFor = true, call.PauseSignedIn
	}
	e.enroll(a)
	return e.decide(now)
}

// newAgent has a place of its own in the idle order from the start: two agents with
// one place would be one to the tree.
func (e *Engine) newAgent(now time.Time, id call.AgentID, skills []Skill) *agent {
	a := &agent{id: id, given: skills, seq: e.number(), state: call.Offline, idleSince: now, own: e.personal[id]}
	a.idleSeq = a.seq
	if t := e.tallies[id]; now.Sub(t.left) < tallyMemory {
		a.tally = t
	}
	delete(e.tallies, id)
	e.agents[id] = a
	e.enroll(a)
	return a
}

// SignOut takes an agent out: at once, an open offer being rescinded; or after the
// conversation, and then without wrap-up.
func (e *Engine) SignOut(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	if a.state == call.AgentTalking {
		a.leaving, a.signedUp = true, false
		e.recount(a)
		return e.decide(now)
	}
	return e.leave(now, a, Why{Rule: RuleSignedOut})
}

// ShiftOver takes an agent out as soon as they owe nobody anything: what rings may
// be answered, a conversation ends, and so does its wrap-up; an emergency that nobody
// else can be had for may still cut through that. Signing in takes it back.
func (e *Engine) ShiftOver(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	if a.state == call.Available || a.state == call.Paused {
		return e.leave(now, a, Why{Rule: RuleShiftOver})
	}
	a.retiring = true
	return e.decide(now)
}

// DeskLost takes an agent out whose desk has vanished. An offer is rescinded and
// its call goes on waiting in its place. A call in conversation with nobody else is
// let go: Enqueue it again with its first arrival; a callback that has not reached
// anybody goes back by itself. If the agent signed in anew since the desk of the
// conversation was signed out, the loss is that old desk's, and the agent stays.
func (e *Engine) DeskLost(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	why := Why{Rule: RuleDeskLost}
	if a.state != call.AgentTalking {
		return e.leave(now, a, why)
	}
	c := e.part(now, a)
	if a.signedUp {
		e.release(now, a, c.Call, why)
	} else {
		e.move(now, a, call.Offline, "", c.Call, why)
	}
	e.letGo(now, c, why)
	return e.decide(now)
}

// leave takes an agent out who is in no conversation.
func (e *Engine) leave(now time.Time, a *agent, why Why) []Decision {
	var id call.ID
	if a.open.call != nil {
		c := e.closeOffer(a, call.OfferRescinded, why)
		e.again(now, c)
		id = c.Call
	}
	e.move(now, a, call.Offline, "", id, why)
	return e.decide(now)
}

// Ready makes an agent take calls: from a pause, from wrap-up, which it ends, and
// during a call by taking back a pause that was asked for.
func (e *Engine) Ready(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	a.pausing = false
	if a.state == call.Paused || a.state == call.WrapUp {
		a.misses, a.refusals, a.failures = 0, 0, 0
		e.release(now, a, "", Why{Rule: RuleReady})
	}
	return e.decide(now)
}

// Pause stops offers to an agent; during a call, wrap-up included, once it is over.
func (e *Engine) Pause(now time.Time, id call.AgentID, reason call.PauseReason) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	e.pause(now, a, reason)
	return e.decide(now)
}

func (e *Engine) pause(now time.Time, a *agent, reason call.PauseReason) {
	why := Why{Rule: RulePauseAsked}
	switch a.state {
	case call.Available:
		e.move(now, a, call.Paused, reason, "", why)
	case call.Paused:
		if a.reason != reason {
			e.move(now, a, call.Paused, reason, "", why)
		}
	case call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp:
		a.pausing, a.pauseFor = true, reason
	case call.Offline: // is not kept
	}
}
