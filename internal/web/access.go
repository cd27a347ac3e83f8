package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
)

// cookie is the name of a browser's session.
const cookie = "hotline_session"

type askerKey struct{}

// asker is the session of who asks, after the check of allow; a bearer token's has
// only the person.
func asker(r *http.Request) auth.Session {
	a, _ := r.Context().Value(askerKey{}).(auth.Session)
	return a
}

// person is who asks, after the check of allow.
func person(r *http.Request) auth.Person { return asker(r).Person }

// self is the agent who asks. A tool's token that was made for nobody has no desk.
func self(r *http.Request) (call.AgentID, error) {
	id := person(r).ID
	if id == "" {
		return "", errNobody
	}
	return call.AgentID(id), nil
}

// allow lets only those through who have what it takes, have done what they must do
// first, and whose console is not locked.
func (s *site) allow(need auth.Need, h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		a, err := s.whois(r)
		if err != nil {
			return err
		}
		r = r.WithContext(context.WithValue(r.Context(), askerKey{}, a))
		switch {
		case !need.MetBy(a.Role):
			s.refusedAct(r, need)
			return errForbidden
		case len(a.Must) > 0 && need != auth.OwnSession && need != auth.OwnAccount:
			return errFirst
		case a.Locked && !need.WhileLocked():
			return errLocked
		}
		return h(w, r)
	}
}

// unlocked refuses what takes somebody at the desk, and not only a call: nobody is made
// ready whose console is locked.
func unlocked(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if asker(r).Locked {
			return errLocked
		}
		return h(w, r)
	}
}

// whois finds who asks, by bearer token or session.
func (s *site) whois(r *http.Request) (auth.Session, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, token, ok := strings.Cut(header, " ") // RFC 9110 §11.4, RFC 6750 §2.1
		if !ok || !strings.EqualFold(scheme, "Bearer") {
			return auth.Session{}, errSignIn
		}
		p, err := s.auth.Bearer(r.Context(), strings.TrimSpace(token))
		return auth.Session{Person: p}, err
	}
	token, err := browser(r)
	if err != nil {
		return auth.Session{}, errSignIn
	}
	return s.auth.Session(r.Context(), token)
}

// browser is the token of a browser's session.
func browser(r *http.Request) (string, error) {
	c, err := r.Cookie(cookie)
	if err != nil || c.Value == "" || r.Header.Get("Authorization") != "" {
		return "", errBrowser
	}
	return c.Value, nil
}

// dismissed says whether who follows a stream has been signed out since, or may do
// other things now. While nobody can tell, the stream goes on.
func (s *site) dismissed(r *http.Request) bool {
	now, err := s.whois(r)
	return errors.Is(err, auth.ErrUnknown) || err == nil && now.Role != person(r).Role
}
