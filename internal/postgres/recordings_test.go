package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/ticket"
)

// recorded is a recording of that kind and length.
func recorded(path string, what call.RecordingKind, seconds int) call.Recorded {
	return call.Recorded{Path: path, What: what, Bytes: 1, Duration: time.Duration(seconds) * time.Second, SHA256: "ab"}
}

// Who talked, was put in line again, left a message and was called back has four.
func TestACallHasSeveralRecordings(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", arrived("2632800017", "+84908123456"), queued(),
		recorded("m", call.OfMessage, 3))))
	path, err := db.Recording(ctx, "t1-1.1", 0)
	require.NoError(t, err)
	require.Equal(t, "m", path, "there is nothing else")
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", recorded("old", "", 4), recorded("c1", call.OfOutside, 5), recorded("m2", call.OfMessage, 6),
		recorded("c1", call.OfOutside, 5)))) // told twice
	// The latest conversation, and then each; the one that was told again is kept last.
	for n, want := range []string{"c1", "m", "old", "m2", "c1"} {
		path, err := db.Recording(ctx, "t1-1.1", n)
		require.NoError(t, err)
		require.Equal(t, want, path)
	}
	for _, n := range []int{-1, 5} {
		_, err := db.Recording(ctx, "t1-1.1", n)
		require.ErrorIs(t, err, postgres.ErrNotFound)
	}
	got, err := db.Ticket(ctx, "2632800017", ticket.Names{})
	require.NoError(t, err)
	require.Len(t, got.Recordings, 4)
	require.Equal(t, call.OfConversation, got.Recordings[1].What, "which had no kind")
	require.Equal(t, int64(4000), got.Recordings[1].DurationMS)
	rows, err := db.Tickets(ctx, ticket.Filter{}, nil)
	require.NoError(t, err)
	require.Len(t, rows, 1, "one row, however many there are")
}

// A call that an agent makes stands in the ticket that it is for, which it answers, or
// opens one.
func TestCallsThatAgentsMake(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	missed := w.write("t1-1.1", arrived("2632800017", "+84908123456"), queued(), finished(call.Abandoned, call.Waiting))
	require.NoError(t, db.Append(ctx, missed))
	made := func(id call.ID, code string, opens bool, more ...call.Fact) {
		require.NoError(t, db.Append(ctx, w.write(id, append([]call.Fact{
			call.Outbound{Agent: "lan", Number: "+84908123456", Ticket: code, Opens: opens},
			call.CalledOut{Leg: id.Called(1), Agent: "lan", Number: "+84908123456"},
		}, more...)...)))
	}
	read := func(code string) ticket.Ticket {
		t.Helper()
		got, err := db.Ticket(ctx, code, ticket.Names{})
		require.NoError(t, err)
		return got
	}
	made("t1-2.9", "2632800017", false, finished(call.NotReached, call.Ringing))
	require.Equal(t, ticket.Missed, read("2632800017").Status)
	made("t1-3.9", "2632800017", false, connected(), call.Disconnected{Agent: "lan", Why: "citizen_hung_up"}, finished(call.Served, call.Talking),
		recorded("c1", call.OfOutside, 7))
	require.Equal(t, ticket.Answered, read("2632800017").Status)
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", call.Greeted{})), "what comes late")
	got := read("2632800017")
	require.Equal(t, ticket.Answered, got.Status, "and stays so when its own call is folded again")
	require.Equal(t, call.ID("t1-1.1"), got.Call)
	require.Equal(t, []ticket.Recording{{Call: "t1-3.9", N: 1, What: call.OfOutside, At: got.Recordings[0].At, DurationMS: 7000, SHA256: "ab"}}, got.Recordings)
	kinds := ""
	for _, e := range got.Timeline {
		kinds += e.Kind + " "
	}
	require.Equal(t, "arrived queued finished outbound called_out finished outbound called_out connected disconnected finished recorded greeted ", kinds)

	made("t1-4.9", "2632800025", true, connected(), call.Disconnected{Agent: "lan"}, finished(call.Served, call.Talking),
		call.WrappedUp{Agent: "lan", Topic: call.Topic{Group: call.Field, Field: "traffic"}, Note: "đã gọi"})
	own := read("2632800025")
	require.Equal(t, ticket.Answered, own.Status)
	require.Equal(t, "đã gọi", own.Note)
	require.Equal(t, "+84908123456", own.Caller)
	row, _, err := db.Call(ctx, "t1-3.9")
	require.NoError(t, err)
	require.True(t, row.Outbound)
	require.Equal(t, "2632800017", row.Ticket)
	faults, err := db.Faults(ctx)
	require.NoError(t, err)
	require.Empty(t, faults)
}
