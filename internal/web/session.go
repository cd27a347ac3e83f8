package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// staff is who somebody is (openapi.yaml Staff).
type staff struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Role  auth.Role `json:"role"`
	Shift string    `json:"shift"`
}

func (s *site) staffOf(p auth.Person) staff {
	return staff{p.ID, p.Name, p.Role, s.deps.ShiftOf(time.Now(), call.AgentID(p.ID))}
}

// session is who is signed in and how things stand with them (openapi.yaml Session).
type session struct {
	User      staff             `json:"user"`
	May       []auth.Permission `json:"may"`
	Must      []auth.Duty       `json:"must"`
	Way       auth.Way          `json:"way"`
	Second    bool              `json:"totp"`
	Locked    bool              `json:"locked"`
	LockAfter int64             `json:"lock_after_ms"`
}

func (s *site) sessionOf(a auth.Session) session {
	return session{s.staffOf(a.Person), a.Role.May(), list(a.Must), a.Way, a.Second, a.Locked, s.deps.LockAfter.Milliseconds()}
}

// Longest name and password that are looked at, in bytes.
const (
	longestUser     = 64
	longestPassword = 256
)

func (s *site) signIn(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		User     string `json:"user"`
		Password string `json:"password"`
		Code     string `json:"code"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	// Telephones write the first letter large.
	user := strings.ToLower(strings.TrimSpace(form.User))
	if len(user) > longestUser || len(form.Password) > longestPassword || len(form.Code) > longestUser {
		return auth.ErrWrong
	}
	a, token, err := s.auth.SignIn(r.Context(), auth.Attempt{User: user, Password: form.Password, Code: form.Code, Address: address(r)})
	if err != nil {
		s.signInFailed(r, user, err)
		return err
	}
	s.signedIn(w, r, a, token)
	writeJSON(w, http.StatusOK, s.sessionOf(a))
	return nil
}

// signedIn gives the browser its session.
func (s *site) signedIn(w http.ResponseWriter, r *http.Request, a auth.Session, token string) {
	s.act(r, a, audit.SignedIn, map[string]string{"way": string(a.Way)})
	http.SetCookie(w, sessionCookie(r, token, int(auth.Idle.Seconds())))
}

// signInFailed keeps tries that failed. What a stranger writes where a name belongs may
// be a password, and is not kept; nor is each try of who is told to wait.
func (s *site) signInFailed(r *http.Request, user string, err error) {
	if !errors.Is(err, auth.ErrWrong) && !errors.Is(err, auth.ErrCode) {
		return
	}
	e := s.entry(r, audit.SignInFailed)
	e.Result, e.Detail["error"], e.Who = audit.Failed, told(err).Code, "?"
	if s.auth.Knows(r.Context(), user) {
		e.Who, e.Whom = user, user
	}
	s.deps.Audit.Write(*e)
}

// act keeps what somebody did with their own session.
func (s *site) act(r *http.Request, a auth.Session, act audit.Act, detail map[string]string) {
	e := s.entry(r.WithContext(context.WithValue(r.Context(), askerKey{}, a)), act)
	e.Whom, e.Result = e.Who, audit.Done
	for name, value := range detail {
		e.Detail[name] = value
	}
	s.deps.Audit.Write(*e)
}

func (s *site) whoami(w http.ResponseWriter, r *http.Request) error {
	writeJSON(w, http.StatusOK, s.sessionOf(asker(r)))
	return nil
}

// signOut ends desk and softphone first: they must not outlive who sat there.
func (s *site) signOut(w http.ResponseWriter, r *http.Request) error {
	s.leaveDesk(r.Context(), person(r).ID)
	if token, err := browser(r); err == nil {
		if err := s.auth.SignOut(r.Context(), token); err != nil {
			return err
		}
		s.act(r, asker(r), audit.SignedOut, nil)
	}
	http.SetCookie(w, sessionCookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// leaveDesk signs somebody's desk and softphone out, if there are any.
func (s *site) leaveDesk(ctx context.Context, id string) {
	if id == "" {
		return
	}
	s.deps.Ears.SignOut(call.AgentID(id))
	err := s.desks.SignOut(ctx, call.AgentID(id), "signed_out")
	if err != nil && !errors.Is(err, switchboard.ErrNotSignedIn) {
		// The desk is gone; its account may not be. That keeps nobody signed in.
		s.log.WarnContext(ctx, "a desk was not signed out cleanly", slog.String("agent", id), slog.Any("error", err))
	}
}

// sessionCookie goes over TLS only when that is how the browser came, as far as a
// proxy before us says.
func sessionCookie(r *http.Request, value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: cookie, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"),
	}
}
