package acd_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func by(strategy acd.Strategy) acd.Config {
	cfg := province()
	for i := range cfg.Queues {
		cfg.Queues[i].Strategy = strategy
	}
	cfg.Agents = map[call.AgentID]acd.Profile{"hoa": {Order: 1}, "lan": {Order: 2}, "mai": {Order: 3}}
	return cfg
}

// serves lets calls of so many seconds come one after the other, and says who has them.
func (w *world) serves(seconds ...int) []call.AgentID {
	var served []call.AgentID
	for _, s := range seconds {
		id := call.ID(fmt.Sprintf("n1-9.%d", w.number()))
		made := only[acd.OfferMade](w.arrive(id, "procedure"))
		require.Len(w.t, made, 1)
		served = append(served, made[0].Agent)
		w.accept(made[0].Offer)
		w.pass(time.Duration(s) * time.Second)
		w.ended(id)
		w.wrappedUp(made[0].Agent, true)
	}
	return served
}

func TestStrategies(t *testing.T) {
	t.Parallel()
	for strategy, tt := range map[acd.Strategy]struct {
		want []call.AgentID
		why  string
	}{
		acd.LongestIdle: {[]call.AgentID{"lan", "mai", "hoa", "lan", "mai"}, "longest idle of 3"},
		acd.FewestCalls: {[]call.AgentID{"lan", "mai", "hoa", "lan", "mai"}, "fewest calls of 3"},
		acd.LeastTalk:   {[]call.AgentID{"lan", "mai", "hoa", "mai", "hoa"}, "least talk time of 3"},
		acd.RoundRobin:  {[]call.AgentID{"hoa", "lan", "mai", "hoa", "lan"}, "next in turn of 3"},
		acd.Linear:      {[]call.AgentID{"hoa", "hoa", "hoa", "hoa", "hoa"}, "first of the fixed order of 3"},
	} {
		t.Run(string(strategy), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, by(strategy))
			w.desk("lan")
			w.desk("mai")
			w.desk("hoa")
			require.Equal(t, tt.want, w.serves(90, 30, 60, 50, 10))
			require.Equal(t, tt.why, only[acd.OfferMade](w.log)[0].Why.Text())
		})
	}
}

// Whoever loads the page anew does not get every call for having the fewest.
func TestCountsOutliveASignOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, by(acd.FewestCalls))
	w.desk("lan")
	require.Equal(t, []call.AgentID{"lan", "lan"}, w.serves(10, 10))
	w.desk("hoa")
	require.Equal(t, []call.AgentID{"hoa"}, w.serves(10))
	w.signOut("lan")
	w.desk("lan")
	require.Equal(t, []call.AgentID{"hoa"}, w.serves(10))
	w.signOut("lan")
	w.pass(12 * time.Hour)
	w.desk("lan")
	require.Equal(t, []call.AgentID{"lan"}, w.serves(10), "but not the night")
}

func ringing(at int) acd.Config {
	cfg := by(acd.RingSeveral)
	for i := range cfg.Queues {
		cfg.Queues[i].RingAt = at
	}
	return cfg
}

func TestRingSeveral(t *testing.T) {
	t.Parallel()
	w := newWorld(t, ringing(2))
	for _, id := range []call.AgentID{"lan", "mai", "hoa"} {
		w.desk(id)
	}
	require.Len(t, only[acd.OfferMade](w.arrive("n1-1.1", "procedure")), 2)
	require.Equal(t, "available", w.state("hoa"), "two ring, no more")
	w.arrive("n1-1.2", "procedure")
	require.Equal(t, call.ID("n1-1.2"), w.offered("hoa"))

	first, second := w.openOffer("lan"), w.openOffer("mai")
	require.Equal(t, []acd.OfferClosed{
		{Offer: second, Call: "n1-1.1", Agent: "mai", How: call.OfferAccepted, Why: acd.Why{Rule: acd.RuleAnswered}},
		{Offer: first, Call: "n1-1.1", Agent: "lan", How: call.OfferRescinded, Why: acd.Why{Rule: acd.RuleAnsweredBy, Who: "mai"}},
	}, only[acd.OfferClosed](w.accept(second)))
	require.Empty(t, w.accept(first), "a moment too late")
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"), "who is free again rings for the next, beside hoa")
}

func TestRingSeveralGoesOnWithTheOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, ringing(2))
	w.desk("lan")
	w.desk("hoa")
	w.arrive("n1-1.1", "procedure")
	w.refuse(w.openOffer("lan"))
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"))
	require.Equal(t, "available", w.state("lan"), "asked once")
	w.desk("mai")
	require.Equal(t, call.ID("n1-1.1"), w.offered("mai"))
	w.refuse(w.openOffer("hoa"))
	w.refuse(w.openOffer("mai"))
	require.NotEmpty(t, w.view("n1-1.1").Rings, "all refused, so they are asked again")
}

func TestRingSeveralKeepsTheReserve(t *testing.T) {
	t.Parallel()
	cfg := ringing(3)
	cfg.EmergencyReserve = 2
	w := newWorld(t, cfg)
	for _, id := range []call.AgentID{"lan", "mai", "hoa"} {
		w.desk(id)
	}
	require.Len(t, only[acd.OfferMade](w.arrive("n1-1.1", "procedure")), 1)
	require.Len(t, only[acd.OfferMade](w.arrive("n1-1.2", "emergency")), 2)
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"), "one is enough; lan's call goes on ringing")
}
