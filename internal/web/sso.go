package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
)

// SSO is another sign-in than ours, such as the province's (OpenID Connect).
type SSO interface {
	// Name is what people call it.
	Name() (vi, en string)
	// Begin is where to send the browser, and what it keeps until it comes back.
	Begin(ctx context.Context) (to, keep string, err error)
	// Finish finds whose account came back.
	Finish(ctx context.Context, keep string, answer url.Values) (account string, err error)
}

const (
	ssoCookie = "hotline_sso"
	ssoPath   = "/api/session/sso"
	ssoWait   = 10 * 60 // seconds to sign in elsewhere
	popup     = "popup"
)

// ways says how one may sign in here.
func (s *site) ways(w http.ResponseWriter, _ *http.Request) error {
	type words struct {
		Vi string `json:"vi"`
		En string `json:"en"`
	}
	var view struct {
		SSO *words `json:"sso"`
	}
	if s.deps.SSO != nil {
		vi, en := s.deps.SSO.Name()
		view.SSO = &words{vi, en}
	}
	writeJSON(w, http.StatusOK, view)
	return nil
}

// ssoBegin sends the browser to the other sign-in. With ?in=popup the page that it
// comes back to closes itself: a locked console goes on behind it.
func (s *site) ssoBegin(w http.ResponseWriter, r *http.Request) error {
	if s.deps.SSO == nil {
		return ErrNotFound
	}
	if err := s.fewSSO(r); err != nil {
		return err
	}
	to, keep, err := s.deps.SSO.Begin(r.Context())
	if err != nil {
		s.log.WarnContext(r.Context(), "the other sign-in cannot be reached", slog.Any("error", err))
		http.Redirect(w, r, "/sign-in?problem=sso", http.StatusSeeOther)
		return nil
	}
	if r.URL.Query().Get("in") == popup {
		keep = popup + "~" + keep
	}
	http.SetCookie(w, ssoKeep(r, keep, ssoWait))
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// ssoDone is where the browser comes back to. What went wrong is told on the page.
func (s *site) ssoDone(w http.ResponseWriter, r *http.Request) error {
	if s.deps.SSO == nil {
		return ErrNotFound
	}
	if err := s.fewSSO(r); err != nil {
		return err
	}
	keep := ""
	if c, err := r.Cookie(ssoCookie); err == nil {
		keep = c.Value
	}
	http.SetCookie(w, ssoKeep(r, "", -1)) // each is good once
	in, rest, inPopup := strings.Cut(keep, "~")
	inPopup = inPopup && in == popup
	if inPopup {
		keep = rest
	}
	account, err := s.deps.SSO.Finish(r.Context(), keep, r.URL.Query())
	if err != nil {
		s.log.WarnContext(r.Context(), "the other sign-in failed", slog.Any("error", err))
		s.ssoFailed(r, "sso")
		http.Redirect(w, r, "/sign-in?problem=sso", http.StatusSeeOther)
		return nil
	}
	a, token, err := s.auth.SignInSSO(r.Context(), account)
	if errors.Is(err, auth.ErrNoAccount) {
		s.ssoFailed(r, "no_account")
		http.Redirect(w, r, "/sign-in?problem=no_account", http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	s.signedIn(w, r, a, token)
	to := "/desk"
	if inPopup {
		to = "/signed-in"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// fewSSO keeps strangers from making us ask the other sign-in, and write, all day.
func (s *site) fewSSO(r *http.Request) error {
	ok, err := s.deps.Allow(r.Context(), "sso "+address(r), 60, time.Minute)
	if err == nil && !ok {
		return auth.ErrTooMany
	}
	return err
}

func (s *site) ssoFailed(r *http.Request, code string) {
	e := s.entry(r, audit.SignInFailed)
	e.Who, e.Result, e.Detail["way"], e.Detail["error"] = "?", audit.Failed, string(auth.BySSO), code
	s.deps.Audit.Write(*e)
}

// ssoKeep comes back with the browser that the other sign-in sends to us, which a
// strict cookie would not.
func ssoKeep(r *http.Request, value string, maxAge int) *http.Cookie {
	c := sessionCookie(r, value, maxAge)
	c.Name, c.Path, c.SameSite = ssoCookie, ssoPath, http.SameSiteLaxMode
	return c
}
