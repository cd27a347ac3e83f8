package auth

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is a store that lives as long as a test, and so over a restart of a service.
type memory struct {
	mu       sync.Mutex
	people   map[string]Person
	hashes   map[string]string
	sessions []*keptSession
	tokens   map[string]Person
	err      error
}

type keptSession struct {
	hash  []byte
	staff string
	used  time.Time
}

// newMemory knows lan, whose password is lanPassword.
func newMemory(tb testing.TB) *memory {
	tb.Helper()
	hash, err := argon2id.CreateHash(lanPassword, cheap())
	require.NoError(tb, err)
	return &memory{
		people: map[string]Person{"lan": {ID: "lan", Name: "Nguyễn Thị Lan", Role: Agent}},
		hashes: map[string]string{"lan": hash}, tokens: map[string]Person{},
	}
}

const lanPassword = "đèn đường số 12"

// cheap hashes are checked as those are that Hash makes.
func cheap() *argon2id.Params {
	return &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

func service(tb testing.TB, store Store) *Service {
	tb.Helper()
	s, err := newService(store, cheap())
	require.NoError(tb, err)
	return s
}

func (m *memory) Password(_ context.Context, id string) (Person, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return Person{}, "", m.err
	}
	p, ok := m.people[id]
	if !ok {
		return Person{}, "", ErrUnknown
	}
	return p, m.hashes[id], nil
}

func (m *memory) AddSession(_ context.Context, hash []byte, staff string, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions = append(m.sessions, &keptSession{hash, staff, now})
	return m.err
}

func (m *memory) UseSession(_ context.Context, hash []byte, now, idleSince time.Time) (Person, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.sessions {
		if bytes.Equal(s.hash, hash) && s.used.After(idleSince) {
			s.used = now
			return m.people[s.staff], m.err
		}
	}
	return Person{}, ErrUnknown
}

func (m *memory) EndSession(_ context.Context, hash []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, s := range m.sessions {
		if bytes.Equal(s.hash, hash) {
			m.sessions = append(m.sessions[:i], m.sessions[i+1:]...)
			break
		}
	}
	return m.err
}

func (m *memory) AddToken(_ context.Context, hash []byte, name, staff string, role Role, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tokens[string(hash)] = Person{ID: staff, Name: name, Role: role}
	return m.err
}

func (m *memory) Token(_ context.Context, hash []byte) (Person, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.tokens[string(hash)]
	if !ok {
		return Person{}, ErrUnknown
	}
	return p, nil
}
