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

// bye forgets an agent but for what the strategies count.
func (e *Engine) bye(now time.Time, a *agent) {
	delete(e.agents, a.id)
	a.left = now
	e.tallies[a.id] = a.tally
}
