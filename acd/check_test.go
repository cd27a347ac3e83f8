package acd_test

import (
	"slices"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// check replays the decisions of one command against the model and then compares
// the two.
func (w *world) check(decisions []acd.Decision) []acd.Decision {
	if c, ok := w.calls[w.leaving]; ok && c.agent == "" {
		delete(w.calls, w.leaving)
	}
	for _, d := range decisions {
		switch d := d.(type) {
		case acd.OfferMade:
			w.checkMade(d)
		case acd.OfferClosed:
			w.checkClosed(d)
		case acd.AgentMoved:
			w.checkMoved(d)
		}
	}
	w.log = append(w.log, decisions...)
	if w.leaving != "" {
		delete(w.calls, w.leaving)
	}
	w.leaving, w.keepIdle = "", false
	w.compare()
	return decisions
}

// checkMade: the first call that anybody is free for, and the agent who is free
// longest and has not just refused it.
func (w *world) checkMade(d acd.OfferMade) {
	_, made := w.offers[d.Offer]
	require.False(w.t, made, "offer %s was made before", d.Offer)
	w.offers[d.Offer] = ""

	var first *modelCall
	for _, c := range w.waiting() {
		if len(w.free(c.queue)) > 0 {
			first = c
			break
		}
	}
	require.NotNil(w.t, first)
	require.Equal(w.t, first.id, d.Call, "another call was first in line")

	free := w.free(first.queue)
	chosen := free[0]
	if i := slices.IndexFunc(free, func(a *modelAgent) bool { return !first.refused[a.ID].After(w.now) }); i >= 0 {
		chosen = free[i]
	}
	require.Equal(w.t, chosen.ID, d.Agent, "another agent was first")
	require.Empty(w.t, chosen.call)
	first.offer, first.agent, chosen.call = d.Offer, d.Agent, d.Call
}

func (w *world) checkClosed(d acd.OfferClosed) {
	how, made := w.offers[d.Offer]
	require.True(w.t, made, "offer %s was never made", d.Offer)
	require.Empty(w.t, how, "offer %s had ended", d.Offer)
	require.NotEmpty(w.t, d.How)
	w.offers[d.Offer] = d.How

	c, a := w.calls[d.Call], w.agents[d.Agent]
	require.Equal(w.t, d.Offer, c.offer)
	require.Equal(w.t, d.Agent, c.agent)
	c.offer, c.agent, a.call = "", "", ""
	switch d.How {
	case call.OfferAccepted:
		c.talking = true
	case call.OfferRefused:
		c.refused[d.Agent] = w.now.Add(5e9)
	case call.OfferTimedOut, call.OfferRescinded:
	}
	if d.Call == w.leaving {
		delete(w.calls, d.Call)
	}
}

func (w *world) checkMoved(d acd.AgentMoved) {
	a := w.agents[d.Agent]
	require.NotNil(w.t, a, "an unknown agent moved: %+v", d)
	require.Equal(w.t, a.state, d.From)
	require.True(w.t, acd.CanMove(d.From, d.To), "%s → %s", d.From, d.To)
	require.Equal(w.t, d.To == call.Paused, d.Reason != "", "only a pause has a reason: %+v", d)
	a.state, a.reason = d.To, d.Reason
	switch d.To {
	case call.Available:
		a.call = ""
		if !w.keepIdle || d.From == call.WrapUp || d.From == call.Paused {
			w.seq++
			a.idle = w.seq
		}
	case call.AgentTalking:
		c := w.calls[d.Call]
		require.NotNil(w.t, c)
		require.True(w.t, c.talking, "%s talks without an accepted offer", d.Agent)
		require.Empty(w.t, c.agent, "%s talks to two", d.Call)
		c.agent, a.call = d.Agent, d.Call
	case call.Offline:
		delete(w.agents, d.Agent)
	case call.WrapUp, call.Paused:
		a.call = ""
	case call.Reserved, call.AgentRinging:
		require.Equal(w.t, a.call, d.Call)
	}
}

// compare holds the engine's state against the model's.
func (w *world) compare() {
	s := w.engine.Snapshot()
	require.Len(w.t, s.Agents, len(w.agents))
	require.Len(w.t, s.Calls, len(w.calls))
	seen := map[call.AgentID]call.ID{}
	for _, v := range s.Calls {
		c := w.calls[v.Call]
		require.NotNil(w.t, c, "the engine keeps %s", v.Call)
		require.Equal(w.t, c.agent, v.Agent)
		require.Equal(w.t, c.offer, v.Offer)
		require.Equal(w.t, c.talking, v.Talking)
		if v.Agent != "" {
			require.NotContains(w.t, seen, v.Agent, "one agent has two calls")
			seen[v.Agent] = v.Call
		}
	}
	for _, v := range s.Agents {
		a := w.agents[v.Agent]
		require.NotNil(w.t, a, "the engine keeps %s", v.Agent)
		require.Equal(w.t, a.state, v.State)
		require.Equal(w.t, a.reason, v.Reason)
		require.Equal(w.t, seen[v.Agent], v.Call)
		busy := v.State == call.Reserved || v.State == call.AgentRinging || v.State == call.AgentTalking
		require.Equal(w.t, busy, v.Call != "", "%s is %s with call %q", v.Agent, v.State, v.Call)
	}
	w.compareLine(s)
}

// compareLine: the same order, the same positions, and nobody waits in vain.
func (w *world) compareLine(s acd.Snapshot) {
	place := map[string]int{}
	for i, c := range w.waiting() {
		require.Equal(w.t, c.id, s.Calls[i].Call, "the line's order")
		require.Empty(w.t, w.free(c.queue), "%s waits although somebody is available", c.id)
		place[c.queue.Name]++
		n, ok := w.engine.Position(c.id)
		require.True(w.t, ok)
		require.Equal(w.t, place[c.queue.Name], n)
	}
}
