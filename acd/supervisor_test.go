package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func TestForce(t *testing.T) {
	t.Parallel()
	states := map[string]func(*world){
		"available": func(*world) {},
		"paused":    func(w *world) { w.pause("lan", "lunch") },
		"reserved":  func(w *world) { w.arrive("n1-1.1", "procedure") },
		"ringing":   func(w *world) { w.arrive("n1-1.1", "procedure"); w.ringing(w.openOffer("lan")) },
		"talking":   func(w *world) { w.arrive("n1-1.1", "procedure"); w.accept(w.openOffer("lan")) },
		"wrap_up": func(w *world) {
			w.arrive("n1-1.1", "procedure")
			w.accept(w.openOffer("lan"))
			w.ended("n1-1.1")
		},
	}
	for from, bring := range states {
		for _, to := range []call.AgentState{call.Available, call.Paused, call.Offline} {
			t.Run(from+" to "+string(to), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, province())
				w.desk("lan", "procedure")
				bring(w)
				w.force("lan", to)
				want := map[call.AgentState]string{call.Available: "available", call.Paused: "paused(meeting)", call.Offline: "offline"}[to]
				if w.view("n1-1.1").Call != "" && to == call.Available {
					want = "reserved" // the caller who is back in line rings again
				}
				require.Equal(t, want, w.state("lan"))
				w.pass(time.Hour)
				require.NotEqual(t, "talking", w.state("lan"))
			})
		}
	}
}

func TestForceIsNoWayIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	require.Empty(t, w.force("lan", call.Available), "not signed in")
	w.adopt("n1-1.1", "lan")
	w.force("lan", call.Available)
	require.Equal(t, "offline", w.state("lan"))
	w.desk("lan", "procedure")
	require.Empty(t, w.force("lan", call.Reserved))
}

func TestMovingACaller(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	for _, id := range []call.ID{"n1-1.1", "n1-1.2", "n1-1.3"} {
		w.arrive(id, "procedure")
		w.pass(time.Second)
	}
	w.arrive("n1-1.4", "field")
	require.Equal(t, []acd.Decision{
		acd.CallMoved{Call: "n1-1.3", From: "procedure", To: "procedure", Why: acd.Why{Rule: acd.RuleForced}},
	}, w.moveCall("n1-1.3", "procedure", true))
	require.Equal(t, 1, w.position("n1-1.3"))
	w.moveCall("n1-1.2", "procedure", true)
	require.Equal(t, 1, w.position("n1-1.2"), "the last word counts")
	w.moveCall("n1-1.1", "field", false)
	require.Equal(t, 1, w.position("n1-1.1"), "it came before n1-1.4, and has the queue's priority too")
	w.moveCall("n1-1.4", "emergency", false)
	require.True(t, w.view("n1-1.4").Emergency, "every call there is one")

	w.desk("lan", "field")
	require.Equal(t, []acd.Decision{
		acd.Declined{Call: "n1-1.1", Why: acd.Why{Rule: acd.RuleNotWaiting}},
	}, w.moveCall("n1-1.1", "procedure", true))
	require.Empty(t, w.moveCall("n1-1.2", "no such queue", true))
}

func TestTopStandsBehindEmergencies(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Emergency: true})
	w.arrive("n1-1.2", "procedure")
	w.arrive("n1-1.3", "procedure")
	w.moveCall("n1-1.3", "procedure", true)
	require.Equal(t, 2, w.position("n1-1.3"))
}

func TestShiftOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.shiftOver("lan")
	w.ringing(w.openOffer("lan"))
	w.accept(w.openOffer("lan"))
	w.arrive("n1-1.2", "procedure")
	w.ended("n1-1.1")
	require.Equal(t, "wrap_up", w.state("lan"), "with time for the form")
	w.pass(time.Minute)
	require.Equal(t, "offline", w.state("lan"))
	require.Equal(t, 1, w.position("n1-1.2"), "no new call for who goes home")

	w.desk("hoa", "procedure")
	w.accept(w.openOffer("hoa"))
	w.shiftOver("hoa")
	w.signIn("hoa", "procedure") // let in for longer
	w.ended("n1-1.2")
	w.wrappedUp("hoa", true)
	require.Equal(t, "available", w.state("hoa"))
	require.Len(t, w.shiftOver("hoa"), 1)
	require.Equal(t, "offline", w.state("hoa"))
}

func TestWhoGoesHomeIsNotPausedForAMiss(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*world){
		"lets it ring": func(w *world) { w.pass(40 * time.Second) },
		"refuses":      func(w *world) { w.refuse(w.openOffer("lan")) },
		"has no phone": func(w *world) { w.fail(w.openOffer("lan")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, province())
			w.desk("lan", "procedure")
			w.arrive("n1-1.1", "procedure")
			w.shiftOver("lan")
			end(w)
			require.Equal(t, "offline", w.state("lan"))
			require.Equal(t, 1, w.position("n1-1.1"))
		})
	}
}

func TestMoreTimeForWrapUp(t *testing.T) {
	t.Parallel()
	cfg := province()
	cfg.WrapUpExtensions, cfg.WrapUpExtension = 2, 30*time.Second
	w := newWorld(t, cfg)
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	require.Empty(t, w.extend("lan"), "there is no wrap-up")
	w.accept(w.openOffer("lan"))
	w.ended("n1-1.1")
	began := w.now
	w.pass(50 * time.Second)
	require.Equal(t, []acd.Decision{
		acd.WrapUpExtended{Agent: "lan", Until: began.Add(90 * time.Second), Left: 1},
	}, w.extend("lan"))
	w.extend("lan")
	require.Equal(t, []acd.Decision{
		acd.Declined{Call: "n1-1.1", Agent: "lan", Why: acd.Why{Rule: acd.RuleNoMoreTime, Of: 2}},
	}, w.extend("lan"))
	w.pass(70*time.Second - 1)
	require.Equal(t, "wrap_up", w.state("lan"))
	w.pass(1)
	require.Equal(t, "available", w.state("lan"))
}

func TestWrapUpLimitOfTheQueue(t *testing.T) {
	t.Parallel()
	cfg := province()
	cfg.Queues[1].WrapUpLimit = 3 * time.Minute
	w := newWorld(t, cfg)
	w.desk("lan", "emergency")
	w.arrive("n1-1.1", "emergency")
	w.accept(w.openOffer("lan"))
	w.ended("n1-1.1")
	w.pass(3*time.Minute - 1)
	require.Equal(t, "wrap_up", w.state("lan"))
}
