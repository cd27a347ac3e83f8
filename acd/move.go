package acd

import (
	"time"

	"hotline1022/internal/call"
)

// move changes an agent's state; everything that hangs on the state is done here.
func (e *Engine) move(now time.Time, a *agent, to call.AgentState, reason call.PauseReason, id call.ID, why Why) {
	e.moveUntil(now, a, to, reason, id, why, time.Time{})
}

// moveUntil is move to a state that ends by itself.
func (e *Engine) moveUntil(now time.Time, a *agent, to call.AgentState, reason call.PauseReason, id call.ID, why Why, until time.Time) {
	from := a.state
	e.silence(a)
	e.unfile(a)
	e.engage(now, a, to)
	a.state, a.reason, a.since = to, reason, now
	if to == call.Offline {
		e.unenroll(a)
		e.bye(now, a)
	} else {
		e.file(a)
		e.recount(a)
		if !until.IsZero() {
			a.alarm = until
			e.alarms.Set(a)
		}
	}
	e.out = append(e.out, AgentMoved{Agent: a.id, From: from, To: to, Reason: reason, Call: id, Until: until, Why: why})
}

// engage keeps since when an agent is busy with a call, and learns from one that is
// over how long it took.
func (e *Engine) engage(now time.Time, a *agent, to call.AgentState) {
	if a.state == call.WrapUp && to != call.WrapUp && a.busyWith != nil {
		a.busyWith.pace.learn(now.Sub(a.busySince))
		a.busyWith = nil
	}
	begins := to == call.Reserved || engaged(to) && !engaged(a.state)
	switch {
	case begins:
		a.busySince = now
	case engaged(a.state) && to == call.Available:
		for _, n := range a.team.needs {
			n.freed = now
		}
	}
}

// bye forgets an agent but for what the strategies count.
func (e *Engine) bye(now time.Time, a *agent) {
	delete(e.agents, a.id)
	a.left = now
	e.tallies[a.id] = a.tally
}
