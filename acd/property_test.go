package acd_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// province is the line as it is shipped, with two misses and three refusals before
// a pause.
func province() acd.Config {
	return acd.Config{
		Queues: []acd.Queue{
			{Name: "procedure", Group: call.Procedure},
			{Name: "emergency", Group: call.Emergency, Emergency: true},
			{Name: "field", Group: call.Field, PriorityMinutes: 2},
		},
		RingTime: 20 * time.Second, WrapUpLimit: time.Minute, MissesBeforePause: 2, RefusalsBeforePause: 3,
	}
}

// TestAnyInterleaving gives commands in any order, sensible or not, and checks
// every decision and the state after every command.
func TestAnyInterleaving(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, province())
		t.Repeat(w.actions())
		w.everybodyGoes()
		w.decidesTheSame()
	})
}

// actions are what may happen. Ids are drawn from few, so that late, repeated and
// unknown ones are common.
func (w *world) actions() map[string]func(*rapid.T) {
	agent := rapid.Map(rapid.IntRange(1, 5), func(n int) call.AgentID { return call.AgentID(fmt.Sprintf("agent%d", n)) })
	id := rapid.Map(rapid.IntRange(1, 9), func(n int) call.ID { return call.ID(fmt.Sprintf("n1-1000.%d", n)) })
	queue := rapid.SampledFrom([]string{"procedure", "emergency", "field", "gone"})
	skills := rapid.SampledFrom([][]string{
		{"procedure", "emergency", "field"}, {"procedure"}, {"field", "emergency"}, {"emergency"}, {"unheard of"},
	})
	offer := func(t *rapid.T) call.OfferID {
		made := slices.Sorted(maps.Keys(w.offers))
		open := slices.DeleteFunc(slices.Clone(made), func(o call.OfferID) bool { return w.offers[o] != "" })
		switch {
		case len(open) > 0 && rapid.IntRange(0, 4).Draw(t, "late") > 0:
			return rapid.SampledFrom(open).Draw(t, "open offer")
		case len(made) > 0:
			return rapid.SampledFrom(made).Draw(t, "offer")
		default:
			return "n1-1000.99-o1"
		}
	}
	// about says something of an offer; of one that has ended it changes nothing.
	about := func(t *rapid.T, say func(call.OfferID) []acd.Decision) {
		o := offer(t)
		how, made := w.offers[o]
		if decisions := say(o); !made || how != "" {
			require.Empty(t, decisions)
		}
	}
	ring := func(t *rapid.T) { about(t, w.ringing) }
	answer := func(t *rapid.T) { about(t, w.accept) }
	arrive := func(t *rapid.T) {
		// Offers made before go on being numbered, as the call's owner does.
		c := id.Draw(t, "call")
		before := 0
		for o := range w.offers {
			if of, _ := call.Of(string(o)); of == c {
				before++
			}
		}
		w.enqueue(acd.Waiting{
			Call: c, Queue: queue.Draw(t, "queue"), Offers: before,
			Arrived:   w.now.Add(-time.Duration(rapid.IntRange(0, 300).Draw(t, "waited")) * time.Second),
			Emergency: rapid.IntRange(0, 9).Draw(t, "emergency") == 0,
		})
	}
	return map[string]func(*rapid.T){
		"sign in":  func(t *rapid.T) { w.signIn(agent.Draw(t, "agent"), skills.Draw(t, "skills")...) },
		"ready":    func(t *rapid.T) { w.ready(agent.Draw(t, "agent")) },
		"ready 2":  func(t *rapid.T) { w.ready(agent.Draw(t, "agent")) },
		"desk":     func(t *rapid.T) { w.desk(agent.Draw(t, "agent"), skills.Draw(t, "skills")...) },
		"sign out": func(t *rapid.T) { w.signOut(agent.Draw(t, "agent")) },
		"lost":     func(t *rapid.T) { w.deskLost(agent.Draw(t, "agent")) },
		"pause":    func(t *rapid.T) { w.pause(agent.Draw(t, "agent"), "lunch") },
		"wrap up":  func(t *rapid.T) { w.wrappedUp(agent.Draw(t, "agent"), rapid.Bool().Draw(t, "ready")) },
		"arrive":   arrive,
		"arrive 2": arrive,
		"arrive 3": arrive,
		"leave":    func(t *rapid.T) { w.leave(id.Draw(t, "call")) },
		"ended":    func(t *rapid.T) { w.ended(id.Draw(t, "call")) },
		"adopt":    func(t *rapid.T) { w.adopt(id.Draw(t, "call"), agent.Draw(t, "agent")) },
		"ring":     ring,
		"ring 2":   ring,
		"answer":   answer,
		"answer 2": answer,
		"refuse":   func(t *rapid.T) { about(t, w.refuse) },
		"fail":     func(t *rapid.T) { about(t, w.fail) },
		"time":     func(t *rapid.T) { w.pass(time.Duration(rapid.IntRange(0, 40).Draw(t, "seconds")) * time.Second) },
	}
}

// everybodyGoes ends the day: then nothing and nobody may be left.
func (w *world) everybodyGoes() {
	for _, id := range slices.Sorted(maps.Keys(w.calls)) {
		w.ended(id)
	}
	for _, id := range slices.Sorted(maps.Keys(w.agents)) {
		w.signOut(id)
	}
	require.Equal(w.t, acd.Snapshot{}, w.engine.Snapshot())
	_, due := w.engine.Next()
	require.False(w.t, due, "an alarm without an agent")
	for o, how := range w.offers {
		require.NotEmpty(w.t, how, "offer %s never ended", o)
	}
}

// decidesTheSame gives the same commands to another engine.
func (w *world) decidesTheSame() {
	other := acd.New(w.cfg)
	var log []acd.Decision
	for _, command := range w.commands {
		log = append(log, command(other)...)
	}
	require.Equal(w.t, w.log, log)
}
