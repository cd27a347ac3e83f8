package web

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/duty"
	"hotline1022/internal/switchboard"
)

func emergencyAccess() map[string]accessRow {
	desk := func(target, body string) accessRow { return byDesk(target, body, 204) }
	boss := func(target, body string) accessRow {
		return accessRow{target, body, 401, 403, 403, 204, 204, 403, 403, 403, 403}
	}
	return map[string]accessRow{
		"POST /api/desk/emergency":               desk("POST /api/desk/emergency", `{"service":"114"}`),
		"POST /api/desk/emergency/add":           desk("POST /api/desk/emergency/add", `{"service":"114"}`),
		"POST /api/desk/emergency/advance":       desk("POST /api/desk/emergency/advance", `{"service":"114"}`),
		"POST /api/desk/emergency/confirm":       desk("POST /api/desk/emergency/confirm", `{"service":"114"}`),
		"GET /api/emergency":                     byStaff("GET /api/emergency", "", 200),
		"POST /api/emergency/drill":              {"POST /api/emergency/drill", `{"service":"114"}`, 401, 403, 403, 202, 202, 403, 403, 403, 403},
		"POST /api/emergency/callbacks/{call}":   desk("POST /api/emergency/callbacks/bd1-1.1", `{"how":"taken"}`),
		"POST /api/calls/{id}/emergency":         boss("POST /api/calls/bd1-1.1/emergency", `{"service":"114"}`),
		"POST /api/calls/{id}/emergency/advance": boss("POST /api/calls/bd1-1.1/emergency/advance", `{"service":"114"}`),
		"POST /api/calls/{id}/emergency/place":   desk("POST /api/calls/bd1-1.1/emergency/place", `{"said":"chợ Thủ"}`),
		"POST /api/calls/{id}/emergency/case":    desk("POST /api/calls/bd1-1.1/emergency/case", `{"note":"cháy"}`),
		"POST /api/calls/{id}/emergency/sheet":   byDesk("POST /api/calls/bd1-1.1/emergency/sheet", `{"service":"114"}`, 201),
	}
}

func (d *fakeDesks) Emergency(_ context.Context, agent call.AgentID, service call.Service, area string) error {
	return d.note("emergency "+string(service)+area, agent)
}

func (d *fakeDesks) AdvanceEmergency(_ context.Context, agent call.AgentID, service call.Service) error {
	return d.note("advance "+string(service), agent)
}

func (d *fakeDesks) ConfirmEmergency(_ context.Context, agent call.AgentID, service call.Service, attempt int) error {
	return d.note(fmt.Sprintf("confirm %s %d", service, attempt), agent)
}

// fakeEmergencies has one hand-over, and one call back that is owed.
type fakeEmergencies struct{}

func (fakeEmergencies) Handovers() []switchboard.HandoverInfo {
	at := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	return []switchboard.HandoverInfo{{Call: "bd1-1.1", Citizen: true, Services: []switchboard.HandoverService{{
		Service: call.Fire, Began: at, Round: 1, Attempts: []switchboard.HandoverAttempt{{Attempt: 1, Name: "Trung tâm 114", State: switchboard.AttemptRings, Began: at, Since: at}},
	}}}}
}

func (fakeEmergencies) SuperviseEmergency(context.Context, call.ID, call.AgentID, call.Service, string) error {
	return nil
}

func (fakeEmergencies) SuperviseAdvance(context.Context, call.ID, call.Service) error { return nil }

func (fakeEmergencies) Services() []EmergencyService {
	return []EmergencyService{{Service: call.Fire, Vi: "Chữa cháy", En: "Fire"}}
}

func (f fakeEmergencies) Owed() []duty.Duty {
	return []duty.Duty{{Call: "bd1-1.2", Ticket: "2632900017", Caller: "+84908123456", Service: call.Fire, Since: f.Now().Add(-time.Hour)}}
}

func (fakeEmergencies) Note(call.ID, call.DutyNoted) error         { return nil }
func (fakeEmergencies) Place(call.ID, call.PlaceTold) error        { return nil }
func (fakeEmergencies) Case(call.ID, call.CaseNoted) error         { return nil }
func (fakeEmergencies) Link(call.ID, call.Service) (string, error) { return "/phieu/right", nil }
func (fakeEmergencies) Drill(call.Service)                         {}
func (fakeEmergencies) Now() time.Time                             { return time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC) }

func TestTheOneButton(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, request := range []string{"emergency", "emergency/add", "emergency/advance", "emergency/confirm"} {
		w.refused(400, "bad_request", "POST /api/desk/"+request, `{"service":"999"}`, as("t-lan"))
	}
	require.Equal(t, 204, w.do("POST /api/desk/emergency", `{"service":"114","area":"25747"}`, as("t-lan")).StatusCode)      //nolint:bodyclose // do closes it
	require.Equal(t, 204, w.do("POST /api/desk/emergency/confirm", `{"service":"114","attempt":2}`, as("t-lan")).StatusCode) //nolint:bodyclose // do closes it
	require.Equal(t, []string{"emergency 11425747 lan", "confirm 114 2 lan"}, w.desks.did)
	for code, err := range map[string]error{
		"no_service": switchboard.ErrNoService, "not_handed_over": switchboard.ErrNotHandedOver, "not_answered": switchboard.ErrNotAnswered,
	} {
		w.desks.err = err
		w.refused(409, code, "POST /api/desk/emergency", `{"service":"114"}`, as("t-lan"))
	}
}

func TestWhatGoesOnAndIsOwed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := w.json(200, "GET /api/emergency", "", as("t-lan"))
	handover := all["handovers"].([]any)[0].(map[string]any)["services"].([]any)[0].(map[string]any)
	require.Equal(t, "ringing", handover["attempts"].([]any)[0].(map[string]any)["state"])
	require.Nil(t, handover["answered"])
	owed := all["callbacks"].([]any)[0].(map[string]any)
	require.Equal(t, true, owed["overdue"])
	require.Equal(t, "0908 123 456", owed["caller_vi"])
	w.refused(400, "bad_request", "POST /api/emergency/callbacks/bd1-1.2", `{"how":"closed"}`, as("t-lan"))
	w.refused(403, "not_allowed", "POST /api/emergency/callbacks/bd1-1.2", `{"how":"closed","note":"báo nhầm"}`, as("t-lan"))
	w.refused(400, "bad_request", "POST /api/calls/bd1-1.1/emergency/place", `{"lat":91}`, as("t-lan"))
}
