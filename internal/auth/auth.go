// Package auth says who somebody is and what they may do: passwords (argon2id) and
// second factors (RFC 6238), browser sessions and bearer tokens, of which only hashes
// are kept, and the roles (roles.go) with their permissions.
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
	ErrUnknown    = errors.New("nobody is known by that")
	ErrWrong      = errors.New("wrong user name or password")
	ErrTooMany    = errors.New("too many tries; wait a minute")
	ErrCodeNeeded = errors.New("the second factor's code is needed too")
	ErrCode       = errors.New("the code is wrong, too old, or used already")
	ErrNoAccount  = errors.New("nobody of the staff has that account of the province's sign-in")
)

// Store keeps people, sessions and tokens. Reads of what is not there are ErrUnknown.
type Store interface {
	Password(ctx context.Context, id string) (Person, string, error)
	BySSO(ctx context.Context, sso string) (Person, error)
	AddToken(ctx context.Context, hash []byte, name, staff string, role Role, now time.Time) error
	Token(ctx context.Context, hash []byte) (Person, error)
	Sessions
	SecondFactors
	Roll
}

// Service signs people in.
type Service struct {
	store  Store
	seal   *sealer // nil without second factors
	second []Role  // who must have one
	cost   *argon2id.Params
	dummy  string // a hash nobody has, so that unknown users take as long as known ones

	tries tries
	// hashing one password takes 64 MiB; no more than these are hashed at once.
	slots chan struct{}
}

// Option changes how a service works.
type Option func(*Service) error

// WithSecondFactors lets people have a second factor, which is kept sealed with a key
// that is made of this secret, and makes those of these roles have one.
func WithSecondFactors(secret string, must ...Role) Option {
	return func(s *Service) error {
		var err error
		s.second = must
		s.seal, err = newSealer(secret)
		return err
	}
}

// New builds a service.
func New(store Store, options ...Option) (*Service, error) {
	return newService(store, argon2id.DefaultParams, options...)
}

func newService(store Store, cost *argon2id.Params, options ...Option) (*Service, error) {
	dummy, err := argon2id.CreateHash(rand.Text(), cost)
	if err != nil {
		return nil, err
	}
	s := &Service{store: store, cost: cost, dummy: dummy, tries: tries{failed: map[string][]time.Time{}}, slots: make(chan struct{}, 2)}
	for _, o := range options {
		if err := o(s); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Hash makes the hash of a password that is kept.
func Hash(password string) (string, error) { return hashed(password, argon2id.DefaultParams) }

func hashed(password string, cost *argon2id.Params) (string, error) {
	hash, err := argon2id.CreateHash(password, cost)
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	return hash, nil
}

// Attempt is what somebody says who wants to sign in. Code is empty, or the second
// factor's, or one of the recovery codes.
type Attempt struct {
	User, Password, Code string
	Address              string
}

// SignIn checks a password, and the code of who has a second factor, and makes a
// session, whose token it gives. ErrCodeNeeded says that the password was right.
func (s *Service) SignIn(ctx context.Context, a Attempt) (Session, string, error) {
	person, err := s.check(ctx, a, true)
	if err != nil {
		return Session{}, "", err
	}
	return s.begin(ctx, person, ByPassword)
}

// SignInSSO makes a session of whom the province's sign-in has found to be sso. It
// asked for whatever it asks for; we ask for no second factor after it.
func (s *Service) SignInSSO(ctx context.Context, sso string) (Session, string, error) {
	if sso == "" {
		return Session{}, "", ErrNoAccount
	}
	person, err := s.store.BySSO(ctx, sso)
	if errors.Is(err, ErrUnknown) {
		return Session{}, "", ErrNoAccount
	} else if err != nil {
		return Session{}, "", err
	}
	return s.begin(ctx, person, BySSO)
}

func (s *Service) begin(ctx context.Context, person Person, way Way) (Session, string, error) {
	token := rand.Text() + rand.Text()
	if err := s.store.AddSession(ctx, digest(token), person.ID, way, time.Now()); err != nil {
		return Session{}, "", err
	}
	session, err := s.Session(ctx, token)
	return session, token, err
}

// check says whose password it is, and second whether the second factor is asked for.
// An unknown name takes as long as a wrong password.
func (s *Service) check(ctx context.Context, a Attempt, second bool) (Person, error) {
	limits := passwordLimits(a.User, a.Address)
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
	person, hash, err := s.store.Password(ctx, a.User)
	known := err == nil && hash != "" // who has none signs in another way
	if errors.Is(err, ErrUnknown) || err == nil && hash == "" {
		hash = s.dummy
	} else if err != nil {
		return Person{}, err
	}
	match, err := argon2id.ComparePasswordAndHash(a.Password, hash)
	if err != nil {
		return Person{}, fmt.Errorf("comparing a password: %w", err)
	}
	if !match || !known {
		s.tries.add(time.Now(), limits...)
		return Person{}, ErrWrong
	}
	if second {
		err = s.checkSecond(ctx, person.ID, a.Code)
	}
	return person, err
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
