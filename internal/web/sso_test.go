package web

import (
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func withSSO(sso SSO) func(*world, *pace) {
	return func(w *world, _ *pace) { w.deps.SSO = sso }
}

func keptOf(t *testing.T, resp reply) *http.Cookie {
	t.Helper()
	for _, c := range resp.Cookies {
		if c.Name == ssoCookie {
			return c
		}
	}
	require.Fail(t, "no cookie")
	return nil
}

func TestSigningInElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withSSO(fakeSSO{}))
	require.Equal(t, map[string]any{"vi": "Cổng tỉnh", "en": "The province"}, w.json(200, "GET /api/session/ways", "")["sso"])
	resp, _ := w.text("GET /api/session/sso", "")
	require.Equal(t, 303, resp.StatusCode)
	require.Equal(t, "https://province.example/auth?x=1", resp.Header.Get("Location"))
	kept := keptOf(t, resp)
	require.True(t, kept.HttpOnly)
	require.Equal(t, http.SameSiteLaxMode, kept.SameSite, "it has to come back from another site")
	require.Equal(t, ssoPath, kept.Path)

	resp, _ = w.text("GET /api/session/sso/done?code=lan&at=province", "", with("Cookie", kept.Name+"="+kept.Value))
	require.Equal(t, 303, resp.StatusCode)
	require.Equal(t, "/desk", resp.Header.Get("Location"))
	require.Equal(t, "t-lan", sessionOf(t, resp).Value)
	require.Negative(t, keptOf(t, resp).MaxAge, "each is good once")
	require.Equal(t, []string{"lan session.sign_in lan done"}, w.audit.lines())
	require.Equal(t, "sso", w.audit.entries[0].Detail["way"])
}

func TestALockedConsoleIsOpenedInAWindowOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withSSO(fakeSSO{}))
	resp, _ := w.text("GET /api/session/sso?in=popup", "")
	kept := keptOf(t, resp)
	resp, _ = w.text("GET /api/session/sso/done?code=lan&at=province", "", with("Cookie", kept.Name+"="+kept.Value))
	require.Equal(t, "/signed-in", resp.Header.Get("Location"))
}

func TestWhatGoesWrongElsewhereIsToldOnThePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withSSO(fakeSSO{}))
	for target, problem := range map[string]string{
		"GET /api/session/sso/done?code=lan&at=province":  "sso", // begun by nobody
		"GET /api/session/sso/done?code=lan&at=elsewhere": "no_account",
	} {
		var changes []func(*http.Request)
		if problem == "no_account" {
			changes = append(changes, with("Cookie", ssoCookie+"=kept"))
		}
		resp, _ := w.text(target, "", changes...)
		require.Equal(t, 303, resp.StatusCode)
		require.Equal(t, "/sign-in?problem="+problem, resp.Header.Get("Location"))
		for _, c := range resp.Cookies {
			require.NotEqual(t, cookie, c.Name)
		}
	}
	require.ElementsMatch(t, []string{"? session.fail  failed sso", "? session.fail  failed no_account"}, w.audit.lines())

	away := newWorld(t, withSSO(fakeSSO{err: errors.New("away")}))
	resp, _ := away.text("GET /api/session/sso", "")
	require.Equal(t, "/sign-in?problem=sso", resp.Header.Get("Location"))
}
