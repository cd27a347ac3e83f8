package acd_test

import (
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

// centre is a line that uses everything.
func centre() acd.Config {
	return acd.Config{
		Queues: []acd.Queue{
			{
				Name: "procedure", Group: call.Procedure, Strategy: acd.RingSeveral, RingAt: 2,
				Wants:   []acd.Want{{Trait: acd.ByLanguage, Level: 2, Except: []string{"vi"}}},
				MaxWait: 5 * time.Minute, Overflow: acd.Target{To: acd.ToCallback},
			},
			{Name: "emergency", Group: call.Emergency, Emergency: true, WrapUpLimit: 2 * time.Minute},
			{
				Name: "field", Group: call.Field, PriorityMinutes: 2, Strategy: acd.RoundRobin, Skills: acd.Skills("roads", "waste"),
				Wants: []acd.Want{
					{Trait: acd.ByArea, For: 20 * time.Second},
					{Trait: acd.ByLanguage, For: 40 * time.Second, Except: []string{"vi"}},
				},
				MaxWait: 90 * time.Second, Unstaffed: true, Overflow: acd.Target{To: acd.ToQueue, Queue: "procedure"},
			},
			{
				Name: "night", Group: call.Field, Strategy: acd.Linear, Unstaffed: true,
				MaxWait: time.Minute, Overflow: acd.Target{To: acd.ToQueue, Queue: "field"},
			},
		},
		Agents: map[call.AgentID]acd.Profile{
			"agent1": {Order: 3, Skills: []acd.Skill{{Name: "procedure"}, {Name: "language.en", Level: 3}, {Name: "emergency"}}},
			"agent2": {Order: 1},
		},
		RingTime: 15 * time.Second, WrapUpLimit: 30 * time.Second, WrapUpExtensions: 2,
		MissesBeforePause: 1, RefusalsBeforePause: 2, EmergencyReserve: 1, RedialWithin: 2 * time.Minute,
		CallbackTries: 2, CallbackPause: time.Minute,
	}
}

// evening is centre with other strategies and one queue less.
func evening() acd.Config {
	c := centre()
	c.Queues = slices.Clone(c.Queues[:3])
	c.Queues[0].Strategy, c.Queues[2].Strategy = acd.FewestCalls, acd.LeastTalk
	c.Queues[0].Overflow, c.Queues[0].Unstaffed = acd.Target{To: acd.ToVoicemail}, true
	c.Queues[1].Strategy, c.Queues[1].RingAt = acd.RingSeveral, 3
	c.Queues[1].Overflow, c.Queues[1].MaxWait = acd.Target{To: acd.ToQueue, Queue: "procedure"}, time.Minute
	c.EmergencyReserve = 2
	return c
}

// TestAnyInterleaving gives commands in any order, sensible or not, and checks
// every decision and the state after every command.
func TestAnyInterleaving(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]func() acd.Config{"province": province, "centre": centre, "evening": evening} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				w := newWorld(t, cfg())
				first := w.cfg
				w.morning(t)
				t.Repeat(w.actions())
				w.everybodyGoes()
				w.decidesTheSame(first)
			})
		})
	}
}

// morning is a shift that takes calls.
func (w *world) morning(t *rapid.T) {
	d := draw{w: w, t: t}
	for _, id := range []call.AgentID{"agent1", "agent2", "agent3", "agent4"} {
		w.signInWith(id, d.skills())
		w.ready(id)
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
	require.False(w.t, due, "an alarm that is nobody's")
	for o, offer := range w.offers {
		require.NotEmpty(w.t, offer.how, "offer %s never ended", o)
	}
	made, closed := map[call.ID]bool{}, map[call.ID]bool{}
	for _, d := range w.log {
		switch d := d.(type) {
		case acd.CallbackRetry:
			made[d.Call] = true
		case acd.CallbackClosed:
			closed[d.Call] = true
		default:
		}
	}
	for id := range made {
		require.True(w.t, closed[id], "callback %s never ended", id)
	}
}

// decidesTheSame gives the same commands to another engine.
func (w *world) decidesTheSame(first acd.Config) {
	other := acd.New(first)
	var log []acd.Decision
	for _, command := range w.commands {
		log = append(log, command(other)...)
	}
	require.Equal(w.t, w.log, log)
}
