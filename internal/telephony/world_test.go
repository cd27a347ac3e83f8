package telephony_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/ari"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/telephony"
	"hotline1022/internal/testkit/fakeari"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// soon is how long a test waits for what must come.
const soon = time.Minute

// One call, and what is derived from it.
const (
	citizen  = "t1-1700000000.1"
	desk     = citizen + "-o1"
	bridge   = citizen + "-b"
	playback = citizen + "-p1"
)

// world is phones on a fake Asterisk.
type world struct {
	*telephony.Exchange
	tb      testing.TB
	server  *fakeari.Server
	events  chan ari.Event
	signals chan switchboard.Signal
}

func newWorld(tb testing.TB) *world {
	tb.Helper()
	w := &world{
		tb: tb, server: fakeari.New(tb), events: make(chan ari.Event, 100), signals: make(chan switchboard.Signal, 100),
	}
	connected := make(chan struct{}, 10)
	client := ari.New(ari.Options{
		BaseURL: w.server.URL(), User: fakeari.User, Password: fakeari.Password, App: telephony.App, Events: telephony.Events(),
		OnConnect: func(context.Context) error { connected <- struct{}{}; return nil },
		OnEvent: func(e ari.Event) {
			w.events <- e
			if up, ok := telephony.Called(e); ok {
				go w.Answered(tb.Context(), up, func(s switchboard.Signal) { w.signals <- s })
			}
			if s, ok := telephony.Signal(e); ok {
				w.signals <- s
			}
		},
	})
	w.Exchange = telephony.New(client, slog.New(slog.DiscardHandler))
	require.NoError(tb, client.Start(context.Background()))
	tb.Cleanup(client.Stop)
	come(tb, connected)
	return w
}

// arrive brings a citizen in and swallows the word of it.
func (w *world) arrive(a fakeari.Arrival) switchboard.Signal {
	w.tb.Helper()
	require.True(w.tb, w.server.Arrive(a))
	return come(w.tb, w.signals)
}

// come waits for something to be told.
func come[T any](tb testing.TB, told <-chan T) T {
	tb.Helper()
	select {
	case it := <-told:
		return it
	case <-time.After(soon):
		tb.Fatal("what is waited for does not come")
		panic("not reached")
	}
}
