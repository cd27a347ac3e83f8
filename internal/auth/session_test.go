package auth

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLockingAndUnlocking(t *testing.T) {
	t.Parallel()
	s := service(t, newMemory(t))
	ctx := t.Context()
	session, token, err := s.SignIn(ctx, asLan(""))
	require.NoError(t, err)
	require.False(t, session.Locked)
	_, other, err := s.SignIn(ctx, asLan(""))
	require.NoError(t, err)
	require.NoError(t, s.Lock(ctx, token))
	session, err = s.Session(ctx, token)
	require.NoError(t, err)
	require.True(t, session.Locked, "a reload does not open it")
	session, err = s.Session(ctx, other)
	require.NoError(t, err)
	require.False(t, session.Locked, "another browser of theirs is another's")

	for range triesOfBoth {
		require.ErrorIs(t, s.Unlock(ctx, token, "wrong", "10.0.0.1"), ErrWrong)
	}
	require.ErrorIs(t, s.Unlock(ctx, token, lanPassword, "10.0.0.1"), ErrTooMany)
	require.NoError(t, s.Unlock(ctx, token, lanPassword, "10.0.0.2"))
	session, err = s.Session(ctx, token)
	require.NoError(t, err)
	require.False(t, session.Locked)
	require.ErrorIs(t, s.Unlock(ctx, "nobody's", lanPassword, "10.0.0.2"), ErrUnknown)
	require.ErrorIs(t, s.Lock(ctx, "nobody's"), ErrUnknown)
}

func TestAPasswordThatSomebodyElseMadeIsChanged(t *testing.T) {
	t.Parallel()
	s := service(t, newMemory(t))
	ctx := t.Context()
	made, err := s.Add(ctx, Member{Person: Person{ID: "mai", Name: "Võ Mai", Role: Agent}})
	require.NoError(t, err)
	require.Regexp(t, `^[a-z2-7]{4}(-[a-z2-7]{4}){3}$`, made)
	mai := Attempt{User: "mai", Password: made, Address: "10.0.0.1"}
	session, token, err := s.SignIn(ctx, mai)
	require.NoError(t, err)
	require.Equal(t, []Duty{NewPassword}, session.Must)
	_, other, err := s.SignIn(ctx, mai)
	require.NoError(t, err)

	for _, weak := range []string{"", "ngắn quá", made, "MAI"} {
		require.ErrorIs(t, s.ChangePassword(ctx, token, mai, weak), ErrWeak, weak)
	}
	require.ErrorIs(t, s.ChangePassword(ctx, token, Attempt{User: "mai", Password: "wrong"}, "mật khẩu mới"), ErrWrong)
	require.NoError(t, s.ChangePassword(ctx, token, mai, "mật khẩu mới"))
	session, err = s.Session(ctx, token)
	require.NoError(t, err)
	require.Empty(t, session.Must)
	_, err = s.Session(ctx, other)
	require.ErrorIs(t, err, ErrUnknown, "their other sessions end")
	_, _, err = s.SignIn(ctx, mai)
	require.ErrorIs(t, err, ErrWrong)

	again, err := s.ResetPassword(ctx, "mai")
	require.NoError(t, err)
	require.NotEqual(t, made, again)
	_, err = s.Session(ctx, token)
	require.ErrorIs(t, err, ErrUnknown)
	_, err = s.ResetPassword(ctx, "nobody")
	require.ErrorIs(t, err, ErrUnknown)
	require.True(t, s.Knows(ctx, "mai"))
	require.False(t, s.Knows(ctx, "nobody"))
}

func TestWhoHasNoPasswordSignsInAnotherWay(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	store.hashes["lan"] = ""
	s := service(t, store)
	_, _, err := s.SignIn(t.Context(), Attempt{User: "lan", Address: "10.0.0.1"})
	require.ErrorIs(t, err, ErrWrong)
}

func TestNamesThatAreNone(t *testing.T) {
	t.Parallel()
	s := service(t, newMemory(t))
	for _, m := range []Member{
		{Person: Person{ID: "Mai", Name: "Mai", Role: Agent}}, {Person: Person{ID: "1mai", Name: "Mai", Role: Agent}}, {Person: Person{ID: "", Name: "Mai", Role: Agent}},
		{Person: Person{ID: "mai", Name: " ", Role: Agent}}, {Person: Person{ID: "mai", Name: "Mai", Role: "king"}},
	} {
		_, err := s.Add(t.Context(), m)
		require.ErrorIs(t, err, ErrNoName, m)
	}
	require.ErrorIs(t, s.Change(t.Context(), Member{Person: Person{ID: "lan", Role: Agent}}), ErrNoName)
}
