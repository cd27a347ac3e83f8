package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func reserving(n int) acd.Config {
	cfg := province()
	cfg.EmergencyReserve = n
	return cfg
}

func TestTheLastAvailableTakeEmergenciesOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, reserving(1))
	w.desk("lan", "procedure", "emergency")
	w.desk("hoa", "procedure", "emergency")
	w.desk("mai", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.arrive("n1-1.2", "procedure")
	w.arrive("n1-1.3", "procedure")
	require.Equal(t, "available", w.state("hoa"))
	require.Equal(t, call.ID("n1-1.2"), w.offered("mai"), "who serves no emergencies is no reserve")
	why, _ := w.engine.Explain(w.now, "n1-1.3")
	require.Equal(t, "reserve of 1 kept for emergencies", why.Text())
	w.arrive("n1-1.4", "emergency")
	require.Equal(t, call.ID("n1-1.4"), w.offered("hoa"))

	w.accept(w.openOffer("lan"))
	w.ended("n1-1.1")
	w.wrappedUp("lan", true)
	require.Equal(t, "available", w.state("lan"), "is the reserve now")
	w.leave("n1-1.4")
	require.Equal(t, call.ID("n1-1.3"), w.offered("hoa"), "two are free: one is too many")
}

func TestOneAloneIsNoReserve(t *testing.T) {
	t.Parallel()
	w := newWorld(t, reserving(2))
	w.desk("lan", "procedure", "emergency")
	w.arrive("n1-1.1", "procedure")
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
	w.leave("n1-1.1")
	w.desk("hoa", "procedure", "emergency")
	w.arrive("n1-1.2", "procedure")
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
	w.arrive("n1-1.3", "procedure")
	require.Equal(t, "available", w.state("hoa"))
	w.pause("lan", "lunch")
	w.refuse(w.openOffer("lan"))
	require.Equal(t, call.ID("n1-1.2"), w.offered("hoa"), "hoa is alone now")
}

func TestEmergencyCutsThroughWrapUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure", "emergency")
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("lan"))
	w.ended("n1-1.1")
	w.pass(20 * time.Second)
	w.arrive("n1-1.2", "procedure")
	require.Equal(t, "wrap_up", w.state("lan"))
	made := only[acd.OfferMade](w.arrive("n1-1.3", "emergency"))
	require.Len(t, made, 1)
	require.Equal(t, "an emergency cuts through wrap-up", made[0].Why.Text())
	require.Equal(t, "reserved", w.state("lan"))

	w.leave("n1-1.3")
	require.Equal(t, "wrap_up", w.state("lan"), "the form is still to be filled in")
	moved := only[acd.AgentMoved](w.log)
	back := moved[len(moved)-1]
	require.Equal(t, call.ID("n1-1.1"), back.Call)
	require.Equal(t, w.now.Add(40*time.Second), back.Until)

	w.pass(10 * time.Second)
	w.arrive("n1-1.4", "emergency")
	w.accept(w.openOffer("lan"))
	w.pass(time.Minute)
	w.ended("n1-1.4")
	w.pass(time.Minute + 30*time.Second - 1)
	require.Equal(t, "wrap_up", w.state("lan"), "its own minute, and what was left")
	w.pass(1)
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
}

func TestFormFilledInWhileTheEmergencyRings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "emergency")
	w.arrive("n1-1.1", "emergency")
	w.accept(w.openOffer("lan"))
	w.ended("n1-1.1")
	w.arrive("n1-1.2", "emergency")
	require.Empty(t, w.wrappedUp("lan", true))
	w.leave("n1-1.2")
	require.Equal(t, "available", w.state("lan"))
}

func TestEmergencyTakesADeskThatOnlyRings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure", "emergency")
	w.desk("hoa", "procedure", "emergency")
	w.arrive("n1-1.1", "procedure")
	w.pass(5 * time.Second)
	w.arrive("n1-1.2", "procedure")
	w.arrive("n1-1.3", "procedure")
	w.ringing(w.openOffer("hoa"))
	w.pause("hoa", "lunch") // after this call
	w.arrive("n1-1.4", "emergency")
	require.Equal(t, call.ID("n1-1.4"), w.offered("hoa"), "whose call has rung shortest")
	require.Equal(t, 1, w.position("n1-1.2"), "in its old place, before n1-1.3")
	require.Equal(t, 2, w.position("n1-1.3"))
	w.leave("n1-1.4")
	require.Equal(t, "paused(lunch)", w.state("hoa"), "the pause that was asked for")

	w.accept(w.openOffer("lan"))
	require.Len(t, only[acd.Nobody](w.arrive("n1-1.5", "emergency")), 1, "a conversation is not touched")
}

func TestNobodyIsSaidOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	require.Equal(t, []acd.Decision{
		acd.Nobody{Call: "n1-1.1", Why: acd.Why{Rule: acd.RuleNobodyFree}},
	}, w.arrive("n1-1.1", "emergency"))
	w.signIn("lan", "emergency")
	w.pass(time.Hour)
	require.Len(t, only[acd.Nobody](w.log), 1)
	require.Len(t, only[acd.Nobody](w.arrive("n1-1.2", "emergency")), 1, "of each")
	w.ready("lan")
	w.pause("lan", "lunch")
	require.Equal(t, []acd.Nobody{
		{Call: "n1-1.1", Why: acd.Why{Rule: acd.RuleNobodyFree}},
	}, only[acd.Nobody](w.refuse(w.openOffer("lan"))), "somebody was found and did not take it")
}

func TestEmergencyInAnOrdinaryQueueGoesFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t, reserving(1))
	w.desk("lan", "field", "emergency")
	w.arrive("n1-1.1", "field")
	w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "field", Emergency: true})
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
	require.Equal(t, 1, w.position("n1-1.1"))
}
