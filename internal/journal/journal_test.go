package journal_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/call"
	"hotline1022/internal/journal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// store is a Postgres that fails when told to.
type store struct {
	mu     sync.Mutex
	broken bool
	ids    map[string]bool
	order  []string
}

func (s *store) Append(_ context.Context, events []call.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return errors.New("the store is away")
	}
	for _, e := range events {
		if !s.ids[e.ID] {
			s.ids[e.ID] = true
			s.order = append(s.order, e.ID)
		}
	}
	return nil
}

func (s *store) breaks(b bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = b
}

func (s *store) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.order)
}

func open(t *testing.T, path string) *journal.Journal {
	t.Helper()
	j, err := journal.Open(journal.Options{Path: path, Node: "t1", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return j
}

func TestEventsReachReadersAndTheStoreInOrderThoughItWasAway(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	s := &store{ids: map[string]bool{}, broken: true}
	j := open(t, path)
	var mu sync.Mutex
	var read []string
	j.Subscribe(func(events []call.Event) {
		mu.Lock()
		defer mu.Unlock()
		for _, e := range events {
			read = append(read, e.ID)
		}
	})
	j.ShipTo(s)
	require.NoError(t, j.Start(t.Context()))
	for range 500 {
		j.Append("t1-1.1", call.MenuEntered{Node: "main"}, call.KeyPressed{Node: "main", Digit: "3"})
	}
	require.Eventually(t, func() bool { mu.Lock(); defer mu.Unlock(); return len(read) == 1000 }, 5*time.Second, time.Millisecond)
	require.Eventually(t, func() bool { _, err := j.Behind(); return err != nil }, 5*time.Second, time.Millisecond)
	j.Stop()
	require.Zero(t, s.count())

	s.breaks(false)
	j = open(t, path)
	j.ShipTo(s)
	require.NoError(t, j.Start(t.Context()))
	j.Append("t1-1.1", call.Finished{})
	require.Eventually(t, func() bool { return s.count() == 1001 }, 10*time.Second, time.Millisecond)
	j.Stop()
	j.Stop()
	require.Equal(t, read, s.order[:1000])

	n := 0
	j = open(t, path)
	require.NoError(t, j.Replay(time.Time{}, func(e call.Event) error {
		require.Equal(t, s.order[n], e.ID)
		n++
		return nil
	}))
	require.Equal(t, 1001, n)
	j.Stop()
}

func TestTicketCodesAreNeverGivenTwice(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	now := time.Date(2026, 11, 24, 16, 59, 0, 0, time.UTC) // 23:59 in Việt Nam
	seen := map[string]bool{}
	for range 3 {
		j := open(t, path)
		require.NoError(t, j.Start(t.Context()))
		for range 70 {
			code := j.NextTicketCode(now)
			require.False(t, seen[code], code)
			require.True(t, journal.ValidTicketCode(code), code)
			require.Equal(t, "26328", code[:5])
			require.Len(t, code, 10)
			seen[code] = true
		}
		j.Stop()
	}
	j := open(t, path)
	require.Equal(t, "26329", j.NextTicketCode(now.Add(time.Minute))[:5], "a new day in Việt Nam")
	require.NoError(t, j.Start(t.Context()))
	j.Stop()
}

func TestWrongTicketCodesAreFound(t *testing.T) {
	t.Parallel()
	j := open(t, filepath.Join(t.TempDir(), "journal"))
	require.NoError(t, j.Start(t.Context()))
	defer j.Stop()
	code := []byte(j.NextTicketCode(time.Now()))
	for i := range code {
		wrong := append([]byte(nil), code...)
		wrong[i] = '0' + (wrong[i]-'0'+1)%10
		require.False(t, journal.ValidTicketCode(string(wrong)), "one digit wrong")
		if i > 0 && code[i] != code[i-1] {
			swapped := append([]byte(nil), code...)
			swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
			require.False(t, journal.ValidTicketCode(string(swapped)), "two digits swapped")
		}
	}
	require.False(t, journal.ValidTicketCode("26-8"))
}
