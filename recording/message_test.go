package recording_test

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone/audio"
	"hotline1022/recording"
)

// Two messages of one call.
const (
	first      = string(id) + "-m1"
	second     = string(id) + "-m2"
	firstKey   = "2025/11/24/bd1-1764000000.42-m1.wav"
	secondKey  = "2025/11/24/bd1-1764000000.42-m2.wav"
	anotherOne = "bd1-1764000000.43-m1"
)

// messageBench is a keeper of messages with what is around it.
type messageBench struct {
	*bench
	*recording.Keeper
	kept map[string][]call.Recorded
}

func newMessageBench(t *testing.T) *messageBench {
	m := &messageBench{bench: newBench(t), kept: map[string][]call.Recorded{}}
	m.Keeper = m.anew()
	return m
}

// anew is a keeper of the time after a restart.
func (m *messageBench) anew() *recording.Keeper {
	return recording.NewMessageKeeper(m.spool, m.bench, func(name string, r call.Recorded) {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.kept[name] = append(m.kept[name], r)
	}, slog.New(slog.NewTextHandler(m.bench, nil)))
}

// Finish says that a message has ended.
func (m *messageBench) Finish(name string) { m.Keeper.Finish(name) }

func (m *messageBench) file(name string) string {
	return filepath.Join(m.spool, name+".wav")
}

// say writes what ARI would have.
func (m *messageBench) say(name string, d time.Duration) {
	m.t.Helper()
	require.NoError(m.t, audio.WriteWAV(m.file(name), audio.Tone(citizenHz, 0, int(d*audio.Rate/time.Second))))
}

func nobodyAlive(call.ID) bool { return false }

func TestAMessageIsKeptWhileItsCallGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMessageBench(t)
		require.NoError(t, m.Start(t.Context(), nobodyAlive))
		defer m.Stop()
		m.say(first, 3*time.Second)
		unfinished(t, m.file(second), audio.Tone(citizenHz, 0, audio.Rate)) // is being recorded
		m.Finish(first)
		pass(time.Minute)
		data := m.seen().files[firstKey]
		sides, err := audio.ReadWAV(data)
		require.NoError(t, err)
		require.Len(t, sides, 1)
		require.Len(t, sides[0], 3*audio.Rate)
		require.Greater(t, audio.Share(sides[0], citizenHz), 0.99)
		sum := sha256.Sum256(data)
		require.Equal(t, map[string][]call.Recorded{first: {{
			Path: firstKey, What: call.OfMessage, Bytes: int64(len(data)), Duration: 3 * time.Second, SHA256: hex.EncodeToString(sum[:]),
		}}}, m.kept)
		require.NoFileExists(t, m.file(first))
		require.FileExists(t, m.file(second), "left alone")

		m.say(second, 2*time.Second)
		m.Finish(second)
		m.Finish(second)
		pass(time.Minute)
		require.Len(t, m.kept[second], 1)
		require.Zero(t, m.spooled())
	})
}

// At the call's end whatever it has left is kept, told of or not.
func TestTheEndOfACallFinishesItsMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMessageBench(t)
		require.NoError(t, m.Start(t.Context(), nobodyAlive))
		defer m.Stop()
		m.say(first, time.Second)
		unfinished(t, m.file(second), audio.Tone(citizenHz, 0, 2*audio.Rate)) // Asterisk was killed
		m.say(anotherOne, time.Second)
		m.Finish(string(id))
		pass(time.Minute)
		require.Len(t, m.kept, 2)
		require.Equal(t, 2*time.Second, m.kept[second][0].Duration)
		require.FileExists(t, m.file(anotherOne))
	})
}

func TestMessagesThatHoldNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMessageBench(t)
		require.NoError(t, m.Start(t.Context(), nobodyAlive))
		defer m.Stop()
		m.say(first, 0)
		require.NoError(t, os.WriteFile(m.file(second), nil, 0o600))
		m.Finish(string(id))
		m.Finish(string(id) + "-m3") // never recorded
		pass(time.Minute)
		require.Empty(t, m.kept)
		require.Empty(t, m.seen().files)
		require.Zero(t, m.spooled())
		require.Empty(t, m.seen().log)
	})
}

func TestTheSweepKeepsMessagesOfCallsThatAreOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMessageBench(t)
		m.say(first, time.Second)
		m.say(anotherOne, time.Second)
		for _, name := range []string{"notes.txt", "x.wav", string(id) + ".wav"} {
			require.NoError(t, os.WriteFile(filepath.Join(m.spool, name), []byte("x"), 0o600))
		}
		require.NoError(t, os.Mkdir(m.file(string(id)+"-m9"), 0o700))
		require.NoError(t, m.Start(t.Context(), func(c call.ID) bool { return c == id }))
		pass(10 * time.Second)
		require.Len(t, m.kept, 1)
		require.Len(t, m.kept[anotherOne], 1)
		m.Finish(string(id))
		pass(time.Second)
		m.Stop() // removes what is kept
		require.Len(t, m.kept[first], 1)
		require.Equal(t, 4, m.spooled())

		// A kill between keeping and removing repeats the same fact.
		m.say(first, time.Second)
		m.Keeper = m.anew()
		require.NoError(t, m.Start(t.Context(), nobodyAlive))
		pass(10 * time.Second)
		m.Stop()
		require.Equal(t, m.kept[first][0], m.kept[first][1])
		require.Equal(t, map[string]bool{firstKey: true, "2025/11/24/" + anotherOne + ".wav": true}, keys(m.seen().files))
	})
}

func keys(files map[string][]byte) map[string]bool {
	all := map[string]bool{}
	for key := range files {
		all[key] = true
	}
	return all
}

func TestAMessageIsKeptBesideItsCall(t *testing.T) {
	t.Parallel()
	require.Equal(t, secondKey, recording.Key(second))
}
