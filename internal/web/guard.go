package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// guard sets what every answer carries, and refuses changes that come from another
// origin.
func (s *site) guard(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(s.serve(func(http.ResponseWriter, *http.Request) error { return errOrigin }))
	protected := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "microphone=(self), camera=(), geolocation=()")
		h.Set("Content-Security-Policy", contentPolicy(r.Host))
		protected.ServeHTTP(w, r)
	})
}

// contentPolicy lets pages load what is ours and nothing else. The component library
// styles inline; sound comes from media streams and blobs. Not every browser reads
// 'self' as our own WebSockets too, so they are named.
func contentPolicy(host string) string {
	sockets := ""
	if plainHost(host) {
		sockets = " ws://" + host + " wss://" + host
	}
	return "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob: mediastream:; " +
		"connect-src 'self'" + sockets + "; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
}

// plainHost says whether a Host header can be put into a policy as it is.
func plainHost(host string) bool {
	return host != "" && strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == ""
}

// sameOrigin says whether a request for a WebSocket comes from our own pages. Who is
// no browser sends no Origin (RFC 6454 §7.3), and has to know a key anyway.
func sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}

// address is where a request comes from, for counting: one customer's whole network
// in IPv6. A proxy on this machine says for whom it asks; nobody else is believed.
func address(r *http.Request) string {
	at, err := netip.ParseAddr(host(r.RemoteAddr))
	if err != nil {
		return r.RemoteAddr
	}
	if at.Unmap().IsLoopback() {
		said := r.Header.Values("X-Forwarded-For")
		if len(said) > 0 {
			hops := strings.Split(said[len(said)-1], ",")
			if before, err := netip.ParseAddr(host(strings.TrimSpace(hops[len(hops)-1]))); err == nil {
				at = before
			}
		}
	}
	at = at.Unmap().WithZone("")
	if at.Is6() {
		if network, err := at.Prefix(64); err == nil {
			return network.String()
		}
	}
	return at.String()
}

// host is an address without its port, if it has one.
func host(address string) string {
	if h, _, err := net.SplitHostPort(address); err == nil {
		return h
	}
	return address
}
