package recording_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone/audio"
	"hotline1022/recording"
)

func TestEachSideHasItsChannel(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ citizen, agent time.Duration }{
		"the same length":        {3 * time.Second, 3 * time.Second},
		"the citizen's is short": {time.Second, 3 * time.Second},
		"the agent's is short":   {3 * time.Second, 1500 * time.Millisecond},
		"the agent never spoke":  {2 * time.Second, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t)
				b.talk(id, tt.citizen, tt.agent)
				b.start()
				defer b.Stop()
				b.Finish(id)
				pass(10 * time.Second)
				synctest.Wait()
				data := b.seen().files[key]
				requireTones(t, data, tt.citizen, tt.agent)
				sum := sha256.Sum256(data)
				require.Equal(t, []call.Recorded{{
					Path: key, What: call.OfConversation, Bytes: int64(len(data)), Duration: max(tt.citizen, tt.agent), SHA256: hex.EncodeToString(sum[:]),
				}}, b.seen().told[id])
				require.Zero(t, b.spooled())
			})
		})
	}
}

func TestCallsWithoutAConversation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.start()
		defer b.Stop()
		b.Finish(id) // nobody ever talked: no file at all
		b.talk("bd1-1764000000.43", 0, 0)
		b.Finish("bd1-1764000000.43") // bridged for no time
		require.NoError(t, os.WriteFile(b.path("bd1-1764000000.44", "rx"), nil, 0o600))
		b.Finish("bd1-1764000000.44")
		pass(10 * time.Second)
		require.Empty(t, b.seen().told)
		require.Empty(t, b.seen().files)
		require.Zero(t, b.spooled())
		require.Empty(t, b.seen().log, "that is no error")
	})
}

// A side that is missing altogether is silent; the other is kept.
func TestOneSideAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.talk(id, 2*time.Second, 0)
		require.NoError(t, os.Remove(b.path(id, "tx")))
		b.talk("bd1-1764000000.43", 0, time.Second)
		require.NoError(t, os.Remove(b.path("bd1-1764000000.43", "rx")))
		b.start() // the sweep finds both
		defer b.Stop()
		pass(10 * time.Second)
		requireTones(t, b.seen().files[key], 2*time.Second, 0)
		requireTones(t, b.seen().files["2025/11/24/bd1-1764000000.43.wav"], 0, time.Second)
	})
}

// Asterisk was killed: the headers say that there is nothing, and the last sample is
// cut in half.
func TestHeadersThatWereNeverFinished(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.talk(id, 2*time.Second, 2*time.Second)
		for _, side := range []string{"rx", "tx"} {
			data, err := os.ReadFile(b.path(id, side))
			require.NoError(t, err)
			clear(data[40:44])
			require.NoError(t, os.WriteFile(b.path(id, side), append(data, 0x7f), 0o600))
		}
		b.start()
		defer b.Stop()
		pass(10 * time.Second)
		requireTones(t, b.seen().files[key], 2*time.Second, 2*time.Second)
	})
}

// What comes after the sound in a file is not sound.
func TestOtherChunks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.talk(id, time.Second, time.Second)
		data, err := os.ReadFile(b.path(id, "rx"))
		require.NoError(t, err)
		list := append([]byte("LIST\x03\x00\x00\x00abc\x00"), data[36:]...)
		data = append(data[:36:36], append(list, "LIST\x04\x00\x00\x00abcd"...)...)
		require.NoError(t, os.WriteFile(b.path(id, "rx"), data, 0o600))
		b.start()
		defer b.Stop()
		pass(10 * time.Second)
		requireTones(t, b.seen().files[key], time.Second, time.Second)
	})
}

func TestWhatIsNoRecordingIsLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.talk(id, time.Second, time.Second)
		stereo := b.path("bd1-1764000000.43", "rx")
		data, err := os.ReadFile(b.path(id, "rx"))
		require.NoError(t, err)
		binary.LittleEndian.PutUint16(data[22:], 2)
		require.NoError(t, os.WriteFile(stereo, data, 0o600))
		require.NoError(t, os.WriteFile(b.path("bd1-1764000000.44", "tx"), bytes.Repeat([]byte("no sound "), 100), 0o600))
		b.start()
		defer b.Stop()
		pass(10 * time.Second)
		require.Len(t, b.seen().told, 1)
		require.Equal(t, 2, b.spooled())
		require.Equal(t, 2, strings.Count(b.seen().log, "not a WAV file"))
	})
}

func TestKeysAreTheSameWhenever(t *testing.T) {
	t.Parallel()
	for id, want := range map[call.ID]string{
		id:                  key,
		"a-b-1764086399.1":  "2025/11/25/a-b-1764086399.1.wav",
		"bd1-0.1":           "1970/01/01/bd1-0.1.wav",
		"something strange": "1970/01/01/something strange.wav",
	} {
		require.Equal(t, want, recording.Key(string(id)))
	}
}

func BenchmarkJoin(b *testing.B) {
	t := &bench{spool: b.TempDir()}
	for _, side := range []string{"rx", "tx"} {
		require.NoError(b, audio.WriteWAV(t.path(id, side), audio.Tone(citizenHz, 0, 180*audio.Rate)))
	}
	store := discard{}
	b.SetBytes(180 * audio.Rate * 4)
	for b.Loop() {
		require.NoError(b, recording.Join(b.Context(), t.spool, string(id), store))
	}
}

type discard struct{}

func (discard) Put(_ context.Context, _ string, write func(io.Writer) error) error {
	return write(io.Discard)
}
