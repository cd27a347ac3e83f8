package web

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
)

func TestSigningInAndFailingToIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.text("POST /api/session", `{"user":"lan","password":"wrong"}`, with("X-Forwarded-For", "198.51.100.7"))
	w.text("POST /api/session", `{"user":"my secret word","password":"wrong"}`)
	w.text("POST /api/session", `{"user":"lan","password":"right"}`)
	w.text("DELETE /api/session", "", in("lan"))
	require.Equal(t, []string{
		"lan session.fail lan failed wrong_password", "? session.fail  failed wrong_password", "lan session.sign_in lan done", "lan session.sign_out lan done",
	}, w.audit.lines(), "what a stranger typed may be a password")
	require.Equal(t, "198.51.100.7", w.audit.entries[0].Address)
	require.Equal(t, "password", w.audit.entries[2].Detail["way"])

	w.auth.err = auth.ErrTooMany
	w.text("POST /api/session", `{"user":"lan","password":"right"}`)
	require.Len(t, w.audit.lines(), 4, "nobody fills the log by trying on")
}

func TestPrivilegedActsAreKeptWithHowTheyEnded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.text("PUT /api/notice", `{"vi":"Mất điện","minutes":60}`, in("minh"))
	w.text("PUT /api/notice", `{"vi":""}`, in("minh"))
	w.text("DELETE /api/notice", "", in("lan"))
	w.text("PUT /api/roster/assignments/2026-12-01/night/lan", `{"force":true}`, in("minh"))
	w.text("POST /api/roster/releases/lan", "", in("ca"))
	w.text("GET /api/notice", "", in("minh"))
	w.text("DELETE /api/notice", "", as("t-tool"))
	require.Equal(t, []string{
		"minh notice.put  done", "minh notice.put  failed bad_request", "lan notice.clear  refused",
		"minh roster.assign 2026-12-01 night lan done", "ca roster.release lan done", "wall notice.clear  done",
	}, w.audit.lines())
	require.Equal(t, "true", w.audit.entries[3].Detail["forced"])
}

func TestEveryChangeThatTakesMoreThanAnAgentIsAudited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, r := range w.server.site.routes() {
		if r.pattern != looksOnly && r.need != anyone && !r.need.MetBy(auth.Agent) && !strings.HasPrefix(r.pattern, "GET ") {
			require.NotEmpty(t, actOf(r.pattern, r.need), r.pattern)
		}
	}
	require.Equal(t, audit.Act("POST /api/new/{thing}"), actOf("POST /api/new/{thing}", auth.Supervisor), "also one that nobody has named")
	require.Empty(t, actOf("GET /api/new", auth.Supervisor))
	require.Empty(t, actOf("POST /api/desk", auth.WorkDesk))
	require.Empty(t, actOf("POST /api/session", anyone))
	for pattern := range acts() {
		require.Contains(t, accessTable(), pattern, "an act at no address")
	}
}

func TestTheAuditLogIsReadByPagesAndSearched(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 3 {
		w.text("POST /api/staff/lan/password", "", in("admin"))
	}
	first := w.json(200, "GET /api/audit?limit=2&act=staff.password&who=admin&on=lan&q=Lan&since=2026-11-24T00:00:00Z", "", in("audit"))
	require.Len(t, first["entries"], 2)
	require.Equal(t, map[string]any{
		"id": "a0", "at": "2026-11-24T03:00:00Z", "who": "admin", "name": "Quản trị", "role": "admin", "act": "staff.password", "on": "lan",
		"result": "done", "address": "127.0.0.1", "node": "", "detail": map[string]any{},
	}, first["entries"].([]any)[0])
	f := w.audit.asked
	require.Equal(t, []string{"staff.password", "admin", "lan", "Lan"}, []string{string(f.Act), f.Who, f.Whom, f.Search})
	require.Equal(t, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), f.Since)

	w.json(200, "GET /api/audit?before="+first["next"].(string), "", in("audit"))
	require.Equal(t, "a1", w.audit.asked.BeforeID)
	require.Equal(t, w.audit.entries[1].At, w.audit.asked.BeforeAt)
	w.refused(400, "bad_request", "GET /api/audit?since=yesterday", "", in("audit"))
	w.refused(400, "bad_request", "GET /api/audit?before=x", "", in("audit"))
}
