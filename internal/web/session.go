package web

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// staff is who somebody is (API.md Staff).
type staff struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Role  auth.Role `json:"role"`
	Shift string    `json:"shift"`
}

func (s *site) staffOf(p auth.Person) staff {
	return staff{p.ID, p.Name, p.Role, s.deps.ShiftOf(time.Now(), call.AgentID(p.ID))}
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
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	// Telephones write the first letter large.
	user := strings.ToLower(strings.TrimSpace(form.User))
	if len(user) > longestUser || len(form.Password) > longestPassword {
		return auth.ErrWrong
	}
	p, token, err := s.auth.SignIn(r.Context(), user, form.Password, address(r))
	if err != nil {
		return err
	}
	http.SetCookie(w, sessionCookie(r, token, int(auth.Idle.Seconds())))
	writeJSON(w, http.StatusOK, map[string]any{"user": s.staffOf(p)})
	return nil
}

func (s *site) whoami(w http.ResponseWriter, r *http.Request) error {
	writeJSON(w, http.StatusOK, map[string]any{"user": s.staffOf(person(r))})
	return nil
}

// signOut ends desk and softphone first: they must not outlive who sat there.
func (s *site) signOut(w http.ResponseWriter, r *http.Request) error {
	if id := person(r).ID; id != "" {
		s.deps.Ears.SignOut(call.AgentID(id))
		err := s.desks.SignOut(r.Context(), call.AgentID(id), "signed_out")
		if err != nil && !errors.Is(err, switchboard.ErrNotSignedIn) {
			// The desk is gone; its account may not be. That keeps nobody signed in.
			s.log.WarnContext(r.Context(), "a desk was not signed out cleanly", slog.String("agent", id), slog.Any("error", err))
		}
	}
	if c, err := r.Cookie(cookie); err == nil {
		if err := s.auth.SignOut(r.Context(), c.Value); err != nil {
			return err
		}
	}
	http.SetCookie(w, sessionCookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// sessionCookie goes over TLS only when that is how the browser came, as far as a
// proxy before us says.
func sessionCookie(r *http.Request, value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: cookie, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"),
	}
}
