package acd_test

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// draw makes what commands name. Ids are drawn from few, so that late, repeated and
// unknown ones are common.
type draw struct {
	w *world
	t *rapid.T
}

func (d draw) agent() call.AgentID {
	return call.AgentID(fmt.Sprintf("agent%d", rapid.IntRange(1, 6).Draw(d.t, "agent")))
}

func (d draw) call() call.ID {
	return call.ID(fmt.Sprintf("n1-1000.%d", rapid.IntRange(1, 12).Draw(d.t, "call")))
}

// fresh is the id of a call that the agent makes.
func (d draw) fresh() call.ID { return call.ID(fmt.Sprintf("n1-2000.%d", d.w.number())) }

// talking is mostly a call or an agent in conversation, if there is one.
func (d draw) talking() (call.ID, call.AgentID) {
	var agents []call.AgentID
	for id, a := range d.w.agents {
		if a.state == call.AgentTalking {
			agents = append(agents, id)
		}
	}
	slices.Sort(agents)
	if len(agents) == 0 || rapid.IntRange(0, 4).Draw(d.t, "any") == 0 {
		return d.call(), d.agent()
	}
	id := rapid.SampledFrom(agents).Draw(d.t, "talking")
	return d.w.agents[id].call, id
}

// wrapping is mostly an agent in wrap-up, if there is one.
func (d draw) wrapping() call.AgentID {
	for _, id := range slices.Sorted(maps.Keys(d.w.agents)) {
		if d.w.agents[id].state == call.WrapUp && !d.rarely() {
			return id
		}
	}
	return d.agent()
}

func (d draw) queue() string {
	names := []string{"procedure", "procedure", "procedure", "field", "field", "field", "night", "emergency", "gone"}
	return rapid.SampledFrom(names).Draw(d.t, "queue")
}

func (d draw) skills() []acd.Skill {
	return rapid.SampledFrom([][]acd.Skill{
		acd.Skills("procedure", "emergency", "field"), acd.Skills("procedure"), acd.Skills("field", "emergency"),
		acd.Skills("emergency"), acd.Skills("unheard of"), nil, nil, acd.Skills("roads", "waste", "area.d1"),
		acd.Skills("group.field", "language.en", "emergency"),
		{{Name: "procedure"}, {Name: "language.en", Level: 2}, {Name: "field"}, {Name: "area.d2"}},
	}).Draw(d.t, "skills")
}

func (d draw) number() string {
	return rapid.SampledFrom([]string{"", "+84901", "+84902", "+84903"}).Draw(d.t, "number")
}

func (d draw) seconds(most int) time.Duration {
	return time.Duration(rapid.IntRange(0, most).Draw(d.t, "seconds")) * time.Second
}

func (d draw) rarely() bool { return rapid.IntRange(0, 5).Draw(d.t, "rarely") == 0 }

// waiting is a call to be put in line. Offers made before go on being numbered, as
// the call's owner does.
func (d draw) waiting() acd.Waiting {
	c := acd.Waiting{
		Call: d.call(), Queue: d.queue(), Arrived: d.w.now.Add(-d.seconds(300)), Emergency: d.rarely(), Caller: d.number(),
		Language: rapid.SampledFrom([]call.Language{"", call.Vietnamese, call.English}).Draw(d.t, "language"),
		Area:     rapid.SampledFrom([]string{"", "d1", "d2"}).Draw(d.t, "area"),
	}
	c.Offers = d.offers(c.Call)
	if d.rarely() {
		c.PriorityMinutes = 1
	}
	if d.rarely() {
		c.Requires = acd.Skills("language.en")
	}
	if d.rarely() {
		c.Prefers = []acd.Preference{{Skill: acd.Skill{Name: "area.d1"}, For: d.seconds(60) + 1}}
	}
	if d.rarely() {
		c.Prefer, c.PreferFor, c.PreferAway = d.agent(), d.seconds(30), rapid.Bool().Draw(d.t, "away")
	}
	return c
}

// offers is how many were made for the call.
func (d draw) offers(id call.ID) int {
	n := 0
	for _, offer := range d.w.offers {
		if offer.call == id {
			n++
		}
	}
	return n
}

// away is mostly an agent whom somebody waits for.
func (d draw) away() call.AgentID {
	for _, c := range d.w.waiting() {
		if c.personal {
			return c.Prefer
		}
	}
	return d.agent()
}

func (d draw) offer() call.OfferID {
	made := slices.Sorted(maps.Keys(d.w.offers))
	open := slices.DeleteFunc(slices.Clone(made), func(o call.OfferID) bool { return d.w.offers[o].how != "" })
	switch {
	case len(open) > 0 && rapid.IntRange(0, 4).Draw(d.t, "late") > 0:
		return rapid.SampledFrom(open).Draw(d.t, "open offer")
	case len(made) > 0:
		return rapid.SampledFrom(made).Draw(d.t, "offer")
	default:
		return "n1-1000.99-o1"
	}
}

// about says something of an offer; of one that has ended it changes nothing.
func (d draw) about(say func(call.OfferID) []acd.Decision) {
	o := d.offer()
	offer, made := d.w.offers[o]
	ended := !made || offer.how != ""
	if decisions := say(o); ended {
		require.Empty(d.t, decisions)
	}
}

// actions are what may happen.
func (w *world) actions() map[string]func(*rapid.T) {
	actions := map[string]func(*rapid.T){}
	add := func(times int, name string, do func(d draw)) {
		for i := range times {
			actions[fmt.Sprintf("%s %d", name, i)] = func(t *rapid.T) { do(draw{w: w, t: t}) }
		}
	}
	seldom := func(do func(d draw)) func(d draw) {
		return func(d draw) {
			if d.rarely() {
				do(d)
			}
		}
	}
	add(1, "sign in", func(d draw) { w.signInWith(d.agent(), d.skills()) })
	add(4, "ready", func(d draw) { w.ready(d.agent()) })
	add(4, "desk", func(d draw) { id := d.agent(); w.signInWith(id, d.skills()); w.ready(id) })
	add(1, "sign out", seldom(func(d draw) { w.signOut(d.agent()) }))
	add(1, "shift over", seldom(func(d draw) { w.shiftOver(d.agent()) }))
	add(1, "lost", func(d draw) { _, id := d.talking(); w.deskLost(id) })
	add(1, "lost and back in line", func(d draw) {
		c := d.waiting()
		c.Call, c.Prefer = d.talking()
		c.PreferFor, c.PreferAway = d.seconds(30), true
		if d.rarely() {
			w.signOut(c.Prefer)
		} else {
			w.deskLost(c.Prefer)
		}
		c.Offers = d.offers(c.Call)
		w.returns(c)
	})
	add(1, "back", func(d draw) {
		w.back(d.away(), rapid.SampledFrom([]call.PauseReason{"", "", "lunch"}).Draw(d.t, "pause"))
	})
	add(1, "back at a desk", func(d draw) { id := d.away(); w.signInWith(id, d.skills()); w.back(id, "") })
	add(1, "not back", seldom(func(d draw) { w.notBack(d.away()) }))
	add(1, "pause", func(d draw) { w.pause(d.agent(), "lunch") })
	add(4, "wrap up", func(d draw) { w.wrappedUp(d.wrapping(), !d.rarely()) })
	add(1, "extend", func(d draw) { w.extend(d.wrapping()) })
	add(1, "force", seldom(func(d draw) {
		to := []call.AgentState{call.Available, call.Paused, call.Offline, call.Reserved}
		w.force(d.agent(), rapid.SampledFrom(to).Draw(d.t, "to"))
	}))
	add(1, "settle", seldom(func(d draw) {
		to := []call.AgentState{call.Available, call.Paused, call.Offline}
		w.forceIdle(d.agent(), rapid.SampledFrom(to).Draw(d.t, "to"))
	}))
	add(8, "arrive", func(d draw) { w.enqueue(d.waiting()) })
	add(2, "leave", func(d draw) { w.leave(d.call()) })
	add(3, "ended", func(d draw) { id, _ := d.talking(); w.ended(id) })
	add(1, "ended for", func(d draw) { w.endedFor(d.talking()) })
	add(1, "adopt", seldom(func(d draw) { w.adoptFrom(d.waiting(), d.agent()) }))
	add(1, "join", seldom(func(d draw) { id, _ := d.talking(); w.join(id, d.agent()) }))
	add(1, "busy", func(d draw) { w.busy(d.agent(), d.fresh()) })
	add(3, "consult", func(d draw) { id, _ := d.talking(); w.consult(id, d.agent()) })
	add(1, "cancel", seldom(func(d draw) { id, _ := d.talking(); w.cancelConsult(id) }))
	add(2, "transfer", func(d draw) { _, id := d.talking(); w.transfer(id, d.waiting()) })
	add(1, "move", func(d draw) { w.moveCall(d.call(), d.queue(), rapid.Bool().Draw(d.t, "top")) })
	add(1, "assign", func(d draw) { w.assign(d.call(), d.agent(), d.seconds(30)) })
	add(2, "call back", func(d draw) {
		cb := acd.Callback{Waiting: d.waiting(), Number: d.number()}
		if d.rarely() {
			cb.NotBefore = w.now.Add(d.seconds(60))
		}
		w.callback(cb)
	})
	add(2, "tried", func(d draw) {
		how := []acd.CallbackEnd{acd.CallbackReached, acd.CallbackNoAnswer, acd.CallbackBusy, acd.CallbackCancelled, "?"}
		w.tried(d.callback(), rapid.SampledFrom(how).Draw(d.t, "how"))
	})
	add(3, "ring", func(d draw) { d.about(w.ringing) })
	add(8, "answer", func(d draw) { d.about(w.accept) })
	add(2, "refuse", func(d draw) { d.about(w.refuse) })
	add(1, "fail", func(d draw) { d.about(w.fail) })
	add(3, "time", func(d draw) { w.pass(d.seconds(40)) })
	add(1, "reload", seldom(func(d draw) {
		cfg := []func() acd.Config{province, centre, evening}
		w.reload(rapid.SampledFrom(cfg).Draw(d.t, "configuration")())
	}))
	return actions
}

// callback is mostly a callback that is being tried.
func (d draw) callback() call.ID {
	for _, id := range slices.Sorted(maps.Keys(d.w.calls)) {
		if c := d.w.calls[id]; c.number != "" && len(c.rings)+len(c.talkers) > 0 {
			return id
		}
	}
	return d.call()
}
