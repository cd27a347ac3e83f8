package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/switchboard"
)

func TestStaffPageIsTheSameForAllItsAddresses(t *testing.T) {
	t.Parallel()
	s := newWorld(t).server.site
	dist := fstest.MapFS{"index.html": {Data: []byte("<!doctype html>the app")}}
	rec := httptest.NewRecorder()
	s.serve(staffPage(dist)).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/tickets/1", nil))
	require.Equal(t, 200, rec.Code)
	require.Equal(t, "<!doctype html>the app", rec.Body.String())
	require.Equal(t, "no-cache", rec.Header().Get("Cache-Control"))

	rec = httptest.NewRecorder()
	s.serve(staffPage(fstest.MapFS{})).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/desk", nil))
	require.Equal(t, 503, rec.Code)
	require.Contains(t, rec.Body.String(), "make console")
}

func TestAssetsAreKeptForEver(t *testing.T) {
	t.Parallel()
	h := assets(fstest.MapFS{"assets/main-abc.js": {Data: []byte("go()")}, "assets/sub/x.js": {Data: []byte("x")}})
	get := func(path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		return rec
	}
	rec := get("/assets/main-abc.js")
	require.Equal(t, 200, rec.Code)
	require.Equal(t, "public, max-age=31536000, immutable", rec.Header().Get("Cache-Control"))
	require.Contains(t, rec.Header().Get("Content-Type"), "javascript")
	for _, path := range []string{"/assets/", "/assets/sub/", "/assets/none.js"} {
		rec := get(path)
		require.Equal(t, 404, rec.Code, path)
		require.Empty(t, rec.Header().Get("Cache-Control"), "what is missing now may come")
	}
}

func TestNothingButAssetsIsServedOfTheBundle(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, path := range []string{"/.vite/manifest.json", "/assets/../.vite/manifest.json", "/portal/pages/front.html", "/portal/", "/API.md"} {
		resp, _ := w.text("GET "+path, "")
		require.NotEqual(t, 200, resp.StatusCode, path)
	}
}

func TestManual(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resp, body := w.text("GET /api/", "")
	require.Equal(t, "text/markdown; charset=utf-8", resp.Header.Get("Content-Type"))
	require.True(t, strings.HasPrefix(body, "# JSON API"))
	resp, body = w.text("GET /api/", "", with("Accept", "text/html,*/*"))
	require.Equal(t, "text/html; charset=utf-8", resp.Header.Get("Content-Type"))
	require.Contains(t, body, "# JSON API")
}

func TestPublicCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.json(200, "POST /api/public/call", "")
	require.Equal(t, map[string]any{
		"sip":  map[string]any{"uri": "sip:gabc@hotline", "user": "gabc", "password": "guestpw", "ws": "/sip/guestkey"},
		"dial": "sip:1022@hotline", "expires_in_ms": float64(switchboard.GuestLife.Milliseconds()),
	}, got)
	require.NotContains(t, w.log.String(), "guestpw")
	for range callsOfOne - 1 {
		w.json(200, "POST /api/public/call", "")
	}
	problem := w.refused(429, "slow_down", "POST /api/public/call", "")
	require.Contains(t, problem["vi"], "115", "whoever is refused may be in danger")
	w.json(200, "POST /api/public/call", "", with("X-Forwarded-For", "198.51.100.7"))
}

func TestPublicCallsOfAllTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limiter.count = map[string]int{"call": callsOfAll}
	w.refused(503, "not_ready", "POST /api/public/call", "")

	w = newWorld(t)
	w.guests.err = switchboard.ErrFull
	w.refused(503, "not_ready", "POST /api/public/call", "")
	require.NotContains(t, w.log.String(), "a request failed")

	w = newWorld(t)
	w.limiter.err = errBroken
	w.json(200, "POST /api/public/call", "")
	require.Contains(t, w.log.String(), "calls from browsers are not counted")
}

func TestHealth(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, map[string]any{"ok": true, "parts": map[string]any{"asterisk": "ok", "postgres": "ok"}}, w.json(200, "GET /healthz", ""))
	w.health["postgres"] = errBroken
	require.Equal(t, map[string]any{"ok": false, "parts": map[string]any{"asterisk": "ok", "postgres": "not ok"}}, w.json(503, "GET /healthz", ""))
	require.Contains(t, w.log.String(), "part=postgres")
}

func TestHealthIsNotAskedMoreOftenThanNeeded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(_ *world, p *pace) { p.healthy = usualPace().healthy * 3600 })
	w.json(200, "GET /healthz", "")
	w.health["postgres"] = errBroken
	w.json(200, "GET /healthz", "")
}

func TestAPanicIsAnsweredAndLoggedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, _ *pace) {
		w.deps.Health = func(context.Context) map[string]error { panic("oh") }
	})
	w.refused(500, "failed", "GET /healthz", "")
	require.Equal(t, 1, strings.Count(w.log.String(), "a request panicked"))
	w.refused(500, "failed", "GET /healthz", "") // and the next request is served
}

func TestRequestsAreLoggedWithoutWhatTheyAreAbout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.text("GET /api/tickets?q=0908123456", "", as("t-lan"))
	w.text("GET /sip/deskkey", "")
	w.text("GET /api/calls/bd1-1.1", "", as("t-lan"))
	log := w.log.String()
	require.Contains(t, log, `msg=request method=GET route="GET /api/tickets" status=200`)
	require.Contains(t, log, `route="GET /api/calls/{id}" status=200`)
	require.Contains(t, log, "call=bd1-1.1")
	for _, secret := range []string{"0908123456", "deskkey", "t-lan"} {
		require.NotContains(t, log, secret)
	}
}

func TestPortNamedInErrorWhenTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := New(*w.deps)
	err := other.Start(t.Context(), w.server.Addr())
	require.ErrorContains(t, err, "web.listen")
	other.Stop() // before it ever listened
}
