package ari_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/testkit/fakeari"
)

// sockets counts the tries to connect.
func sockets(s *fakeari.Server) (n int) {
	for _, r := range s.Requests() {
		if r.Path == "/events" {
			n++
		}
	}
	return n
}

// Two controllers that come back for ever would take the calls from each other for
// ever.
func TestWhoIsReplacedStopsForGood(t *testing.T) {
	t.Parallel()
	log := make(logged, 100)
	w := newWorld(t, func(o *ari.Options) { o.Log = slog.New(log) }).start()
	w.server.Replace()
	come(t, w.replaced, "the word of it")
	record := come(t, log, "the log")
	require.Equal(t, slog.LevelError, record.Level)
	require.NoError(t, w.client.Start(t.Context()), "it has been started")
	w.client.Stop() // waits for whatever the client still does
	require.Equal(t, 1, sockets(w.server))
	require.Empty(t, w.gaps, "nothing is amiss with the connection")
	require.Empty(t, w.replaced, "told once")
}

func TestASecondClientReplacesTheFirst(t *testing.T) {
	t.Parallel()
	first := newWorld(t, nil).start()
	second := newWorld(t, func(o *ari.Options) { o.BaseURL = first.server.URL() })
	first.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	come(t, first.events, "the arrival")
	second.start()
	come(t, first.replaced, "the word of it")
	first.server.Press("t1-1.1", "1")
	require.Equal(t, "1", second.digits(1))
	require.Empty(t, first.events)
	require.Equal(t, 2, sockets(first.server))
}

func TestWhoIsReplacedWhileReconcilingStopsToo(t *testing.T) {
	t.Parallel()
	for name, finish := range map[string]func(context.Context) error{
		"and gives up":  func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		"and ends well": func(ctx context.Context) error { <-ctx.Done(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := make(chan struct{}, 10)
			w := newWorld(t, func(o *ari.Options) {
				o.OnConnect = func(ctx context.Context) error { began <- struct{}{}; return finish(ctx) }
			})
			require.NoError(t, w.client.Start(t.Context()))
			come(t, began, "the reconcile")
			w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
			w.server.Replace()
			come(t, w.replaced, "the word of it")
			w.client.Stop()
			require.Empty(t, w.events, "what came before belongs to the other one")
			require.Empty(t, w.gaps)
			require.Equal(t, 1, sockets(w.server))
		})
	}
}
