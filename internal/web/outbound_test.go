package web

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/outside"
	"hotline1022/internal/switchboard"
)

func (d *fakeDesks) MakeCall(_ context.Context, agent call.AgentID, want switchboard.WantedCall) (switchboard.MadeCall, error) {
	return switchboard.MadeCall{Call: "bd1-1.9", Ticket: "2632800025"}, d.note(fmt.Sprintf("call %+v", want), agent)
}

func TestMakeCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(403, "not_allowed", "POST /api/desk/calls", `{"number":"0908 123 456","urgent":true}`, as("t-lan"))
	require.Empty(t, w.desks.did, "an agent sets no limits aside")
	got := w.json(201, "POST /api/desk/calls", `{"number":"0908 123 456","urgent":true}`, as("t-ca"))
	require.Equal(t, map[string]any{"call": "bd1-1.9", "ticket": "2632800025"}, got)
	w.json(201, "POST /api/desk/calls", `{"ticket":"2632800017"}`, as("t-lan"))
	require.Equal(t, []string{
		"call {Number:0908 123 456 Ticket: Topic:{Group: Field: Service:} Urgent:true} ca",
		"call {Number:+84908123456 Ticket:2632800017 Topic:{Group:field Field:traffic Service:} Urgent:false} lan",
	}, w.desks.did, "the ticket's citizen, and what it is about")

	w.refused(404, "not_found", "POST /api/desk/calls", `{"ticket":"2632899999"}`, as("t-lan"))
	w.refused(400, "bad_request", "POST /api/desk/calls", `{}`, as("t-lan"))
	w.refused(400, "bad_request", "POST /api/desk/calls", fmt.Sprintf(`{"number":"%050d"}`, 0), as("t-lan"))
	for code, err := range map[string]error{
		"in_call": switchboard.ErrBusy, "no_way_out": switchboard.ErrNoWayOut, "off_shift": switchboard.ErrOffShift,
		"number_refused": &outside.Refusal{Reason: outside.Forbidden},
	} {
		w.desks.err = err
		w.refused(409, code, "POST /api/desk/calls", `{"number":"19001234"}`, as("t-lan"))
	}
}
