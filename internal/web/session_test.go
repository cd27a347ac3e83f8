package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/auth"
)

func sessionOf(t *testing.T, resp reply) *http.Cookie {
	t.Helper()
	for _, c := range resp.Cookies {
		if c.Name == cookie {
			return c
		}
	}
	require.Fail(t, "no session cookie")
	return nil
}

func TestSigningInAndOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(401, "sign_in_first", "GET /api/session", "")
	resp, body := w.text("POST /api/session", `{"user":" Lan ","password":"right"}`)
	require.Equal(t, 200, resp.StatusCode)
	require.JSONEq(t, `{"user":{"id":"lan","name":"Nguyễn Thị Lan","role":"agent","shift":"morning"},
		"may":["own_session","own_account","work_desk","see_live","read_calls","listen","own_shifts","read_articles"],"must":[],"way":"password","totp":false,
		"locked":false,"lock_after_ms":900000}`, body)
	c := sessionOf(t, resp)
	require.True(t, c.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, c.SameSite)
	require.False(t, c.Secure, "a browser would not send it back without TLS")
	require.Equal(t, "/", c.Path)
	require.NotContains(t, w.log.String(), "right")
	require.NotContains(t, w.log.String(), c.Value)

	mine := with("Cookie", cookie+"="+c.Value)
	require.Equal(t, "lan", w.json(200, "GET /api/session", "", mine)["user"].(map[string]any)["id"])
	w.desks.sit("lan")
	resp, _ = w.text("DELETE /api/session", "", mine)
	require.Equal(t, 204, resp.StatusCode)
	require.Negative(t, sessionOf(t, resp).MaxAge)
	require.Equal(t, []string{"signed_out lan"}, w.desks.log(), "the desk goes with who sat there")
	w.refused(401, "sign_in_first", "GET /api/session", "", mine)
}

func TestSessionCookieIsSecureBehindTLS(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resp, _ := w.text("POST /api/session", `{"user":"lan","password":"right"}`, with("X-Forwarded-Proto", "https"))
	require.True(t, sessionOf(t, resp).Secure)
}

func TestWrongPasswords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(401, "wrong_password", "POST /api/session", `{"user":"lan","password":"wrong"}`)
	w.refused(401, "wrong_password", "POST /api/session", `{"user":"nobody","password":"right"}`)
	w.refused(401, "wrong_password", "POST /api/session", `{"user":"`+strings.Repeat("x", 65)+`","password":"right"}`)
	w.auth.err = auth.ErrTooMany
	w.refused(429, "slow_down", "POST /api/session", `{"user":"lan","password":"right"}`)
	resp, _ := w.text("POST /api/session", `{"user":"lan","password":"right"}`, with("X-Forwarded-For", "198.51.100.7"))
	require.Equal(t, "60", resp.Header.Get("Retry-After"))
	require.Equal(t, "198.51.100.7", w.auth.address)
}

func TestSigningOutSucceedsWhenTheDeskCannotBeRemoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.err = errBroken
	resp, _ := w.text("DELETE /api/session", "", with("Cookie", cookie+"=t-lan"))
	require.Equal(t, 204, resp.StatusCode)
	w.refused(401, "sign_in_first", "GET /api/session", "", with("Cookie", cookie+"=t-lan"))
	require.Contains(t, w.log.String(), "agent=lan")
}

func TestBodiesAreReadStrictly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for body, says := range map[string]string{
		``: "empty",
		`{"user":"lan","password":"x","otp":"1"}`: `"otp"`,
		`{"user":7}`:                       `"user"`,
		`{"user":"lan"`:                    "not valid JSON",
		`user=lan`:                         "not valid JSON",
		`{"user":"lan","password":"x"} {}`: "nothing after it",
		`{"note":"` + strings.Repeat("x", longestBody) + `"}`: "longer than",
	} {
		problem := w.refused(400, "bad_request", "POST /api/session", body)
		require.Contains(t, problem["en"], says, body[:min(40, len(body))])
	}
}
