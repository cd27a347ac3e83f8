package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// TestHistory: what the journal tells of a call, fact by fact.
func TestHistory(t *testing.T) {
	t.Parallel()
	const id = call.ID("t1-1764000000.1")
	start := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	topic := call.Topic{Group: call.Field, Field: "traffic"}
	h := NewHistory()
	n := 0
	apply := func(facts ...call.Fact) OpenCall {
		t.Helper()
		for _, f := range facts {
			n++
			require.NoError(t, h.Apply(call.Event{At: start.Add(time.Duration(n) * time.Second), Call: id, Fact: f}))
		}
		for _, c := range h.Open() {
			return c
		}
		return OpenCall{}
	}
	queued := start.Add(5 * time.Second)

	require.Equal(t, OpenCall{}, apply(call.MenuEntered{Node: "main"}), "the beginning is not known any more")
	want := OpenCall{Call: id, Ticket: "26", Language: call.Vietnamese, Stage: call.Menu}
	require.Equal(t, want, apply(call.Arrived{Ticket: "26", Language: call.Vietnamese}))
	want.Node, want.Language = "field_traffic", call.English
	require.Equal(t, want, apply(call.LanguageChosen{Language: call.English}, call.MenuEntered{Node: "field_traffic"}))
	want.Stage, want.Queue, want.Topic, want.QueuedAt = call.Waiting, "field", topic, queued
	require.Equal(t, want, apply(call.Queued{Queue: "field", Topic: topic}))
	want.Stage, want.Offers, want.Offer, want.Agent = call.Ringing, 1, id.Offer(1), "lan"
	require.Equal(t, want, apply(call.Offered{Offer: id.Offer(1), Agent: "lan"}, call.OfferRang{Offer: id.Offer(1), Agent: "lan"}))
	want.Stage = call.Waiting
	require.Equal(t, want, apply(call.OfferClosed{Offer: id.Offer(1), Agent: "lan", How: call.OfferTimedOut}))
	want.Stage, want.Offers, want.Offer, want.Agent, want.Accepted = call.Ringing, 2, id.Offer(2), "hoa", true
	require.Equal(t, want, apply(
		call.Offered{Offer: id.Offer(2), Agent: "hoa"}, call.OfferClosed{Offer: id.Offer(2), Agent: "hoa", How: call.OfferAccepted}))
	want.Stage, want.Talks = call.Talking, 1
	require.Equal(t, want, apply(call.Connected{Offer: id.Offer(2), Agent: "hoa"}))
	want.Stage, want.Lost = call.Waiting, LostDesk{"hoa", start.Add(12 * time.Second)}
	require.Equal(t, want, apply(
		call.Disconnected{Offer: id.Offer(2), Agent: "hoa", Why: "desk_lost"}, call.Queued{Queue: "field", Topic: topic, Again: true}),
		"the place is the old one")

	// The emergency key, while the line makes an offer that nobody has come to.
	want.Stage, want.Node, want.Offers = call.Menu, "emergency", 3
	require.Equal(t, want, apply(
		call.MenuEntered{Node: "emergency"}, call.Offered{Offer: id.Offer(3), Agent: "lan"},
		call.OfferClosed{Offer: id.Offer(3), Agent: "lan", How: call.OfferRescinded}))

	// A callback that was taken and called off in the same moment leaves nobody ringing.
	want.Stage, want.Queue, want.QueuedAt = call.Waiting, "emergency", start.Add(time.Duration(n+1)*time.Second)
	want.Lost = LostDesk{}
	want.Offers, want.Offer, want.Agent, want.Accepted = 4, id.Offer(4), "lan", true
	require.Equal(t, want, apply(
		call.Queued{Queue: "emergency", Topic: topic}, call.Offered{Offer: id.Offer(4), Agent: "lan"},
		call.OfferClosed{Offer: id.Offer(4), Agent: "lan", How: call.OfferAccepted},
		call.AgentMoved{Agent: "lan", From: call.AgentTalking, To: call.Available}))

	require.Equal(t, OpenCall{Call: id, Stage: call.Ended}, apply(call.Finished{}, call.OfferClosed{Offer: id.Offer(3)}, call.WrappedUp{}, call.Recorded{}),
		"it does not begin anew")
}
