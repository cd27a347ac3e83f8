package web

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/auth"
)

// access says what each address answers to whom. A route without a row here fails the
// test, so nobody adds one without saying who may use it.
func accessTable() map[string]accessRow {
	public, everybody, staff, desk, lead, boss := byAnyone, bySignedIn, byStaff, byDesk, byLead, byBoss
	rows := map[string]accessRow{
		"GET /api/notice":                        lead("GET /api/notice", "", 200),
		"PUT /api/notice":                        lead("PUT /api/notice", `{"vi":"Mất điện","en":"","minutes":60}`, 200),
		"DELETE /api/notice":                     lead("DELETE /api/notice", "", 204),
		"POST /api/session":                      public("POST /api/session", `{"user":"lan","password":"right"}`, 200),
		"GET /api/session":                       everybody("GET /api/session", "", 200),
		"DELETE /api/session":                    everybody("DELETE /api/session", "", 204),
		"POST /api/session/lock":                 byBrowser("POST /api/session/lock", ""),
		"POST /api/session/unlock":               byBrowser("POST /api/session/unlock", `{"password":"right"}`),
		"PUT /api/session/password":              byBrowser("PUT /api/session/password", `{"old":"right","new":"a longer one"}`),
		"POST /api/session/totp":                 byBrowser("POST /api/session/totp", `{"password":"right"}`),
		"PUT /api/session/totp":                  byBrowser("PUT /api/session/totp", `{"code":"123456"}`),
		"GET /api/session/ways":                  public("GET /api/session/ways", "", 200),
		"GET /api/session/sso":                   public("GET /api/session/sso", "", 404), // none is configured
		"GET /api/session/sso/done":              public("GET /api/session/sso/done", "", 404),
		"GET /api/audit":                         {"GET /api/audit", "", 401, 403, 403, 403, 200, 200, 403, 403, 403},
		"GET /api/staff":                         byAdmin("GET /api/staff", "", 200),
		"POST /api/staff":                        byAdmin("POST /api/staff", `{"id":"mai","name":"Mai","role":"agent"}`, 201),
		"PUT /api/staff/{staff}":                 byAdmin("PUT /api/staff/lan", `{"name":"Lan","role":"agent","sso":""}`, 204),
		"POST /api/staff/{staff}/disable":        byAdmin("POST /api/staff/lan/disable", "", 204),
		"POST /api/staff/{staff}/enable":         byAdmin("POST /api/staff/lan/enable", "", 204),
		"POST /api/staff/{staff}/password":       byAdmin("POST /api/staff/lan/password", "", 200),
		"POST /api/staff/{staff}/totp":           byAdmin("POST /api/staff/lan/totp", "", 204),
		"POST /api/desk":                         desk("POST /api/desk", "", 200),
		"GET /api/desk":                          desk("GET /api/desk", "", 200),
		"DELETE /api/desk":                       desk("DELETE /api/desk", "", 204),
		"POST /api/desk/ready":                   desk("POST /api/desk/ready", "", 204),
		"POST /api/desk/pause":                   desk("POST /api/desk/pause", `{"reason":"lunch"}`, 204),
		"POST /api/desk/wrap-up":                 desk("POST /api/desk/wrap-up", `{"call":"c","group":"field","field":"traffic","note":"","ready":true}`, 204),
		"GET /api/desk/events":                   desk("GET /api/desk/events", "", 200),
		"GET /api/tickets":                       staff("GET /api/tickets", "", 200),
		"GET /api/tickets/{code}":                staff("GET /api/tickets/2632800017", "", 200),
		"GET /api/calls":                         staff("GET /api/calls", "", 200),
		"GET /api/calls/{id}":                    staff("GET /api/calls/bd1-1.1", "", 200),
		"GET /api/recordings":                    {"GET /api/recordings", "", 401, 403, 403, 200, 200, 200, 403, 403, 200},
		"GET /api/recordings/{call}":             {"GET /api/recordings/bd1-1.2", "", 401, 404, 404, 404, 404, 404, 403, 403, 404},
		"GET /api/recordings/{call}/peaks":       {"GET /api/recordings/bd1-1.1/peaks", "", 401, 200, 200, 200, 200, 200, 403, 403, 200},
		"POST /api/recordings/{call}/listenings": {"POST /api/recordings/bd1-1.1/listenings", `{"n":1,"reason":"quality"}`, 401, 201, 201, 201, 201, 201, 403, 403, 201},
		"GET /api/history":                       lead("GET /api/history?by=day&since=2026-11-01T00:00:00Z&until=2026-11-24T00:00:00Z", "", 200),
		"GET /calls":                             public("GET /calls", "", staffPageStatus()),
		"GET /recordings":                        public("GET /recordings", "", staffPageStatus()),
		"GET /history":                           public("GET /history", "", staffPageStatus()),
		"GET /api/agents":                        staff("GET /api/agents", "", 200),
		"GET /api/live":                          staff("GET /api/live", "", 200),
		"GET /api/live/events":                   staff("GET /api/live/events", "", 200),
		"GET /api/staffing/plan":                 boss("GET /api/staffing/plan", "", 200),
		"GET /api/staffing/table":                boss("GET /api/staffing/table", "", 200),
		"POST /api/public/call":                  public("POST /api/public/call", "", 200),
		"GET /healthz":                           public("GET /healthz", "", 200),
		"GET /sip/{key}":                         public("GET /sip/deskkey", "", 400), // no WebSocket
		"/api/":                                  public("GET /api/nonsense", "", 404),
		"GET /{$}":                               public("GET /", "", 200),
		"GET /goi":                               public("GET /goi", "", 200),
		"GET /api/{$}":                           public("GET /api/", "", 200),
		"GET /portal/portal.css":                 public("GET /portal/portal.css", "", 200),
		"GET /assets/":                           public("GET /assets/nothing.js", "", 404),
		"/":                                      public("GET /nonsense", "", 404),
		"GET /sign-in":                           public("GET /sign-in", "", staffPageStatus()),
		"GET /signed-in":                         public("GET /signed-in", "", staffPageStatus()),
		"GET /account":                           public("GET /account", "", staffPageStatus()),
		"GET /staff":                             public("GET /staff", "", staffPageStatus()),
		"GET /audit":                             public("GET /audit", "", staffPageStatus()),
		"GET /desk":                              public("GET /desk", "", staffPageStatus()),
		"GET /tickets":                           public("GET /tickets", "", staffPageStatus()),
		"GET /tickets/{code}":                    public("GET /tickets/2632800017", "", staffPageStatus()),
		"GET /wallboard":                         public("GET /wallboard", "", staffPageStatus()),
		"GET /notice":                            public("GET /notice", "", staffPageStatus()),
		"GET /api/ivr":                           lead("GET /api/ivr", "", 200),
		"GET /api/ivr/walk":                      lead("GET /api/ivr/walk?pressed=3", "", 200),
		"GET /api/prompts":                       lead("GET /api/prompts", "", 200),
		"GET /api/prompts/{lang}/{key}":          lead("GET /api/prompts/vi/greet", "", 200),
		"GET /roster":                            public("GET /roster", "", staffPageStatus()),
		"GET /roster/{page}":                     public("GET /roster/requests", "", staffPageStatus()),
		"GET /staffing":                          public("GET /staffing", "", staffPageStatus()),
		"GET /ivr":                               public("GET /ivr", "", staffPageStatus()),
		"GET /phieu/{token}":                     public("GET /phieu/right", "", 200),
		"POST /phieu/{token}":                    public("POST /phieu/right", "", 303),
		"GET /phieu/{token}/eido.json":           public("GET /phieu/right/eido.json", "", 200),
		"GET /phieu/{token}/place.xml":           public("GET /phieu/right/place.xml", "", 200),
		"GET /articles":                          public("GET /articles", "", staffPageStatus()),
		// A tool that is nobody may read, and change nothing; where emergencies go is an admin's.
		"GET /api/docs":                                public("GET /api/docs", "", 200),
		"GET /api/openapi.json":                        public("GET /api/openapi.json", "", 200),
		"PUT /api/prompts/{lang}/{key}":                {"PUT /api/prompts/vi/greet", "", 401, 403, 403, 400, 400, 403, 403, 403, 403},
		"DELETE /api/prompts/{lang}/{key}":             {"DELETE /api/prompts/vi/greet", "", 401, 403, 403, 204, 204, 403, 403, 403, 403},
		"GET /api/queues":                              boss("GET /api/queues", "", 200),
		"GET /api/config":                              boss("GET /api/config", "", 200),
		"GET /api/config/{document}":                   boss("GET /api/config/ivr", "", 200),
		"POST /api/config/{document}/check":            boss("POST /api/config/ivr/check", `{"text":"","pressed":""}`, 200),
		"GET /api/config/{document}/versions/{number}": boss("GET /api/config/ivr/versions/1", "", 404),
		"PUT /api/config/{document}":                   {"PUT /api/config/emergency", `{"text":"","base":"","why":"thử","confirm":"emergency.yaml"}`, 401, 403, 403, 403, 409, 403, 403, 403, 403},
		"GET /queues":                                  public("GET /queues", "", staffPageStatus()),
		"GET /config":                                  public("GET /config", "", staffPageStatus()),
		"GET /config/{document}":                       public("GET /config/ivr", "", staffPageStatus()),
	}
	maps.Copy(rows, rosterAccess())
	maps.Copy(rows, superviseAccess())
	maps.Copy(rows, verbAccess())
	maps.Copy(rows, emergencyAccess())
	maps.Copy(rows, formAccess())
	rows["POST /api/desk/calls"] = desk("POST /api/desk/calls", `{"number":"0908123456"}`, 201)
	return rows
}

type accessRow struct {
	target, body                                                               string
	nobody, agent, lead, supervisor, admin, auditor, officer, editor, toolOnly int
}

// rows of those who may do a thing; the tool's token is a supervisor's and nobody's.
func byAnyone(target, body string, ok int) accessRow {
	return accessRow{target, body, ok, ok, ok, ok, ok, ok, ok, ok, ok}
}

func bySignedIn(target, body string, ok int) accessRow {
	return accessRow{target, body, 401, ok, ok, ok, ok, ok, ok, ok, ok}
}

func byStaff(target, body string, ok int) accessRow {
	return accessRow{target, body, 401, ok, ok, ok, ok, 403, 403, 403, ok}
}

func byDesk(target, body string, ok int) accessRow {
	return accessRow{target, body, 401, ok, ok, ok, ok, 403, 403, 403, 403}
}

func byLead(target, body string, ok int) accessRow {
	return accessRow{target, body, 401, 403, ok, ok, ok, 403, 403, 403, ok}
}

func byAdmin(target, body string, ok int) accessRow {
	return accessRow{target, body, 401, 403, 403, 403, ok, 403, 403, 403, 403}
}

// byBrowser is for sessions and refused to tokens; TestTheAccountIsWorkedByABrowser has
// the answers to browsers.
func byBrowser(target, body string) accessRow {
	return accessRow{target, body, 401, 403, 403, 403, 403, 403, 403, 403, 403}
}

func byBoss(target, body string, ok int) accessRow {
	return accessRow{target, body, 401, 403, 403, ok, ok, 403, 403, 403, ok}
}

func TestEveryRouteSaysWhoMayUseIt(t *testing.T) {
	t.Parallel()
	table := accessTable()
	w := newWorld(t)
	var patterns []string
	for _, r := range w.server.site.routes() {
		patterns = append(patterns, r.pattern)
		require.Contains(t, table, r.pattern, "a route without a row in the access table")
	}
	for pattern := range table {
		require.Contains(t, patterns, pattern, "a row in the access table without a route")
	}
	for pattern, row := range table {
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			for token, status := range map[string]int{
				"": row.nobody, "t-lan": row.agent, "t-ca": row.lead, "t-minh": row.supervisor, "t-admin": row.admin, "t-audit": row.auditor,
				"t-agency": row.officer, "t-editor": row.editor, "t-tool": row.toolOnly, "t-forged": row.nobody,
			} {
				w := newWorld(t)
				for _, id := range []string{"lan", "ca", "minh", "admin"} {
					w.desks.sit(callAgent(id))
				}
				var changes []func(*http.Request)
				if token != "" {
					changes = append(changes, as(token))
				}
				resp := w.do(row.target, row.body, changes...)
				require.Equal(t, status, resp.StatusCode, "as %q", token)
				require.NoError(t, resp.Body.Close())
			}
		})
	}
}

func TestRolesIncludeOneAnother(t *testing.T) {
	t.Parallel()
	s := newWorld(t).server.site
	may := func(need auth.Need, token string) int {
		h := s.serve(s.allow(need, func(w http.ResponseWriter, _ *http.Request) error { return done(w, nil) }))
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		as(token)(r)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec.Code
	}
	require.Equal(t, 403, may(auth.Supervisor, "t-lan"))
	require.Equal(t, 204, may(auth.Supervisor, "t-minh"))
	require.Equal(t, 204, may(auth.Supervisor, "t-admin"))
	require.Equal(t, 403, may(auth.Admin, "t-minh"))
	require.Equal(t, 204, may(auth.ShiftLead, "t-minh"))
	require.Equal(t, 403, may(auth.Supervisor, "t-ca"))
	require.Equal(t, 403, may(auth.Agent, "t-audit"), "who stands beside the ladder is no agent")
	require.Equal(t, 403, may(auth.Auditor, "t-admin"))
	require.Equal(t, 204, may(auth.ReadAudit, "t-audit"))
	require.Equal(t, 403, may(auth.Permission("nonsense"), "t-admin"))
}

func TestOtherSitesCannotChangeAnything(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, r := range w.server.site.routes() {
		row := accessTable()[r.pattern]
		if row.target == "" || row.target[:4] == "GET " {
			continue
		}
		w.refused(403, "not_allowed", row.target, row.body, with("Sec-Fetch-Site", "cross-site"), with("Cookie", cookie+"=t-lan"))
		w.refused(403, "not_allowed", row.target, row.body, with("Origin", "https://evil.example"), with("Cookie", cookie+"=t-lan"))
	}
	require.Empty(t, w.desks.log())
	w.desks.sit("lan")
	resp, _ := w.text("POST /api/desk/ready", "", with("Sec-Fetch-Site", "same-origin"), with("Origin", w.base), with("Cookie", cookie+"=t-lan"))
	require.Equal(t, 204, resp.StatusCode)
}

func TestSchemesOtherThanBearerAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, header := range []string{"Basic t-lan", "Bearer", "t-lan", "Bearer  "} {
		w.refused(401, "sign_in_first", "GET /api/live", "", with("Authorization", header))
	}
	w.json(200, "GET /api/live", "", with("Authorization", "bearer t-lan"))
}

func TestStorageAwayIsNotTheClientsFault(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.auth.err = errBroken
	problem := w.refused(503, "not_ready", "GET /api/live", "", as("t-lan"))
	require.NotContains(t, problem["en"], "secret")
	require.Contains(t, w.log.String(), errBroken.Error())
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, target := range []string{"GET /", "GET /api/live", "GET /nonsense", "GET /assets/x.js"} {
		resp, _ := w.text(target, "")
		h := resp.Header
		require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
		require.Equal(t, "DENY", h.Get("X-Frame-Options"))
		policy := h.Get("Content-Security-Policy")
		require.Contains(t, policy, "default-src 'self'")
		require.Contains(t, policy, "connect-src 'self' ws://"+w.server.Addr()+" wss://"+w.server.Addr()+";")
		require.NotContains(t, policy, "unsafe-eval")
		require.Contains(t, h.Get("Permissions-Policy"), "microphone=(self)")
	}
	require.NotContains(t, contentPolicy("evil;script-src *"), "evil")
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ remote, forwarded, want string }{
		{"203.0.113.9:5000", "", "203.0.113.9"},
		{"203.0.113.9:5000", "198.51.100.1", "203.0.113.9"}, // nobody may say who they are
		{"127.0.0.1:5000", "198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:5000", "6.6.6.6, 198.51.100.1", "198.51.100.1"}, // the proxy adds at the end
		{"127.0.0.1:5000", "nonsense", "127.0.0.1"},
		{"[::1]:5000", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:ffff::1]:5000", "", "2001:db8:1:2::/64"},
		{"[::ffff:203.0.113.9]:5000", "", "203.0.113.9"},
		{"pipe", "", "pipe"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		require.Equal(t, c.want, address(r), "%+v", c)
	}
}
