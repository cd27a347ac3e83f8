package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
)

func TestSheetsAreKept(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	now := at.Truncate(time.Microsecond)
	ending := slot("2026-11-23", "night")
	read := func() (s roster.Sheet, filled bool) {
		require.NoError(t, db.ReadRoster(ctx, func(r *postgres.Roster) (err error) { s, filled, err = r.Sheet(ctx, ending); return err }))
		return s, filled
	}
	err := db.ReadRoster(ctx, func(r *postgres.Roster) error { _, _, err := r.Sheet(ctx, ending); return err })
	require.ErrorIs(t, err, postgres.ErrNotFound)

	// A note before the change, then the change, then signing and reading.
	noted := roster.Sheet{
		Change: roster.Change{At: now, From: ending, To: slot("2026-11-24", "morning"), Outgoing: []call.AgentID{"lan"}},
		Notes:  []roster.Note{{By: "lan", At: now, Text: "Cầu Phú Cường ngập"}},
	}
	change(t, db, func(r *postgres.Roster) error { return r.SaveSheet(ctx, noted, false) })
	got, filled := read()
	require.False(t, filled)
	require.Equal(t, noted, got)

	whole := noted
	whole.Change.Incoming = []call.AgentID{"hung"}
	whole.Calls = []roster.OpenCall{{Call: "t1-1.1", Stage: call.Talking, Agent: "lan", Emergency: true, Since: now, Ticket: "2632800017"}}
	whole.Callbacks = []roster.OpenCallback{{Call: "t1-2.1", Ticket: "2632800025", Due: now, Tries: 2}}
	whole.Tickets = []roster.OpenTicket{{Ticket: "2632800033", Deadline: now, Note: "x"}}
	whole.Notes = append(whole.Notes, roster.Note{By: "hung", At: now, Text: "Đã báo điện lực"})
	change(t, db, func(r *postgres.Roster) error { return r.SaveSheet(ctx, whole, true) })
	whole.Writer, whole.WrittenAt = "lan", now.Add(time.Minute)
	whole.Reads = []roster.Read{{Agent: "hung", At: now.Add(2 * time.Minute)}}
	for range 2 {
		change(t, db, func(r *postgres.Roster) error { return r.SaveSheet(ctx, whole, true) })
		got, filled = read()
		require.True(t, filled)
		require.Equal(t, whole, got)
	}

	// Who wrote it wrote it about what was open.
	fails(t, db, func(r *postgres.Roster) error { return r.SaveSheet(ctx, whole, false) })
	nowhere := roster.Sheet{Change: roster.Change{At: now, From: slot("today", "night")}}
	fails(t, db, func(r *postgres.Roster) error { return r.SaveSheet(ctx, nowhere, true) })
	nowhere.Change.From, nowhere.Change.To = ending, slot("today", "morning")
	fails(t, db, func(r *postgres.Roster) error { return r.SaveSheet(ctx, nowhere, true) })
	last := roster.Sheet{Change: roster.Change{At: now, From: slot("2026-11-24", "morning")}}
	change(t, db, func(r *postgres.Roster) error { return r.SaveSheet(ctx, last, true) })
}

func TestWhatIsOpenAtAChange(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	missed := func(id call.ID, code, caller string) []call.Event {
		return w.write(id, arrived(code, caller), queued(), finished(call.Abandoned, call.Waiting))
	}
	for _, events := range [][]call.Event{
		missed("t1-1.1", "2632800017", "+84908000001"),
		missed("t1-2.1", "2632800025", "+84908000002"), // called again and was answered
		missed("t1-3.1", "2632800033", ""),
		missed("t1-4.1", "2632800041", ""), // somebody else who withholds the number was not
		w.write("t1-5.1", conversation("2632800058", "+84908000002", "x")...),
		w.write("t1-6.1", conversation("2632800066", "", "x")...),
		w.write("t1-7.1", arrived("2632800074", "+84908000003"), call.Queued{Queue: "emergency", Topic: call.Topic{Group: call.Emergency}}),
	} {
		require.NoError(t, db.Append(ctx, events))
	}
	require.NoError(t, db.ReadRoster(ctx, func(r *postgres.Roster) error {
		list, err := r.MissedCalls(ctx, at, at.Add(time.Hour))
		require.NoError(t, err)
		calls := []call.ID{}
		for _, m := range list {
			calls = append(calls, m.Call)
		}
		require.Equal(t, []call.ID{"t1-1.1", "t1-3.1", "t1-4.1"}, calls)
		ended := at.Add(30 * time.Second)
		require.Equal(t, postgres.MissedCall{Call: "t1-1.1", Ticket: "2632800017", Caller: "+84908000001", EndedAt: ended.Truncate(time.Microsecond)}, list[0])
		list, err = r.MissedCalls(ctx, at, ended)
		require.NoError(t, err)
		require.Empty(t, list)

		live, err := r.LiveCalls(ctx, at)
		require.NoError(t, err)
		require.Len(t, live, 1)
		require.Equal(t, call.ID("t1-7.1"), live[0].Call)
		require.Equal(t, call.Waiting, live[0].Stage)
		require.True(t, live[0].Emergency)
		require.Equal(t, "2632800074", live[0].Ticket)
		live, err = r.LiveCalls(ctx, at.Add(time.Hour))
		require.Empty(t, live)
		return err
	}))
}

func TestSignInsAreReadForAttendance(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", arrived("2632800017", ""))))
	moves := w.write("", call.AgentMoved{Agent: "lan", From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn},
		call.Restarted{}, call.AgentMoved{Agent: "lan", From: call.Paused, To: call.Offline})
	require.NoError(t, db.Append(ctx, moves))
	got, err := db.AgentEvents(ctx, at, at.Add(40*time.Second))
	require.NoError(t, err)
	for i := range moves {
		moves[i].At = moves[i].At.Truncate(time.Microsecond)
	}
	require.Equal(t, moves[:2], got, "up to a moment, without those of calls")
	spans := roster.Presences(got, at.Add(time.Minute), 0)["lan"]
	require.Equal(t, []roster.Span{{From: moves[0].At, To: moves[1].At}}, spans)
}
