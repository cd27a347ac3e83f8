package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/survival"
	"hotline1022/internal/journal"
	"hotline1022/internal/ticket"
)

// after is a controller that came back, with a log that Asterisk left.
type after struct {
	*survivors
	journal *journal.Journal
	there   bool // the channel is in Asterisk
	ended   []call.ID
}

func cameBack(t *testing.T, path, dir string) *after {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	j, err := journal.Open(journal.Options{Path: path, Node: "t1", Log: log})
	require.NoError(t, err)
	require.NoError(t, j.Start(t.Context()))
	a := &after{journal: j}
	a.survivors = &survivors{
		dir: dir, journal: j, log: log, imported: map[call.ID]bool{},
		told: func() survival.Told {
			return survival.Told{Queue: "emergency", Code: j.NextTicketCode, Normalize: func(n string) string { return n }}
		},
		there: func(context.Context, call.ID) (bool, error) { return a.there, nil },
		over:  func(id call.ID) { a.ended = append(a.ended, id) },
	}
	return a
}

func (a *after) records(t *testing.T) []ticket.Record {
	t.Helper()
	var events []call.Event
	require.NoError(t, a.journal.Replay(time.Time{}, func(e call.Event) error {
		events = append(events, e)
		return nil
	}))
	return ticket.Project(events)
}

func TestWhatAsteriskDidAloneIsToldOnceWhateverDies(t *testing.T) {
	t.Parallel()
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), "journal.db")
	name := filepath.Join(dir, "t1-1795613013.0.log")
	text := "1795613013.231 open 0908123456 1022 from-trunk\n1795613020.020 began 114\n1795613020.021 tried 114 1 114 1\n1795613024.300 answered 114 1 114\n"
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))

	a := cameBack(t, path, dir)
	a.there = true
	require.NoError(t, a.look(t.Context()))
	require.Empty(t, a.records(t), "the call goes on")
	require.True(t, a.talks("t1-1795613013.0"))
	require.NoError(t, os.WriteFile(name, []byte(text+"1795613090.000 gone\n"), 0o600))
	require.False(t, a.talks("t1-1795613013.0"))
	require.NoError(t, a.look(t.Context()))
	require.NoError(t, a.look(t.Context()), "told, perhaps not on disk yet")
	require.Eventually(t, func() bool { return len(a.records(t)) == 1 }, 5*time.Second, time.Millisecond)
	require.Equal(t, []call.ID{"t1-1795613013.0"}, a.ended)
	first := a.records(t)[0]
	require.Equal(t, call.HandedOver, first.Outcome.Result)
	a.journal.Stop()

	// It dies before the log is removed, and another one comes.
	require.FileExists(t, name)
	a = cameBack(t, path, dir)
	require.NoError(t, a.look(t.Context()))
	require.NoFileExists(t, name)
	require.NoError(t, a.look(t.Context()))
	require.Equal(t, []ticket.Record{first}, a.records(t))
	a.journal.Stop()
}

// The log is read, then the citizen hangs up, then Asterisk is asked.
func TestACallThatEndsWhileItIsLookedAtIsToldWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "t1-1795613013.0.log")
	text := "1795613013.231 open 0908123456 1022 from-trunk\n1795613020.020 began 114\n"
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	a := cameBack(t, filepath.Join(t.TempDir(), "journal.db"), dir)
	a.survivors.there = func(context.Context, call.ID) (bool, error) {
		return false, os.WriteFile(name, []byte(text+"1795613024.300 answered 114 1 114\n1795613090.000 gone\n"), 0o600)
	}
	require.NoError(t, a.look(t.Context()))
	require.Eventually(t, func() bool { return len(a.records(t)) == 1 }, 5*time.Second, time.Millisecond)
	require.Equal(t, call.HandedOver, a.records(t)[0].Outcome.Result)
	a.journal.Stop()
}

func TestACallThatEndedWithAsteriskIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "t1-1795613013.0.log"), []byte("1795613013.231 open - 1022 from-trunk\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "t1-1795613014.0.log"), nil, 0o600), "of a full disk")
	a := cameBack(t, filepath.Join(t.TempDir(), "journal.db"), dir)
	require.NoError(t, a.look(t.Context()))
	require.Eventually(t, func() bool { return len(a.records(t)) == 1 }, 5*time.Second, time.Millisecond)
	require.Equal(t, call.Failed, a.records(t)[0].Outcome.Result)
	require.NoFileExists(t, filepath.Join(dir, "t1-1795613014.0.log"))
	a.journal.Stop()
}
