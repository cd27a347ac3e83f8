package ticket_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

func story(facts ...call.Fact) []call.Event {
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	events := make([]call.Event, len(facts))
	for i, f := range facts {
		events[i] = call.Event{At: at.Add(time.Duration(i) * 10 * time.Second), Call: "t1-1.1", Fact: f}
	}
	return events
}

func finished(result call.Result) call.Finished {
	return call.Finished{Outcome: call.Outcome{Result: result, By: call.ByUs, Stage: call.Waiting}}
}

func TestEveryFateHasItsStatus(t *testing.T) {
	t.Parallel()
	arrived := call.Arrived{Caller: "+84908123456", Dialed: "1022", Ticket: "2632800011", Language: call.Vietnamese}
	queued := call.Queued{Queue: "field", Topic: call.Topic{Group: call.Field, Field: "traffic"}}
	connected := call.Connected{Offer: "t1-1.1-o1", Agent: "lan"}
	for name, tt := range map[string]struct {
		events []call.Event
		status ticket.Status
		waited time.Duration
		talked time.Duration
		stage  call.Stage
	}{
		"in the menu": {story(arrived), ticket.New, 0, 0, call.Menu},
		"hung up in the line": {
			story(arrived, queued, call.Finished{Outcome: call.Outcome{Result: call.Abandoned, By: call.ByCitizen}}),
			ticket.Missed, 10 * time.Second, 0, call.Ended,
		},
		"talked": {
			story(arrived, queued, connected, call.Disconnected{Offer: "t1-1.1-o1"}, call.Finished{Outcome: call.Outcome{Result: call.Served, By: call.ByCitizen}}),
			ticket.Answered, 10 * time.Second, 10 * time.Second, call.Ended,
		},
		"the form came before the end": {
			story(arrived, queued, connected, call.WrappedUp{Note: "x"}), ticket.Answered, 10 * time.Second, 0, call.Talking,
		},
		"left a message": {
			story(arrived, queued, call.VoicemailBegan{}, call.VoicemailLeft{Seconds: 9}, finished(call.Voicemail)), ticket.New, 30 * time.Second, 0, call.Ended,
		},
		"leaves a message": {story(arrived, queued, call.VoicemailBegan{}), ticket.New, 0, 0, call.Menu},
		"to be called back": {
			story(arrived, queued, call.CallbackAsked{}, finished(call.Callback), call.Offered{}, call.CallbackTried{}),
			ticket.New, 20 * time.Second, 0, call.Ended,
		},
		"called back": {
			story(arrived, queued, call.CallbackAsked{}, finished(call.Callback), call.CallbackClosed{How: call.CallbackReached}, connected, call.Disconnected{Offer: "t1-1.1-o1"}),
			ticket.Answered, 20 * time.Second, 10 * time.Second, call.Ended,
		},
		"not reached": {
			story(arrived, queued, call.CallbackAsked{}, finished(call.Callback), call.CallbackClosed{How: call.CallbackNoAnswer}),
			ticket.Missed, 20 * time.Second, 0, call.Ended,
		},
		"offered while it talks, told late": {
			story(arrived, queued, connected, call.Offered{Offer: "t1-1.1-o2"}), ticket.New, 10 * time.Second, 0, call.Talking,
		},
		"offered after it left the line, told late": {
			story(arrived, queued, call.MenuEntered{Node: "emergency"}, call.Offered{Offer: "t1-1.1-o1"}), ticket.New, 0, 0, call.Menu,
		},
		"rings once more when the end of the first ring is told": {
			story(arrived, queued, call.Offered{Offer: "t1-1.1-o1"}, call.Offered{Offer: "t1-1.1-o2"}, call.OfferClosed{Offer: "t1-1.1-o1", How: call.OfferRefused}),
			ticket.New, 0, 0, call.Ringing,
		},
		"announced and ended twice": {
			story(arrived, call.Arrived{Ticket: "2632899990"}, call.Finished{Outcome: call.Outcome{Result: call.Abandoned, By: call.ByCitizen}},
				call.Finished{Outcome: call.Outcome{Result: call.Served}}), ticket.Missed, 0, 0, call.Ended,
		},
		"talked twice, the desk was lost": {
			story(arrived, queued, connected, call.Disconnected{Offer: "t1-1.1-o1", Why: "desk_lost"}, queued, connected, call.Finished{Outcome: call.Outcome{Result: call.Served}}),
			ticket.Answered, 10 * time.Second, 20 * time.Second, call.Ended,
		},
	} {
		r, ok := ticket.Fold(tt.events)
		require.True(t, ok, name)
		require.Equal(t, tt.status, r.Status(), name)
		require.Equal(t, tt.waited, r.Waited(time.Time{}), name)
		require.Equal(t, tt.talked, r.Talked, name)
		require.Equal(t, tt.stage, r.Stage, name)
		require.Equal(t, "2632800011", r.Code, name)
	}
	_, ok := ticket.Fold(story(queued))
	require.False(t, ok, "a call without a beginning has no ticket yet")
}
