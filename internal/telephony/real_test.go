package telephony_test

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ami"
	"hotline1022/internal/ari"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/stack"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/telephony"
	"hotline1022/internal/testkit/realstack"
)

// musicHz is what who is on hold hears.
const musicHz = 600.0

// real is phones on a real Asterisk.
type real struct {
	*telephony.Exchange
	tb      testing.TB
	ends    stack.Endpoints
	signals chan switchboard.Signal
}

func newReal(t *testing.T) *real {
	t.Helper()
	return newRealOut(t, "")
}

// newRealOut is newReal with somewhere for calls to outside numbers to go.
func newRealOut(t *testing.T, out string) *real {
	t.Helper()
	opts := realstack.Options(t, stack.Asterisk)
	opts.Out = out
	dir := filepath.Join(opts.PromptDir, "vi")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, audio.WriteWAV(filepath.Join(dir, "survival.wav"), audio.Tone(700, 0, 60*audio.Rate)))
	music := filepath.Join(opts.PromptDir, "moh")
	require.NoError(t, os.MkdirAll(music, 0o755))
	require.NoError(t, audio.WriteWAV(filepath.Join(music, "hold.wav"), audio.Tone(musicHz, 0, 60*audio.Rate)))
	r := &real{tb: t, ends: realstack.Start(t, opts).Endpoints(), signals: make(chan switchboard.Signal, 100)}
	connected := make(chan struct{}, 10)
	client := ari.New(ari.Options{
		BaseURL: r.ends.ARIURL, User: r.ends.ARIUser, Password: r.ends.ARIPassword, App: telephony.App, Events: telephony.Events(),
		OnConnect: func(context.Context) error { connected <- struct{}{}; return nil },
		OnEvent: func(e ari.Event) {
			if left, ok := e.(*ari.StasisEnd); ok {
				go r.Left(t.Context(), left, func(s switchboard.Signal) { r.signals <- s })
			}
			if up, ok := telephony.Called(e); ok {
				go r.Answered(t.Context(), up, func(s switchboard.Signal) { r.signals <- s })
			}
			if s, ok := telephony.Signal(e); ok {
				r.signals <- s
			}
		},
	})
	r.Exchange = telephony.New(client, slog.New(slog.DiscardHandler))
	r.Manage(ami.New(r.ends.ManagerAddress, r.ends.ManagerUser, r.ends.ManagerPassword))
	r.SetSettle(100 * time.Millisecond)
	require.NoError(t, client.Start(context.Background()))
	t.Cleanup(client.Stop)
	come(t, connected)
	return r
}

// arrive lets a citizen come in: the far end of a Local channel stands for the outside.
func (r *real) arrive(id string) {
	r.tb.Helper()
	r.post("/channels?endpoint=Local/enter@hotline/n&context=survival&extension=s&priority=1&channelId=far-" + id + "&otherChannelId=" + id)
	entered := come(r.tb, r.signals).(switchboard.CitizenEntered)
	require.WithinDuration(r.tb, time.Now(), entered.At, time.Minute)
	entered.At = time.Time{}
	require.Equal(r.tb, switchboard.CitizenEntered{Call: entered.Call, Dialed: "1022"}, entered)
	require.Equal(r.tb, id, string(entered.Call))
}

// post makes a request that internal/ari has no need of.
func (r *real) post(path string) {
	r.tb.Helper()
	req, err := http.NewRequest(http.MethodPost, r.ends.ARIURL+path, nil)
	require.NoError(r.tb, err)
	req.SetBasicAuth(r.ends.ARIUser, r.ends.ARIPassword)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	require.NoError(r.tb, err)
	require.NoError(r.tb, resp.Body.Close())
	require.Less(r.tb, resp.StatusCode, 300, path)
}

func TestRealAsteriskKeepsItsWordToTheSwitchboard(t *testing.T) {
	t.Parallel()
	r, ctx := newReal(t), t.Context()
	phone := switchboard.Phone{SIPUser: "d1", Password: "s3cret", Kind: switchboard.DeskPhone}
	for range 3 { // every reconnect adds it again
		require.NoError(t, r.AddPhone(ctx, phone))
	}
	for range 2 {
		require.NoError(t, r.RemovePhone(ctx, "d1"))
	}

	r.arrive(citizen)
	for range 2 {
		require.NoError(t, r.MakeBridge(ctx, bridge))
	}
	require.NoError(t, r.Join(ctx, bridge, citizen))
	truth, err := r.Truth(ctx)
	require.NoError(t, err)
	require.Len(t, truth.Citizens, 1)
	require.Equal(t, map[string][]string{bridge: {citizen}}, truth.Bridges)
	require.NoError(t, r.Part(ctx, bridge, citizen))
	require.ErrorIs(t, r.Part(ctx, bridge, citizen), switchboard.ErrGone)

	// The citizen hangs up while the requests of a conversation are on their way.
	require.NoError(t, r.Hangup(ctx, "far-"+citizen))
	for range 2 { // by the hang-up, and once more by Left
		require.Equal(t, switchboard.LegGone{Call: id, Leg: citizen, Cause: 16}, come(t, r.signals))
	}
	for name, ask := range map[string]func() error{
		"Play":     func() error { return r.Play(ctx, citizen, playback, []string{"/x"}) },
		"StopPlay": func() error { return r.StopPlay(ctx, playback) },
		"Music":    func() error { return r.Music(ctx, citizen, true) },
		"Lease":    func() error { return r.Lease(ctx, citizen, time.Second) },
		"Join":     func() error { return r.Join(ctx, bridge, citizen) },
		"Part":     func() error { return r.Part(ctx, bridge, citizen) },
		"Ring":     func() error { return r.Ring(ctx, desk, time.Second) },
	} {
		require.ErrorIs(t, ask(), switchboard.ErrGone, name)
	}
	require.NoError(t, r.Hangup(ctx, citizen))
	for range 2 {
		require.NoError(t, r.RemoveBridge(ctx, bridge))
	}
}

func TestRealAsteriskTakesACitizenBack(t *testing.T) {
	t.Parallel()
	r, ctx := newReal(t), t.Context()
	r.arrive(citizen)
	require.NoError(t, r.Lease(ctx, citizen, 50*time.Millisecond))
	require.Equal(t, switchboard.LegGone{Call: id, Leg: citizen, Cause: takenBack}, come(t, r.signals))
	truth, err := r.Truth(ctx)
	require.NoError(t, err)
	require.Empty(t, truth.Citizens, "the dialplan has them")
	for name, err := range map[string]error{"Join": r.Join(ctx, bridge, citizen), "Music": r.Music(ctx, citizen, true)} {
		require.ErrorIs(t, err, switchboard.ErrGone, name)
	}
	require.NoError(t, r.Hangup(ctx, citizen))
}
