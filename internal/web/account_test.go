package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/auth"
)

// in asks as a browser in which somebody is signed in.
func in(user string) func(*http.Request) { return with("Cookie", cookie+"=t-"+user) }

func TestTheAccountIsWorkedByABrowser(t *testing.T) {
	t.Parallel()
	for _, user := range []string{"lan", "ca", "minh", "admin", "audit", "agency", "editor"} {
		w := newWorld(t)
		for _, c := range []struct {
			target string
			status int
		}{
			{"PUT /api/session/password", 204}, {"POST /api/session/totp", 200}, {"PUT /api/session/totp", 200},
			{"POST /api/session/lock", 204}, {"POST /api/session/unlock", 204},
		} {
			resp, body := w.text(c.target, accessTable()[c.target].body, in(user))
			require.Equal(t, c.status, resp.StatusCode, "%s: %s", c.target, body)
		}
	}
}

func TestALockedConsoleLetsCallsGoOnAndTellsNothingElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	resp, _ := w.text("POST /api/session/lock", "", in("lan"))
	require.Equal(t, 204, resp.StatusCode)
	resp, _ = w.text("POST /api/session/lock", "", in("lan"))
	require.Equal(t, 204, resp.StatusCode, "twice is once")

	require.Equal(t, true, w.json(200, "GET /api/session", "", in("lan"))["locked"])
	w.json(200, "GET /api/desk", "", in("lan"))
	w.json(200, "GET /api/live", "", in("lan"))
	for _, target := range []string{"GET /api/tickets", "GET /api/recordings/bd1-1.1", "GET /api/agents", "GET /api/roster"} {
		w.refused(403, "locked", target, "", in("lan"))
	}
	w.refused(403, "locked", "POST /api/desk/ready", "", in("lan"))
	w.refused(403, "locked", "POST /api/session/totp", `{"password":"right"}`, in("lan"))
	w.refused(403, "locked", "PUT /api/session/password", `{"old":"right","new":"a longer one"}`, in("lan"))

	w.refused(401, "wrong_password", "POST /api/session/unlock", `{"password":"wrong"}`, in("lan"))
	w.refused(401, "wrong_password", "POST /api/session/unlock", `{"password":"`+strings.Repeat("x", 300)+`"}`, in("lan"))
	resp, _ = w.text("POST /api/session/unlock", `{"password":"right"}`, in("lan"))
	require.Equal(t, 204, resp.StatusCode)
	w.json(200, "GET /api/tickets", "", in("lan"))
	require.Equal(t, []string{
		"lan session.lock lan done", "lan session.unlock lan failed wrong_password", "lan session.unlock lan done",
	}, w.audit.lines())
}

func TestWhatMustBeDoneIsDoneFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.auth.must["t-minh"] = []auth.Duty{auth.NewSecond}
	require.Equal(t, []any{"totp"}, w.json(200, "GET /api/session", "", in("minh"))["must"])
	for _, target := range []string{"GET /api/tickets", "POST /api/desk", "GET /api/live"} {
		w.refused(403, "finish_first", target, "", in("minh"))
	}
	w.refused(401, "wrong_password", "POST /api/session/totp", `{"password":"wrong"}`, in("minh"))
	made := w.json(200, "POST /api/session/totp", `{"password":"right"}`, in("minh"))
	require.Equal(t, map[string]any{"secret": "SECRET", "url": "otpauth://totp/1022:minh", "image": "data:image/png;base64,"}, made)
	w.refused(401, "wrong_code", "PUT /api/session/totp", `{"code":"000000"}`, in("minh"))
	w.json(200, "PUT /api/session/totp", `{"code":"123456"}`, in("minh"))
	w.json(200, "GET /api/tickets", "", in("minh"))
	w.refused(409, "already_enrolled", "POST /api/session/totp", `{"password":"right"}`, in("minh"))

	// From now on signing in asks for the code.
	w.refused(401, "code_needed", "POST /api/session", `{"user":"minh","password":"right"}`)
	w.refused(401, "wrong_code", "POST /api/session", `{"user":"minh","password":"right","code":"000000"}`)
	w.json(200, "POST /api/session", `{"user":"minh","password":"right","code":"123456"}`)
	for _, secret := range []string{"SECRET", "123456", "aaaa-bbbb"} {
		require.NotContains(t, w.log.String(), secret)
	}
}

func TestPasswordsAreChangedByWhoKnowsTheOld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(401, "wrong_password", "PUT /api/session/password", `{"old":"wrong","new":"a longer one"}`, in("lan"))
	w.refused(400, "weak_password", "PUT /api/session/password", `{"old":"right","new":"short"}`, in("lan"))
	w.refused(400, "weak_password", "PUT /api/session/password", `{"old":"right","new":"`+strings.Repeat("x", 300)+`"}`, in("lan"))
	resp, _ := w.text("PUT /api/session/password", `{"old":"right","new":"a longer one"}`, in("lan"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, []string{"lan session.password lan failed wrong_password", "lan session.password lan done"}, w.audit.lines())
	require.NotContains(t, w.log.String(), "a longer one")
}
