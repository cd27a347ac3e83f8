package web

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// whyHeard says why, and gives the address at which the recording is.
func (w *world) whyHeard(id, body, token string) string {
	w.t.Helper()
	got := w.json(201, "POST /api/recordings/"+id+"/listenings", body, as(token))
	return got["url"].(string)
}

func TestARecordingIsHeardByWhoHasSaidWhy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(403, "reason_needed", "GET /api/recordings/bd1-1.1", "", as("t-lan"))
	w.refused(403, "reason_needed", "GET /api/recordings/bd1-1.1?listening=guessed", "", as("t-lan"))
	w.refused(400, "bad_request", "POST /api/recordings/bd1-1.1/listenings", `{"n":1,"reason":"  "}`, as("t-lan"))
	w.refused(400, "bad_request", "POST /api/recordings/bd1-1.1/listenings", `{"n":-1,"reason":"x"}`, as("t-lan"))
	w.refused(404, "not_found", "POST /api/recordings/bd1-2.2/listenings", `{"n":1,"reason":"x"}`, as("t-lan"))
	require.Empty(t, w.audit.lines(), "nothing was heard")

	at := w.whyHeard("bd1-1.1", `{"reason":"Khiếu nại của người dân"}`, "t-lan")
	resp, body := w.text("GET "+at, "", as("t-lan"))
	require.Equal(t, 200, resp.StatusCode)
	require.Equal(t, "audio/wav", resp.Header.Get("Content-Type"))
	require.Equal(t, recordingBytes, body)
	resp, body = w.text("GET "+at, "", as("t-lan"), with("Range", "bytes=4-7"))
	require.Equal(t, 206, resp.StatusCode)
	require.Equal(t, recordingBytes[4:8], body)
	resp, _ = w.text("GET "+at, "", as("t-lan"), with("Range", "bytes=999-"))
	require.Equal(t, 416, resp.StatusCode)
	w.refused(403, "reason_needed", "GET "+at, "", as("t-minh"))
	w.refused(403, "reason_needed", "GET "+at+"&n=2", "", as("t-lan"))

	second := w.whyHeard("bd1-1.1", `{"n":2,"reason":"Kiểm tra chất lượng","download":true}`, "t-minh")
	resp, _ = w.text("GET "+second, "", as("t-minh"))
	require.Equal(t, 200, resp.StatusCode)
	for _, n := range []string{"0", "-1", "x"} {
		w.refused(400, "bad_request", "GET /api/recordings/bd1-1.1?n="+n, "", as("t-lan"))
	}
	require.Equal(t, []string{"lan recording.listen bd1-1.1 done", "minh recording.listen bd1-1.1 done"}, w.audit.lines(), "each once, however many parts are asked for")
	w.audit.mu.Lock()
	kept := w.audit.entries
	w.audit.mu.Unlock()
	require.Equal(t, map[string]string{"reason": "Khiếu nại của người dân"}, kept[0].Detail)
	require.Equal(t, map[string]string{"reason": "Kiểm tra chất lượng", "n": "2", "download": "true"}, kept[1].Detail)
	require.NotContains(t, w.log.String(), "listening=", "the key is in no log")
}

func TestAListeningEnds(t *testing.T) {
	t.Parallel()
	var l listenings
	now := time.Now()
	key := l.begin("lan", "bd1-1.1 1", now)
	require.True(t, l.goesOn(key, "lan", "bd1-1.1 1", now.Add(heardFor-1)))
	require.False(t, l.goesOn(key, "lan", "bd1-1.1 1", now.Add(heardFor)))
	require.False(t, l.goesOn(key, "minh", "bd1-1.1 1", now))
	require.False(t, l.goesOn(key, "lan", "bd1-1.1 2", now))
	l.begin("lan", "bd1-1.2 1", now.Add(2*heardFor))
	require.Len(t, l.all, 1, "what is over is forgotten")
}

func TestRecordingsAreLookedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.json(200, "GET /api/recordings?agent=lan&number=0908%20123&group=field&since=2026-11-24T00:00:00Z&until=2026-11-25T00:00:00Z&limit=2", "", as("t-minh"))
	require.Len(t, got["recordings"], 2)
	require.NotEmpty(t, got["next"])
	w.tickets.mu.Lock()
	require.Equal(t, ticket.RecordingFilter{
		Agent: "lan", Number: "908123", Group: call.Field, Limit: 2,
		Since: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC),
	}, w.tickets.kept)
	w.tickets.mu.Unlock()
	for _, bad := range []string{"group=x", "since=yesterday", "limit=0", "before=x"} {
		w.refused(400, "bad_request", "GET /api/recordings?"+bad, "", as("t-minh"))
	}
	got = w.json(200, "GET /api/recordings/bd1-1.1/peaks?n=1", "", as("t-lan"))
	require.Equal(t, []any{[]any{1.0, 50.0}, []any{0.0, 2.0}}, got["channels"])
	require.Equal(t, "connected", got["markers"].([]any)[0].(map[string]any)["kind"])
	w.refused(404, "not_found", "GET /api/recordings/bd1-1.1/peaks?n=3", "", as("t-lan"))
}

func TestCallsAreLookedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.json(200, "GET /api/calls?stage=waiting&stage=ringing&queue=field&agent=lan&line=in_time&within=20s&direction=inbound&result=served&since=2026-11-24T00:00:00Z", "", as("t-minh"))
	w.tickets.mu.Lock()
	require.Equal(t, ticket.CallFilter{
		Stages: []call.Stage{call.Waiting, call.Ringing}, Queue: "field", Agent: "lan", Line: ticket.InTime, Within: 20 * time.Second, Inbound: true,
		Result: call.Served, Since: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Limit: 50,
	}, w.tickets.calls)
	w.tickets.mu.Unlock()
	for _, bad := range []string{"stage=x", "line=x", "within=x", "direction=x", "until=x"} {
		w.refused(400, "bad_request", "GET /api/calls?"+bad, "", as("t-minh"))
	}
}

func TestHistoryIsAskedForByDaysOrWeeks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const span = "&since=2026-11-01T00:00:00Z&until=2026-11-24T00:00:00Z"
	got := w.json(200, "GET /api/history?by=week&queue=field&agent=lan"+span, "", as("t-minh"))
	require.Equal(t, []any{}, got["periods"])
	w.tickets.mu.Lock()
	require.Equal(t, "week", w.tickets.past.Unit)
	require.Equal(t, call.AgentID("lan"), w.tickets.past.Agent)
	w.tickets.mu.Unlock()
	for _, bad := range []string{"by=month" + span, "by=day", "by=day&since=2020-11-01T00:00:00Z&until=2026-11-24T00:00:00Z"} {
		w.refused(400, "bad_request", "GET /api/history?"+bad, "", as("t-minh"))
	}
}

// fakeSetQueue has the queues field and emergency.
func fakeSetQueue(queue string, open bool) error {
	switch {
	case queue == "emergency" && !open:
		return ErrNeverClosed
	case queue != "emergency" && queue != "field":
		return ErrNotFound
	}
	return nil
}

func TestAQueueIsClosedByASupervisorAndNeverThatOfEmergencies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resp, _ := w.text("PUT /api/queues/field", `{"open":false,"reason":"Mất điện"}`, as("t-minh"))
	require.Equal(t, 204, resp.StatusCode)
	w.refused(409, "never_closed", "PUT /api/queues/emergency", `{"open":false}`, as("t-minh"))
	w.refused(404, "not_found", "PUT /api/queues/x", `{"open":true}`, as("t-minh"))
	w.refused(400, "bad_request", "PUT /api/queues/field", `{}`, as("t-minh"))
	require.Equal(t, "minh queue.open field done", w.audit.lines()[0])
	require.Equal(t, map[string]string{"open": "false", "reason": "Mất điện"}, w.audit.entries[0].Detail)
}
