package web

import (
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/auth"
)

func TestPeopleAreListedAddedAndChanged(t *testing.T) {
	t.Parallel()
	changes := 0
	w := newWorld(t, func(w *world, _ *pace) { w.deps.PeopleChanged = func(context.Context) { changes++ } })
	all := w.json(200, "GET /api/staff", "", in("admin"))
	require.Equal(t, []any{
		map[string]any{"id": "lan", "name": "Nguyễn Thị Lan", "role": "agent", "sso": "", "active": true, "totp": false, "temporary": false, "seen": "2026-11-24T03:00:00Z"},
		map[string]any{"id": "old", "name": "Đã nghỉ", "role": "editor", "sso": "old@province", "active": false, "totp": false, "temporary": false, "seen": nil},
	}, all["staff"])
	require.Len(t, all["roles"], 7)

	made := w.json(201, "POST /api/staff", `{"id":" Mai ","name":" Võ Mai ","role":"agent","sso":""}`, in("admin"))
	require.Equal(t, "made-pass-word-once", made["password"])
	require.Equal(t, "mai", made["member"].(map[string]any)["id"])
	require.Equal(t, "add mai Võ Mai agent ", w.people.last())
	require.NotContains(t, w.log.String(), "made-pass")

	resp, _ := w.text("PUT /api/staff/lan", `{"name":"Lan","role":"shift_lead","sso":"lan@province"}`, in("admin"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, "change lan Lan shift_lead lan@province", w.people.last())
	require.Equal(t, 2, changes)
	require.Equal(t, []string{"admin staff.add mai done", "admin staff.change lan done"}, w.audit.lines())
	require.Equal(t, map[string]string{"role": "shift_lead", "sso": "lan@province"}, w.audit.entries[1].Detail)

	for err, code := range map[error]string{
		auth.ErrTaken: "taken", auth.ErrLastAdmin: "last_admin", auth.ErrNoName: "bad_request", auth.ErrUnknown: "not_found",
	} {
		w.people.err = err
		w.refused(told(orMissing(err)).Status, code, "PUT /api/staff/lan", `{"name":"Lan","role":"agent","sso":""}`, in("admin"))
	}
}

func TestWhoIsShutOutIsGoneAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	stream := w.do("GET /api/live/events", "", in("lan")) //nolint:bodyclose // do closes it
	require.Equal(t, 200, stream.StatusCode)
	_, err := stream.Body.Read(make([]byte, 4096)) // it goes on
	require.NoError(t, err)

	w.refused(409, "not_yourself", "POST /api/staff/admin/disable", "", in("admin"))
	require.NoError(t, w.auth.SignOut(t.Context(), "t-lan")) // as the store does
	resp, _ := w.text("POST /api/staff/lan/disable", "", in("admin"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, "active lan false", w.people.last())
	require.Contains(t, w.desks.log(), "signed_out lan")
	_, err = io.ReadAll(stream.Body) // the stream ends
	require.NoError(t, err)
	require.Equal(t, []string{"admin staff.disable admin failed not_yourself", "admin staff.disable lan done"}, w.audit.lines())
}

func TestASupervisorWhoIsMadeAnAgentIsToldNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stream := w.do("GET /api/live/events", "", in("minh")) //nolint:bodyclose // do closes it
	require.Equal(t, 200, stream.StatusCode)
	_, err := stream.Body.Read(make([]byte, 4096)) // it goes on
	require.NoError(t, err)
	w.auth.mu.Lock()
	w.auth.people["t-minh"] = auth.Person{ID: "minh", Role: auth.Editor}
	w.auth.mu.Unlock()
	resp, _ := w.text("PUT /api/staff/minh", `{"name":"Minh","role":"editor","sso":""}`, in("admin"))
	require.Equal(t, 204, resp.StatusCode)
	_, err = io.ReadAll(stream.Body) // the stream ends
	require.NoError(t, err)
	w.refused(403, "not_allowed", "GET /api/live/events", "", in("minh"))
}

func TestSecretsAreReset(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, "made-pass-word-once", w.json(200, "POST /api/staff/lan/password", "", in("admin"))["password"])
	resp, _ := w.text("POST /api/staff/lan/totp", "", in("admin"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, "second lan", w.people.last())
	resp, _ = w.text("POST /api/staff/old/enable", "", in("admin"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, []string{"admin staff.password lan done", "admin staff.totp_reset lan done", "admin staff.enable old done"}, w.audit.lines())
	for _, e := range w.audit.entries {
		require.Empty(t, e.Detail, "no secret is in the log")
	}
}
