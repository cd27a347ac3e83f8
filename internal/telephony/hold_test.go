package telephony_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/switchboard"
	"hotline1022/recording"
)

// secondHz is what the second agent says. A phone of ours begins each call with RTP
// number 1, so the second agent's numbers are below the first one's: the bad case.
const secondHz = supervisorHz

// kept is the recording of a conversation, when it is over: citizen and others.
func (k *talk) kept() (citizen, others []int16) {
	k.tb.Helper()
	store := &memory{}
	done := make(chan struct{}, 1)
	keeper := recording.NewKeeper(k.ends.RecordingDir, store, func(string, call.Recorded) { done <- struct{}{} }, slog.New(slog.DiscardHandler))
	require.NoError(k.tb, keeper.Start(k.tb.Context(), func(call.ID) bool { return false }))
	come(k.tb, done)
	keeper.Stop()
	sides, err := audio.ReadWAV(store.data.Bytes())
	require.NoError(k.tb, err)
	require.Len(k.tb, sides, 2)
	return sides[0], sides[1]
}

// memory is a store of one file.
type memory struct{ data bytes.Buffer }

func (m *memory) Put(_ context.Context, _ string, write func(io.Writer) error) error {
	m.data.Reset()
	return write(&m.data)
}

// stretch is a time in which a citizen talked with somebody.
type stretch struct {
	with   float64 // their tone
	began  time.Time
	length float64
}

func (s *stretch) end() { s.length = time.Since(s.began).Seconds() }

// requireStretches hears each stretch in its place: the recording holds them one after
// the other, and nothing of what was between.
func requireStretches(t *testing.T, citizen, others []int16, stretches []stretch) {
	t.Helper()
	var all float64
	for _, s := range stretches {
		all += s.length
	}
	require.Len(t, others, len(citizen))
	require.InDelta(t, all, seconds(citizen), 0.15*float64(len(stretches)))
	t.Logf("%.2f s talked, %.2f s recorded", all, seconds(citizen))
	from := 0.0
	for i, s := range stretches {
		to := min(from+s.length, seconds(citizen))
		require.Greater(t, presence(between(t, citizen, from, to), citizenHz), 0.9, "stretch %d, citizen", i)
		heard := between(t, others, from, to)
		for _, hz := range []float64{agentHz, secondHz, musicHz} {
			if hz == s.with {
				require.Greater(t, presence(heard, hz), 0.9, "stretch %d, %v Hz", i, hz)
			} else {
				require.Zero(t, presence(heard, hz), "stretch %d, %v Hz", i, hz)
			}
		}
		from = to
	}
}

// The recording is the citizen's: it goes on over hold and over a change of the agent,
// and holds the conversation only. Who is on hold is not recorded, so the time of a hold
// is not in it, on neither side.
func TestRealARecordingGoesOnOverHoldAndTransfer(t *testing.T) {
	t.Parallel()
	k := newTalk(t, agentHz, secondHz)
	ctx, citizen, first := t.Context(), string(k.id), k.id.Bridge()
	wait := func() { <-time.After(1500 * time.Millisecond) }
	stretches := []stretch{{with: agentHz, began: k.joined}}
	part := func(bridge string) { // and hears music
		require.NoError(t, k.Part(ctx, bridge, citizen))
		stretches[len(stretches)-1].end()
		require.NoError(t, k.Music(ctx, citizen, true))
		hearsAll(t, k.citizen, musicHz)
	}
	join := func(bridge string, with float64) {
		require.NoError(t, k.Music(ctx, citizen, false))
		stretches = append(stretches, stretch{with: with, began: time.Now()})
		require.NoError(t, k.Join(ctx, bridge, citizen))
		hearsAll(t, k.citizen, with)
	}

	wait()
	part(first)
	wait() // on hold
	join(first, agentHz)
	hearsAll(t, k.agent, citizenHz)
	wait()

	// The next agent is rung while the citizen hears music; then the first one goes.
	part(first)
	second := first + "2"
	_, agent := k.connect(2, "1", second)
	require.NoError(t, k.Hangup(ctx, k.agentLeg))
	require.Equal(t, switchboard.LegGone{Call: k.id, Leg: k.agentLeg, Cause: 16}, come(t, k.signals))
	require.NoError(t, k.NextPart(ctx, k.id, 2, false))
	require.Equal(t, k.id, come(t, k.signals).(switchboard.CitizenEntered).Call, "once more")
	join(second, secondHz)
	hearsAll(t, agent, citizenHz)
	wait()
	require.NoError(t, k.Hangup(ctx, citizen))
	stretches[len(stretches)-1].end()
	said, heard := k.kept()
	requireStretches(t, said, heard, stretches)
}

// An agent brings in a second one and leaves the citizen with them: the citizen joins
// both, last, and in a new part.
func TestRealARecordingGoesOnWhenTheFirstAgentLeaves(t *testing.T) {
	t.Parallel()
	k := newTalk(t, agentHz, secondHz)
	ctx, citizen, bridge := t.Context(), string(k.id), k.id.Bridge()
	wait := func() { <-time.After(1500 * time.Millisecond) }
	alone := stretch{with: agentHz, began: k.joined}
	wait()
	require.NoError(t, k.Part(ctx, bridge, citizen))
	alone.end()
	k.connect(2, "1", bridge) // the agents talk
	require.NoError(t, k.NextPart(ctx, k.id, 2, false))
	come(t, k.signals)
	began := time.Now()
	require.NoError(t, k.Join(ctx, bridge, citizen))
	hearsAll(t, k.citizen, agentHz, secondHz)
	wait()
	require.NoError(t, k.Hangup(ctx, k.agentLeg))
	three := time.Since(began).Seconds()
	hearsAll(t, k.citizen, secondHz)
	wait()
	require.NoError(t, k.Hangup(ctx, citizen))
	over := alone.length + time.Since(began).Seconds()

	_, heard := k.kept()
	require.InDelta(t, over, seconds(heard), 0.4)
	together := between(t, heard, alone.length, alone.length+three)
	require.Greater(t, presence(together, agentHz), 0.9)
	require.Greater(t, presence(together, secondHz), 0.9)
	left := between(t, heard, alone.length+three, seconds(heard))
	require.Greater(t, presence(left, secondHz), 0.9)
	require.Zero(t, presence(left, agentHz))
}

// A pause lasts over the change of part.
func TestRealAPauseGoesOnInTheNextPart(t *testing.T) {
	t.Parallel()
	k := newTalk(t, agentHz, secondHz)
	ctx, citizen, first := t.Context(), string(k.id), k.id.Bridge()
	wait := func() { <-time.After(1200 * time.Millisecond) }
	wait()
	require.NoError(t, k.PauseRecording(ctx, string(k.id), true))
	open := time.Since(k.joined).Seconds()
	wait()
	require.NoError(t, k.Part(ctx, first, citizen))
	second := first + "2"
	k.connect(2, "1", second)
	require.NoError(t, k.NextPart(ctx, k.id, 2, true))
	come(t, k.signals)
	require.NoError(t, k.Join(ctx, second, citizen))
	hears(t, k.citizen, secondHz)
	wait()
	require.NoError(t, k.Hangup(ctx, citizen))
	said, heard := k.kept()
	for i, side := range [][]int16{said, heard} {
		require.NotZero(t, audio.RMS(between(t, side, 0, open)), "side %d", i)
		require.Zero(t, audio.RMS(between(t, side, open, seconds(side))), "side %d", i)
	}
}
