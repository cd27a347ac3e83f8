package acd_test

import (
	"cmp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func (w *world) assign(id call.ID, who call.AgentID, atMost time.Duration) []acd.Decision {
	var then func()
	a, known := w.agents[who]
	if c, ok := w.calls[id]; ok && w.inLine(c) && known && a.working() {
		then = func() {
			c.Prefer, c.PreferFor, c.PreferAway, c.preferUntil = who, atMost, false, time.Time{}
			if !c.emergency {
				c.preferUntil = w.now.Add(cmp.Or(atMost, w.cfg.PreferFor, 10*time.Second))
			}
			w.refile(c)
		}
	}
	return w.do(then, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Assign(now, id, who, atMost) })
}

func (w *world) forceIdle(id call.AgentID, to call.AgentState) []acd.Decision {
	if a, ok := w.agents[id]; !ok || a.state != call.AgentTalking {
		w.forced = id
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Settle(now, id, to, "meeting") })
}

func TestACallerIsKeptForTheNamedAgent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("lan"))
	w.arrive("n1-1.2", "field")
	w.arrive("n1-1.3", "field")
	require.Equal(t, []acd.Decision{acd.Declined{Call: "n1-1.3", Agent: "mai", Why: acd.Why{Rule: acd.RuleNotFree}}}, w.assign("n1-1.3", "mai", time.Minute))
	w.assign("n1-1.3", "lan", time.Minute)
	w.desk("mai", "field", "procedure")
	require.Equal(t, call.ID("n1-1.2"), w.view("n1-1.2").Call)
	require.NotEmpty(t, w.openOffer("mai"))
	w.accept(w.openOffer("mai"))
	w.desk("tu", "field")
	require.Equal(t, "available", w.state("tu"), "the other is kept")

	w.ended("n1-1.1")
	w.wrappedUp("lan", true)
	w.accept(w.openOffer("lan"))
	require.Equal(t, []call.AgentID{"lan"}, w.view("n1-1.3").Talkers, "whatever lan is there for")

	require.Equal(t, acd.RuleNotWaiting, w.assign("n1-1.3", "mai", 0)[0].(acd.Declined).Why.Rule)
	require.Empty(t, w.assign("n1-1.9", "mai", 0))
}

func TestWhoIsKeptTooLongGoesToAnybody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("lan"))
	w.arrive("n1-1.2", "procedure")
	w.assign("n1-1.2", "lan", time.Minute)
	w.desk("mai", "procedure")
	w.pass(59 * time.Second)
	require.Equal(t, "available", w.state("mai"))
	w.pass(time.Second)
	require.Equal(t, "reserved", w.state("mai"))
}

func TestSettlingCutsNoConversation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.forceIdle("lan", call.Paused)
	require.Equal(t, "paused(meeting)", w.state("lan"), "what rang is taken back")
	w.forceIdle("lan", call.Available)
	w.accept(w.openOffer("lan"))
	for _, to := range []call.AgentState{call.Available, call.Offline} {
		require.IsType(t, acd.Declined{}, w.forceIdle("lan", to)[0])
		require.Equal(t, "talking", w.state("lan"))
	}
	w.forceIdle("lan", call.Paused)
	require.Equal(t, "talking", w.state("lan"))
	w.ended("n1-1.1")
	w.wrappedUp("lan", true)
	require.Equal(t, "paused(meeting)", w.state("lan"))
}
