package auth

import (
	"context"
	"slices"
	"time"
)

// Idle is how long a session lasts without being used.
const Idle = 12 * time.Hour

// Way is how somebody came in.
type Way string

// The ways.
const (
	ByPassword Way = "password"
	BySSO      Way = "sso"
)

// Duty is what somebody must do before anything else.
type Duty string

// The duties.
const (
	NewPassword Duty = "password"
	NewSecond   Duty = "totp"
)

// Session is a browser in which somebody is signed in.
type Session struct {
	Person
	Way    Way
	Locked bool
	Second bool // has a second factor
	Must   []Duty
}

// KeptSession is what is kept of a session.
type KeptSession struct {
	Person
	Way       Way
	Locked    bool
	Second    bool // a second factor is there and confirmed
	Temporary bool // somebody else made the password
}

// Sessions keeps sessions, by the hashes of their tokens.
type Sessions interface {
	AddSession(ctx context.Context, hash []byte, staff string, way Way, now time.Time) error
	UseSession(ctx context.Context, hash []byte, now, idleSince time.Time) (KeptSession, error)
	LockSession(ctx context.Context, hash []byte, locked bool) error
	EndSession(ctx context.Context, hash []byte) error
	// SetPassword keeps a password, and ends all sessions of theirs but one.
	SetPassword(ctx context.Context, staff, passwordHash string, temporary bool, but []byte) error
}

// Session finds who a browser is.
func (s *Service) Session(ctx context.Context, token string) (Session, error) {
	now := time.Now()
	kept, err := s.store.UseSession(ctx, digest(token), now, now.Add(-Idle))
	if err != nil {
		return Session{}, err
	}
	session := Session{Person: kept.Person, Way: kept.Way, Locked: kept.Locked, Second: kept.Second}
	if kept.Way == ByPassword {
		if kept.Temporary {
			session.Must = append(session.Must, NewPassword)
		}
		if !kept.Second && slices.Contains(s.second, kept.Role) {
			session.Must = append(session.Must, NewSecond)
		}
	}
	return session, nil
}

// SignOut ends a session.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.store.EndSession(ctx, digest(token))
}

// Lock keeps a session and what goes on in it, but for what a call depends on.
func (s *Service) Lock(ctx context.Context, token string) error {
	return s.store.LockSession(ctx, digest(token), true)
}

// Unlock takes the lock away for who knows the password.
func (s *Service) Unlock(ctx context.Context, token, password, address string) error {
	session, err := s.Session(ctx, token)
	if err != nil {
		return err
	}
	if _, err := s.check(ctx, Attempt{User: session.ID, Password: password, Address: address}, false); err != nil {
		return err
	}
	return s.store.LockSession(ctx, digest(token), false)
}
