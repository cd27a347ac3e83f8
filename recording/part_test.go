package recording_test

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone/audio"
)

// The citizen talked with one agent, with nobody, and with another; the parts follow each
// other, each as long as its longer side.
func TestPartsFollowEachOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.talk(id, 2*time.Second, time.Second)
		b.talk(id+"-2", 0, 0)
		b.talk(id+"-10", time.Second, time.Second)
		b.talk(id+"-3", time.Second, 2*time.Second)
		require.NoError(t, os.WriteFile(b.path(id+"-x", "rx"), []byte("of others"), 0o600))
		require.NoError(t, os.WriteFile(b.path(id+"-03", "rx"), []byte("of others"), 0o600))
		b.start()
		defer b.Stop()
		pass(20 * time.Second)
		require.Len(t, b.seen().told, 1)
		require.Equal(t, 5*time.Second, b.seen().told[id][0].Duration)
		require.Equal(t, 2, b.spooled())
		sides, err := audio.ReadWAV(b.seen().files[key])
		require.NoError(t, err)
		for second, said := range []struct{ citizen, agent bool }{
			{true, true}, {true, false}, {true, true}, {false, true}, {true, true},
		} {
			from, to := second*audio.Rate, (second+1)*audio.Rate
			require.Equal(t, said.citizen, audio.Share(sides[0][from:to], citizenHz) > 0.99, "second %d", second)
			require.Equal(t, said.agent, audio.Share(sides[1][from:to], agentHz) > 0.99, "second %d", second)
		}
	})
}

// The last part grows when the call ends; it is waited for.
func TestAPartThatStillGrows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.start()
		defer b.Stop()
		b.talk(id, time.Second, time.Second)
		unfinished(t, b.path(id+"-2", "rx"), audio.Tone(citizenHz, 0, audio.Rate))
		unfinished(t, b.path(id+"-2", "tx"), audio.Tone(agentHz, 0, audio.Rate))
		b.Finish(id)
		pass(time.Second)
		require.Empty(t, b.seen().files)
		b.talk(id+"-2", 2*time.Second, 2*time.Second)
		pass(20 * time.Second)
		require.Equal(t, 3*time.Second, b.seen().told[id][0].Duration)
		require.Zero(t, b.spooled())
	})
}

// A citizen who was called back talked with one agent, and with another when the first
// one's desk was lost: two parts, of a leg of the call.
func TestWhoWasCalledHasAConversationOfTheirOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.talk(id, time.Second, time.Second)
		b.talk(id+"-c1", 0, 0) // nobody answered
		b.talk(id+"-c2", 2*time.Second, time.Second)
		b.talk(id+"-c2-2", time.Second, time.Second)
		require.NoError(t, os.WriteFile(b.path(id+"-c2-1", "rx"), []byte("of others"), 0o600))
		require.NoError(t, b.Start(t.Context(), func(call.ID) bool { return true }))
		defer b.Stop()
		b.Keeper.Finish(string(id) + "-c1")
		b.Keeper.Finish(string(id) + "-c2")
		pass(20 * time.Second)
		require.Len(t, b.seen().told, 1)
		kept := b.seen().told[id+"-c2"][0]
		require.Equal(t, call.OfOutside, kept.What)
		require.Equal(t, 3*time.Second, kept.Duration)
		require.Equal(t, "2025/11/24/"+string(id)+"-c2.wav", kept.Path)
		require.Equal(t, 3, b.spooled(), "the call's own goes on")
	})
}
