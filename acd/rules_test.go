package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// order lists the calls that one agent gets, one after the other.
func (w *world) order(agent call.AgentID) []call.ID {
	var served []call.ID
	for w.agents[agent].call != "" {
		id := w.agents[agent].call
		served = append(served, id)
		w.leave(id)
	}
	return served
}

func TestEmergenciesComeFirstThenScore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	at := func(ago time.Duration, id call.ID, queue string, emergency bool) {
		w.enqueue(acd.Waiting{Call: id, Queue: queue, Arrived: w.now.Add(-ago), Emergency: emergency})
	}
	at(10*time.Minute, "n1-1.1", "procedure", false)
	at(9*time.Minute, "n1-1.2", "field", false) // two minutes ahead of where it stands
	at(7*time.Minute, "n1-1.3", "field", false)
	at(time.Second, "n1-1.4", "emergency", false)
	at(0, "n1-1.5", "procedure", true)
	w.desk("lan", "procedure", "emergency", "field")
	require.Equal(t, []call.ID{"n1-1.4", "n1-1.5", "n1-1.2", "n1-1.1", "n1-1.3"}, w.order("lan"))
}

func TestComingBackKeepsThePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	arrived := w.now
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("lan"))
	w.pass(time.Minute)
	w.arrive("n1-1.2", "procedure")
	w.deskLost("lan")
	require.Equal(t, "offline", w.state("lan"))
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Arrived: arrived, Offers: 1})
	n, ok := w.engine.Position("n1-1.1")
	require.True(t, ok)
	require.Equal(t, 1, n)
	w.desk("hoa", "procedure")
	require.Equal(t, call.OfferID("n1-1.1-o2"), w.openOffer("hoa"), "offers go on being numbered")
}

func TestRefusedCallGoesToAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.desk("hoa", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.refuse(w.openOffer("lan"))
	require.Equal(t, "available", w.state("lan"))
	w.refuse(w.openOffer("hoa"))
	require.Equal(t, call.OfferID("n1-1.1-o3"), w.openOffer("lan"), "both refused, so whoever is free longest")

	w.refuse(w.openOffer("lan"))
	w.pause("hoa", "lunch")
	w.refuse(w.openOffer("hoa"))
	require.Equal(t, "paused(lunch)", w.state("hoa"))
	w.refuse(w.openOffer("lan"))
	require.Equal(t, "paused(refused)", w.state("lan"), "three refusals in a row")
}

func TestHoldAfterRefusalIsForThatCallOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.desk("hoa", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.refuse(w.openOffer("lan")) // hoa has it now
	w.arrive("n1-1.2", "procedure")
	require.Equal(t, call.OfferID("n1-1.2-o1"), w.openOffer("lan"))
}

func TestDeskThatCannotBeRungRestsLongerAndLonger(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	for _, rest := range []time.Duration{5, 10, 20, 40, 60, 60} {
		w.fail(w.openOffer("lan"))
		require.Equal(t, "paused(no_phone)", w.state("lan"))
		w.pass(rest*time.Second - 1)
		require.Equal(t, "paused(no_phone)", w.state("lan"))
		w.pass(1)
		require.Equal(t, "reserved", w.state("lan"))
	}
	w.ringing(w.openOffer("lan"))
	w.fail(w.openOffer("lan"))
	w.pass(5 * time.Second)
	require.Equal(t, "reserved", w.state("lan"), "a desk that rang begins anew")
}

func TestPauseDuringACallTakesEffectAfterIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.pause("lan", "lunch")
	w.accept(w.openOffer("lan"))
	w.ended("n1-1.1")
	require.Equal(t, "wrap_up", w.state("lan"))
	w.wrappedUp("lan", true)
	require.Equal(t, "paused(lunch)", w.state("lan"))

	w.ready("lan")
	w.arrive("n1-1.2", "procedure")
	w.pause("lan", "lunch")
	w.accept(w.openOffer("lan"))
	w.ready("lan") // changed their mind
	w.ended("n1-1.2")
	w.pass(time.Minute)
	require.Equal(t, "available", w.state("lan"))

	w.arrive("n1-1.3", "procedure")
	w.accept(w.openOffer("lan"))
	w.ended("n1-1.3")
	w.wrappedUp("lan", false)
	require.Equal(t, "paused(asked)", w.state("lan"))
}

func TestSigningOutWhileTalkingFinishesTheCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("lan"))
	require.Empty(t, w.signOut("lan"))
	w.ended("n1-1.1")
	require.Equal(t, "offline", w.state("lan"))
}

// A page that is opened elsewhere signs the old desk out and a new one in; what
// becomes of the old desk's conversation must not take the new desk away.
func TestNewDeskSurvivesTheLossOfTheOldOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("lan"))
	w.signOut("lan")
	w.signIn("lan", "procedure")
	w.deskLost("lan")
	require.Equal(t, "paused(signed_in)", w.state("lan"))
	w.deskLost("lan")
	require.Equal(t, "offline", w.state("lan"), "but not the loss of the new one")
}

func TestAdoptedConversationGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.adopt("n1-1.1", "lan")
	require.Equal(t, "talking", w.state("lan"))
	w.signIn("lan", "procedure") // the desk is taken up again a moment later
	w.ready("lan")
	w.ended("n1-1.1")
	require.Equal(t, "wrap_up", w.state("lan"))

	w.adopt("n1-1.2", "gone")
	w.ended("n1-1.2")
	require.Equal(t, "offline", w.state("gone"), "who is not signed in does not stay")

	w.wrappedUp("lan", true)
	w.arrive("n1-1.3", "procedure") // lan is offered a caller before it is known that they talk
	w.adopt("n1-1.4", "lan")
	require.Equal(t, "talking", w.state("lan"))
	n, ok := w.engine.Position("n1-1.3")
	require.True(t, ok)
	require.Equal(t, 1, n)
}

func TestUnknownQueueIsStillALine(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.arrive("n1-1.1", "no such queue")
	w.desk("lan", "procedure")
	require.Equal(t, call.OfferID("n1-1.1-o1"), w.openOffer("lan"))
	require.Empty(t, acd.New(acd.Config{}).Enqueue(w.now, acd.Waiting{Call: "n1-1.2"}))
}

func TestServingByName(t *testing.T) {
	t.Parallel()
	cfg := province()
	cfg.Queues[2].Skills = acd.Skills("english", "traffic")
	for skills, want := range map[[2]string]string{
		{"field", ""}:          "reserved",
		{"english", "traffic"}: "reserved",
		{"english", "music"}:   "available",
	} {
		engine, now := acd.New(cfg), time.Now()
		engine.SignIn(now, acd.Agent{ID: "lan", Skills: acd.Skills(skills[:]...)})
		engine.Ready(now, "lan")
		engine.Enqueue(now, acd.Waiting{Call: "n1-1.1", Queue: "field", Arrived: now})
		require.Equal(t, want, string(engine.Snapshot().Agents[0].State), "%v", skills)
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	engine, now := acd.New(acd.Config{Queues: []acd.Queue{{Name: "q"}}}), time.Now()
	engine.SignIn(now, acd.Agent{ID: "lan", Skills: acd.Skills("q")})
	engine.Ready(now, "lan")
	engine.Enqueue(now, acd.Waiting{Call: "n1-1.1", Queue: "q", Arrived: now})
	at, ok := engine.Next()
	require.True(t, ok)
	require.Equal(t, 20*time.Second, at.Sub(now))
	engine.Tick(at)
	require.Equal(t, call.PauseRONA, engine.Snapshot().Agents[0].Reason)
}
