package acd_test

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// check replays the decisions of one command against the model and then compares
// the two.
func (w *world) check(decisions []acd.Decision) []acd.Decision {
	for _, d := range decisions {
		switch d := d.(type) {
		case acd.OfferMade:
			w.settle()
			w.checkMade(d)
		case acd.OfferClosed:
			if d.Why.Rule == acd.RuleEmergency {
				w.settle()
			}
			w.checkClosed(d)
		case acd.AgentMoved:
			w.checkMoved(d)
		case acd.Overflowed:
			w.settle()
			w.checkOverflowed(d)
		case acd.Nobody:
			w.settle()
			w.checkNobody(d)
		case acd.WrapUpExtended:
			w.agents[d.Agent].until = d.Until
		case acd.CallMoved, acd.Regained, acd.Declined, acd.CallbackRetry, acd.CallbackClosed:
			// what they say, the commands have worked out for themselves
		}
	}
	w.settle()
	w.log = append(w.log, decisions...)
	w.joins, w.forced = "", ""
	for id, c := range w.calls {
		if c.gone {
			delete(w.calls, id)
		}
	}
	w.compare()
	return decisions
}

// settle does to the model what the running command does.
func (w *world) settle() {
	if then := w.pending; then != nil {
		w.pending = nil
		then()
	}
}

// checkMade: the right call for the right agent.
func (w *world) checkMade(d acd.OfferMade) {
	require.NotContains(w.t, w.offers, d.Offer, "was made before")
	c, a := w.calls[d.Call], w.agents[d.Agent]
	require.NotNil(w.t, c)
	require.NotNil(w.t, a)
	require.Empty(w.t, a.call, "%s has a call", d.Agent)
	require.NotEmpty(w.t, d.Why.Text())
	consult := len(c.talkers) > 0
	switch {
	case consult:
		require.Equal(w.t, acd.RuleAskedFor, d.Why.Rule)
		require.Equal(w.t, call.Available, a.state)
		require.True(w.t, w.allowed(c, a))
	case len(c.rings) > 0:
		w.checkMore(c, a)
	case d.Why.Rule == acd.RuleBack:
		require.True(w.t, c.personal && c.PreferAway && c.Prefer == d.Agent && w.inLine(c), "%s does not wait for %s", d.Call, d.Agent)
		require.Equal(w.t, call.Available, a.state)
		require.False(w.t, slices.ContainsFunc(w.waiting(), func(c *modelCall) bool { return c.emergency }), "an emergency waits")
	case d.Why.Rule == acd.RuleCutWrapUp || d.Why.Rule == acd.RuleCutRing:
		w.checkCut(c, a, d.Why.Rule)
	default:
		first := w.firstFree()
		require.NotNil(w.t, first)
		require.Equal(w.t, first.Call, d.Call, "another call was first in line")
		require.Equal(w.t, w.choice(first).id, d.Agent, "another agent was first")
	}
	w.offers[d.Offer] = &modelOffer{call: d.Call, agent: d.Agent, seq: w.number(), consult: consult}
	c.rings = append(c.rings, d.Agent)
	c.told = false
	a.call = d.Call
	if !consult && w.queue(c.queue).Strategy == acd.RoundRobin {
		w.turns[c.queue] = w.spot(d.Agent)
	}
}

// firstFree is the first call in line that somebody is free for.
func (w *world) firstFree() *modelCall {
	for _, c := range w.waiting() {
		if len(w.free(c)) > 0 {
			return c
		}
	}
	return nil
}

func (w *world) checkMore(c *modelCall, a *modelAgent) {
	require.Nil(w.t, w.firstFree(), "one more agent rings for a call while others wait")
	wantCall, wantAgent := w.more()
	require.NotNil(w.t, wantCall)
	require.Equal(w.t, wantCall.Call, c.Call)
	require.Equal(w.t, wantAgent.id, a.id)
}

// checkCut: an emergency takes somebody only when nobody is free for it.
func (w *world) checkCut(c *modelCall, a *modelAgent, rule acd.Rule) {
	require.True(w.t, c.emergency)
	if rule == acd.RuleCutRing { // which checkClosed has seen
		require.Equal(w.t, call.Available, a.state)
		return
	}
	require.Equal(w.t, call.WrapUp, a.state)
	require.Nil(w.t, w.firstFree())
	first, victim := w.firstVictim()
	require.NotNil(w.t, first)
	require.Equal(w.t, first.Call, c.Call)
	require.Equal(w.t, victim.id, a.id)
}

func (w *world) firstVictim() (*modelCall, *modelAgent) {
	for _, c := range w.waiting() {
		if !c.emergency {
			break
		}
		if a := w.victim(c); a != nil {
			return c, a
		}
	}
	return nil, nil
}

func (w *world) checkClosed(d acd.OfferClosed) {
	o := w.offers[d.Offer]
	require.NotNil(w.t, o, "offer %s was never made", d.Offer)
	require.Empty(w.t, o.how, "offer %s had ended", d.Offer)
	require.NotEmpty(w.t, d.How)
	require.NotEmpty(w.t, d.Why.Text())
	require.Equal(w.t, o.call, d.Call)
	require.Equal(w.t, o.agent, d.Agent)
	c, a := w.calls[d.Call], w.agents[d.Agent]
	require.Contains(w.t, c.rings, d.Agent)
	if d.Why.Rule == acd.RuleEmergency {
		require.False(w.t, c.emergency)
		require.Nil(w.t, w.firstFree())
		first, victim := w.firstVictim()
		require.NotNil(w.t, first)
		require.Equal(w.t, victim.id, d.Agent)
	}
	o.how = d.How
	c.rings = slices.DeleteFunc(c.rings, func(id call.AgentID) bool { return id == d.Agent })
	a.call = ""
	switch d.How {
	case call.OfferAccepted:
		require.True(w.t, len(c.talkers) == 0 || o.consult, "%s is answered twice", d.Call)
		w.joins = d.Call
		return
	case call.OfferRefused:
		c.refused[d.Agent] = w.now.Add(5 * time.Second)
		w.toNothing(c, d.Agent)
	case call.OfferTimedOut:
		w.toNothing(c, d.Agent)
	case call.OfferRescinded:
		if d.Why.Rule == acd.RuleNoPhone {
			w.toNothing(c, d.Agent)
		}
	}
	if w.inLine(c) {
		w.refile(c)
	}
}

func (w *world) toNothing(c *modelCall, id call.AgentID) {
	c.tried[id] = true
	if c.Prefer == id {
		c.Prefer = ""
	}
}

func (w *world) inLine(c *modelCall) bool {
	return !c.gone && c.rest.IsZero() && len(c.rings) == 0 && len(c.talkers) == 0
}

func (w *world) checkMoved(d acd.AgentMoved) {
	a := w.agents[d.Agent]
	require.NotNil(w.t, a, "an unknown agent moved: %+v", d)
	require.Equal(w.t, a.state, d.From)
	require.True(w.t, acd.CanMove(d.From, d.To), "%s → %s", d.From, d.To)
	require.Equal(w.t, d.To == call.Paused, d.Reason != "", "only a pause has a reason: %+v", d)
	require.NotEmpty(w.t, d.Why.Text())
	if d.From == call.AgentTalking {
		a.talked += w.now.Sub(a.talkSince)
		if c := w.calls[a.call]; c != nil {
			c.talkers = slices.DeleteFunc(c.talkers, func(id call.AgentID) bool { return id == d.Agent })
		}
		a.call = ""
	}
	a.state, a.reason, a.since, a.until = d.To, d.Reason, w.now, d.Until
	switch d.To {
	case call.Available, call.Paused:
		if !w.keepsPlace(d) {
			a.idle = w.number()
		}
	case call.AgentTalking:
		c := w.calls[d.Call]
		require.NotNil(w.t, c)
		require.Equal(w.t, w.joins, d.Call, "%s talks without an accepted offer", d.Agent)
		c.talkers = append(c.talkers, d.Agent)
		c.refused, c.tried, c.told, c.named = map[call.AgentID]time.Time{}, map[call.AgentID]bool{}, false, false
		a.call, a.talkSince = d.Call, w.now
		a.calls++
	case call.Offline:
		a.left = w.now
		w.tallies[d.Agent] = a.modelTally
		delete(w.agents, d.Agent)
	case call.WrapUp:
	case call.Reserved, call.AgentRinging:
		require.Equal(w.t, a.call, d.Call)
	}
}

// keepsPlace: whoever could not help it keeps the place in the idle order.
func (w *world) keepsPlace(d acd.AgentMoved) bool {
	switch d.Why.Rule {
	case acd.RuleCitizenLeft, acd.RuleAnsweredBy, acd.RuleCallEnded, acd.RuleAdopted, acd.RuleJoined, acd.RuleEmergency,
		acd.RuleCallbackAsked, acd.RuleCallbackFails, acd.RuleAskedFor, acd.RulePauseAsked, acd.RuleSignedIn, acd.RuleReturned:
		return true
	case acd.RuleDeskLost: // somebody else's; the consulted colleague could not help it
		return d.From != call.AgentTalking
	case acd.RuleForced:
		return d.Agent != w.forced
	default:
		return false
	}
}

func (w *world) checkOverflowed(d acd.Overflowed) {
	c := w.calls[d.Call]
	require.NotNil(w.t, c)
	require.Equal(w.t, c.queue, d.From)
	require.Equal(w.t, w.queue(c.queue).Overflow, d.To)
	require.True(w.t, w.inLine(c) && w.overdue(c), "%s overflows without need", d.Call)
	if d.To.To != acd.ToQueue {
		c.overflowed = true
		return
	}
	c.been = append(c.been, c.queue)
	w.toQueue(c, d.To.Queue)
}

func (w *world) checkNobody(d acd.Nobody) {
	c := w.calls[d.Call]
	require.NotNil(w.t, c)
	require.True(w.t, c.emergency && w.inLine(c))
	require.False(w.t, c.told, "told twice")
	require.Empty(w.t, w.free(c))
	require.Nil(w.t, w.victim(c))
	c.told = true
}
