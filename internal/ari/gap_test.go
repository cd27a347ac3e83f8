package ari_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/testkit/fakeari"
)

func TestEveryEndOfTheSocketIsAGapAndIsOvercome(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]struct {
		fault func(*fakeari.Server)
		why   string
	}{
		"a clean close is a disconnect too": {(*fakeari.Server).CloseSocket, "StatusNormalClosure"},
		"cut without a word":                {(*fakeari.Server).CutSocket, "reading events"},
		"half open, answers no pings":       {(*fakeari.Server).FreezeSocket, "pings are not answered"},
		"the host lost its power": {func(s *fakeari.Server) {
			s.Freeze()
			s.Thaw() // and is back at once
		}, "pings are not answered"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.client.Hurry(time.Millisecond, time.Millisecond, 50*time.Millisecond, 500*time.Millisecond)
			w.start()
			w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
			come(t, w.events, "the arrival")

			end.fault(w.server)
			require.ErrorContains(t, come(t, w.gaps, "a gap"), end.why)
			come(t, w.connects, "the next connection")

			// The call is still there, and its events come again.
			w.server.Press("t1-1.1", "5")
			require.Equal(t, "5", w.digits(1))
		})
	}
}

func TestAHostThatIsAwayIsTriedUntilItIsBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.client.Hurry(time.Millisecond, time.Millisecond, 50*time.Millisecond, 500*time.Millisecond)
	w.start()
	w.server.Freeze()
	require.ErrorContains(t, come(t, w.gaps, "the gap"), "pings are not answered")
	for range 2 {
		require.ErrorContains(t, come(t, w.gaps, "a try"), "connecting to ARI")
	}
	w.server.Thaw()
	come(t, w.connects, "the connection")
}

// What came before the end is true, and is told before the gap.
func TestTheGapComesBehindTheEvents(t *testing.T) {
	t.Parallel()
	slow := make(chan struct{})
	var told []string
	w := newWorld(t, func(o *ari.Options) {
		gap := o.OnGap
		o.OnEvent = func(e ari.Event) {
			<-slow
			if key, ok := e.(*ari.ChannelDtmfReceived); ok {
				told = append(told, key.Digit)
			}
		}
		o.OnGap = func(err error) { told = append(told, "gap"); gap(err) }
	})
	w.start()
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	w.server.Press("t1-1.1", "123")
	w.server.AwaitRead()
	w.server.CloseSocket()
	close(slow)
	require.Error(t, come(t, w.gaps, "a gap"))
	w.client.Stop()
	require.Equal(t, []string{"1", "2", "3", "gap"}, told)
}

// Asterisk keeps no events for who is away.
func TestWhatHappensInAGapIsNotTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.client.Hurry(20*time.Millisecond, 20*time.Millisecond, time.Minute, soon)
	w.start()
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	come(t, w.events, "the arrival")
	w.server.Inject(fakeari.Fault{Path: "/events", Status: 503})
	w.server.CutSocket()
	require.Error(t, come(t, w.gaps, "a gap"))
	w.server.Press("t1-1.1", "1")
	w.server.Mend()
	come(t, w.connects, "the connection")
	w.server.Press("t1-1.1", "2")
	require.Equal(t, "2", w.digits(1))
}

// again reads the next wait that the log tells of.
func again(t *testing.T, log logged) (wait time.Duration) {
	t.Helper()
	for {
		record := come(t, log, "a try")
		found := false
		record.Attrs(func(a slog.Attr) bool {
			if a.Key == "again_in" {
				wait, found = a.Value.Duration(), true
			}
			return true
		})
		if found {
			return wait
		}
	}
}

func TestTriesBecomeRarerAndAreBackToOftenAfterAConnectionThatStood(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	log := make(logged, 1000)
	w := newWorld(t, func(o *ari.Options) { o.Log = slog.New(log) })
	w.client.Hurry(10*ms, 100*ms, time.Minute, soon)
	w.server.Inject(fakeari.Fault{Path: "/events", Times: 6, Status: 503})
	w.start()
	for _, want := range []time.Duration{10 * ms, 20 * ms, 40 * ms, 80 * ms, 100 * ms, 100 * ms} {
		require.Equal(t, want, again(t, log))
	}

	w.server.CutSocket() // at once: it may be dropped at once again
	require.Equal(t, 100*ms, again(t, log))
	come(t, w.connects, "the connection")

	<-time.After(150 * ms) // it stands
	w.server.CutSocket()
	require.Equal(t, 10*ms, again(t, log))
}

// That a try took long is no sign of a connection.
func TestASlowRefusalDoesNotMakeTriesMoreOften(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	log := make(logged, 1000)
	w := newWorld(t, func(o *ari.Options) { o.Log = slog.New(log) })
	w.client.Hurry(ms, 10*ms, time.Minute, 30*ms)
	w.server.Inject(fakeari.Fault{Path: "/events", Before: make(chan struct{})})
	require.NoError(t, w.client.Start(t.Context()))
	for _, want := range []time.Duration{ms, 2 * ms, 4 * ms, 8 * ms, 10 * ms, 10 * ms} {
		require.Equal(t, want, again(t, log))
	}
}
