package acd_test

import (
	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// compare holds the engine's state against the model's.
func (w *world) compare() {
	s := w.engine.Snapshot()
	require.Len(w.t, s.Agents, len(w.agents))
	require.Len(w.t, s.Calls, len(w.calls))
	seen := map[call.AgentID]call.ID{}
	for _, v := range s.Calls {
		w.compareCall(v, seen)
	}
	for _, v := range s.Agents {
		a := w.agents[v.Agent]
		require.NotNil(w.t, a, "the engine keeps %s", v.Agent)
		require.Equal(w.t, a.state, v.State)
		require.Equal(w.t, a.reason, v.Reason)
		require.Equal(w.t, a.until, v.Until)
		require.Equal(w.t, seen[v.Agent], v.Call)
		require.Equal(w.t, a.calls, v.Calls)
		require.Equal(w.t, a.talked, v.Talked)
		busy := v.State == call.Reserved || v.State == call.AgentRinging || v.State == call.AgentTalking
		require.Equal(w.t, busy, v.Call != "", "%s is %s with call %q", v.Agent, v.State, v.Call)
	}
	w.compareLine(s)
	w.compareOverview(s)
}

func (w *world) compareCall(v acd.CallView, seen map[call.AgentID]call.ID) {
	c := w.calls[v.Call]
	require.NotNil(w.t, c, "the engine keeps %s", v.Call)
	require.Equal(w.t, c.queue, v.Queue)
	require.Equal(w.t, c.emergency, v.Emergency)
	require.Equal(w.t, c.number, v.Number)
	require.Equal(w.t, c.rest, v.RestUntil)
	require.Equal(w.t, len(c.talkers) > 0, v.Talking)
	require.ElementsMatch(w.t, c.talkers, v.Talkers)
	require.ElementsMatch(w.t, c.rings, v.Rings)
	if c.queue != "" {
		require.True(w.t, c.Arrived.Equal(v.Arrived), "the arrival of %s", v.Call)
	}
	for _, id := range append(v.Talkers, v.Rings...) {
		require.NotContains(w.t, seen, id, "one agent has two calls")
		seen[id] = v.Call
	}
}

// compareLine: the same order, the same positions, and nobody waits in vain.
func (w *world) compareLine(s acd.Snapshot) {
	position := map[string]int{}
	for i, c := range w.waiting() {
		require.Equal(w.t, c.Call, s.Calls[i].Call, "the line's order")
		require.True(w.t, s.Calls[i].Waits())
		require.Empty(w.t, w.free(c), "%s waits although somebody is available", c.Call)
		if c.emergency {
			require.Nil(w.t, w.victim(c), "%s waits although somebody could be taken", c.Call)
			require.True(w.t, c.told, "nobody was called for help for %s", c.Call)
		}
		q := w.queue(c.queue)
		require.False(w.t, q.Unstaffed && !w.staffed(q, nil) && w.canOverflow(c), "%s waits where nobody is", c.Call)
		position[c.queue]++
		n, ok := w.engine.Position(c.Call)
		require.True(w.t, ok)
		require.Equal(w.t, position[c.queue], n)
		wait, _ := w.engine.Estimate(w.now, c.Call)
		require.GreaterOrEqual(w.t, wait, 0*wait)
		why, ok := w.engine.Explain(w.now, c.Call)
		require.True(w.t, ok)
		require.NotEmpty(w.t, why.Text())
	}
	short, idle := w.more()
	require.Nil(w.t, short, "%v could ring as well", idle)
}

func (w *world) compareOverview(s acd.Snapshot) {
	o := w.engine.Overview(w.now, 3)
	require.Equal(w.t, s.Agents, o.Agents)
	waiting := 0
	for _, q := range o.Queues {
		waiting += q.Waiting
		staff, working, free := 0, 0, 0
		for _, a := range w.agents {
			if serves(w.skills(a), w.queue(q.Queue)) {
				staff += btoi(a.staff())
				working += btoi(a.working())
				free += btoi(a.state == call.Available)
			}
		}
		require.Equal(w.t, []int{staff, working, free}, []int{q.Staff, q.Working, q.Free}, q.Queue)
		require.Len(w.t, q.First, min(3, q.Waiting))
		emergencies := 0
		for _, c := range w.waiting() {
			emergencies += btoi(c.emergency && c.queue == q.Queue)
		}
		require.Equal(w.t, emergencies, q.Emergencies)
	}
	require.Equal(w.t, len(w.waiting()), waiting)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
