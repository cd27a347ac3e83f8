package ari_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/testkit/fakeari"
)

// Asterisk forgets the filter when an application loses its client and has no
// channels, so it is set at every connect, before anything is asked.
func TestTheFilterIsSetAtEveryConnectBeforeOnConnect(t *testing.T) {
	t.Parallel()
	var w *world
	seen := make(chan []string, 2)
	w = newWorld(t, func(o *ari.Options) {
		o.OnConnect = func(context.Context) error { seen <- w.server.Allowed(); return nil }
	})
	require.NoError(t, w.client.Start(t.Context()))
	filter := append([]string{"ApplicationReplaced"}, wanted()...)
	require.Equal(t, filter, come(t, seen, "a connection"))
	w.server.CloseSocket()
	require.Equal(t, filter, come(t, seen, "a connection"))

	first := w.server.Requests()[0]
	require.Equal(t, http.MethodGet+" /events", first.Verb+" "+first.Path)
	require.Equal(t, map[string][]string{"app": {"hotline"}, "subscribeAll": {"false"}}, map[string][]string(first.Query))
}

func TestEventsWaitForOnConnectAndKeepTheirOrder(t *testing.T) {
	t.Parallel()
	began, reconciled := make(chan struct{}), make(chan struct{})
	w := newWorld(t, func(o *ari.Options) {
		o.OnConnect = func(context.Context) error { close(began); <-reconciled; return nil }
	})
	require.NoError(t, w.client.Start(t.Context()))
	come(t, began, "the reconcile")
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	w.server.Press("t1-1.1", "0123456789*#")
	w.server.AwaitRead()
	require.Empty(t, w.events)
	close(reconciled)
	require.IsType(t, &ari.StasisStart{}, come(t, w.events, "the arrival"))
	require.Equal(t, "0123456789*#", w.digits(12))
}

func TestWhenReconcilingFailsTheConnectionIsTriedAgain(t *testing.T) {
	t.Parallel()
	failure := errors.New("the truth cannot be read")
	tries := 0
	w := newWorld(t, nil)
	w2 := newWorld(t, func(o *ari.Options) {
		o.OnConnect = func(context.Context) error {
			if tries++; tries <= 2 {
				return failure
			}
			w.connects <- struct{}{}
			return nil
		}
	})
	require.NoError(t, w2.client.Start(t.Context()))
	for range 2 {
		err := come(t, w2.gaps, "a gap")
		require.ErrorIs(t, err, failure)
		require.ErrorContains(t, err, "reconciling with Asterisk")
	}
	come(t, w.connects, "the third try")
	w2.server.Await(http.MethodGet, "/events", 3)
	w2.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	come(t, w2.events, "an event on the new connection")
}

func TestARefusedFilterIsAFailedConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.server.Inject(fakeari.Fault{Path: "/applications/*/eventFilter", Times: 1, Status: 500, Message: "Allocation failed"})
	w.start()
	require.EqualError(t, come(t, w.gaps, "a gap"), "ARI PUT /applications/hotline/eventFilter: 500 Allocation failed")
	require.Empty(t, w.gaps)
}

func TestAFilterThatIsNotAnsweredIsAFailedConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.client.Hurry(time.Millisecond, time.Millisecond, time.Minute, 100*time.Millisecond)
	w.server.Inject(fakeari.Fault{Path: "/applications/*/eventFilter", Times: 1, Before: make(chan struct{})})
	w.start()
	require.ErrorIs(t, come(t, w.gaps, "a gap"), context.DeadlineExceeded)
}

func TestAWrongPasswordTellsWhatToDo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *ari.Options) { o.Password = "of yesterday" })
	require.NoError(t, w.client.Start(t.Context()))
	for range 2 { // and it is tried again: the file may be put right
		err := come(t, w.gaps, "a gap")
		require.ErrorContains(t, err, `ARI refuses user "controller"; ari.conf and the controller must agree`)
		require.NotContains(t, err.Error(), "of yesterday")
	}
	require.Empty(t, w.connects)
}

func TestAnAsteriskThatStartsIsWaitedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.server.Inject(fakeari.Fault{Path: "/events", Times: 3, Status: 503, Message: "Asterisk not booted"})
	w.start()
	for range 3 {
		require.ErrorContains(t, come(t, w.gaps, "a gap"), "connecting to ARI")
	}
}

// Whoever reconciles is let go when the connection ends meanwhile: what is read then
// is worth nothing, for no events follow it.
func TestReconcilingEndsWithTheConnection(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]struct {
		fault func(*fakeari.Server)
		why   string
	}{
		"closed": {(*fakeari.Server).CloseSocket, "reading events"},
		"cut":    {(*fakeari.Server).CutSocket, "reading events"},
		"frozen": {(*fakeari.Server).FreezeSocket, "pings are not answered"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := make(chan struct{}, 10)
			w := newWorld(t, func(o *ari.Options) {
				o.OnConnect = func(ctx context.Context) error { began <- struct{}{}; <-ctx.Done(); return ctx.Err() }
			})
			w.client.Hurry(time.Millisecond, time.Millisecond, 50*time.Millisecond, 500*time.Millisecond)
			require.NoError(t, w.client.Start(t.Context()))
			come(t, began, "the reconcile")
			end.fault(w.server)
			require.ErrorContains(t, come(t, w.gaps, "a gap"), end.why)
			come(t, began, "the next try")
		})
	}
}
