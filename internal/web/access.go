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

type personKey struct{}

// person is who asks, after the check of allow.
func person(r *http.Request) auth.Person {
	p, _ := r.Context().Value(personKey{}).(auth.Person)
	return p
}

// self is the agent who asks. A tool's token that was made for nobody has no desk.
func self(r *http.Request) (call.AgentID, error) {
	id := person(r).ID
	if id == "" {
		return "", errNobody
	}
	return call.AgentID(id), nil
}

// allow lets only those through who have what it takes.
func (s *site) allow(need auth.Need, h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, err := s.whois(r)
		if err != nil {
			return err
		}
		if !need.MetBy(p.Role) {
			return errForbidden
		}
		return h(w, r.WithContext(context.WithValue(r.Context(), personKey{}, p)))
	}
}

// whois finds who asks, by bearer token or session.
func (s *site) whois(r *http.Request) (auth.Person, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, token, ok := strings.Cut(header, " ") // RFC 9110 §11.4, RFC 6750 §2.1
		if !ok || !strings.EqualFold(scheme, "Bearer") {
			return auth.Person{}, errSignIn
		}
		return s.auth.Bearer(r.Context(), strings.TrimSpace(token))
	}
	c, err := r.Cookie(cookie)
	if err != nil || c.Value == "" {
		return auth.Person{}, errSignIn
	}
	return s.auth.Session(r.Context(), c.Value)
}

// dismissed says whether who follows a stream has been signed out since. While nobody
// can tell, the stream goes on.
func (s *site) dismissed(r *http.Request) bool {
	_, err := s.whois(r)
	return errors.Is(err, auth.ErrUnknown)
}
