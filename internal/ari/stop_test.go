package ari_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/testkit/fakeari"
)

func TestStopIsSafeBeforeStartAndTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.client.Stop()
	w.start()
	w.client.Stop()
	w.client.Stop()
	require.Empty(t, w.gaps, "to stop is no gap")
	require.Empty(t, w.replaced)
}

func TestASecondStartChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil).start()
	require.NoError(t, w.client.Start(t.Context()))
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	come(t, w.events, "the arrival")
	w.client.Stop()
	require.Equal(t, 1, sockets(w.server))
	require.Empty(t, w.events)
}

func TestAClientIsStartedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil).start()
	w.client.Stop()
	w.start()
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	come(t, w.events, "the arrival")
}

func TestTheContextOfStartEndsTheClient(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	w := newWorld(t, nil)
	require.NoError(t, w.client.Start(ctx))
	come(t, w.connects, "the connection")
	cancel()
	w.client.Stop()
	require.Empty(t, w.gaps)
}

// Every Stop waits, not only the first: whoever returns from it relies on silence.
func TestEveryStopWaitsForTheLastEvent(t *testing.T) {
	t.Parallel()
	busy, done := make(chan struct{}), make(chan struct{})
	w := newWorld(t, func(o *ari.Options) {
		o.OnEvent = func(ari.Event) { close(busy); <-done }
	}).start()
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	come(t, busy, "the arrival")
	stopped := make(chan struct{}, 2)
	var stops sync.WaitGroup
	for range 2 {
		stops.Go(func() { w.client.Stop(); stopped <- struct{}{} })
	}
	select {
	case <-stopped:
		t.Error("Stop returns while an event is delivered")
	case <-time.After(50 * time.Millisecond):
	}
	close(done)
	stops.Wait()
}

func TestStopDoesNotWaitForTheEventsThatWait(t *testing.T) {
	t.Parallel()
	busy, done := make(chan struct{}), make(chan struct{})
	told := 0
	w := newWorld(t, func(o *ari.Options) {
		o.OnEvent = func(ari.Event) {
			if told++; told == 1 {
				close(busy)
				<-done
			}
		}
	}).start()
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	come(t, busy, "the arrival")
	w.server.Press("t1-1.1", "1234567890")
	w.server.AwaitRead()
	var stop sync.WaitGroup
	stop.Go(w.client.Stop)
	w.awaitNoClient()
	close(done)
	stop.Wait()
	require.Equal(t, 1, told)
}

// awaitNoClient waits until the client has begun to stop: its socket is closed.
func (w *world) awaitNoClient() {
	w.tb.Helper()
	require.Eventually(w.tb, func() bool { return !w.server.Connected() }, soon, time.Millisecond)
}

func TestStopEndsATryToConnect(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fakeari.Fault{
		"to the socket":       {Path: "/events", Before: make(chan struct{})},
		"to the event filter": {Path: "/applications/*/eventFilter", Before: make(chan struct{})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.server.Inject(fault)
			require.NoError(t, w.client.Start(t.Context()))
			w.server.Await("", fault.Path, 1)
			w.client.Stop()
			require.Empty(t, w.gaps)
		})
	}
}

func TestStopEndsTheWaitForTheNextTry(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.client.Hurry(time.Hour, time.Hour, time.Minute, soon)
	w.server.Inject(fakeari.Fault{Verb: http.MethodGet, Path: "/events", Status: 503})
	require.NoError(t, w.client.Start(t.Context()))
	require.Error(t, come(t, w.gaps, "a gap"))
	w.client.Stop()
}
