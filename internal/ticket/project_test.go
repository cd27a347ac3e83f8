package ticket_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// journal is what a journal holds of some calls that went on at the same time.
func journal(t *rapid.T) []call.Event {
	type open struct {
		id    call.ID
		facts []call.Fact
	}
	var calls []open
	for i := range rapid.IntRange(1, 6).Draw(t, "calls") {
		calls = append(calls, open{call.ID(fmt.Sprintf("n-%d.1", i)), fate(t, i)})
	}
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	var events []call.Event
	for len(calls) > 0 {
		i := rapid.IntRange(0, len(calls)-1).Draw(t, "next")
		at = at.Add(time.Duration(rapid.IntRange(-50, 5000).Draw(t, "passes")) * time.Millisecond) // a clock may step back
		events = append(events, call.Event{ID: fmt.Sprintf("n-%012d", len(events)+1), At: at, Call: calls[i].id, Fact: calls[i].facts[0]})
		if calls[i].facts = calls[i].facts[1:]; len(calls[i].facts) == 0 {
			calls = append(calls[:i], calls[i+1:]...)
		}
	}
	return events
}

// fate is one call's facts, cut off anywhere.
func fate(t *rapid.T, i int) []call.Fact {
	queued := call.Queued{Queue: "field", Topic: call.Topic{Group: call.Field, Field: "traffic"}}
	connected := call.Connected{Offer: "o1", Agent: "lan"}
	served := call.Finished{Outcome: call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}}
	left := call.Finished{Outcome: call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Waiting}}
	fates := [][]call.Fact{
		{call.Greeted{}, left},
		{call.MenuEntered{Node: "main"}, queued, left},
		{queued, call.Offered{}, call.OfferClosed{How: call.OfferTimedOut}, call.Offered{}, call.OfferClosed{How: call.OfferRescinded}, left},
		{queued, call.Offered{}, connected, call.Disconnected{Offer: "o1", Why: "desk_lost"}, queued, connected, served, call.Recorded{Path: "p"}},
		{queued, connected, call.WrappedUp{Agent: "lan", Note: "note"}, served, call.WrappedUp{Agent: "lan", Note: "a better note"}},
	}
	facts := append([]call.Fact{call.Arrived{Ticket: fmt.Sprintf("26328%05d", i), Caller: "+84908123456"}}, rapid.SampledFrom(fates).Draw(t, "fate")...)
	return facts[:rapid.IntRange(1, len(facts)).Draw(t, "cut")]
}

// Whatever order events come in and however often, the calls are the same.
func TestDuplicatesAndOrderChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		events := journal(t)
		want := ticket.Project(events)
		seed := rapid.Uint64().Draw(t, "seed")
		mixed := append(append([]call.Event(nil), events...), events[:rapid.IntRange(0, len(events)).Draw(t, "twice")]...)
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		require.Equal(t, want, ticket.Project(mixed))
	})
}

// Each call has one ticket with the code that it arrived with, and figures that the
// database accepts.
func TestEveryCallHasOneTicket(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		events := journal(t)
		codes := map[call.ID]string{}
		for _, e := range events {
			if f, ok := e.Fact.(call.Arrived); ok {
				codes[e.Call] = f.Ticket
			}
		}
		records := ticket.Project(events)
		require.Len(t, records, len(codes))
		for _, r := range records {
			require.Equal(t, codes[r.Call], r.Code)
			require.Equal(t, r.Stage == call.Ended, !r.Ended.IsZero())
			require.Equal(t, r.Stage == call.Ended, r.Outcome.Result != "")
			require.GreaterOrEqual(t, r.Talked, time.Duration(0))
			require.GreaterOrEqual(t, r.Waited(r.Arrived), time.Duration(0))
			if r.Stage == call.Ended {
				require.NotEqual(t, ticket.New, r.Status())
			}
		}
	})
}

// A standby that takes a node's calls over has a journal of its own.
func TestTheSecondControllersEventsComeAfterTheFirst(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	events := []call.Event{
		{ID: "a-000000000002", At: at.Add(3 * time.Second), Call: "x-1.1", Fact: call.Finished{Outcome: call.Outcome{Result: call.Abandoned}}},
		{ID: "z-000000000009", At: at.Add(time.Second), Call: "x-1.1", Fact: call.Queued{Queue: "field"}},
		{ID: "z-000000000008", At: at.Add(2 * time.Second), Call: "x-1.1", Fact: call.Arrived{Ticket: "2632800017"}},
	}
	ordered := ticket.Ordered(events)
	require.Equal(t, "z-000000000008", ordered[0].ID, "within one journal its numbers count, not the clock")
	require.Equal(t, "a-000000000002", ordered[2].ID)
}
