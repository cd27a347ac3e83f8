package acd

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Snapshot is everything that the engine knows, copied.
type Snapshot struct {
	Calls  []CallView  // in line in the order of service, then the others by id
	Agents []AgentView // by id
}

// CallView is one call. Without an agent it waits in line.
type CallView struct {
	Call      call.ID
	Queue     string // empty for a conversation that was adopted
	Emergency bool
	Arrived   time.Time
	Offer     call.OfferID // the open offer
	Agent     call.AgentID // reserved, ringing or talking
	Talking   bool
}

// AgentView is one signed-in agent.
type AgentView struct {
	Agent  call.AgentID
	Queues []string // that the agent serves
	State  call.AgentState
	Reason call.PauseReason
	Since  time.Time
	Call   call.ID // reserved, ringing or talking
}

// Snapshot copies the engine's state; it costs O(n log n) and is for tests,
// reconciliation and people.
func (e *Engine) Snapshot() Snapshot {
	callers := make([]*caller, 0, len(e.callers))
	for _, c := range e.callers {
		callers = append(callers, c)
	}
	slices.SortFunc(callers, func(c, d *caller) int {
		switch {
		case (c.agent == nil) != (d.agent == nil):
			if c.agent == nil {
				return -1
			}
			return 1
		case c.agent != nil:
			return cmp.Compare(c.id, d.id)
		case c.before(d):
			return -1
		default:
			return 1
		}
	})
	var s Snapshot
	for _, c := range callers {
		s.Calls = append(s.Calls, c.view())
	}
	for _, a := range e.agents {
		s.Agents = append(s.Agents, a.view())
	}
	slices.SortFunc(s.Agents, func(a, b AgentView) int { return cmp.Compare(a.Agent, b.Agent) })
	return s
}

func (c *caller) view() CallView {
	v := CallView{Call: c.id, Emergency: c.emergency, Arrived: c.arrived, Offer: c.offer, Talking: c.talking}
	if c.queue != nil {
		v.Queue = c.queue.Name
	}
	if c.agent != nil {
		v.Agent = c.agent.ID
	}
	return v
}

func (a *agent) view() AgentView {
	v := AgentView{Agent: a.ID, State: a.state, Reason: a.reason, Since: a.since}
	for _, q := range a.queues {
		v.Queues = append(v.Queues, q.Name)
	}
	if a.caller != nil {
		v.Call = a.caller.id
	}
	return v
}
