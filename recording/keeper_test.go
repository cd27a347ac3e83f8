package recording_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone/audio"
	"hotline1022/recording"
)

// Asterisk closes the files a moment after the channel is gone.
func TestFilesThatStillGrow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.start()
		defer b.Stop()
		b.Finish(id)
		rx, tx := audio.Tone(citizenHz, 0, 5*audio.Rate), audio.Tone(agentHz, 0, 5*audio.Rate)
		for second := range 5 {
			for side, samples := range map[string][]int16{"rx": rx, "tx": tx} {
				unfinished(t, b.path(id, side), samples[:(second+1)*audio.Rate])
			}
			require.Empty(t, b.seen().files)
			pass(time.Duration(300+700*min(second, 1)) * time.Millisecond)
		}
		b.talk(id, 5*time.Second, 5*time.Second)
		pass(10 * time.Second)
		requireTones(t, b.seen().files[key], 5*time.Second, 5*time.Second)
		require.Equal(t, 1, b.seen().puts)
	})
}

// Of a drill nothing is kept.
func TestWhatIsDiscardedGoesAndIsToldToNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.start()
		defer b.Stop()
		b.talk(id, 5*time.Second, 5*time.Second)
		b.Discard(string(id))
		pass(10 * time.Second)
		require.Empty(t, b.seen().files)
		require.NoFileExists(t, b.path(id, "rx"))
		require.NoFileExists(t, b.path(id, "tx"))
	})
}

// A call that goes on, whatever we were told, holds up no other and is kept in the end.
func TestAFileThatGrowsForLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.start()
		defer b.Stop()
		b.Finish(id)
		for second := range 90 {
			unfinished(t, b.path(id, "rx"), audio.Tone(citizenHz, 0, (second+1)*audio.Rate))
			pass(time.Second)
			if second == 30 {
				b.talk("bd1-1764000000.43", time.Second, time.Second)
				b.Finish("bd1-1764000000.43")
			}
		}
		require.Len(t, b.seen().files, 1)
		require.Equal(t, 1, strings.Count(b.seen().log, "still grows"))
		pass(20 * time.Second)
		requireTones(t, b.seen().files[key], 90*time.Second, 0)
	})
}

func TestTheStoreIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.fail = func(n int) error {
			if n <= 5 {
				return errors.New("the disk is full")
			}
			return nil
		}
		b.talk(id, time.Second, time.Second)
		b.start()
		defer b.Stop()
		pass(5 * time.Second)
		require.Equal(t, 2, b.spooled(), "nothing is removed before it is safe")
		require.Empty(t, b.seen().told)
		pass(time.Minute)
		require.Equal(t, 6, b.seen().puts)
		requireTones(t, b.seen().files[key], time.Second, time.Second)
		require.Zero(t, b.spooled())
		require.Contains(t, b.seen().log, "the disk is full")
	})
}

// A kill between any two steps repeats a step: the same file, the same fact.
func TestAKillAfterTheFactRepeatsIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.talk(id, time.Second, time.Second)
		before := map[string][]byte{}
		for _, side := range []string{"rx", "tx"} {
			data, err := os.ReadFile(b.path(id, side))
			require.NoError(t, err)
			before[side] = data
		}
		b.start()
		pass(time.Second)
		require.Len(t, b.seen().told[id], 1)
		require.Equal(t, 2, b.spooled(), "the fact gets time to reach the disk")
		b.Stop()
		require.Zero(t, b.spooled(), "an orderly stop leaves nothing")

		for side, data := range before { // as a kill would have left it
			require.NoError(t, os.WriteFile(b.path(id, side), data, 0o600))
		}
		b.Keeper = b.another()
		b.start()
		defer b.Stop()
		pass(24 * time.Hour)
		require.Len(t, b.seen().told[id], 2)
		require.Equal(t, b.seen().told[id][0], b.seen().told[id][1])
		require.Len(t, b.seen().files, 1)
		require.Zero(t, b.spooled())
	})
}

func TestTheSweepLeavesLiveCallsAndStrangers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.talk(id, time.Second, time.Second)
		b.talk("bd1-1764000000.43", time.Second, time.Second)
		for _, name := range []string{"notes.txt", "x-rx.wav", "bd1-1.2-o1-rx.wav"} {
			require.NoError(t, os.WriteFile(filepath.Join(b.spool, name), []byte("x"), 0o600))
		}
		require.NoError(t, os.Mkdir(filepath.Join(b.spool, "bd1-1764000000.44-rx.wav"), 0o700))
		require.NoError(t, b.Start(t.Context(), func(c call.ID) bool { return c == id }))
		defer b.Stop()
		pass(10 * time.Second)
		require.Empty(t, b.seen().told[id])
		require.Len(t, b.seen().told, 1)
		require.Equal(t, 6, b.spooled())
		b.Finish(id)
		pass(10 * time.Second)
		require.Len(t, b.seen().told[id], 1)
	})
}

func TestManyCallsEndTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		for i := range 50 {
			b.talk(call.ID(fmt.Sprintf("bd1-1764000000.%d", i)), 200*time.Millisecond, 200*time.Millisecond)
		}
		b.start()
		defer b.Stop()
		pass(150 * time.Millisecond)
		require.Len(t, b.seen().told, 50, "they do not wait for each other")
	})
}

func TestStopIsSafeAtAnyTime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Stop()
	b.Finish(id)
	b.start()
	b.Stop()
	b.Stop()
	b.Finish(id)
	missing := recording.NewKeeper(filepath.Join(t.TempDir(), "not made yet"), b, nil, slog.New(slog.DiscardHandler))
	require.NoError(t, missing.Start(t.Context(), nil))
	missing.Stop()
}
