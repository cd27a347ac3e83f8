package telephony_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

func TestALegsSourceIsToldAndMayChange(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	_, err := w.Source(ctx, citizen)
	require.ErrorIs(t, err, switchboard.ErrGone)
	w.arrive(fakeari.Arrival{ID: citizen})
	none, err := w.Source(ctx, citizen)
	require.NoError(t, err)
	require.Zero(t, none, "nothing was heard yet")
	w.server.Stream(citizen, 7)
	first, err := w.Source(ctx, citizen)
	require.NoError(t, err)
	require.Equal(t, uint32(7), first)
	packets, err := w.Received(ctx, citizen)
	require.NoError(t, err)
	require.Equal(t, 1, packets)
	_, err = w.Received(ctx, "t1-1764064932.99")
	require.ErrorIs(t, err, switchboard.ErrGone)

	require.NoError(t, w.MakeBridge(ctx, bridge))
	require.ErrorIs(t, w.Rejoin(ctx, bridge, citizen), switchboard.ErrGone, "is not in it")
	require.NoError(t, w.Join(ctx, bridge, citizen))
	require.NoError(t, w.Rejoin(ctx, bridge, citizen))
	require.Equal(t, bridge, w.channel(citizen).Bridge)
}

// Three are in an emergency's bridge, and the network moves the citizen to another
// gateway. It is seen, and mended within a moment.
func TestRealAMovedCitizenIsHeardAgainByAllThree(t *testing.T) {
	t.Parallel()
	k := newTalk(t, agentHz, supervisorHz)
	ctx, citizen, bridge := t.Context(), string(k.id), k.id.Bridge()
	_, third := k.connect(2, "1", bridge)
	hearsAll(t, third, citizenHz, agentHz)
	hearsAll(t, k.agent, citizenHz, supervisorHz)
	before, err := k.Source(ctx, citizen)
	require.NoError(t, err)
	require.NotZero(t, before)

	k.citizen.Restart()
	var after uint32
	require.Eventually(t, func() bool {
		after, err = k.Source(ctx, citizen)
		return err == nil && after != before
	}, soon, 20*time.Millisecond)
	hearsAll(t, k.citizen, agentHz, supervisorHz) // still hears
	require.NoError(t, k.Rejoin(ctx, bridge, citizen))
	mended := time.Now()
	hearsAll(t, third, citizenHz, agentHz)
	hearsAll(t, k.agent, citizenHz, supervisorHz)
	t.Logf("heard by all again %v after the leg was joined again", time.Since(mended))
}

// Two hear each other in any case, and a new part keeps the recording.
func TestRealAMovedCitizenIsRecordedInTheNextPart(t *testing.T) {
	t.Parallel()
	k := newTalk(t, agentHz)
	ctx, citizen, bridge := t.Context(), string(k.id), k.id.Bridge()
	<-time.After(1200 * time.Millisecond)
	heard := len(k.agent.Heard.Samples())
	k.citizen.Restart()
	<-time.After(1200 * time.Millisecond)
	require.Greater(t, presence(k.agent.Heard.Samples()[heard:], citizenHz), 0.9, "the agent goes on hearing")
	require.NoError(t, k.Part(ctx, bridge, citizen))
	require.NoError(t, k.NextPart(ctx, k.id, 2, false))
	come(t, k.signals)
	joined := time.Now()
	require.NoError(t, k.Join(ctx, bridge, citizen))
	<-time.After(1200 * time.Millisecond)
	length := time.Since(joined).Seconds()
	require.NoError(t, k.Hangup(ctx, citizen))
	said, _ := k.kept()
	require.Greater(t, presence(between(t, said, seconds(said)-length, seconds(said)), citizenHz), 0.9)
	require.NotZero(t, audio.RMS(said[:audio.Rate]))
}
