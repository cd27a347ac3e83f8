package asterisk_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

// survivalTone stands for the prompt that is played when no controller is there.
const survivalTone = 700

// rig is a real Asterisk with our configuration, and a controller that only listens.
type rig struct {
	tb     testing.TB
	ends   stack.Endpoints
	events chan ari.Event
	client *ari.Client
}

func newRig(t *testing.T, lease time.Duration) *rig {
	t.Helper()
	opts := realstack.Options(t, stack.Asterisk)
	opts.Dialed = []string{"1022", "842741022"}
	opts.Lease = lease
	dir := filepath.Join(opts.PromptDir, "vi")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, audio.WriteWAV(filepath.Join(dir, "survival.wav"), audio.Tone(survivalTone, 0, audio.Rate)))
	return &rig{tb: t, ends: realstack.Start(t, opts).Endpoints()}
}

// listen connects the controller.
func (r *rig) listen() {
	r.tb.Helper()
	r.events = make(chan ari.Event, 1000)
	connected := make(chan struct{}, 1)
	r.client = ari.New(ari.Options{
		BaseURL: r.ends.ARIURL, User: r.ends.ARIUser, Password: r.ends.ARIPassword, App: "hotline",
		Events: []string{"StasisStart", "StasisEnd", "ChannelDestroyed"}, Log: slog.New(slog.DiscardHandler),
		OnEvent:   func(e ari.Event) { r.events <- e },
		OnConnect: func(context.Context) error { connected <- struct{}{}; return nil },
		OnGap:     func(error) {},
	})
	require.NoError(r.tb, r.client.Start(r.tb.Context()))
	r.tb.Cleanup(r.client.Stop)
	select {
	case <-connected:
	case <-time.After(10 * time.Second):
		r.tb.Fatal("the controller does not get its WebSocket")
	}
}

// started waits for the next channel that enters the application.
func (r *rig) started() *ari.StasisStart {
	r.tb.Helper()
	for {
		select {
		case e := <-r.events:
			if start, ok := e.(*ari.StasisStart); ok {
				return start
			}
		case <-time.After(10 * time.Second):
			r.tb.Fatal("no channel enters the application")
		}
	}
}
