package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// conversation is lan talking to n1-1.1, who came a minute ago, and hoa free.
func conversation(t *testing.T, cfg acd.Config) *world {
	w := newWorld(t, cfg)
	w.desk("lan", "procedure", "emergency")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Arrived: w.now.Add(-time.Minute)})
	w.accept(w.openOffer("lan"))
	w.desk("hoa", "procedure", "field")
	return w
}

func TestBlindTransferToAQueue(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	w.pause("hoa", "lunch")
	w.arrive("n1-1.2", "field")
	w.transfer("lan", acd.Waiting{Queue: "field", Arrived: w.now.Add(-time.Minute), PriorityMinutes: 1})
	require.Equal(t, "wrap_up", w.state("lan"))
	require.Equal(t, 1, w.position("n1-1.1"), "with its first arrival")
	w.ready("hoa")
	require.Equal(t, call.OfferID("n1-1.1-o2"), w.openOffer("hoa"))
	w.accept("n1-1.1-o2")
	w.ended("n1-1.1")
	require.Equal(t, "wrap_up", w.state("hoa"))
	w.pass(time.Minute)
	require.Empty(t, only[acd.Declined](w.log))
}

func TestBlindTransferToAColleague(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	w.desk("mai", "emergency")
	w.transfer("lan", acd.Waiting{Queue: "procedure", Prefer: "mai", PreferFor: 20 * time.Second})
	require.Equal(t, call.ID("n1-1.1"), w.offered("mai"), "whom a person names needs no skills")
	w.refuse(w.openOffer("mai"))
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"), "it comes back to the queue")
}

func TestAttendedTransfer(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	require.Equal(t, "asked for", only[acd.OfferMade](w.consult("n1-1.1", "hoa"))[0].Why.Text())
	w.ringing(w.openOffer("hoa"))
	w.accept(w.openOffer("hoa"))
	require.Equal(t, []call.AgentID{"lan", "hoa"}, w.view("n1-1.1").Talkers)
	w.endedFor("n1-1.1", "lan")
	require.Equal(t, "wrap_up", w.state("lan"))
	require.Equal(t, "talking", w.state("hoa"))
	w.endedFor("n1-1.1", "hoa")
	require.Equal(t, "wrap_up", w.state("hoa"))
	require.Empty(t, w.engine.Snapshot().Calls)
}

func TestTransferBeforeTheColleagueAnswers(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	w.consult("n1-1.1", "hoa")
	offer := w.openOffer("hoa")
	w.transfer("lan", acd.Waiting{Queue: "procedure", Arrived: w.now.Add(-time.Minute)})
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"), "goes on ringing")
	w.refuse(offer)
	require.Equal(t, call.OfferID("n1-1.1-o3"), w.openOffer("hoa"), "back in line, where hoa is the only one")
}

func TestConsultComesToNothing(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*world){
		"refused":        func(w *world) { w.refuse(w.openOffer("hoa")) },
		"not answered":   func(w *world) { w.pass(20 * time.Second) },
		"no phone":       func(w *world) { w.fail(w.openOffer("hoa")) },
		"desk lost":      func(w *world) { w.deskLost("hoa") },
		"cancelled":      func(w *world) { w.cancelConsult("n1-1.1") },
		"call ended":     func(w *world) { w.ended("n1-1.1") },
		"citizen left":   func(w *world) { w.leave("n1-1.1") },
		"lan's was lost": func(w *world) { w.deskLost("lan") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := conversation(t, province())
			w.consult("n1-1.1", "hoa")
			w.ringing(w.openOffer("hoa"))
			end(w)
			require.Empty(t, w.offered("hoa"))
			if v := w.view("n1-1.1"); v.Call != "" {
				require.Equal(t, []call.AgentID{"lan"}, v.Talkers, "lan talks on")
			}
		})
	}
}

func TestConsultIsDeclined(t *testing.T) {
	t.Parallel()
	w := conversation(t, reserving(1))
	w.desk("mai", "emergency")
	w.pause("hoa", "lunch")
	require.Equal(t, []acd.Decision{
		acd.Declined{Call: "n1-1.1", Agent: "hoa", Why: acd.Why{Rule: acd.RuleNotFree}},
	}, w.consult("n1-1.1", "hoa"))
	require.Equal(t, []acd.Decision{
		acd.Declined{Call: "n1-1.1", Agent: "mai", Why: acd.Why{Rule: acd.RuleReserveKept, Of: 1}},
	}, w.consult("n1-1.1", "mai"))
	require.Empty(t, w.consult("n1-1.9", "mai"))
}

func TestConference(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	w.desk("mai", "field")
	w.consult("n1-1.1", "hoa")
	w.consult("n1-1.1", "mai")
	w.accept(w.openOffer("hoa"))
	w.accept(w.openOffer("mai"))
	require.Len(t, w.view("n1-1.1").Talkers, 3)
	w.join("n1-1.1", "supervisor") // barges in without being signed in
	w.deskLost("mai")
	w.transfer("hoa", acd.Waiting{Queue: "field"})
	require.Equal(t, []call.AgentID{"lan", "supervisor"}, w.view("n1-1.1").Talkers, "it goes on with who is left")
	w.ended("n1-1.1")
	require.Equal(t, []string{"wrap_up", "wrap_up", "offline", "offline"},
		[]string{w.state("lan"), w.state("hoa"), w.state("mai"), w.state("supervisor")})
}

func TestAgentsOwnCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.busy("lan", "n1-2.1")
	w.arrive("n1-1.1", "procedure")
	require.Equal(t, 1, w.position("n1-1.1"))
	w.ended("n1-2.1")
	w.pass(30 * time.Second)
	w.busy("lan", "n1-2.2") // out of wrap-up, which goes on after it
	w.ended("n1-2.2")
	w.pass(90*time.Second - 1)
	require.Equal(t, "wrap_up", w.state("lan"))
	w.pass(1)
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
	require.NotEmpty(t, only[acd.Declined](w.busy("lan", "n1-2.3")))

	w.leave("n1-1.1")
	w.pause("lan", "meeting")
	w.busy("lan", "n1-2.4")
	w.leave("n1-2.4")
	require.Equal(t, "paused(meeting)", w.state("lan"))
}

func TestAdoptedCallCanBeTransferred(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.adoptFrom(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Arrived: w.now.Add(-time.Hour), Offers: 7}, "lan")
	w.signIn("hoa", "procedure")
	w.transfer("lan", acd.Waiting{Queue: "procedure", Arrived: w.now.Add(-time.Hour)})
	require.Equal(t, "offline", w.state("lan"), "who is not signed in has no wrap-up")
	w.ready("hoa")
	require.Equal(t, call.OfferID("n1-1.1-o8"), w.openOffer("hoa"))
	require.Equal(t, call.AgentID("hoa"), w.view("n1-1.1").Agent)
}
