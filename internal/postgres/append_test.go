package postgres_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/ticket"
)

func TestACallBecomesATicket(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", conversation("2632800017", "+84908123456", "Rác ở đường Yersin")...)))

	got, err := db.Ticket(ctx, "2632800017", ticket.Names{Fields: ticket.Fields{{Key: "environment", Group: call.Field, Vi: "Môi trường"}}})
	require.NoError(t, err)
	require.Equal(t, ticket.Row{
		Code: "2632800017", Call: "t1-1.1", OpenedAt: at.Add(10 * time.Second).Truncate(time.Microsecond), Channel: ticket.ByPhone,
		Caller: "+84908123456", CallerVi: "0908 123 456", Group: call.Field, Field: "environment", FieldVi: "Môi trường",
		Status: ticket.Answered, Outcome: call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking},
		Agent: "lan", AgentName: "Nguyễn Thị Lan", Note: "Rác ở đường Yersin", Recording: true,
	}, got.Row)
	require.Equal(t, int64(40_000), got.WaitedMS)
	require.Equal(t, int64(10_000), got.TalkedMS)
	require.Len(t, got.Timeline, 13)
	require.Equal(t, "Nguyễn Thị Lan nhấc máy", got.Timeline[7].Vi)

	row, events, err := db.Call(ctx, "t1-1.1")
	require.NoError(t, err)
	require.Equal(t, call.Ended, row.Stage)
	require.Equal(t, "2632800017", row.Ticket)
	require.Equal(t, call.Served, row.Outcome.Result)
	require.Len(t, events, 13)
	require.Equal(t, arrived("2632800017", "+84908123456"), events[0].Fact)

	path, err := db.Recording(ctx, "t1-1.1", 0)
	require.NoError(t, err)
	require.Equal(t, "2026/11/24/2632800017.wav", path)
}

// However often and in whatever order events are shipped, the tables are the same.
func TestAppendIsIdempotentAndIndifferentToOrder(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	w := writer{node: "t1"}
	var events []call.Event
	for i := range 12 {
		id := call.ID(fmt.Sprintf("t1-%d.1", i))
		facts := conversation(fmt.Sprintf("26328%05d", i), "+84908123456", "ghi chú")
		events = append(events, w.write(id, facts[:1+i]...)...)
		events = append(events, w.write(id, call.AgentMoved{Agent: "lan", From: call.Available, To: call.Reserved})...)
	}
	want := ""
	for round := range 4 {
		db, url := open(t)
		mixed := append(append([]call.Event(nil), events...), events[:len(events)/2]...)
		if round > 0 {
			rand.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		}
		for len(mixed) > 0 {
			n := min(len(mixed), 1+rand.IntN(40))
			require.NoError(t, db.Append(ctx, mixed[:n]))
			mixed = mixed[n:]
		}
		got := dump(t, url)
		if round == 0 {
			want = got
			require.Contains(t, got, "2632800011")
		}
		require.Equal(t, want, got)
		kept, err := db.EventsSince(ctx, at)
		require.NoError(t, err)
		require.Len(t, kept, len(events))
	}
}

// Two writers may ship the same events at the same time.
func TestTwoWritersAtOnce(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	w := writer{node: "t1"}
	events := w.write("t1-1.1", conversation("2632800017", "+84908123456", "x")...)
	done := make(chan error, 2*len(events))
	for range 2 {
		go func() {
			for _, e := range events {
				done <- db.Append(context.WithoutCancel(t.Context()), []call.Event{e})
			}
		}()
	}
	for range 2 * len(events) {
		require.NoError(t, <-done)
	}
	require.Contains(t, dump(t, url), "2632800017")
	row, _, err := db.Call(t.Context(), "t1-1.1")
	require.NoError(t, err)
	require.Equal(t, call.Ended, row.Stage)
	require.Equal(t, int64(10_000), row.TalkedMS)
}

// Journals that count from the beginning again must not lose their events silently.
func TestAnotherJournalUnderTheSameNameIsRefused(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	old, replaced := writer{node: "t1"}, writer{node: "t1"}
	require.NoError(t, db.Append(t.Context(), old.write("t1-1.1", arrived("2632800017", ""))))
	err := db.Append(t.Context(), replaced.write("t1-2.1", arrived("2632800025", ""), call.Greeted{}))
	require.ErrorIs(t, err, postgres.ErrOtherJournal)
	kept, err := db.EventsSince(t.Context(), at)
	require.NoError(t, err)
	require.Len(t, kept, 1, "all or nothing")
}

// What a caller or an agent sends must never hold up everybody's events.
func TestTextThatPostgresCannotHold(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	w := writer{node: "t1"}
	facts := conversation("2632800017", "a\x00b\xff", "một\x00 hai \\u0000 ba")
	require.NoError(t, db.Append(t.Context(), w.write("t1-1.1", facts...)))
	got, err := db.Ticket(t.Context(), "2632800017", ticket.Names{})
	require.NoError(t, err)
	require.Equal(t, "a\uFFFDb\uFFFD", got.Caller)
	require.Equal(t, "một\uFFFD hai \\u0000 ba", got.Note)
	_, err = db.Tickets(t.Context(), ticket.Filter{Search: "a\x00\xff"}, nil)
	require.NoError(t, err)
	_, err = db.Ticket(t.Context(), "\x00", ticket.Names{})
	require.ErrorIs(t, err, postgres.ErrNotFound)
	_, _, err = db.Call(t.Context(), "\xff")
	require.ErrorIs(t, err, postgres.ErrNotFound)
}

// A call that the checks refuse is noted, and holds up nobody else.
func TestARefusedCallHoldsUpNobody(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	events := w.write("t1-1.1", conversation("2632800017", "", "")...)
	events = append(events, w.write("t1-2.1", arrived("no code", ""))...)
	events = append(events, w.write("t1-3.1", arrived("2632800017", ""))...) // a code that is taken
	events = append(events, w.write("t1-4.1", conversation("2632800025", "", "")...)...)
	require.NoError(t, db.Append(ctx, events))
	_, err := db.Ticket(ctx, "2632800025", ticket.Names{})
	require.NoError(t, err)
	faults, err := db.Faults(ctx)
	require.NoError(t, err)
	require.Len(t, faults, 2)
	require.Contains(t, faults["t1-2.1"], "ticket_code_check")
	require.NotContains(t, faults["t1-3.1"], "2632800017", "values stay out of what is logged")

	// Once the reason is gone, the next start makes up for it.
	exec(t, url, "ALTER TABLE ticket DROP CONSTRAINT ticket_code_check")
	require.NoError(t, db.Migrate(ctx))
	_, err = db.Ticket(ctx, "no code", ticket.Names{})
	require.NoError(t, err)
	faults, err = db.Faults(ctx)
	require.NoError(t, err)
	require.Len(t, faults, 1)
}

// A newer version's facts are kept, and passed over by one that does not know them.
func TestFactsOfANewerVersion(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	w := writer{node: "t1"}
	require.NoError(t, db.Append(t.Context(), w.write("t1-1.1", arrived("2632800017", ""))))
	exec(t, url, `INSERT INTO call_event (id, at, call, kind, data) VALUES ('t1-000000000900', now(), 't1-1.1', 'teleported', '{}')`)
	require.NoError(t, db.Append(t.Context(), w.write("t1-1.1", queued())))
	row, events, err := db.Call(t.Context(), "t1-1.1")
	require.NoError(t, err)
	require.Equal(t, call.Waiting, row.Stage)
	require.Len(t, events, 2)
}

// dump is everything that was folded, as text.
func dump(tb testing.TB, url string) string {
	tb.Helper()
	var text string
	query(tb, url, &text, `SELECT concat_ws(E'\n', (SELECT string_agg(c::text, E'\n' ORDER BY id) FROM call c), (SELECT string_agg(t::text, E'\n' ORDER BY code) FROM ticket t),
		(SELECT string_agg(r::text, E'\n' ORDER BY call) FROM recording r), (SELECT string_agg(a::text, E'\n' ORDER BY agent) FROM agent_state a))`)
	return text
}

func query(tb testing.TB, url string, into any, sql string) {
	tb.Helper()
	conn, err := pgx.Connect(tb.Context(), url)
	require.NoError(tb, err)
	defer conn.Close(tb.Context()) //nolint:errcheck // the test ends
	require.NoError(tb, conn.QueryRow(tb.Context(), sql).Scan(into))
}

func exec(tb testing.TB, url, sql string) {
	tb.Helper()
	require.NoError(tb, tryExec(tb, url, sql))
}

func tryExec(tb testing.TB, url, sql string) error {
	tb.Helper()
	conn, err := pgx.Connect(tb.Context(), url)
	require.NoError(tb, err)
	defer conn.Close(tb.Context()) //nolint:errcheck // the test ends
	_, err = conn.Exec(tb.Context(), sql)
	return err
}
