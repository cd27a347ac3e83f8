package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func TestLastAgentIsWaitedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("lan"))
	w.desk("hoa", "procedure")
	w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "procedure", Prefer: "lan"})
	why, _ := w.engine.Explain(w.now, "n1-1.2")
	require.Equal(t, "waits for lan", why.Text())
	w.arrive("n1-1.3", "procedure")
	require.Equal(t, call.ID("n1-1.3"), w.offered("hoa"), "nobody else waits for that")
	w.leave("n1-1.3")
	w.pass(9 * time.Second)
	require.Equal(t, 1, w.position("n1-1.2"))
	w.leave("n1-1.1")
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
	made := only[acd.OfferMade](w.log)
	require.Equal(t, "last agent", made[len(made)-1].Why.Text())

	w.refuse(w.openOffer("lan"))
	require.Equal(t, call.ID("n1-1.2"), w.offered("hoa"), "whoever refuses is not waited for")
}

func TestThenAnybody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("lan"))
	w.desk("hoa", "procedure")
	w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "procedure", Prefer: "lan", PreferFor: 5 * time.Second})
	w.pass(5 * time.Second)
	require.Equal(t, call.ID("n1-1.2"), w.offered("hoa"))
}

func TestLastAgentGoesFirstLaterToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.signIn("hoa", "procedure")
	w.signIn("lan", "procedure")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Prefer: "lan"})
	w.pass(time.Minute)
	w.arrive("n1-1.2", "procedure")
	w.moveCall("n1-1.2", "procedure", true)
	w.ready("hoa")
	require.Equal(t, call.ID("n1-1.2"), w.offered("hoa"))
	w.ready("lan")
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
}

// A desk whose page is loaded anew is away for a moment: its citizen is rung there
// again, and by anybody else if it stays away.
func TestLostDeskIsWaitedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("hoa", "procedure")
	lost := acd.Waiting{
		Call: "n1-1.1", Queue: "procedure", Arrived: w.now.Add(-time.Minute), Prefer: "lan", PreferFor: 15 * time.Second, PreferAway: true,
	}
	w.enqueue(lost)
	require.Equal(t, "available", w.state("hoa"))
	w.pass(10 * time.Second)
	w.signIn("lan", "procedure")
	w.ready("lan")
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
	w.leave("n1-1.1")
	w.signOut("lan")
	lost.Offers = 1
	w.enqueue(lost)
	w.pass(15 * time.Second)
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"))
}

func TestEmergencyWaitsForNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("hoa", "emergency")
	w.desk("lan", "emergency")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "emergency", Prefer: "lan"})
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"), "goes there first when they are free")
	w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "emergency", Prefer: "lan", PreferFor: time.Minute, PreferAway: true})
	require.Equal(t, call.ID("n1-1.2"), w.offered("hoa"))
}

// A page that is loaded anew in conversation: the old desk is signed out and the new one
// signed in before the citizen is back in line. Neither those who wait longer come
// between, nor is the pause forgotten that was asked for.
func TestConversationGoesOnAtTheNewDesk(t *testing.T) {
	t.Parallel()
	for _, pause := range []call.PauseReason{"", "lunch"} {
		w := newWorld(t, province())
		w.desk("lan", "procedure", "emergency")
		w.arrive("n1-1.1", "procedure")
		w.accept(w.openOffer("lan"))
		w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "procedure", Arrived: w.now.Add(-time.Hour)})
		w.signOut("lan")
		w.signIn("lan", "procedure", "emergency")
		w.returns(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Offers: 1, Prefer: "lan", PreferFor: 20 * time.Second, PreferAway: true})
		require.Equal(t, "paused(signed_in)", w.state("lan"))
		w.back("lan", pause)
		require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
		made := only[acd.OfferMade](w.log)
		require.Equal(t, "is back at the desk", made[len(made)-1].Why.Text())
		w.accept(w.openOffer("lan"))
		w.ended("n1-1.1")
		w.wrappedUp("lan", true)
		require.Equal(t, map[call.PauseReason]string{"": "reserved", "lunch": "paused(lunch)"}[pause], w.state("lan"))
	}
}

func TestEmergencyIsBeforeWhoeverIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Prefer: "lan", PreferFor: time.Minute, PreferAway: true})
	w.arrive("n1-1.2", "emergency")
	w.signIn("lan", "procedure", "emergency")
	w.back("lan", "")
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
}

// In spite of the reserve, for it is a conversation that goes on.
func TestKeptInSpiteOfTheReserve(t *testing.T) {
	t.Parallel()
	cfg := province()
	cfg.EmergencyReserve = 2
	w := newWorld(t, cfg)
	w.desk("hoa", "procedure", "emergency")
	w.desk("mai", "procedure", "emergency")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Prefer: "lan", PreferFor: time.Minute, PreferAway: true})
	w.signIn("lan", "procedure", "emergency")
	w.pause("hoa", "lunch")
	w.pause("mai", "lunch")
	w.ready("hoa")
	w.back("lan", "")
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
}

func TestWhoIsNotBackIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("hoa", "procedure")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Prefer: "lan", PreferFor: time.Minute, PreferAway: true})
	require.Equal(t, "available", w.state("hoa"))
	require.Empty(t, w.notBack("mai"))
	w.notBack("lan")
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"))
}
