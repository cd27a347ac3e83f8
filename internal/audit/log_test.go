package audit

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shelf is a store that may be away.
type shelf struct {
	mu   sync.Mutex
	ids  map[string]bool
	acts []Act
	err  error
}

func (s *shelf) AddAudit(_ context.Context, entries []Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	for _, e := range entries {
		if !s.ids[e.ID] {
			s.ids[e.ID], s.acts = true, append(s.acts, e.Act)
		}
	}
	return nil
}

func (s *shelf) away(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

func (s *shelf) seen() []Act {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Act(nil), s.acts...)
}

func open(t *testing.T, path string, s Store) (*Log, *bytes.Buffer) {
	t.Helper()
	var said bytes.Buffer
	l, err := Open(Options{Path: path, Node: "bd1", Store: s, Log: slog.New(slog.NewTextHandler(&said, nil))})
	require.NoError(t, err)
	t.Cleanup(l.Stop)
	return l, &said
}

func TestEntriesReachTheStoreInOrder(t *testing.T) {
	t.Parallel()
	s := &shelf{ids: map[string]bool{}}
	l, _ := open(t, filepath.Join(t.TempDir(), "audit.db"), s)
	l.Start(t.Context())
	l.Start(t.Context())
	for _, act := range []Act{SignedIn, Listened, SignedOut} {
		l.Write(Entry{Act: act, Who: "lan", Result: Done})
	}
	require.Eventually(t, func() bool { return len(s.seen()) == 3 && l.Waiting() == 0 }, 5*time.Second, time.Millisecond)
	require.Equal(t, []Act{SignedIn, Listened, SignedOut}, s.seen())
}

func TestADatabaseThatIsAwayStopsNobodyAndLosesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "audit.db")
	s := &shelf{ids: map[string]bool{}, err: errors.New("away")}
	before, _ := open(t, path, s)
	before.Start(t.Context())
	before.Write(Entry{Act: SignedIn, Result: Done})
	before.Write(Entry{Act: Listened, Result: Done})
	before.Stop() // or kill -9: each was on disk when Write came back
	before.Stop()
	require.Empty(t, s.seen())

	after, _ := open(t, path, s)
	require.Equal(t, 2, after.Waiting())
	after.Start(t.Context())
	after.Write(Entry{Act: SignedOut, Result: Done})
	s.away(nil)
	require.Eventually(t, func() bool { return after.Waiting() == 0 }, 5*time.Second, time.Millisecond)
	require.Equal(t, []Act{SignedIn, Listened, SignedOut}, s.seen())
}

func TestMoreThanOneBatch(t *testing.T) {
	t.Parallel()
	s := &shelf{ids: map[string]bool{}}
	l, _ := open(t, filepath.Join(t.TempDir(), "audit.db"), s)
	l.file.NoSync = true // only here, for speed
	for range 2*atOnce + 1 {
		l.Write(Entry{Act: Listened, Result: Done})
	}
	l.Start(t.Context())
	require.Eventually(t, func() bool { return len(s.seen()) == 2*atOnce+1 && l.Waiting() == 0 }, 5*time.Second, time.Millisecond)
}

func TestAnActThatCannotBeKeptIsToldWhole(t *testing.T) {
	t.Parallel()
	l, said := open(t, filepath.Join(t.TempDir(), "audit.db"), &shelf{})
	l.Stop()
	l.Write(Entry{Act: Listened, Who: "lan", Whom: "bd1-1.1", Result: Done})
	require.Contains(t, said.String(), "not in the audit log")
	require.Contains(t, said.String(), "bd1-1.1")
	require.Zero(t, l.Waiting())
}

func TestOneFileHasOneOwner(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "audit.db")
	open(t, path, &shelf{})
	_, err := Open(Options{Path: path})
	require.ErrorContains(t, err, "another controller")
}
