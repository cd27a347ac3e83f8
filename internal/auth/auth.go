// Package auth says who somebody is and what they may do: passwords (argon2id),
// browser sessions and bearer tokens, of which only hashes are kept.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"
)

// Person is somebody who is signed in. ID is empty for a tool's token.
type Person struct {
	ID   string
	Name string
	Role Role
}

// Errors of signing in.
var (
	ErrUnknown = errors.New("nobody is known by that")
	ErrWrong   = errors.New("wrong user name or password")
	ErrTooMany = errors.New("too many tries; wait a minute")
)

// Store keeps people, sessions and tokens. Reads of what is not there are ErrUnknown.
type Store interface {
	Password(ctx context.Context, id string) (Person, string, error)
	AddSession(ctx context.Context, hash []byte, staff string, now time.Time) error
	UseSession(ctx context.Context, hash []byte, now, idleSince time.Time) (Person, error)
	EndSession(ctx context.Context, hash []byte) error
	AddToken(ctx context.Context, hash []byte, name, staff string, role Role, now time.Time) error
	Token(ctx context.Context, hash []byte) (Person, error)
}

// Idle is how long a session lasts without being used.
const Idle = 12 * time.Hour

// Service signs people in.
type Service struct {
	store Store
	dummy string // a hash nobody has, so that unknown users take as long as known ones

	tries tries
	// hashing one password takes 64 MiB; no more than these are hashed at once.
	slots chan struct{}
}

// New builds a service.
func New(store Store) (*Service, error) { return newService(store, argon2id.DefaultParams) }

func newService(store Store, cost *argon2id.Params) (*Service, error) {
	dummy, err := argon2id.CreateHash(rand.Text(), cost)
	if err != nil {
		return nil, err
	}
	return &Service{store: store, dummy: dummy, tries: tries{failed: map[string][]time.Time{}}, slots: make(chan struct{}, 2)}, nil
}

// Hash makes the hash of a password that is kept.
func Hash(password string) (string, error) {
	hash, err := argon2id.CreateHash(password, argon2id.DefaultParams)
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	return hash, nil
}

// SignIn checks a password and makes a session, whose token it gives.
func (s *Service) SignIn(ctx context.Context, user, password, address string) (Person, string, error) {
	person, err := s.check(ctx, user, password, address)
	if err != nil {
		return Person{}, "", err
	}
	token := rand.Text() + rand.Text()
	return person, token, s.store.AddSession(ctx, digest(token), person.ID, time.Now())
}

// check says whose password it is. An unknown name takes as long as a wrong password.
func (s *Service) check(ctx context.Context, user, password, address string) (Person, error) {
	limits := passwordLimits(user, address)
	if s.tries.tooMany(time.Now(), limits...) {
		return Person{}, ErrTooMany
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return Person{}, ctx.Err()
	}
	// Many at once have waited here together, and each may have been one too many since.
	if s.tries.tooMany(time.Now(), limits...) {
		return Person{}, ErrTooMany
	}
	person, hash, err := s.store.Password(ctx, user)
	known := err == nil
	if errors.Is(err, ErrUnknown) {
		hash = s.dummy
	} else if err != nil {
		return Person{}, err
	}
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return Person{}, fmt.Errorf("comparing a password: %w", err)
	}
	if !match || !known {
		s.tries.add(time.Now(), limits...)
		return Person{}, ErrWrong
	}
	return person, nil
}

// Session finds who a browser is.
func (s *Service) Session(ctx context.Context, token string) (Person, error) {
	now := time.Now()
	return s.store.UseSession(ctx, digest(token), now, now.Add(-Idle))
}

// SignOut ends a session.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.store.EndSession(ctx, digest(token))
}

// NewToken makes a bearer token for a tool, or for a member of staff.
func (s *Service) NewToken(ctx context.Context, name, staff string, role Role) (string, error) {
	token := "h1_" + rand.Text() + rand.Text()
	return token, s.store.AddToken(ctx, digest(token), name, staff, role, time.Now())
}

// Bearer finds whose a bearer token is.
func (s *Service) Bearer(ctx context.Context, token string) (Person, error) {
	return s.store.Token(ctx, digest(token))
}

// digest is what is kept of a token: it has 256 random bits, so a plain hash is safe.
func digest(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
