package telephony_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

const id = call.ID(citizen)

func TestACitizenHearsAndIsLeased(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.arrive(fakeari.Arrival{ID: citizen})

	require.NoError(t, w.Play(ctx, citizen, playback, []string{"/prompts/vi/a", "/prompts/vi/b"}))
	asked := w.server.Await(http.MethodPost, "/channels/*/play/*", 1)
	require.Equal(t, url.Values{"media": {"sound:/prompts/vi/a,sound:/prompts/vi/b"}}, asked.Query)
	require.NoError(t, w.StopPlay(ctx, playback))
	require.Equal(t, switchboard.PlayDone{Call: id, Play: playback}, come(t, w.signals))

	require.NoError(t, w.Music(ctx, citizen, true))
	require.True(t, w.channel(citizen).Music)
	require.NoError(t, w.Music(ctx, citizen, false))
	require.False(t, w.channel(citizen).Music)

	for d, want := range map[time.Duration]string{15 * time.Second: "15.000", 1500 * time.Millisecond: "1.500", 0: "0.000"} {
		require.NoError(t, w.Lease(ctx, citizen, d))
		require.Equal(t, map[string]string{"TIMEOUT(absolute)": want}, w.channel(citizen).Variables)
	}

	w.server.Press(citizen, "2")
	require.Equal(t, switchboard.Digit{Call: id, Digit: '2'}, come(t, w.signals))
	require.NoError(t, w.Hangup(ctx, citizen))
	require.Equal(t, switchboard.LegGone{Call: id, Leg: citizen, Cause: 16}, come(t, w.signals))
	require.Empty(t, w.signals)
}

func (w *world) channel(leg string) fakeari.Channel {
	w.tb.Helper()
	ch, ok := w.server.Channel(leg)
	require.True(w.tb, ok, leg)
	return ch
}

func TestADeskIsInvitedJoinedRungAndAnswers(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.arrive(fakeari.Arrival{ID: citizen})
	require.NoError(t, w.AddPhone(ctx, switchboard.Phone{SIPUser: "d1", Password: "secret", Kind: switchboard.DeskPhone}))
	require.NoError(t, w.MakeBridge(ctx, bridge))

	// The leg may enter before the reply to its making: nothing waits for the reply.
	replied := make(chan struct{})
	w.server.Inject(fakeari.Fault{Path: "/channels/create", After: replied})
	invited := make(chan error, 1)
	go func() { invited <- w.Invite(ctx, desk, "d1", id, "+84908123456") }()
	require.Equal(t, switchboard.LegEntered{Call: id, Leg: desk}, come(t, w.signals))
	close(replied)
	require.NoError(t, come(t, invited))
	asked := w.server.Await(http.MethodPost, "/channels/create", 1)
	require.Equal(t, url.Values{
		"channelId": {desk}, "endpoint": {"PJSIP/d1"}, "app": {"hotline"}, "appArgs": {"desk"}, "formats": {"alaw"},
	}, asked.Query)
	require.Equal(t, map[string]string{"PJSIP_HEADER(add,X-Hotline-Call)": citizen, "CALLERID(num)": "+84908123456"}, w.channel(desk).Variables)

	require.NoError(t, w.Join(ctx, bridge, desk))
	require.NoError(t, w.Ring(ctx, desk, 1500*time.Millisecond))
	require.Equal(t, url.Values{"timeout": {"2"}}, w.server.Await(http.MethodPost, "/channels/*/dial", 1).Query)
	w.server.Ring(desk)
	require.Equal(t, switchboard.LegRinging{Call: id, Leg: desk}, come(t, w.signals))
	w.server.Answer(desk)
	require.Equal(t, switchboard.LegUp{Call: id, Leg: desk}, come(t, w.signals))

	require.NoError(t, w.Join(ctx, bridge, citizen))
	require.Equal(t, map[string][]string{bridge: {desk, citizen}}, w.server.Bridges())
	require.NoError(t, w.Part(ctx, bridge, citizen))
	require.Equal(t, map[string][]string{bridge: {desk}}, w.server.Bridges())

	w.server.HangUp(desk, 17)
	require.Equal(t, switchboard.LegGone{Call: id, Leg: desk, Cause: 17}, come(t, w.signals), "once, with the cause")
	require.NoError(t, w.RemoveBridge(ctx, bridge))
	require.Empty(t, w.server.Bridges())
	require.Empty(t, w.signals)
}

// A phone that has no account or is not registered is no matter of a leg that is gone.
func TestADeskWithoutAPhoneIsAnErrorInAsterisksWords(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	err := w.Invite(ctx, desk, "nobody", id, "")
	require.EqualError(t, err, "ARI POST /channels/create: 500 Allocation failed")
	require.NotErrorIs(t, err, switchboard.ErrGone)

	require.NoError(t, w.AddPhone(ctx, switchboard.Phone{SIPUser: "d1", Password: "secret"}))
	require.NoError(t, w.Invite(ctx, desk, "d1", id, ""))
	err = w.Invite(ctx, desk, "d1", id, "")
	require.ErrorContains(t, err, "already exists")
	require.NotErrorIs(t, err, switchboard.ErrGone, "an id that was given twice is our fault, and to be told")
}

func TestMakingAndRemovingABridgeTwiceIsOnce(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.arrive(fakeari.Arrival{ID: citizen})
	require.NoError(t, w.MakeBridge(ctx, bridge))
	require.Equal(t, url.Values{"type": {"mixing"}, "name": {bridge}}, w.server.Await(http.MethodPost, "/bridges/*", 1).Query)
	require.NoError(t, w.Join(ctx, bridge, citizen))
	require.NoError(t, w.MakeBridge(ctx, bridge))
	require.Equal(t, map[string][]string{bridge: {citizen}}, w.server.Bridges(), "kept with who is in it")
	require.NoError(t, w.RemoveBridge(ctx, bridge))
	require.NoError(t, w.RemoveBridge(ctx, bridge))
	// For a moment Asterisk still knows of a bridge that it has let go.
	w.server.Inject(fakeari.Fault{Verb: http.MethodDelete, Path: "/bridges/*", Status: 409, Message: "Bridge not in Stasis application"})
	require.NoError(t, w.RemoveBridge(ctx, bridge))
}

// requests are all that the switchboard asks of a leg, bridge or playback.
func (w *world) requests() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Play":         func(ctx context.Context) error { return w.Play(ctx, citizen, playback, []string{"/x"}) },
		"StopPlay":     func(ctx context.Context) error { return w.StopPlay(ctx, playback) },
		"Music on":     func(ctx context.Context) error { return w.Music(ctx, citizen, true) },
		"Music off":    func(ctx context.Context) error { return w.Music(ctx, citizen, false) },
		"Lease":        func(ctx context.Context) error { return w.Lease(ctx, citizen, time.Second) },
		"Join":         func(ctx context.Context) error { return w.Join(ctx, bridge, citizen) },
		"Part":         func(ctx context.Context) error { return w.Part(ctx, bridge, citizen) },
		"Ring":         func(ctx context.Context) error { return w.Ring(ctx, citizen, time.Second) },
		"Hangup":       func(ctx context.Context) error { return w.Hangup(ctx, citizen) },
		"MakeBridge":   func(ctx context.Context) error { return w.MakeBridge(ctx, bridge) },
		"RemoveBridge": func(ctx context.Context) error { return w.RemoveBridge(ctx, bridge) },
	}
}

// Citizens hang up at any moment, so every request may come too late. That is no
// fault, and the switchboard must be able to tell.
func TestWhatComesTooLateIsGone(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*world){
		"nothing is there":    func(*world) {},
		"the bridge is there": func(w *world) { require.NoError(t, w.MakeBridge(t.Context(), bridge)) },
		"the citizen hung up": func(w *world) {
			require.NoError(t, w.MakeBridge(t.Context(), bridge))
			w.arrive(fakeari.Arrival{ID: citizen})
			w.server.HangUp(citizen, 16)
			come(t, w.signals)
		},
		"the dialplan took the citizen back": func(w *world) {
			require.NoError(t, w.MakeBridge(t.Context(), bridge))
			w.arrive(fakeari.Arrival{ID: citizen})
			w.server.TakeBack(citizen)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			prepare(w)
			done := map[string]bool{"Hangup": true, "MakeBridge": true, "RemoveBridge": true} // what is wanted is so already
			for request, ask := range w.requests() {
				if done[request] {
					continue
				}
				err := ask(t.Context())
				require.ErrorIs(t, err, switchboard.ErrGone, request)
				var refused *ari.Error
				require.ErrorAs(t, err, &refused, request)
			}
			for request := range done {
				require.NoError(t, w.requests()[request](t.Context()), request)
			}
		})
	}
}

func TestOtherRefusalsAreNotGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, status := range []int{401, 403, 500, 503} {
		w.server.Mend()
		w.server.Inject(fakeari.Fault{Status: status, Message: "no"})
		for name, ask := range w.requests() {
			err := ask(t.Context())
			require.NotErrorIs(t, err, switchboard.ErrGone, name)
			var refused *ari.Error
			require.ErrorAs(t, err, &refused, name)
			require.Equal(t, status, refused.Status, name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, ask := range w.requests() {
		err := ask(ctx)
		require.ErrorIs(t, err, context.Canceled, name)
		require.NotErrorIs(t, err, switchboard.ErrGone, name)
	}
}
