package live_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/call"
	"hotline1022/internal/live"
	"hotline1022/internal/stack"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/realstack"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start runs a Redis, and gives connections of nodes to it, and one past them.
func start(t *testing.T, opts stack.Options) (open func(node string) *live.Redis, raw *redis.Client) {
	t.Helper()
	ends := realstack.Start(t, opts).Endpoints()
	raw = redis.NewClient(&redis.Options{Addr: ends.RedisAddress, Password: ends.RedisPassword})
	t.Cleanup(func() { raw.Close() }) //nolint:errcheck // the test ends
	return func(node string) *live.Redis {
		r := live.Open(ends.RedisAddress, ends.RedisPassword, node)
		t.Cleanup(func() { r.Close() }) //nolint:errcheck // the test ends
		return r
	}, raw
}

func desk(agent string) switchboard.SavedDesk {
	return switchboard.SavedDesk{Agent: call.AgentID(agent), SIPUser: "d" + agent, Password: "p", Key: "k" + agent, Ready: true}
}

func TestARestartOfTheControllerFindsTheDesks(t *testing.T) {
	t.Parallel()
	open, raw := start(t, realstack.Options(t, stack.Redis))
	ctx := t.Context()
	before := open("bd1")
	require.NoError(t, before.Ping(ctx))
	lan, hung := desk("lan"), desk("hung")
	require.NoError(t, before.Save(ctx, lan))
	require.NoError(t, before.Save(ctx, hung))
	lan.Ready = false
	require.NoError(t, before.Save(ctx, lan), "saved again is saved anew")
	require.NoError(t, before.Close())

	after := open("bd1")
	desks, err := after.All(ctx)
	require.NoError(t, err)
	require.ElementsMatch(t, []switchboard.SavedDesk{lan, hung}, desks)
	others, err := open("bd2").All(ctx)
	require.NoError(t, err)
	require.Empty(t, others, "each node has its own")

	require.NoError(t, after.Delete(ctx, "hung"))
	require.NoError(t, after.Delete(ctx, "hung"), "twice is once")
	desks, err = after.All(ctx)
	require.NoError(t, err)
	require.Equal(t, []switchboard.SavedDesk{lan}, desks)

	// Not for ever: longer than a shift and less than a day.
	left, err := raw.TTL(ctx, "hotline:bd1:desk:lan").Result()
	require.NoError(t, err)
	require.Greater(t, left, 8*time.Hour)
	require.Less(t, left, 24*time.Hour)
}

func TestMoreDesksThanOneAnswerOfRedisHolds(t *testing.T) {
	t.Parallel()
	open, _ := start(t, realstack.Options(t, stack.Redis))
	r := open("bd1")
	const many = 350
	for i := range many {
		require.NoError(t, r.Save(t.Context(), desk("agent"+strconv.Itoa(i))))
	}
	desks, err := r.All(t.Context())
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, d := range desks {
		seen[string(d.Agent)] = true
	}
	require.Len(t, seen, many)
}

func TestWhatIsNoDeskIsTold(t *testing.T) {
	t.Parallel()
	open, raw := start(t, realstack.Options(t, stack.Redis))
	require.NoError(t, raw.Set(t.Context(), "hotline:bd1:desk:lan", "{", 0).Err())
	_, err := open("bd1").All(t.Context())
	require.ErrorContains(t, err, "remembered desk")
}

func TestServersCountRequestsTogether(t *testing.T) {
	t.Parallel()
	open, raw := start(t, realstack.Options(t, stack.Redis))
	one, two := open("bd1"), open("bd1")
	ctx := t.Context()
	const day = 24 * time.Hour // so long that the test is within one
	for i := range 6 {
		server := one
		if i%2 == 1 {
			server = two
		}
		ok, err := server.Allow(ctx, "call 10.0.0.1", 4, day)
		require.NoError(t, err)
		require.Equal(t, i < 4, ok, i)
	}
	ok, err := one.Allow(ctx, "call 10.0.0.2", 4, day)
	require.NoError(t, err)
	require.True(t, ok, "another is counted apart")
	keys, err := raw.Keys(ctx, "hotline:bd1:rate:*").Result()
	require.NoError(t, err)
	for _, key := range keys {
		left, err := raw.TTL(ctx, key).Result()
		require.NoError(t, err)
		require.Positive(t, left, "counts go by themselves")
	}
}

func TestANewWindowCountsFromNothing(t *testing.T) {
	t.Parallel()
	open, _ := start(t, realstack.Options(t, stack.Redis))
	r := open("bd1")
	const moment = 50 * time.Millisecond
	require.Eventually(t, func() bool {
		ok, err := r.Allow(t.Context(), "x", 1, moment)
		require.NoError(t, err)
		return !ok
	}, 10*time.Second, time.Millisecond)
	require.Eventually(t, func() bool {
		ok, err := r.Allow(t.Context(), "x", 1, moment)
		require.NoError(t, err)
		return ok
	}, 10*time.Second, 10*time.Millisecond)
}

// Without Redis each request says what it cannot do; one that is back remembers the desks.
func TestARestartOfRedisRemembers(t *testing.T) {
	t.Parallel()
	opts := realstack.Options(t, stack.Redis)
	s := realstack.Start(t, opts)
	ends := s.Endpoints()
	r := live.Open(ends.RedisAddress, ends.RedisPassword, "bd1")
	defer r.Close() //nolint:errcheck // the test ends
	require.NoError(t, r.Save(t.Context(), desk("lan")))
	s.Stop()
	require.Error(t, r.Ping(t.Context()))
	require.ErrorContains(t, r.Save(t.Context(), desk("lan")), "remembering a desk")
	require.ErrorContains(t, r.Delete(t.Context(), "lan"), "forgetting a desk")
	_, err := r.All(t.Context())
	require.ErrorContains(t, err, "reading remembered desks")
	_, err = r.Allow(t.Context(), "x", 1, time.Minute)
	require.ErrorContains(t, err, "counting requests")

	realstack.Start(t, opts)
	require.Eventually(t, func() bool {
		desks, err := r.All(t.Context())
		if err != nil {
			return false
		}
		require.Equal(t, []switchboard.SavedDesk{desk("lan")}, desks)
		return true
	}, 10*time.Second, 50*time.Millisecond, "the connection comes back by itself")
}
