package telephony_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ami"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/switchboard"
)

func TestPausingNeedsTheManager(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.ErrorContains(t, w.PauseRecording(t.Context(), string(id), true), "manager interface")
	w.Manage(ami.New("127.0.0.1:1", "u", "p"))
	err := w.PauseRecording(t.Context(), string(id), true)
	require.Error(t, err, "nobody is there")
	require.NotErrorIs(t, err, switchboard.ErrGone)
}

// clock tells times of a conversation as they are in its recording.
type clock struct{ began time.Time }

func (c clock) now() float64 { return time.Since(c.began).Seconds() }

// between cuts out a stretch of a recording, a little inside of the times that are given.
func between(t *testing.T, samples []int16, from, to float64) []int16 {
	t.Helper()
	const inside = 0.25
	first, last := int((from+inside)*audio.Rate), int((to-inside)*audio.Rate)
	require.Less(t, first, last)
	require.LessOrEqual(t, last, len(samples))
	return samples[first:last]
}

func TestRealAPausedRecordingIsSilentAndGoesOnInTime(t *testing.T) {
	t.Parallel()
	k := newTalk(t, agentHz)
	ctx, leg := t.Context(), string(k.id)
	talk := clock{k.joined}
	wait := func() { <-time.After(time.Second) }

	wait()
	paused := talk.now()
	for range 2 {
		require.NoError(t, k.PauseRecording(ctx, string(k.id), true))
	}
	wait()
	hears(t, k.citizen, agentHz) // who talks notices nothing
	hears(t, k.agent, citizenHz)
	resumed := talk.now()
	for range 2 {
		require.NoError(t, k.PauseRecording(ctx, string(k.id), false))
	}
	wait()
	pausedAgain := talk.now()
	require.NoError(t, k.PauseRecording(ctx, string(k.id), true))
	wait()
	over := talk.now()
	require.NoError(t, k.Hangup(ctx, leg))
	require.Equal(t, switchboard.LegGone{Call: k.id, Leg: leg, Cause: 16}, come(t, k.signals))

	for side, hz := range map[string]float64{"rx": citizenHz, "tx": agentHz} {
		sound := k.recorded(side)
		require.InDelta(t, over, seconds(sound), 0.6, "%s: a pause is time too", side)
		require.Greater(t, presence(between(t, sound, 0, paused), hz), 0.9, side)
		require.Zero(t, audio.RMS(between(t, sound, paused, resumed)), side)
		require.Greater(t, presence(between(t, sound, resumed, pausedAgain), hz), 0.9, side)
		require.Zero(t, audio.RMS(between(t, sound, pausedAgain, min(over, seconds(sound)))), side)
	}
	require.Eventually(t, func() bool {
		return k.PauseRecording(context.Background(), string(k.id), false) != nil
	}, soon, 10*time.Millisecond)
	require.ErrorIs(t, k.PauseRecording(ctx, string(k.id), false), switchboard.ErrGone)
}
