package web

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/ticket"
)

func TestTicketLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.json(200, "GET /api/tickets?q=den+hong&group=field&status=new&limit=2", "", as("t-lan"))
	require.Len(t, first["tickets"], 2)
	require.Equal(t, "2026-11-24T01:00:00Z", first["tickets"].([]any)[0].(map[string]any)["opened_at"])
	require.Equal(t, ticket.Filter{Search: "den hong", Group: call.Field, Status: ticket.New, Limit: 2}, w.tickets.asked())
	next := first["next"].(string)
	require.NotEmpty(t, next)

	w.json(200, "GET /api/tickets?limit=2&before="+next, "", as("t-lan"))
	require.True(t, w.tickets.asked().Before.At.Equal(someTime))
	require.Equal(t, "2632800017", w.tickets.asked().Before.ID)
	w.json(200, "GET /api/tickets", "", as("t-lan"))
	require.Equal(t, usualRows, w.tickets.asked().Limit)
}

func TestCallLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	last := w.json(200, "GET /api/calls", "", as("t-lan"))
	require.Len(t, last["calls"], 3)
	require.Empty(t, last["next"], "after the last page there is none")
	row := last["calls"].([]any)[0].(map[string]any)
	require.Equal(t, "2026-11-24T01:01:00Z", row["ended_at"])
	require.NotEmpty(t, w.json(200, "GET /api/calls?limit=3", "", as("t-lan"))["next"])
}

func TestListsRefuseWhatTheyDoNotKnow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, query := range []string{"limit=0", "limit=201", "limit=x", "before=x", "before=eA"} {
		w.refused(400, "bad_request", "GET /api/tickets?"+query, "", as("t-lan"))
		w.refused(400, "bad_request", "GET /api/calls?"+query, "", as("t-lan"))
	}
	for _, query := range []string{"group=weather", "status=done"} {
		w.refused(400, "bad_request", "GET /api/tickets?"+query, "", as("t-lan"))
	}
}

func TestOneTicketAndOneCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.json(200, "GET /api/tickets/2632800017", "", as("t-lan"))
	require.Equal(t, "2026-11-24T01:00:00Z", got["opened_at"])
	require.Equal(t, []any{}, got["timeline"], "never null")
	require.Equal(t, []any{}, got["earlier"])
	w.refused(404, "not_found", "GET /api/tickets/1", "", as("t-lan"))

	got = w.json(200, "GET /api/calls/bd1-1.1", "", as("t-lan"))
	require.Equal(t, "bd1-1.1", got["call"].(map[string]any)["id"])
	event := got["events"].([]any)[0].(map[string]any)
	require.Equal(t, "greeted", event["kind"])
	require.Equal(t, map[string]any{}, event["data"])
	w.refused(404, "not_found", "GET /api/calls/bd1-2.2", "", as("t-lan"))
	w.tickets.err = errBroken
	w.refused(503, "not_ready", "GET /api/calls/bd1-1.1", "", as("t-lan"))
	require.Contains(t, w.log.String(), "call=bd1-1.1")
}

func TestAgents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	o := anOffer()
	w.desks.set("lan", func(d *switchboard.DeskState) { d.State, d.Reason, d.Offer = call.AgentTalking, "", &o })
	rows := w.json(200, "GET /api/agents", "", as("t-minh"))["agents"].([]any)
	require.Equal(t, map[string]any{
		"id": "lan", "name": "Nguyễn Thị Lan", "role": "agent", "shift": "morning",
		"state": "talking", "reason": "", "since": "2026-11-24T01:00:00Z", "call": "bd1-1.1",
	}, rows[0])
	require.Equal(t, map[string]any{
		"id": "minh", "name": "Trần Văn Minh", "role": "supervisor", "shift": "", "state": "offline", "reason": "", "since": nil, "call": "",
	}, rows[1])
}

func FuzzCursor(f *testing.F) {
	f.Add(writeCursor(ticket.Cursor{At: time.Unix(1, 5000).UTC(), ID: "2632800017"}))
	f.Add("")
	f.Add("eA")
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := readCursor(text)
		if !ok {
			return
		}
		again, ok := readCursor(writeCursor(c))
		require.True(t, ok)
		require.Equal(t, c.ID, again.ID)
		require.True(t, c.At.Equal(again.At))
	})
}
