package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/auth"
)

func TestSessions(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	ctx := t.Context()
	now := time.Now().Truncate(time.Microsecond)
	idle := now.Add(-auth.Idle)
	lan, hash := []byte("lan's"), "hash of lan"

	person, kept, err := db.Password(ctx, "lan")
	require.NoError(t, err)
	require.Equal(t, hash, kept)
	require.NoError(t, db.AddSession(ctx, lan, "lan", auth.ByPassword, now))
	got, err := db.UseSession(ctx, lan, now, idle)
	require.NoError(t, err)
	require.Equal(t, auth.KeptSession{Person: person, Way: auth.ByPassword}, got)

	// Use keeps a session alive, and is written down once a minute.
	soon, later := now.Add(10*time.Second), now.Add(auth.Idle-time.Second)
	_, err = db.UseSession(ctx, lan, soon, soon.Add(-auth.Idle))
	require.NoError(t, err)
	var used time.Time
	query(t, url, &used, "SELECT used_at FROM session")
	require.True(t, used.Equal(now))
	_, err = db.UseSession(ctx, lan, later, later.Add(-auth.Idle))
	require.NoError(t, err)
	query(t, url, &used, "SELECT used_at FROM session")
	require.True(t, used.Equal(later))

	// An idle one is over, and goes with the next sign-in.
	over := later.Add(auth.Idle)
	_, err = db.UseSession(ctx, lan, over, over.Add(-auth.Idle))
	require.ErrorIs(t, err, auth.ErrUnknown)
	require.NoError(t, db.AddSession(ctx, []byte("hung's"), "hung", auth.BySSO, over))
	var n int
	query(t, url, &n, "SELECT count(*) FROM session")
	require.Equal(t, 1, n)

	require.NoError(t, db.EndSession(ctx, []byte("hung's")))
	_, err = db.UseSession(ctx, []byte("hung's"), over, over.Add(-auth.Idle))
	require.ErrorIs(t, err, auth.ErrUnknown)
}

func TestWhoLeftMayDoNothing(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	ctx := t.Context()
	now := time.Now()
	require.NoError(t, db.AddSession(ctx, []byte("s"), "lan", auth.ByPassword, now))
	require.NoError(t, db.AddToken(ctx, []byte("t"), "lan's phone", "lan", auth.Agent, now))
	require.NoError(t, db.AddToken(ctx, []byte("tool"), "reports", "", auth.Supervisor, now))
	token, err := db.Token(ctx, []byte("t"))
	require.NoError(t, err)
	require.Equal(t, auth.Person{ID: "lan", Name: "Nguyễn Thị Lan", Role: auth.Agent}, token)
	exec(t, url, "UPDATE staff SET active = false WHERE id = 'lan'")
	_, err = db.UseSession(ctx, []byte("s"), now, now.Add(-auth.Idle))
	require.ErrorIs(t, err, auth.ErrUnknown)
	_, err = db.Token(ctx, []byte("t"))
	require.ErrorIs(t, err, auth.ErrUnknown)
	_, _, err = db.Password(ctx, "lan")
	require.ErrorIs(t, err, auth.ErrUnknown)
	_, _, err = db.Password(ctx, "l\x00an\xff")
	require.ErrorIs(t, err, auth.ErrUnknown)
	tool, err := db.Token(ctx, []byte("tool"))
	require.NoError(t, err)
	require.Equal(t, auth.Person{Name: "reports", Role: auth.Supervisor}, tool)
	var noted bool
	query(t, url, &noted, "SELECT used_at IS NOT NULL FROM api_token WHERE name = 'reports'")
	require.True(t, noted)
}

func TestStaffWhoAreThereStayAsTheyAre(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	require.NoError(t, db.AddStaff(ctx, auth.Person{ID: "lan", Name: "Somebody Else", Role: auth.Admin}, "another hash"))
	people, err := db.Staff(ctx)
	require.NoError(t, err)
	require.Equal(t, []auth.Person{{ID: "hung", Name: "Trần Văn Hùng", Role: auth.Supervisor}, {ID: "lan", Name: "Nguyễn Thị Lan", Role: auth.Agent}}, people)
}
