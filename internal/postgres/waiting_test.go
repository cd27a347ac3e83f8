package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// Messages, callbacks and ratings reach the ticket, and no check refuses them.
func TestWhatBecomesOfWhoeverWaits(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	back := []call.Fact{arrived("2632800028", "+84908123457"), queued(), call.CallbackAsked{Number: "+84908123457"}, finished(call.Callback, call.Waiting)}
	for id, facts := range map[call.ID][]call.Fact{
		"t1-1.1": {
			arrived("2632800017", "+84908123456"), queued(), connected(), call.Disconnected{Offer: "o1", Agent: "lan", Why: "agent_hung_up"},
			call.SurveyAsked{}, call.Rated{Score: call.Unsatisfied}, finished(call.Served, call.Talking),
		},
		"t1-1.2": {
			arrived("2632800039", "+84908123458"), queued(), call.QueueMoved{From: "field", To: "procedure", Why: "waited"},
			call.VoicemailBegan{}, call.VoicemailLeft{Seconds: 12}, finished(call.Voicemail, call.Waiting),
			call.Recorded{Path: "2026/11/24/t1-1.2.wav", Bytes: 1, SHA256: "ab"},
		},
		"t1-1.3": back,
	} {
		require.NoError(t, db.Append(ctx, w.write(id, facts...)))
	}
	read := func(code string) ticket.Ticket {
		got, err := db.Ticket(ctx, code, ticket.Names{})
		require.NoError(t, err)
		return got
	}
	require.Equal(t, call.Unsatisfied, read("2632800017").Rating)
	message := read("2632800039")
	require.Equal(t, call.Voicemail, message.Outcome.Result)
	require.Equal(t, ticket.New, message.Status)
	require.True(t, message.Recording)
	require.Zero(t, message.Rating)
	asked := read("2632800028")
	require.Equal(t, ticket.New, asked.Status)
	require.Equal(t, int64(20_000), asked.WaitedMS)

	require.NoError(t, db.Append(ctx, w.write("t1-1.3", call.Offered{Offer: "t1-1.3-o1", Agent: "lan"},
		call.OfferClosed{Offer: "t1-1.3-o1", Agent: "lan", How: call.OfferAccepted}, call.CallbackClosed{How: call.CallbackReached, Tries: 1},
		call.Connected{Offer: "t1-1.3-o1", Agent: "lan"}, call.Disconnected{Offer: "t1-1.3-o1", Agent: "lan", Why: "citizen_hung_up"})))
	called := read("2632800028")
	require.Equal(t, ticket.Answered, called.Status)
	require.Equal(t, call.AgentID("lan"), called.Agent)
	require.Equal(t, int64(20_000), called.WaitedMS, "waiting at home is no waiting on the telephone")
	require.Equal(t, int64(10_000), called.TalkedMS)
	faults, err := db.Faults(ctx)
	require.NoError(t, err)
	require.Empty(t, faults)
}
