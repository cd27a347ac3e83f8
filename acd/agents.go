package acd

import (
	"time"

	"hotline1022/internal/call"
)

// SignIn takes an agent in, paused until they are ready. For one who is signed in
// already it changes the skills. One who signed out during a conversation that
// still goes on stays, and is paused after it.
func (e *Engine) SignIn(now time.Time, who Agent) []Decision {
	if who.ID == "" {
		return nil
	}
	a, known := e.agents[who.ID]
	if !known {
		a = e.newAgent(now, who.ID)
		e.serve(a, who)
		e.move(now, a, call.Paused, call.PauseSignedIn, "")
		return e.decide(now)
	}
	e.serve(a, who)
	if a.leaving {
		a.leaving, a.signedUp = false, true
		a.pausing, a.pauseFor = true, call.PauseSignedIn
	}
	return e.decide(now)
}

// newAgent has a place of its own in the idle order from the start: two agents with
// one place would be one to the tree.
func (e *Engine) newAgent(now time.Time, id call.AgentID) *agent {
	a := &agent{Agent: Agent{ID: id}, seq: e.number(), state: call.Offline, idleSince: now}
	a.idleSeq = a.seq
	e.agents[id] = a
	return a
}

// serve gives the agent the queues that their skills are good for.
func (e *Engine) serve(a *agent, who Agent) {
	if a.state == call.Available {
		for _, q := range a.queues {
			q.idle.Delete(a)
		}
	}
	a.Agent, a.queues = who, nil
	for _, q := range e.queues {
		if who.serves(q.Queue) {
			a.queues = append(a.queues, q)
			if a.state == call.Available {
				q.idle.Set(a)
			}
		}
	}
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
		return nil
	}
	return e.leave(now, a)
}

// DeskLost takes an agent out whose desk has vanished. An offer is rescinded and
// its call goes on waiting in its place. A call in conversation is let go: Enqueue
// it again with its first arrival. If the agent signed in anew since the desk of
// the conversation was signed out, the loss is that old desk's, and the agent stays.
func (e *Engine) DeskLost(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	if a.state != call.AgentTalking {
		return e.leave(now, a)
	}
	lost := e.part(a)
	if a.signedUp {
		e.release(now, a, lost)
	} else {
		e.move(now, a, call.Offline, "", lost)
	}
	return e.decide(now)
}

// leave takes an agent out who is in no conversation.
func (e *Engine) leave(now time.Time, a *agent) []Decision {
	var id call.ID
	if c := a.caller; c != nil {
		id = c.id
		e.closeOffer(c, call.OfferRescinded)
		e.backInLine(c)
	}
	e.move(now, a, call.Offline, "", id)
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
		e.release(now, a, "")
	}
	return e.decide(now)
}

// Pause stops offers to an agent; during a call, wrap-up included, once it is over.
func (e *Engine) Pause(now time.Time, id call.AgentID, reason call.PauseReason) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	switch a.state {
	case call.Available:
		e.move(now, a, call.Paused, reason, "")
	case call.Paused:
		if a.reason != reason {
			e.move(now, a, call.Paused, reason, "")
		}
	case call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp:
		a.pausing, a.pauseFor = true, reason
	case call.Offline: // is not kept
	}
	return e.decide(now)
}

// WrappedUp ends wrap-up. A pause that was asked for stands even when ready is
// true, which is what the form says unless its reader changes it; without one and
// not ready, the agent is paused(asked).
func (e *Engine) WrappedUp(now time.Time, id call.AgentID, ready bool) []Decision {
	a, ok := e.agents[id]
	if !ok || a.state != call.WrapUp {
		return nil
	}
	if !ready && !a.pausing {
		a.pausing, a.pauseFor = true, call.PauseAsked
	}
	e.release(now, a, "")
	return e.decide(now)
}

// release lets an agent go on after an offer, a call, wrap-up or a pause: out, to
// the pause that was asked for, or to the back of the idle order.
func (e *Engine) release(now time.Time, a *agent, id call.ID) {
	a.idleSince, a.idleSeq = now, e.number()
	e.restore(now, a, id)
}

// restore is release with the old place in the idle order, for an agent who could
// not help that the offer came to nothing.
func (e *Engine) restore(now time.Time, a *agent, id call.ID) {
	switch {
	case a.leaving:
		e.move(now, a, call.Offline, "", id)
	case a.pausing:
		a.pausing = false
		e.move(now, a, call.Paused, a.pauseFor, id)
	default:
		e.move(now, a, call.Available, "", id)
	}
}
