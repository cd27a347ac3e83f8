package recording_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone/audio"
	"hotline1022/recording"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	id        = call.ID("bd1-1764000000.42")
	key       = "2025/11/24/bd1-1764000000.42.wav"
	citizenHz = 440.0
	agentHz   = 1000.0
)

// bench is a keeper with what is around it: a spool folder, and a store in memory
// whose Put may fail.
type bench struct {
	t     *testing.T
	spool string
	fail  func(put int) error
	*recording.Keeper

	mu    sync.Mutex
	files map[string][]byte
	puts  int
	told  map[call.ID][]call.Recorded
	lines bytes.Buffer
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, spool: t.TempDir(), files: map[string][]byte{}, told: map[call.ID][]call.Recorded{}}
	b.Keeper = b.another()
	return b
}

// another is a keeper of the time after a restart.
func (b *bench) another() *recording.Keeper {
	return recording.NewKeeper(b.spool, b, func(name string, r call.Recorded) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.told[call.ID(name)] = append(b.told[call.ID(name)], r)
	}, slog.New(slog.NewTextHandler(b, nil)))
}

func (b *bench) Put(_ context.Context, key string, write func(io.Writer) error) error {
	var data bytes.Buffer
	if err := write(&data); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.puts++
	if b.fail != nil {
		if err := b.fail(b.puts); err != nil {
			return err
		}
	}
	b.files[key] = data.Bytes()
	return nil
}

// Write takes the lines of the log.
func (b *bench) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lines.Write(line)
}

// seen is what has happened so far.
type seen struct {
	files map[string][]byte
	puts  int
	told  map[call.ID][]call.Recorded
	log   string
}

func (b *bench) seen() seen {
	b.mu.Lock()
	defer b.mu.Unlock()
	return seen{maps.Clone(b.files), b.puts, maps.Clone(b.told), b.lines.String()}
}

// Finish says that a call has ended.
func (b *bench) Finish(id call.ID) { b.Keeper.Finish(string(id)) }

func (b *bench) start() {
	b.t.Helper()
	require.NoError(b.t, b.Start(b.t.Context(), func(call.ID) bool { return false }))
}

func (b *bench) path(id call.ID, side string) string {
	return filepath.Join(b.spool, string(id)+"-"+side+".wav")
}

// talk writes what Asterisk would have: each side's own tone.
func (b *bench) talk(id call.ID, citizen, agent time.Duration) {
	b.t.Helper()
	require.NoError(b.t, audio.WriteWAV(b.path(id, "rx"), audio.Tone(citizenHz, 0, int(citizen*audio.Rate/time.Second))))
	require.NoError(b.t, audio.WriteWAV(b.path(id, "tx"), audio.Tone(agentHz, 0, int(agent*audio.Rate/time.Second))))
}

func (b *bench) spooled() int {
	b.t.Helper()
	entries, err := os.ReadDir(b.spool)
	require.NoError(b.t, err)
	return len(entries)
}

// pass lets time pass, and everything happen that is due by then.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// requireTones hears each side in its own channel and nowhere else.
func requireTones(t *testing.T, data []byte, citizen, agent time.Duration) {
	t.Helper()
	sides, err := audio.ReadWAV(data)
	require.NoError(t, err)
	require.Len(t, sides, 2)
	require.Len(t, sides[0], int(max(citizen, agent)*audio.Rate/time.Second))
	for i, side := range []struct {
		lasts      time.Duration
		own, other float64
	}{{citizen, citizenHz, agentHz}, {agent, agentHz, citizenHz}} {
		n := int(side.lasts * audio.Rate / time.Second)
		if n > 0 {
			require.Greater(t, audio.Share(sides[i][:n], side.own), 0.99, "side %d", i)
			require.Less(t, audio.Share(sides[i][:n], side.other), 0.01, "side %d", i)
		}
		require.Zero(t, audio.RMS(sides[i][n:]), "side %d is silent after its end", i)
	}
}

// unfinished writes a file as it is while Asterisk still writes: no length in it.
func unfinished(t *testing.T, path string, samples []int16) {
	t.Helper()
	require.NoError(t, audio.WriteWAV(path, samples))
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteAt(make([]byte, 4), 40)
	require.NoError(t, errors.Join(err, f.Close()))
}
