package web

import (
	"errors"
	"log/slog"
	"net/http"
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

func (s *site) staffOf(p auth.Person) map[string]any {
	return map[string]any{"user": staff{p.ID, p.Name, p.Role, s.deps.ShiftOf(time.Now(), call.AgentID(p.ID))}}
}

func (s *site) signIn(w http.ResponseWriter, r *http.Request) error {
	var form struct{ User, Password string }
	if err := read(w, r, &form); err != nil {
		return err
	}
	p, token, err := s.auth.SignIn(r.Context(), form.User, form.Password, address(r))
	if err != nil {
		return err
	}
	s.log.InfoContext(r.Context(), "signed in", slog.String("staff", p.ID))
	http.SetCookie(w, &http.Cookie{
		Name: cookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https", MaxAge: int(auth.Idle.Seconds()),
	})
	writeJSON(w, http.StatusOK, s.staffOf(p))
	return nil
}

func (s *site) whoami(w http.ResponseWriter, r *http.Request) error {
	writeJSON(w, http.StatusOK, s.staffOf(person(r)))
	return nil
}

func (s *site) signOut(w http.ResponseWriter, r *http.Request) error {
	err := s.desks.SignOut(r.Context(), call.AgentID(person(r).ID), "signed_out")
	if err != nil && !errors.Is(err, switchboard.ErrNotSignedIn) {
		return err
	}
	if c, err := r.Cookie(cookie); err == nil {
		if err := s.auth.SignOut(r.Context(), c.Value); err != nil {
			return err
		}
	}
	http.SetCookie(w, &http.Cookie{Name: cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: -1})
	w.WriteHeader(http.StatusNoContent)
	return nil
}
