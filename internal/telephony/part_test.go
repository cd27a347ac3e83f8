package telephony_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

func TestTheCitizenLeavesAndReturnsForTheNextPart(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.SetSettle(time.Millisecond)
	entered := w.arrive(fakeari.Arrival{ID: citizen, Number: "0908123456"})
	for _, n := range []int{2, 3} {
		require.NoError(t, w.NextPart(ctx, id, n, false))
		require.Equal(t, entered, come(t, w.signals), "the same words as the first time")
	}
	require.Equal(t, "3", w.channel(citizen).Variables["HOTLINE_PART"])
	require.Empty(t, w.left(ctx, citizen), "who has returned has not left")
	truth, err := w.Truth(ctx)
	require.NoError(t, err)
	require.Equal(t, []switchboard.CitizenEntered{entered.(switchboard.CitizenEntered)}, truth.Citizens)
	require.Equal(t, map[call.ID]int{id: 3}, truth.Parts, "a restart goes on from there")

	// It needs the prompts to end, and gives up with its context.
	require.NoError(t, w.Play(ctx, citizen, playback, []string{"/x"}))
	brief, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, w.NextPart(brief, id, 4, false), context.DeadlineExceeded)
	require.NoError(t, w.StopPlay(ctx, playback))

	// Paused, and there is no way to do that.
	require.ErrorContains(t, w.NextPart(ctx, id, 5, true), "manager interface")
}

func TestWhoHungUpHasNoNextPart(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.arrive(fakeari.Arrival{ID: citizen})
	w.server.HangUp(citizen, 16)
	require.ErrorIs(t, w.NextPart(ctx, id, 2, false), switchboard.ErrGone)
	w.server.Inject(fakeari.Fault{Verb: http.MethodPost, Path: "/channels/*/*", Status: 500, Message: "busy"})
	require.EqualError(t, w.NextPart(ctx, id, 2, false), "ARI POST /channels/"+citizen+"/variable: 500 busy")
}

// In the moment between, a citizen has neither hung up nor been taken back: not for who
// asks after them, nor for a controller that connects anew.
func TestWhoIsBetweenPartsIsOurs(t *testing.T) {
	t.Parallel()
	for endpoint, caller := range map[string]string{"PJSIP/trunk": "+84908123456", "PJSIP/g7k2m9x": "web:g7k2m9x"} {
		w, ctx := newWorld(t), t.Context()
		w.SetSettle(time.Millisecond)
		w.arrive(fakeari.Arrival{ID: citizen, Endpoint: endpoint, Number: "0908123456"})
		w.server.Between(citizen)
		truth, err := w.Truth(ctx)
		require.NoError(t, err)
		require.Len(t, truth.Citizens, 1)
		require.Equal(t, caller, truth.Citizens[0].Caller)
		require.Equal(t, "1022", truth.Citizens[0].Dialed)

		asked := make(chan []switchboard.Signal, 1)
		go func() { asked <- w.left(ctx, citizen) }()
		w.server.Await(http.MethodGet, "/channels/*", 1)
		w.server.Return(citizen)
		require.Empty(t, come(t, asked))
	}
}
