package acd

import (
	"time"

	"hotline1022/internal/call"
)

// Assign keeps a call that waits for one agent, whatever it asks for, as long as that
// agent takes calls at all and for atMost, or the configured time: then anybody may have
// it. It keeps its place. An emergency waits for nobody; it goes to that agent first if
// they are free and serve it.
func (e *Engine) Assign(now time.Time, id call.ID, who call.AgentID, atMost time.Duration) []Decision {
	c, ok := e.callers[id]
	if !ok {
		return nil
	}
	if c.in == nil {
		e.out = append(e.out, Declined{Call: id, Agent: who, Why: Why{Rule: RuleNotWaiting}})
		return e.decide(now)
	}
	if a, ok := e.agents[who]; !ok || !a.working {
		e.out = append(e.out, Declined{Call: id, Agent: who, Why: Why{Rule: RuleNotFree}})
		return e.decide(now)
	}
	e.outOfLine(now, c)
	c.Prefer, c.PreferFor, c.PreferAway = who, atMost, false
	e.startPreferring(now, c)
	e.backInLine(now, c)
	return e.decide(now)
}

// Settle is Force for who may be in a conversation that is not to be cut: a pause begins
// after it, and nothing else is done.
func (e *Engine) Settle(now time.Time, id call.AgentID, to call.AgentState, reason call.PauseReason) []Decision {
	a, ok := e.agents[id]
	switch {
	case !ok || a.talk == nil:
		return e.Force(now, id, to, reason)
	case to == call.Paused:
		return e.Pause(now, id, reason)
	}
	e.out = append(e.out, Declined{Call: a.talk.Call, Agent: id, Why: Why{Rule: RuleNotFree}})
	return e.decide(now)
}
