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

// CallView is one call. Without an offer and an agent it waits in line, or rests.
type CallView struct {
	Call      call.ID
	Queue     string // empty for a conversation that was adopted or is outbound
	Emergency bool
	Arrived   time.Time
	Offer     call.OfferID   // the open offer, of several the first
	Agent     call.AgentID   // talking or, for an open offer, reserved or ringing; of several the first
	Talking   bool           // to whom, says Talkers
	Talkers   []call.AgentID // in the order in which they came
	Rings     []call.AgentID // all open offers' agents
	Number    string         // of a callback, until it is reached
	Tries     int            // of a callback
	RestUntil time.Time      // of a callback that rests; zero if it does not
	PreferTo  call.AgentID   // whom the call names
}

// Waits says whether the call is in line.
func (v CallView) Waits() bool {
	return !v.Talking && len(v.Rings) == 0 && v.RestUntil.IsZero()
}

// AgentView is one signed-in agent.
type AgentView struct {
	Agent  call.AgentID
	Queues []string // that the agent serves
	State  call.AgentState
	Reason call.PauseReason
	Since  time.Time
	Until  time.Time     // when the state ends by itself; zero if it does not
	Call   call.ID       // reserved, ringing or talking
	Calls  int           // since they signed in, see Strategy
	Talked time.Duration // the same, without the conversation that goes on
}

// Snapshot copies the engine's state; it costs O(n log n) and is for tests and
// reconciliation. Screens take an Overview.
func (e *Engine) Snapshot() Snapshot {
	callers := make([]*caller, 0, len(e.callers))
	for _, c := range e.callers {
		callers = append(callers, c)
	}
	slices.SortFunc(callers, func(c, d *caller) int {
		switch {
		case (c.in == nil) != (d.in == nil):
			if c.in != nil {
				return -1
			}
			return 1
		case c.in == nil:
			return cmp.Compare(c.Call, d.Call)
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
	s.Agents = e.agentViews()
	return s
}

func (e *Engine) agentViews() []AgentView {
	var views []AgentView
	for _, a := range e.agents {
		views = append(views, a.view(e.queues))
	}
	slices.SortFunc(views, func(a, b AgentView) int { return cmp.Compare(a.Agent, b.Agent) })
	return views
}

func (c *caller) view() CallView {
	v := CallView{
		Call: c.Call, Emergency: c.emergency, Arrived: c.Arrived, Talking: c.inTalk(),
		Talkers: ids(c.talking), Rings: ids(c.ringing), RestUntil: c.restUntil, PreferTo: c.Prefer,
	}
	if c.queue != nil {
		v.Queue = c.queue.Name
	}
	if c.callback != nil {
		v.Number, v.Tries = c.callback.number, c.callback.tries
	}
	if len(c.ringing) > 0 {
		v.Offer, v.Agent = c.ringing[0].open.id, c.ringing[0].id
	}
	if c.inTalk() {
		v.Agent = c.talking[0].id
	}
	return v
}

func ids(agents []*agent) []call.AgentID {
	var list []call.AgentID
	for _, a := range agents {
		list = append(list, a.id)
	}
	return list
}

func (a *agent) view(queues []*queue) AgentView {
	v := AgentView{
		Agent: a.id, State: a.state, Reason: a.reason, Since: a.since, Until: a.alarm, Calls: a.calls, Talked: a.talked,
	}
	for _, q := range queues {
		if q.servedBy(a.team.skills) {
			v.Queues = append(v.Queues, q.Name)
		}
	}
	switch {
	case a.talk != nil:
		v.Call = a.talk.Call
	case a.open.call != nil:
		v.Call = a.open.call.Call
	}
	return v
}
