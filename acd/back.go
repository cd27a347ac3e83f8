package acd

import (
	"time"

	"hotline1022/internal/call"
)

// Return puts a call in line that had an agent, as w says, and lets go of whatever it
// was in. Both is one step: an agent who is set free by it, because their desk is a new
// one, is not given another call before this one is there to be preferred.
func (e *Engine) Return(now time.Time, w Waiting) []Decision {
	if len(e.queues) == 0 {
		return nil
	}
	if c, known := e.callers[w.Call]; known {
		e.takeOut(now, c, Why{Rule: RuleReturned})
	}
	e.enter(now, e.admit(now, w))
	return e.decide(now)
}

// Back says that an agent is there again whose desk was lost in a conversation, and who
// takes calls without pressing anything. The call that waits for them, desk or no desk,
// is theirs at once, before those who have waited longer and in spite of the reserve, for
// it is a conversation that goes on; but not while an emergency waits. A pause that they
// had asked for comes after it.
func (e *Engine) Back(now time.Time, id call.AgentID, pause call.PauseReason) []Decision {
	a, ok := e.agents[id]
	if !ok {
		return nil
	}
	a.pausing = false
	if a.state == call.Paused {
		a.misses, a.refusals, a.failures = 0, 0, 0
		e.release(now, a, "", Why{Rule: RuleBack})
	}
	if c := a.expected(); c != nil && a.state == call.Available && e.urgent == 0 {
		e.makeOffer(now, c, a, Why{Rule: RuleBack})
	}
	if pause != "" {
		e.pause(now, a, pause)
	}
	return e.decide(now)
}

// expected is the first call that waits for the agent to be back; nil if there is none.
func (a *agent) expected() *caller {
	if a.own == nil {
		return nil
	}
	var first *caller
	a.own.line.Scan(func(c *caller) bool {
		if c.PreferAway {
			first = c
		}
		return first == nil
	})
	return first
}

// NotBack says that an agent who was away is not to be waited for: they have signed out,
// or talk to somebody else by now. Whoever waits for them alone waits for anybody.
func (e *Engine) NotBack(now time.Time, id call.AgentID) []Decision {
	n, ok := e.personal[id]
	if !ok {
		return nil
	}
	for _, c := range n.line.Items() {
		if c.PreferAway {
			c.preferUntil = time.Time{}
			e.refile(now, c)
		}
	}
	return e.decide(now)
}
