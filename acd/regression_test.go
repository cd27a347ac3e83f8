package acd_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// Complaints about other systems that must not come true here. The number is the
// thread in which users report it.

// OpenACD #5: in a burst every call picked the same first agent.
func TestBurstPicksEachAgentOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	for i := range 6 {
		w.desk(call.AgentID(fmt.Sprintf("agent%d", i)), "procedure")
	}
	offered := map[call.AgentID]call.ID{}
	for i := range 20 {
		for _, d := range w.arrive(call.ID(fmt.Sprintf("n1-1000.%d", i)), "procedure") {
			if made, ok := d.(acd.OfferMade); ok {
				require.NotContains(t, offered, made.Agent)
				offered[made.Agent] = made.Call
			}
		}
	}
	require.Len(t, offered, 6)
}

// asterisk #176: one caller was answered by two agents at once.
func TestOneCallerIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.desk("hoa", "procedure")
	w.arrive("n1-1000.1", "procedure")
	first := w.openOffer("lan")
	w.pass(20 * time.Second) // lan lets it ring, hoa is rung
	require.Empty(t, w.accept(first), "an answer that comes too late")
	second := w.openOffer("hoa")
	require.NotEmpty(t, w.accept(second))
	require.Empty(t, w.accept(second))
	require.Equal(t, "talking", w.state("hoa"))
	require.Equal(t, "available", w.state("lan"))
}

// OpenACD #6: registering again during an offer broke the agent.
func TestSigningInAgainKeepsTheOffer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1000.1", "procedure")
	offer := w.openOffer("lan")
	require.Empty(t, w.signIn("lan", "procedure", "field"))
	w.ringing(offer)
	w.accept(offer)
	require.Equal(t, "talking", w.state("lan"))
}

// freeswitch #2540, #1062: agents stayed reserved for ever.
func TestReservedAgentIsAlwaysFreed(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*world, call.OfferID){
		"the desk never rings":   func(w *world, _ call.OfferID) { w.pass(20 * time.Second) },
		"it rings and no more":   func(w *world, o call.OfferID) { w.ringing(o); w.pass(20 * time.Second) },
		"refused before it rang": func(w *world, o call.OfferID) { w.refuse(o) },
		"the citizen left":       func(w *world, _ call.OfferID) { w.leave("n1-1000.1") },
		"the desk failed":        func(w *world, o call.OfferID) { w.fail(o); w.pass(5 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, province())
			w.desk("lan", "procedure")
			w.arrive("n1-1000.1", "procedure")
			end(w, w.openOffer("lan"))
			w.leave("n1-1000.1")
			require.Equal(t, "available", w.state("lan"))
		})
	}
}

// freeswitch #2529: the caller had hung up, the agent was rung and heard silence.
func TestCallerWhoLeftIsNotRung(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.arrive("n1-1000.1", "procedure")
	w.leave("n1-1000.1")
	for _, d := range w.desk("lan", "procedure") {
		require.IsType(t, acd.AgentMoved{}, d)
	}
	w.arrive("n1-1000.2", "procedure")
	offer := w.openOffer("lan")
	w.ringing(offer)
	left := acd.Why{Rule: acd.RuleCitizenLeft}
	require.Equal(t, []acd.Decision{
		acd.OfferClosed{Offer: offer, Call: "n1-1000.2", Agent: "lan", How: call.OfferRescinded, Why: left},
		acd.AgentMoved{Agent: "lan", From: call.AgentRinging, To: call.Available, Call: "n1-1000.2", Why: left},
	}, w.leave("n1-1000.2"))
	require.Empty(t, w.accept(offer), "no zombie")
}

// asterisk #1006, #607: wrap-up ended early and the next call rang at once.
func TestWrapUpIsNotCutShort(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure", "emergency", "field")
	w.arrive("n1-1000.1", "field")
	w.accept(w.openOffer("lan"))
	w.ended("n1-1000.1")
	w.arrive("n1-1000.2", "procedure")
	w.pass(time.Minute - time.Nanosecond)
	require.Equal(t, "wrap_up", w.state("lan"))
	w.pass(time.Nanosecond)
	require.Equal(t, "reserved", w.state("lan"))
}

// opensips #2679: wrap-up timers fired only when the last agent was done.
func TestEveryWrapUpEndsByItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	for i := range 3 {
		id := call.AgentID(fmt.Sprintf("agent%d", i))
		w.desk(id, "field")
		w.arrive(call.ID(fmt.Sprintf("n1-1000.%d", i)), "field")
		w.accept(w.openOffer(id))
	}
	w.ended("n1-1000.0")
	w.pass(10 * time.Second)
	w.ended("n1-1000.1")
	w.pass(50 * time.Second)
	require.Equal(t, "available", w.state("agent0"))
	require.Equal(t, "wrap_up", w.state("agent1"))
	require.Equal(t, "talking", w.state("agent2"))
}

// kazoo #6609: agents were out for ever after calls they had not answered.
func TestMissesPauseUntilReady(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1000.1", "procedure")
	w.pass(20 * time.Second)
	require.Equal(t, "reserved", w.state("lan"), "the only one is rung again")
	w.pass(20 * time.Second)
	require.Equal(t, "paused(rona)", w.state("lan"))
	w.pass(time.Hour)
	require.Equal(t, "paused(rona)", w.state("lan"))
	w.ready("lan")
	require.Equal(t, call.OfferID("n1-1000.1-o3"), w.openOffer("lan"), "the caller is still there")
}

// flex-project-template #290: an agent who was offline became available.
func TestOfflineAgentStaysOffline(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1000.1", "procedure")
	offer := w.openOffer("lan")
	w.deskLost("lan")
	require.Empty(t, w.accept(offer))
	require.Empty(t, w.ready("lan"))
	require.Empty(t, w.wrappedUp("lan", true))
	w.pass(time.Hour)
	require.Equal(t, "offline", w.state("lan"))
}

// freeswitch #1973, opensips #3123: agents "in a call" long after it; here the
// citizen leaves in the moment of the answer, which the call's owner has not heard of.
func TestLeavingInTheMomentOfTheAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1000.1", "procedure")
	w.accept(w.openOffer("lan"))
	w.leave("n1-1000.1")
	require.Equal(t, "available", w.state("lan"))
}
