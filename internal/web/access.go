package web

import (
	"context"
	"net"
	"net/http"
	"strings"

	"hotline1022/internal/auth"
)

// cookie is the name of a browser's session.
const cookie = "hotline_session"

type personKey struct{}

// person is who asks, after the check of allow.
func person(r *http.Request) auth.Person {
	p, _ := r.Context().Value(personKey{}).(auth.Person)
	return p
}

// allow lets only those through who are at least of that role.
func (s *site) allow(role auth.Role, h handler) http.Handler {
	return s.serve(func(w http.ResponseWriter, r *http.Request) error {
		p, err := s.whois(r)
		if err != nil {
			return err
		}
		if !p.Role.Includes(role) {
			return errForbidden
		}
		return h(w, r.WithContext(context.WithValue(r.Context(), personKey{}, p)))
	})
}

// whois finds who asks, by bearer token or session.
func (s *site) whois(r *http.Request) (auth.Person, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		token, ok := strings.CutPrefix(header, "Bearer ")
		if !ok {
			return auth.Person{}, errSignIn
		}
		return s.auth.Bearer(r.Context(), token)
	}
	c, err := r.Cookie(cookie)
	if err != nil {
		return auth.Person{}, errSignIn
	}
	return s.auth.Session(r.Context(), c.Value)
}

// address is where a request comes from.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// guard sets what every answer carries, and refuses changes that come from another
// origin.
func guard(next http.Handler) http.Handler {
	protected := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "microphone=(self), camera=(), geolocation=()")
		// The component library styles inline; everything else is ours and from here.
		h.Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "+
			"media-src 'self' blob: mediastream:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
		protected.ServeHTTP(w, r)
	})
}
