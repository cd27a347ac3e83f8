package postgres_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/auth"
)

func TestPeopleComeChangeAndGo(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	mai := auth.Member{Person: auth.Person{ID: "mai", Name: "Võ Mai", Role: auth.Editor}, SSO: "mai@province"}
	require.NoError(t, db.AddMember(ctx, mai, "hash of mai"))
	require.ErrorIs(t, db.AddMember(ctx, mai, "another"), auth.ErrTaken)
	require.ErrorIs(t, db.AddMember(ctx, auth.Member{Person: auth.Person{ID: "hoa", Name: "Hoa", Role: auth.Agent}, SSO: "mai@province"}, ""), auth.ErrTaken)
	who, err := db.BySSO(ctx, "mai@province")
	require.NoError(t, err)
	require.Equal(t, mai.Person, who)
	_, err = db.BySSO(ctx, "")
	require.ErrorIs(t, err, auth.ErrUnknown)

	mai.Role, mai.SSO = auth.ShiftLead, ""
	require.NoError(t, db.ChangeMember(ctx, mai))
	mai.ID = "nobody"
	require.ErrorIs(t, db.ChangeMember(ctx, mai), auth.ErrUnknown)
	now := time.Now().Truncate(time.Microsecond)
	require.NoError(t, db.AddSession(ctx, []byte("s"), "mai", auth.ByPassword, now))
	people, err := db.People(ctx)
	require.NoError(t, err)
	require.Len(t, people, 3)
	require.True(t, people[2].Seen.Equal(now))
	people[2].Seen = time.Time{}
	require.Equal(t, auth.Member{Person: auth.Person{ID: "mai", Name: "Võ Mai", Role: auth.ShiftLead}, Active: true, Temporary: true}, people[2])
	require.True(t, people[0].Seen.IsZero())

	require.NoError(t, db.SetActive(ctx, "mai", false))
	_, err = db.UseSession(ctx, []byte("s"), now, now.Add(-auth.Idle))
	require.ErrorIs(t, err, auth.ErrUnknown)
	require.NoError(t, db.SetActive(ctx, "mai", true))
	_, err = db.UseSession(ctx, []byte("s"), now, now.Add(-auth.Idle))
	require.ErrorIs(t, err, auth.ErrUnknown, "an old session does not come back with them")
	require.ErrorIs(t, db.SetActive(ctx, "nobody", false), auth.ErrUnknown)
}

func TestSomebodyAlwaysMayChangePeople(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	admins := []string{"an", "binh"}
	for _, id := range admins {
		require.NoError(t, db.AddStaff(ctx, auth.Person{ID: id, Name: id, Role: auth.Admin}, "h"))
	}
	// Each removes the other in the same moment.
	errs := make([]error, 2)
	var both sync.WaitGroup
	both.Go(func() { errs[0] = db.SetActive(ctx, admins[0], false) })
	both.Go(func() {
		errs[1] = db.ChangeMember(ctx, auth.Member{Person: auth.Person{ID: admins[1], Name: "x", Role: auth.Agent}})
	})
	both.Wait()
	if errs[0] == nil {
		require.ErrorIs(t, errs[1], auth.ErrLastAdmin)
	} else {
		require.ErrorIs(t, errs[0], auth.ErrLastAdmin)
		require.NoError(t, errs[1])
	}
}

func TestPasswordsLocksAndOtherSessions(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	now := time.Now()
	idle := now.Add(-auth.Idle)
	for _, hash := range []string{"one", "two"} {
		require.NoError(t, db.AddSession(ctx, []byte(hash), "lan", auth.ByPassword, now))
	}
	require.NoError(t, db.AddSession(ctx, []byte("hung's"), "hung", auth.BySSO, now))
	require.NoError(t, db.LockSession(ctx, []byte("one"), true))
	require.ErrorIs(t, db.LockSession(ctx, []byte("none"), true), auth.ErrUnknown)
	s, err := db.UseSession(ctx, []byte("one"), now, idle)
	require.NoError(t, err)
	require.True(t, s.Locked)
	s, err = db.UseSession(ctx, []byte("hung's"), now, idle)
	require.NoError(t, err)
	require.Equal(t, [2]any{false, auth.BySSO}, [2]any{s.Locked, s.Way})

	require.NoError(t, db.SetPassword(ctx, "lan", "new", false, []byte("one")))
	_, err = db.UseSession(ctx, []byte("one"), now, idle)
	require.NoError(t, err)
	_, err = db.UseSession(ctx, []byte("two"), now, idle)
	require.ErrorIs(t, err, auth.ErrUnknown)
	require.NoError(t, db.SetPassword(ctx, "lan", "made", true, nil))
	_, err = db.UseSession(ctx, []byte("one"), now, idle)
	require.ErrorIs(t, err, auth.ErrUnknown)
	_, err = db.UseSession(ctx, []byte("hung's"), now, idle)
	require.NoError(t, err)
	require.NoError(t, db.AddSession(ctx, []byte("three"), "lan", auth.ByPassword, now))
	s, err = db.UseSession(ctx, []byte("three"), now, idle)
	require.NoError(t, err)
	require.True(t, s.Temporary)
	require.ErrorIs(t, db.SetPassword(ctx, "nobody", "x", true, nil), auth.ErrUnknown)
}

func TestSecondFactors(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	now := time.Now()
	_, err := db.Second(ctx, "lan")
	require.ErrorIs(t, err, auth.ErrUnknown)
	for _, secret := range []string{"first", "second"} {
		began, err := db.BeginSecond(ctx, "lan", []byte(secret))
		require.NoError(t, err)
		require.True(t, began)
	}
	ok, err := db.ConfirmSecond(ctx, "lan", []byte("first"), 100, nil, now)
	require.NoError(t, err)
	require.False(t, ok, "it was begun anew meanwhile")
	ok, err = db.ConfirmSecond(ctx, "lan", []byte("second"), 100, [][]byte{[]byte("r1"), []byte("r2")}, now)
	require.NoError(t, err)
	require.True(t, ok)
	kept, err := db.Second(ctx, "lan")
	require.NoError(t, err)
	require.Equal(t, auth.KeptSecond{Secret: []byte("second"), Confirmed: true}, kept)
	began, err := db.BeginSecond(ctx, "lan", []byte("third"))
	require.NoError(t, err)
	require.False(t, began)

	// Two who use one code in the same moment: one of them has it.
	var mu sync.Mutex
	used := 0
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			ok, err := db.UseStep(ctx, "lan", 101)
			mu.Lock()
			defer mu.Unlock()
			if err == nil && ok {
				used++
			}
		})
	}
	all.Wait()
	require.Equal(t, 1, used)
	for step, want := range map[int64]bool{100: false, 99: false, 101: false} {
		ok, err = db.UseStep(ctx, "lan", step)
		require.NoError(t, err)
		require.Equal(t, want, ok, step)
	}
	for _, want := range []bool{true, false} {
		ok, err = db.UseRecovery(ctx, "lan", []byte("r1"))
		require.NoError(t, err)
		require.Equal(t, want, ok)
	}
	ok, err = db.UseRecovery(ctx, "hung", []byte("r2"))
	require.NoError(t, err)
	require.False(t, ok)
	require.NoError(t, db.RemoveSecond(ctx, "lan"))
	require.NoError(t, db.RemoveSecond(ctx, "lan"), "twice is once")
	ok, err = db.UseRecovery(ctx, "lan", []byte("r2"))
	require.NoError(t, err)
	require.False(t, ok, "the codes go with it")
}
