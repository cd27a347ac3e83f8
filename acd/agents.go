package acd

import (
	"time"

	"hotline1022/internal/call"
)

// agent is one agent who is signed in.
type agent struct {
	Agent
	state     call.AgentState
	reason    call.PauseReason
	idleSince time.Time
	seq       int // breaks ties among the idle

	idle     []idlePlace // among the idle of each queue served
	deadline time.Time
	alarm    *entry[*agent]

	caller *caller      // reserved, ringing, talking
	offer  call.OfferID // the open offer, "" when there is none

	misses  int
	pause   call.PauseReason // asked for during a call, takes effect after it
	leaving bool             // signed out during a call
}

// idlePlace is an agent's place among the idle of one line.
type idlePlace struct {
	line  *line
	entry *entry[*agent]
}

// longerIdle is the order in which idle agents are chosen.
func longerIdle(a, b *agent) bool {
	if !a.idleSince.Equal(b.idleSince) {
		return a.idleSince.Before(b.idleSince)
	}
	return a.seq < b.seq
}

// SignIn adds an agent, paused until they press ready. An agent who is back after
// a lost desk keeps the place in the books.
func (e *Engine) SignIn(now time.Time, who Agent) []Decision {
	a, known := e.agents[who.ID]
	if !known {
		a = &agent{Agent: who, state: call.Offline}
		e.agents[who.ID] = a
	}
	a.Skills, a.leaving = who.Skills, false
	if a.state == call.Offline {
		e.move(now, a, call.Paused, call.PauseSignedIn, "")
	}
	return e.decide(now)
}

// SignOut removes an agent; one who talks finishes the call first.
func (e *Engine) SignOut(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	if a.state == call.AgentTalking {
		a.leaving = true
		return nil
	}
	e.rescind(a)
	e.leave(now, a)
	return e.decide(now)
}

// DeskLost takes an agent whose phone vanished out of work at once. A call that
// was being offered has its place back; one that was talked to is forgotten here,
// and enters again by Enqueue.
func (e *Engine) DeskLost(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok || a.state == call.Offline {
		return nil
	}
	if a.state == call.AgentTalking {
		e.drop(a.caller)
		a.caller = nil
	}
	e.rescind(a)
	if a.leaving {
		e.leave(now, a)
	} else {
		a.pause = ""
		e.move(now, a, call.Offline, "", "")
	}
	return e.decide(now)
}

// Ready makes a paused agent available. During a call it takes back a pause that
// was asked for; in wrap-up it is for WrappedUp to say.
func (e *Engine) Ready(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	a.pause = ""
	if a.state == call.Paused {
		a.misses = 0
		e.move(now, a, call.Available, "", "")
	}
	return e.decide(now)
}

// Pause stops offers to an agent: at once when idle, after the call otherwise.
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
		a.pause = reason
	case call.Offline:
	}
	return e.decide(now)
}

// WrappedUp ends the wrap-up, into available or paused.
func (e *Engine) WrappedUp(now time.Time, id call.AgentID, ready bool) []Decision {
	a, ok := e.agents[id]
	if !ok || a.state != call.WrapUp {
		return nil
	}
	to := call.Available
	if !ready {
		to = call.Paused
	}
	e.settle(now, a, to, call.PauseAsked)
	return e.decide(now)
}

// Adopt puts back a conversation that was found alive after a restart.
func (e *Engine) Adopt(now time.Time, id call.ID, who call.AgentID) []Decision {
	a, ok := e.agents[who]
	if !ok { // talks, but is signed in no more: finishes the call, then is gone
		a = &agent{Agent: Agent{ID: who}, state: call.Offline, leaving: true}
		e.agents[who] = a
	}
	if _, known := e.calls[id]; known || a.caller != nil {
		return nil
	}
	c := &caller{Waiting: Waiting{Call: id}, line: e.order[0], agent: a}
	e.calls[id], a.caller = c, c
	e.move(now, a, call.AgentTalking, "", id)
	return e.decide(now)
}

// leave ends an agent's work.
func (e *Engine) leave(now time.Time, a *agent) {
	if a.state != call.Offline {
		e.move(now, a, call.Offline, "", "")
	}
	delete(e.agents, a.ID)
}

// settle sends an agent who is done with a call where they belong: out, to a pause
// that they asked for, or where the caller of settle says.
func (e *Engine) settle(now time.Time, a *agent, to call.AgentState, reason call.PauseReason) {
	switch {
	case a.leaving:
		e.leave(now, a)
	case to == call.Available && a.pause != "":
		to, reason = call.Paused, a.pause
		a.pause = ""
		e.move(now, a, to, reason, "")
	case to == call.Available:
		e.move(now, a, to, "", "")
	default:
		if a.pause != "" {
			reason = a.pause
		}
		a.pause = ""
		e.move(now, a, to, reason, "")
	}
}

// move changes an agent's state; it is the only place that does.
func (e *Engine) move(now time.Time, a *agent, to call.AgentState, reason call.PauseReason, id call.ID) {
	from := a.state
	a.state, a.reason = to, reason
	for _, place := range a.idle {
		place.line.idle.remove(place.entry)
	}
	a.idle = a.idle[:0]
	e.alarms.remove(a.alarm)
	a.alarm = nil
	if to == call.Available {
		e.seq++
		a.idleSince, a.seq = now, e.seq
		for _, skill := range a.Skills {
			if l, ok := e.lines[skill]; ok {
				a.idle = append(a.idle, idlePlace{l, l.idle.push(a)})
			}
		}
	}
	e.out = append(e.out, AgentMoved{Agent: a.ID, From: from, To: to, Reason: reason, Call: id})
}

func (e *Engine) alarm(a *agent, at time.Time) {
	e.alarms.remove(a.alarm)
	a.deadline = at
	a.alarm = e.alarms.push(a)
}
