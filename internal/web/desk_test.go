package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/phone"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/web/console"
)

func callAgent(id string) call.AgentID { return call.AgentID(id) }

// staffPageStatus is what the console's addresses answer in this build.
func staffPageStatus() int {
	if console.Built() {
		return 200
	}
	return 503
}

func anOffer() switchboard.OfferInfo {
	return switchboard.OfferInfo{
		ID: "bd1-1.1-o1", Call: "bd1-1.1", Agent: "lan", Caller: "+842743822022", Topic: call.Topic{Group: call.Field, Field: "traffic"},
		Language: call.Vietnamese, QueuedAt: time.Now().Add(-3 * time.Second), Ticket: "2632800018",
	}
}

func TestDesk(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(404, "not_found", "GET /api/desk", "", as("t-lan"))
	opened := w.json(200, "POST /api/desk", "", as("t-lan"))
	require.Equal(t, map[string]any{"uri": "sip:d7k2m9x@hotline", "user": "d7k2m9x", "password": "p4ssw0rd", "ws": "/sip/deskkey"}, opened["sip"])
	require.Equal(t, "Nguyễn Thị Lan", opened["name"])
	require.Equal(t, "paused", opened["state"])
	require.Equal(t, "signed_in", opened["reason"])
	require.Equal(t, "2026-11-24T01:00:00Z", opened["since"])
	require.Equal(t, []any{map[string]any{"key": "lunch", "vi": "Ăn trưa", "en": "Lunch"}}, opened["pause_reasons"])
	require.Equal(t, []any{map[string]any{"key": "traffic", "group": "field", "vi": "Giao thông", "en": "Traffic"}}, opened["fields"])
	require.Contains(t, opened, "offer")
	require.Nil(t, opened["offer"])
	require.NotContains(t, w.log.String(), "p4ssw0rd")

	again := w.json(200, "GET /api/desk", "", as("t-lan"))
	require.NotContains(t, again["sip"], "password", "given once")
	for _, target := range []string{"POST /api/desk/ready", "DELETE /api/desk"} {
		resp, body := w.text(target, "", as("t-lan"))
		require.Equal(t, 204, resp.StatusCode)
		require.Empty(t, body)
	}
	require.Equal(t, []string{"sign in lan", "ready lan", "signed_out lan"}, w.desks.log())
}

func TestDeskShowsTheOpenOfferAfterAReload(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	o := anOffer()
	w.desks.set("lan", func(d *switchboard.DeskState) { d.State, d.Offer = call.AgentTalking, &o })
	offer := w.json(200, "GET /api/desk", "", as("t-lan"))["offer"].(map[string]any)
	require.Equal(t, "bd1-1.1-o1", offer["id"])
	require.Equal(t, phone.Display("+842743822022"), offer["caller_vi"])
	require.Equal(t, "field", offer["group"])
	require.GreaterOrEqual(t, offer["waited_ms"], 3000.0)
	require.Len(t, offer["earlier"], 5)
	require.Equal(t, "2026-11-24T01:00:00Z", offer["earlier"].([]any)[0].(map[string]any)["opened_at"])
	require.Equal(t, "2632800018", w.tickets.asked().Except, "this call's own ticket is not an earlier one")
}

func TestDeskShowsWhoIsOnHoldForIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	until := time.Now().Add(15 * time.Second)
	w.desks.set("lan", func(d *switchboard.DeskState) { d.Kept = &switchboard.Kept{Offer: anOffer(), Until: until} })
	desk := w.json(200, "GET /api/desk", "", as("t-lan"))
	require.Equal(t, false, desk["connected"], "the other page is no more")
	kept := desk["kept"].(map[string]any)
	require.Equal(t, "bd1-1.1", kept["call"])
	require.Equal(t, phone.Display("+842743822022"), kept["caller_vi"])
	require.Equal(t, until.UTC().Format(time.RFC3339Nano), kept["until"])
	require.Equal(t, false, kept["back"])
}

func TestAnOfferDoesNotWaitForTheDatabase(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world, p *pace) { w.tickets.slow, p.earlier = true, 10*time.Millisecond })
	w.desks.sit("lan")
	o := anOffer()
	w.desks.set("lan", func(d *switchboard.DeskState) { d.Offer = &o })
	offer := w.json(200, "GET /api/desk", "", as("t-lan"))["offer"].(map[string]any)
	require.Equal(t, []any{}, offer["earlier"])
}

func TestEarlierTicketsOfNobody(t *testing.T) {
	t.Parallel()
	for _, caller := range []string{"", "web:gabc"} {
		w := newWorld(t)
		w.desks.sit("lan")
		o := anOffer()
		o.Caller = caller
		w.desks.set("lan", func(d *switchboard.DeskState) { d.Offer = &o })
		offer := w.json(200, "GET /api/desk", "", as("t-lan"))["offer"].(map[string]any)
		require.Equal(t, []any{}, offer["earlier"])
		require.Zero(t, w.tickets.asked().Limit, "nobody was searched for")
	}
}

func TestDeskRefusals(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]struct {
		status int
		code   string
	}{
		switchboard.ErrOffShift:                         {409, "off_shift"},
		switchboard.ErrNotSignedIn:                      {409, "desk_needed"},
		switchboard.ErrNoPhone:                          {409, "no_phone"},
		fmt.Errorf("x: %w", switchboard.ErrNotYourCall): {409, "not_your_call"},
		errBroken: {503, "not_ready"},
	} {
		w := newWorld(t)
		w.desks.err = err
		for _, c := range []struct{ target, body string }{
			{"POST /api/desk", ""},
			{"DELETE /api/desk", ""},
			{"POST /api/desk/ready", ""},
			{"POST /api/desk/pause", `{"reason":"lunch"}`},
			{"POST /api/desk/wrap-up", `{"call":"c","group":"field"}`},
		} {
			w.refused(want.status, want.code, c.target, c.body, as("t-lan"))
		}
	}
}

func TestPause(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resp, _ := w.text("POST /api/desk/pause", `{"reason":"lunch"}`, as("t-lan"))
	require.Equal(t, 204, resp.StatusCode)
	w.refused(400, "bad_request", "POST /api/desk/pause", `{"reason":"boredom"}`, as("t-lan"))
	w.refused(400, "bad_request", "POST /api/desk/pause", `{"reason":"rona"}`, as("t-lan")) // the system's own
	w.refused(400, "bad_request", "POST /api/desk/pause", ``, as("t-lan"))
	require.Equal(t, []string{"pause lunch lan"}, w.desks.log())
}

func TestWrapUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	resp, _ := w.text("POST /api/desk/wrap-up", `{"call":"bd1-1.1","group":"field","field":"traffic","note":"Đèn hỏng","ready":true}`, as("t-lan"))
	require.Equal(t, 204, resp.StatusCode)
	require.Equal(t, switchboard.WrapUpForm{
		Call: "bd1-1.1", Topic: call.Topic{Group: call.Field, Field: "traffic"}, Note: "Đèn hỏng", Ready: true,
	}, w.desks.form)
	for body, says := range map[string]string{
		`{"group":"field"}`:                           "call",
		`{"call":"c"}`:                                "group",
		`{"call":"c","group":"weather"}`:              "group",
		`{"call":"c","group":"field","field":"moon"}`: "field",
		`{"call":"c","group":"field","ready":"yes"}`:  "ready",
		`{"call":"c","group":"field","done":true}`:    "done",
		`{"call":"c","group":"field","note":"` + strings.Repeat("ữ", longestNote+1) + `"}`: "note",
	} {
		require.Contains(t, w.refused(400, "bad_request", "POST /api/desk/wrap-up", body, as("t-lan"))["en"], says)
	}
	resp, _ = w.text("POST /api/desk/wrap-up", `{"call":"c","group":"emergency","note":"`+strings.Repeat("ữ", longestNote)+`"}`, as("t-lan"))
	require.Equal(t, 204, resp.StatusCode)
}
