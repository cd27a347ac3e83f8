package postgres_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/testkit/realstack"
	"hotline1022/internal/ticket"
)

func TestEventsAreNeverChanged(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	w := writer{node: "t1"}
	require.NoError(t, db.Append(t.Context(), w.write("t1-1.1", arrived("2632800017", ""))))
	for _, sql := range []string{
		"UPDATE call_event SET data = '{}'", "UPDATE call_event SET at = now()", "DELETE FROM call_event", "TRUNCATE call_event",
		"TRUNCATE call_event CASCADE", "SET hotline.forgetting = 'on'; UPDATE call_event SET kind = 'x'", "SET hotline.forgetting = 'on'; TRUNCATE call_event",
	} {
		require.ErrorContains(t, tryExec(t, url, sql), "append-only", sql)
	}
	var n int
	query(t, url, &n, "SELECT count(*) FROM call_event")
	require.Equal(t, 1, n)
}

// Retention is the one way in which events go, whole calls at a time.
func TestForgetEvents(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	ended := w.write("t1-1.1", conversation("2632800017", "+84908123456", "x")...)
	moved := w.write("", call.AgentMoved{Agent: "lan", From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn})
	open := w.write("t1-2.1", arrived("2632800025", ""))
	before := at.Add(time.Hour)
	late := w.write("t1-3.1", arrived("2632800033", ""), finished(call.Abandoned, call.Menu))
	late[1].At = before.Add(time.Second)
	for _, events := range [][]call.Event{ended, moved, open, late} {
		require.NoError(t, db.Append(ctx, events))
	}
	removed, err := db.ForgetEvents(ctx, before)
	require.NoError(t, err)
	require.Equal(t, int64(len(ended)+len(moved)), removed)
	got, err := db.Ticket(ctx, "2632800017", ticket.Names{})
	require.NoError(t, err, "the ticket stays")
	require.Empty(t, got.Timeline)
	require.Equal(t, int64(40_000), got.WaitedMS)

	// What comes late for a forgotten call undoes nothing.
	require.NoError(t, db.Append(ctx, w.write("t1-1.1", call.WrappedUp{Agent: "lan", Note: "late"})))
	again, err := db.Ticket(ctx, "2632800017", ticket.Names{})
	require.NoError(t, err)
	require.Equal(t, "x", again.Note)
	require.ErrorContains(t, tryExec(t, url, "DELETE FROM call_event"), "append-only")
}

// The table allows exactly the moves that the line's engine may make.
func TestTheMovesOfAgentsAreThoseOfTheEngine(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	states := []call.AgentState{call.Offline, call.Available, call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp, call.Paused}
	for i, from := range states {
		for j, to := range states {
			agent := fmt.Sprintf("a%d%d", i, j)
			err := tryExec(t, url, fmt.Sprintf(`INSERT INTO agent_state (agent, from_, state, reason, call, since, node, seq)
				VALUES ('%s', '%s', '%s', '', '', now(), 't1', 1)`, agent, from, to))
			require.Equal(t, acd.CanMove(from, to), err == nil, "%s → %s: %v", from, to, err)
		}
	}
	// An illegal one in the journal holds up nothing.
	w := writer{node: "t1"}
	require.NoError(t, db.Append(t.Context(), w.write("", call.AgentMoved{Agent: "lan", From: call.Offline, To: call.WrapUp},
		call.AgentMoved{Agent: "hung", From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn})))
}

func TestAgentsAreWhereTheLastEventLeftThem(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	w := writer{node: "t1"}
	first := w.write("", call.AgentMoved{Agent: "lan", From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn})
	second := w.write("", call.AgentMoved{Agent: "lan", From: call.Paused, To: call.Available})
	third := w.write("t1-1.1", call.AgentMoved{Agent: "lan", From: call.Available, To: call.Reserved})
	third[0].At = at.Add(-time.Hour) // the clock was set back; the journal's order counts
	require.NoError(t, db.Append(ctx, third))
	require.NoError(t, db.Append(ctx, append(second, first...)))
	require.NoError(t, db.Append(ctx, append(first, third...)))
	states, err := db.AgentStates(ctx)
	require.NoError(t, err)
	require.Equal(t, []postgres.AgentState{
		{Agent: "lan", State: call.Reserved, Call: "t1-1.1", Since: third[0].At.Truncate(time.Microsecond)},
	}, states)
}

// A database of the first release comes along with its rows.
func TestMigratingWhatIsThere(t *testing.T) {
	t.Parallel()
	url := realstack.Database(t, serverURL)
	ctx := t.Context()
	pool, err := pgxpool.New(ctx, url)
	require.NoError(t, err)
	defer pool.Close()
	conn := stdlib.OpenDBFromPool(pool)
	defer conn.Close() //nolint:errcheck // the test ends
	provider, err := goose.NewProvider(goose.DialectPostgres, conn, postgres.MigrationFiles(t))
	require.NoError(t, err)
	_, err = provider.UpTo(ctx, 1)
	require.NoError(t, err)
	exec(t, url, `INSERT INTO call_event (id, at, call, kind, data) VALUES ('bd1-000000000042', now(), 't1-1.1', 'greeted', '{}'), ('odd', now(), NULL, 'greeted', '{}')`)

	db, err := postgres.Open(ctx, url)
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, db.Migrate(ctx))
	require.NoError(t, db.Migrate(ctx), "again changes nothing")
	var text string
	query(t, url, &text, "SELECT string_agg(node || ' ' || coalesce(seq::text, 'none'), ', ' ORDER BY id) FROM call_event")
	require.Equal(t, "bd1 42, odd none", text)
}

func TestProcessesThatStartTogetherMigrateOnce(t *testing.T) {
	t.Parallel()
	url := realstack.Database(t, serverURL)
	ctx := t.Context()
	done := make(chan error, 3)
	for range cap(done) {
		go func() {
			db, err := postgres.Open(context.WithoutCancel(ctx), url)
			if err == nil {
				err = db.Migrate(context.WithoutCancel(ctx))
				db.Close()
			}
			done <- err
		}()
	}
	for range cap(done) {
		require.NoError(t, <-done)
	}
}
