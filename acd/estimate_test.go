package acd_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

func (w *world) estimate(id call.ID) time.Duration {
	wait, ok := w.engine.Estimate(w.now, id)
	require.True(w.t, ok)
	return wait
}

func TestEstimateBeforeThereIsExperience(t *testing.T) {
	t.Parallel()
	cfg := province()
	cfg.ExpectedHandling = 3 * time.Minute
	w := newWorld(t, cfg)
	w.arrive("n1-1.1", "procedure")
	w.arrive("n1-1.2", "procedure")
	_, ok := w.engine.Estimate(w.now, "n1-1.1")
	require.False(t, ok, "nobody is at work")
	w.busyDesks(3)
	require.Equal(t, 3*time.Minute, w.estimate("n1-1.2"), "all have just begun")
	wait, ok := w.engine.EstimateFor(w.now, "procedure")
	require.True(t, ok)
	require.Equal(t, 4*time.Minute, wait)
	w.pass(time.Minute)
	require.Equal(t, 2*time.Minute, w.estimate("n1-1.2"), "position × handling ÷ agents")
	w.pause("agent0", "lunch")
	w.ended("n1-2.0")
	w.wrappedUp("agent0", true)
	require.Greater(t, w.estimate("n1-1.2"), 2*time.Minute, "who goes changes it at once")
	_, ok = w.engine.EstimateFor(w.now, "no such queue")
	require.False(t, ok)
}

// busyDesks are that many agents, each in a conversation of their own.
func (w *world) busyDesks(n int) {
	for i := range n {
		id := call.AgentID(fmt.Sprintf("agent%d", i))
		w.signIn(id, "procedure")
		w.busy(id, call.ID(fmt.Sprintf("n1-2.%d", i)))
		w.ready(id) // after it
	}
}

// Three agents take 90 s for a call, so that the line moves every 30 s.
func TestEstimateLearnsFromHandOuts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	for i := range 60 {
		w.arrive(call.ID(fmt.Sprintf("n1-1.%d", i)), "procedure")
	}
	w.busyDesks(3)
	handOut := func(i int) {
		id := call.AgentID(fmt.Sprintf("agent%d", i%3))
		w.ended(w.agents[id].call)
		w.wrappedUp(id, true)
		w.accept(w.openOffer(id))
	}
	for i := range 40 {
		handOut(i)
		w.pass(30 * time.Second)
	}
	handOut(40)
	last := call.ID("n1-1.59")
	require.Equal(t, 19, w.position(last))
	require.InEpsilon(t, (19 * 30 * time.Second).Seconds(), w.estimate(last).Seconds(), 0.2)
	before := w.estimate(last)
	w.pass(10 * time.Second)
	require.Equal(t, 10*time.Second, before-w.estimate(last), "it falls as time passes")
	first := call.ID("n1-1.41")
	w.pass(25 * time.Second)
	require.Less(t, w.estimate(first), 10*time.Second)
	w.pass(10 * time.Second)
	require.GreaterOrEqual(t, w.estimate(first), time.Duration(0), "never below zero")
	w.pass(time.Hour)
	require.Greater(t, w.estimate(last), time.Hour, "nobody has come free for an hour")
}

func TestEstimateOfWhoNeedNotWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t, reserving(1))
	w.desk("lan", "procedure")
	wait, ok := w.engine.EstimateFor(w.now, "procedure")
	require.True(t, ok)
	require.Zero(t, wait)
	w.arrive("n1-1.1", "procedure")
	require.Zero(t, w.estimate("n1-1.1"), "it rings")
	w.accept(w.openOffer("lan"))
	_, ok = w.engine.Estimate(w.now, "n1-1.1")
	require.False(t, ok)
	_, ok = w.engine.Explain(w.now, "n1-1.1")
	require.False(t, ok)
}
