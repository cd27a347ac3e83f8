package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// Errors of keeping people.
var (
	ErrTaken     = errors.New("there is somebody of that name, or with that account, already")
	ErrNoName    = errors.New("a user name is lower-case letters, digits and points, a letter first; a person has a name and a role")
	ErrLastAdmin = errors.New("nobody would be left who may change people; make somebody else an admin first")
	ErrWeak      = errors.New("a password has ten characters at least, and is neither the user name nor the old one")
)

// Member is somebody of the staff, as who keeps people sees them.
type Member struct {
	Person
	SSO       string // who they are to the province's sign-in, "" for nobody
	Active    bool
	Second    bool // has a second factor
	Temporary bool // has not yet changed the password that was made for them
	Seen      time.Time
}

// Roll keeps who works here. Changes to who is not there are ErrUnknown; what would
// leave no admin is ErrLastAdmin, and a name that is taken ErrTaken.
type Roll interface {
	People(ctx context.Context) ([]Member, error)
	AddMember(ctx context.Context, m Member, passwordHash string) error
	ChangeMember(ctx context.Context, m Member) error
	// SetActive ends all sessions of who is no longer active.
	SetActive(ctx context.Context, staff string, active bool) error
}

// Lengths of a password and a name, in characters.
const (
	shortestPassword = 10
	longestName      = 100
	longestID        = 64
)

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9.]*$`)

// People lists everybody, also who is not active.
func (s *Service) People(ctx context.Context) ([]Member, error) { return s.store.People(ctx) }

// Add adds somebody, and gives the password that was made for them, which they must
// change. It is told this once.
func (s *Service) Add(ctx context.Context, m Member) (password string, err error) {
	if !idPattern.MatchString(m.ID) || len(m.ID) > longestID || !named(m) {
		return "", ErrNoName
	}
	password, hash, err := s.madePassword()
	if err != nil {
		return "", err
	}
	return password, s.store.AddMember(ctx, m, hash)
}

// Change gives somebody another name, role or account. Sessions go on with what is
// allowed from now on.
func (s *Service) Change(ctx context.Context, m Member) error {
	if !named(m) {
		return ErrNoName
	}
	return s.store.ChangeMember(ctx, m)
}

// SetActive lets somebody in again, or shuts them out: their sessions end at once.
func (s *Service) SetActive(ctx context.Context, staff string, active bool) error {
	return s.store.SetActive(ctx, staff, active)
}

// ResetPassword makes somebody a password, ends their sessions, and tells it once.
func (s *Service) ResetPassword(ctx context.Context, staff string) (string, error) {
	password, hash, err := s.madePassword()
	if err != nil {
		return "", err
	}
	return password, s.store.SetPassword(ctx, staff, hash, true, nil)
}

// ResetSecond takes somebody's second factor away, whose telephone is gone.
func (s *Service) ResetSecond(ctx context.Context, staff string) error {
	return s.store.RemoveSecond(ctx, staff)
}

// ChangePassword gives who is signed in another password; their other sessions end.
func (s *Service) ChangePassword(ctx context.Context, token string, a Attempt, next string) error {
	if _, err := s.check(ctx, a, false); err != nil {
		return err
	}
	if utf8.RuneCountInString(next) < shortestPassword || strings.EqualFold(next, a.User) || next == a.Password {
		return ErrWeak
	}
	hash, err := hashed(next, s.cost)
	if err != nil {
		return err
	}
	return s.store.SetPassword(ctx, a.User, hash, false, digest(token))
}

func named(m Member) bool {
	return strings.TrimSpace(m.Name) != "" && utf8.RuneCountInString(m.Name) <= longestName && m.Role.Known()
}

// madePassword is one that can be read out on the telephone: 80 random bits.
func (s *Service) madePassword() (password, hash string, err error) {
	text := strings.ToLower(rand.Text()[:16])
	password = text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
	hash, err = hashed(password, s.cost)
	return password, hash, err
}

// Knows says whether somebody of that name works here, for a log that may name them.
func (s *Service) Knows(ctx context.Context, user string) bool {
	_, _, err := s.store.Password(ctx, user)
	return err == nil
}
