package ari_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/ari"
	"hotline1022/internal/testkit/fakeari"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// soon is how long a test waits for what must come.
const soon = time.Minute

// wanted are the events that the tests' clients read.
func wanted() []string {
	return []string{"StasisStart", "StasisEnd", "ChannelStateChange", "ChannelHangupRequest", "ChannelDestroyed", "ChannelDtmfReceived", "PlaybackFinished"}
}

// world is a client of a fake Asterisk, and what the client was told.
type world struct {
	tb     testing.TB
	server *fakeari.Server
	client *ari.Client

	connects chan struct{}
	events   chan ari.Event
	gaps     chan error
	replaced chan struct{}
}

// newWorld builds a client that is not started yet; change may be nil.
func newWorld(tb testing.TB, change func(*ari.Options)) *world {
	tb.Helper()
	w := &world{
		tb: tb, server: fakeari.New(tb), connects: make(chan struct{}, 100), events: make(chan ari.Event, 1000),
		gaps: make(chan error, 100), replaced: make(chan struct{}, 10),
	}
	opts := ari.Options{
		BaseURL: w.server.URL(), User: fakeari.User, Password: fakeari.Password, App: fakeari.App, Events: wanted(),
		OnConnect:  func(context.Context) error { w.connects <- struct{}{}; return nil },
		OnEvent:    func(e ari.Event) { w.events <- e },
		OnGap:      func(err error) { w.gaps <- err },
		OnReplaced: func() { w.replaced <- struct{}{} },
	}
	if change != nil {
		change(&opts)
	}
	w.client = ari.New(opts)
	w.client.Hurry(5*time.Millisecond, 20*time.Millisecond, time.Minute, soon)
	tb.Cleanup(w.client.Stop)
	return w
}

// start connects and waits for it.
func (w *world) start() *world {
	w.tb.Helper()
	require.NoError(w.tb, w.client.Start(w.tb.Context()))
	come(w.tb, w.connects, "a connection")
	return w
}

// come waits for something to be told.
func come[T any](tb testing.TB, told <-chan T, what string) T {
	tb.Helper()
	select {
	case it := <-told:
		return it
	case <-time.After(soon):
		tb.Fatalf("%s does not come", what)
		panic("not reached")
	}
}

// digits waits for that many keys.
func (w *world) digits(n int) string {
	w.tb.Helper()
	var keys string
	for len(keys) < n {
		if e, ok := come(w.tb, w.events, "a key").(*ari.ChannelDtmfReceived); ok {
			keys += e.Digit
		}
	}
	return keys
}

// logged keeps log records for tests.
type logged chan slog.Record

func (l logged) Enabled(context.Context, slog.Level) bool { return true }

func (l logged) Handle(_ context.Context, r slog.Record) error { l <- r; return nil }

func (l logged) WithAttrs([]slog.Attr) slog.Handler { return l }

func (l logged) WithGroup(string) slog.Handler { return l }
