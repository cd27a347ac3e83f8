package web

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/outside"
	"hotline1022/internal/switchboard"
)

func verbAccess() map[string]accessRow {
	desk := func(target, body string) accessRow { return byDesk(target, body, 204) }
	boss := func(target string) accessRow {
		return accessRow{target, "", 401, 403, 403, 204, 204, 403, 403, 403, 403}
	}
	rows := map[string]accessRow{
		"POST /api/desk/call/transfer":   desk("POST /api/desk/call/transfer", `{"queue":"field"}`),
		"POST /api/desk/call/consult":    desk("POST /api/desk/call/consult", `{"agent":"hoa"}`),
		"POST /api/desk/call/drop":       desk("POST /api/desk/call/drop", `{"leg":"bd1-1.1-x1"}`),
		"POST /api/calls/{id}/barge":     boss("POST /api/calls/bd1-1.1/barge"),
		"POST /api/calls/{id}/take-over": boss("POST /api/calls/bd1-1.1/take-over"),
	}
	for _, verb := range []string{"hold", "resume", "complete", "back", "conference"} {
		rows["POST /api/desk/call/"+verb] = desk("POST /api/desk/call/"+verb, "")
	}
	return rows
}

func (d *fakeDesks) Hold(_ context.Context, agent call.AgentID) error { return d.note("hold", agent) }

func (d *fakeDesks) Resume(_ context.Context, agent call.AgentID) error {
	return d.note("resume", agent)
}

func (d *fakeDesks) Transfer(_ context.Context, agent call.AgentID, to call.Target) error {
	return d.note(fmt.Sprintf("transfer to %+v", to), agent)
}

func (d *fakeDesks) Consult(_ context.Context, agent call.AgentID, to call.Target) error {
	return d.note(fmt.Sprintf("consult %+v", to), agent)
}

func (d *fakeDesks) Complete(_ context.Context, agent call.AgentID) error {
	return d.note("complete", agent)
}

func (d *fakeDesks) Back(_ context.Context, agent call.AgentID) error { return d.note("back", agent) }

func (d *fakeDesks) Conference(_ context.Context, agent call.AgentID) error {
	return d.note("conference", agent)
}

func (d *fakeDesks) Drop(_ context.Context, agent call.AgentID, leg call.OfferID) error {
	return d.note("drop "+string(leg), agent)
}

func (d *fakeDesks) Barge(_ context.Context, supervisor call.AgentID, id call.ID, takeOver bool) error {
	return d.note(fmt.Sprintf("barge %s %v", id, takeOver), supervisor)
}

func TestVerbsOfACall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, bad := range []string{`{}`, `{"agent":"hoa","queue":"field"}`, `{"agent":"hoa","number":"0908123999"}`} {
		w.refused(400, "bad_request", "POST /api/desk/call/transfer", bad, as("t-lan"))
	}
	require.Equal(t, 204, w.do("POST /api/desk/call/transfer", `{"number":"0908 123 999"}`, as("t-lan")).StatusCode) //nolint:bodyclose // do closes it
	require.Equal(t, 204, w.do("POST /api/desk/call/drop", `{"leg":"bd1-1.1-x2"}`, as("t-lan")).StatusCode)          //nolint:bodyclose // do closes it
	require.Equal(t, []string{"transfer to {Agent: Queue: Number:0908 123 999} lan", "drop bd1-1.1-x2 lan"}, w.desks.did)
	for code, err := range map[string]error{
		"409 not_now":        switchboard.ErrNotNow,
		"409 not_free":       switchboard.ErrNotFree,
		"400 bad_request":    switchboard.ErrNoTarget,
		"409 no_way_out":     fmt.Errorf("asked: %w", switchboard.ErrNoWayOut),
		"503 not_ready":      switchboard.ErrPhones,
		"409 not_your_call":  switchboard.ErrNotYourCall,
		"409 desk_needed":    switchboard.ErrNotSignedIn,
		"409 number_refused": &outside.Refusal{Reason: outside.Forbidden},
	} {
		w.desks.err = err
		var status int
		var problem string
		_, scanErr := fmt.Sscanf(code, "%d %s", &status, &problem)
		require.NoError(t, scanErr)
		w.refused(status, problem, "POST /api/desk/call/hold", "", as("t-lan"))
	}
}

func TestTalkOnTheStream(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	view := talkOf(switchboard.TalkInfo{
		Call: "bd1-1.1", Lead: true, Held: true, HeldSince: since, Reminded: 2,
		Parties: []switchboard.TalkParty{{Leg: "bd1-1.1-x1", Number: "+84908123999", Standing: switchboard.PartyAsked}},
	})
	require.Equal(t, &since, view.HeldSince)
	require.Equal(t, "0908 123 999", view.Parties[0].NumberVi)
	require.Nil(t, talkOf(switchboard.TalkInfo{}).HeldSince)
}
