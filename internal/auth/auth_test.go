package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/stretchr/testify/require"
)

func TestPasswordsAreKeptAsArgon2idWithASaltEach(t *testing.T) {
	t.Parallel()
	one, err := Hash("the same")
	require.NoError(t, err)
	two, err := Hash("the same")
	require.NoError(t, err)
	require.NotEqual(t, one, two)
	require.True(t, strings.HasPrefix(one, "$argon2id$v=19$"))
	// RFC 9106 §4: 64 MiB is the memory of the second recommended choice.
	params, salt, key, err := argon2id.DecodeHash(one)
	require.NoError(t, err)
	require.GreaterOrEqual(t, params.Memory, uint32(64<<10))
	require.Len(t, salt, 16)
	require.Len(t, key, 32)
}

func TestSigningIn(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	s := service(t, store)
	ctx := t.Context()
	person, token, err := s.SignIn(ctx, Attempt{User: "lan", Password: lanPassword, Address: "10.0.0.1"})
	require.NoError(t, err)
	require.Equal(t, Session{Person: store.people["lan"], Way: ByPassword}, person)
	require.Len(t, token, 52, "twice 130 bits")
	for _, kept := range store.sessions {
		require.NotContains(t, string(kept.hash), token)
		require.Len(t, kept.hash, 32)
	}
	who, err := s.Session(ctx, token)
	require.NoError(t, err)
	require.Equal(t, person, who)

	// The same in both directions: what is no session's is nobody's.
	_, err = s.Session(ctx, token+"x")
	require.ErrorIs(t, err, ErrUnknown)
	_, err = s.Bearer(ctx, token)
	require.ErrorIs(t, err, ErrUnknown, "a session is no bearer token")

	require.NoError(t, s.SignOut(ctx, token))
	_, err = s.Session(ctx, token)
	require.ErrorIs(t, err, ErrUnknown)
	require.NoError(t, s.SignOut(ctx, token), "twice is once")

	for _, c := range [][2]string{{"lan", ""}, {"lan", lanPassword + " "}, {"lan", strings.ToUpper(lanPassword)}, {"hung", lanPassword}, {"", ""}} {
		_, token, err = s.SignIn(ctx, Attempt{User: c[0], Password: c[1], Address: "10.0.0.1"})
		require.ErrorIs(t, err, ErrWrong, c)
		require.Empty(t, token)
	}
}

func TestARestartKeepsSessionsAndTokensAndForgetsTries(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	before := service(t, store)
	ctx := t.Context()
	_, session, err := before.SignIn(ctx, Attempt{User: "lan", Password: lanPassword, Address: "10.0.0.1"})
	require.NoError(t, err)
	token, err := before.NewToken(ctx, "wall", "", Supervisor)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(token, "h1_"), "so that scanners find one that leaked")
	for range triesOfBoth {
		_, _, err = before.SignIn(ctx, Attempt{User: "lan", Password: "wrong", Address: "10.0.0.1"})
		require.ErrorIs(t, err, ErrWrong)
	}
	_, _, err = before.SignIn(ctx, Attempt{User: "lan", Password: lanPassword, Address: "10.0.0.1"})
	require.ErrorIs(t, err, ErrTooMany)

	after := service(t, store)
	who, err := after.Session(ctx, session)
	require.NoError(t, err)
	require.Equal(t, "lan", who.ID)
	tool, err := after.Bearer(ctx, token)
	require.NoError(t, err)
	require.Equal(t, Person{Name: "wall", Role: Supervisor}, tool)
	_, _, err = after.SignIn(ctx, Attempt{User: "lan", Password: lanPassword, Address: "10.0.0.1"})
	require.NoError(t, err)
}

func TestWhoFailsTooOftenWaitsAMinute(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	synctest.Test(t, func(t *testing.T) {
		s := service(t, store)
		signIn := func(user, password, from string) error {
			_, _, err := s.SignIn(t.Context(), Attempt{User: user, Password: password, Address: from})
			return err
		}
		for range triesOfBoth {
			require.ErrorIs(t, signIn("lan", "wrong", "10.0.0.1"), ErrWrong)
			time.Sleep(time.Second) //nolint:forbidigo // the bubble's clock
		}
		require.ErrorIs(t, signIn("lan", lanPassword, "10.0.0.1"), ErrTooMany, "the right one does not tell itself either")
		require.NoError(t, signIn("lan", lanPassword, "10.0.0.2"), "a stranger keeps nobody out who is elsewhere")
		time.Sleep(triesPer - triesOfBoth*time.Second - time.Nanosecond) //nolint:forbidigo // see above
		require.ErrorIs(t, signIn("lan", lanPassword, "10.0.0.1"), ErrTooMany)
		time.Sleep(time.Nanosecond) //nolint:forbidigo // see above
		require.NoError(t, signIn("lan", lanPassword, "10.0.0.1"), "the first try is a minute ago")
	})
}

func TestManyNamesFromOnePlaceAndOneNameFromMany(t *testing.T) {
	t.Parallel()
	var counted tries
	counted.failed = map[string][]time.Time{}
	now := time.Now()
	for i := range triesFromOne {
		require.False(t, counted.tooMany(now, passwordLimits(fmt.Sprint("u", i), "here")...))
		counted.add(now, passwordLimits(fmt.Sprint("u", i), "here")...)
	}
	require.True(t, counted.tooMany(now, passwordLimits("another", "here")...))
	for i := range triesOfOne {
		counted.add(now, passwordLimits("lan", fmt.Sprint("10.0.0.", i))...)
	}
	require.True(t, counted.tooMany(now, passwordLimits("lan", "elsewhere")...))
	require.False(t, counted.tooMany(now, passwordLimits("hung", "elsewhere")...))

	// What nobody asks for again does not stay for ever.
	for i := range 10_000 {
		counted.add(now, passwordLimits(fmt.Sprint("made up ", i), "there")...)
	}
	counted.add(now.Add(2*triesPer), passwordLimits("lan", "here")...)
	require.Len(t, counted.failed, 3)
}

func TestAThousandTriesAtOnceAreNotMoreThanTenOneByOne(t *testing.T) {
	t.Parallel()
	s := service(t, newMemory(t))
	var wg sync.WaitGroup
	var mu sync.Mutex
	wrong := 0
	for range 200 {
		wg.Go(func() {
			_, _, err := s.SignIn(t.Context(), Attempt{User: "lan", Password: "wrong", Address: "10.0.0.1"})
			mu.Lock()
			defer mu.Unlock()
			if errors.Is(err, ErrWrong) {
				wrong++
			}
		})
	}
	wg.Wait()
	require.LessOrEqual(t, wrong, triesOfBoth+cap(s.slots)-1, "each slot may be one too far")
}

func TestWhoGoesAwayWhileTheOthersAreHashedWaitsForNothing(t *testing.T) {
	t.Parallel()
	s := service(t, newMemory(t))
	for range cap(s.slots) {
		s.slots <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err := s.SignIn(ctx, Attempt{User: "lan", Password: lanPassword, Address: "10.0.0.1"})
	require.ErrorIs(t, err, context.Canceled)
}

func TestAStoreThatIsAwayIsNobodysWrongPassword(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	s := service(t, store)
	store.err = errors.New("away")
	for range triesOfBoth + 1 {
		_, _, err := s.SignIn(t.Context(), Attempt{User: "lan", Password: lanPassword, Address: "10.0.0.1"})
		require.ErrorIs(t, err, store.err)
	}
	store.err = nil
	_, _, err := s.SignIn(t.Context(), Attempt{User: "lan", Password: lanPassword, Address: "10.0.0.1"})
	require.NoError(t, err)
}

func TestASessionEndsWhenNobodyUsesIt(t *testing.T) {
	t.Parallel()
	store := newMemory(t)
	synctest.Test(t, func(t *testing.T) {
		s := service(t, store)
		_, token, err := s.SignIn(t.Context(), Attempt{User: "lan", Password: lanPassword, Address: "10.0.0.1"})
		require.NoError(t, err)
		for range 3 {
			time.Sleep(Idle - time.Second) //nolint:forbidigo // the bubble's clock
			_, err = s.Session(t.Context(), token)
			require.NoError(t, err, "use keeps it")
		}
		time.Sleep(Idle) //nolint:forbidigo // see above
		_, err = s.Session(t.Context(), token)
		require.ErrorIs(t, err, ErrUnknown)
	})
}
