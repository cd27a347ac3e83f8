package auth

import (
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
	members  map[string]Member
	sso      map[string]string // account → who has it
	second   map[string]*memorySecond
	tokens   map[string]Person
	err      error
}

type keptSession struct {
	hash  []byte
	staff string
	used  time.Time
	way   Way
	lock  bool
}

// newMemory knows lan, whose password is lanPassword.
func newMemory(tb testing.TB) *memory {
	tb.Helper()
	hash, err := argon2id.CreateHash(lanPassword, cheap())
	require.NoError(tb, err)
	return &memory{
		people:  map[string]Person{"lan": {ID: "lan", Name: "Nguyễn Thị Lan", Role: Agent}},
		members: map[string]Member{"lan": {Active: true}}, sso: map[string]string{}, second: map[string]*memorySecond{},
		hashes: map[string]string{"lan": hash}, tokens: map[string]Person{},
	}
}

const lanPassword = "đèn đường số 12"

// cheap hashes are checked as those are that Hash makes.
func cheap() *argon2id.Params {
	return &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

func service(tb testing.TB, store Store, options ...Option) *Service {
	tb.Helper()
	s, err := newService(store, cheap(), options...)
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
