package postgres_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/audit"
)

func TestTheAuditLogIsOnlyAddedTo(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	ctx := t.Context()
	e := audit.New(audit.Entry{Who: "lan", Name: "Nguyễn Thị Lan", Role: "agent", Act: audit.Listened, Whom: "bd1-1.1", Result: audit.Done, Address: "10.0.0.1"}, "bd1")
	require.NoError(t, db.AddAudit(ctx, []audit.Entry{e, e}), "twice is once")
	require.NoError(t, db.AddAudit(ctx, []audit.Entry{e}))
	conn, err := pgx.Connect(ctx, url)
	require.NoError(t, err)
	defer conn.Close(ctx) //nolint:errcheck // the test ends
	for _, change := range []string{"UPDATE audit SET who = 'hung'", "DELETE FROM audit", "TRUNCATE audit"} {
		_, err = conn.Exec(ctx, change)
		require.Error(t, err, change)
		// Nor by an owner who gives themselves the grant back.
		_, err = conn.Exec(ctx, "GRANT ALL ON audit TO CURRENT_USER")
		require.NoError(t, err)
		_, err = conn.Exec(ctx, change)
		require.ErrorContains(t, err, "append-only", change)
	}
	got, err := db.Audit(ctx, audit.Filter{})
	require.NoError(t, err)
	e.At, e.Detail = e.At.Truncate(time.Microsecond), map[string]string{}
	require.Equal(t, []audit.Entry{e}, got)
}

func TestTheAuditLogIsLookedThrough(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	var all []audit.Entry
	for i, act := range []audit.Act{"staff.disable", audit.Listened, audit.Listened, "notice.put", audit.SignedIn} {
		e := audit.New(audit.Entry{
			Who: "thu.nguyen", Name: "Nguyễn Minh Thư", Act: act, Whom: []string{"lan", "bd1-1.1", "bd1-1.2", "", "thu.nguyen"}[i], Result: audit.Done,
			Detail: map[string]string{"note": "a\x00b"},
		}, "bd1")
		e.At = at.Add(time.Duration(i/2) * time.Minute) // two at once
		all = append(all, e)
	}
	require.NoError(t, db.AddAudit(ctx, all))
	count := func(f audit.Filter) int {
		t.Helper()
		got, err := db.Audit(ctx, f)
		require.NoError(t, err)
		return len(got)
	}
	require.Equal(t, 5, count(audit.Filter{}))
	require.Equal(t, 2, count(audit.Filter{Act: audit.Listened}))
	require.Equal(t, 1, count(audit.Filter{Act: audit.Listened, Whom: "bd1-1.2"}))
	require.Equal(t, 5, count(audit.Filter{Search: "minh thu"}))
	require.Equal(t, 1, count(audit.Filter{Search: "1.2"}))
	require.Equal(t, 0, count(audit.Filter{Search: "%"}))
	require.Equal(t, 0, count(audit.Filter{Who: "lan"}))
	require.Equal(t, 3, count(audit.Filter{Since: at.Add(time.Minute)}))
	require.Equal(t, 2, count(audit.Filter{Until: at.Add(time.Minute)}))

	// Pages of two hold each entry once.
	seen := map[string]bool{}
	f := audit.Filter{Limit: 2}
	for range 3 {
		got, err := db.Audit(ctx, f)
		require.NoError(t, err)
		for _, e := range got {
			require.False(t, seen[e.ID])
			seen[e.ID], f.BeforeAt, f.BeforeID = true, e.At, e.ID
		}
	}
	require.Len(t, seen, 5)
}
