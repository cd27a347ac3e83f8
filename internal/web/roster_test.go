package web

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
)

// rosterAccess is the part of the access table about shifts.
func rosterAccess() map[string]accessRow {
	read := func(target string) accessRow { return byStaff(target, "", 200) }
	led := func(target string) accessRow { return byLead(target, "", 200) }
	planned := func(target string) accessRow { return byBoss(target, "", 200) }
	act := byDesk
	decide := func(target, body string, status int) accessRow {
		return accessRow{target, body, 401, 403, 403, status, status, 403, 403, 403, 403}
	}
	const at = "/api/roster/assignments/2026-12-01/night/lan"
	return map[string]accessRow{
		"GET /api/roster": read("GET /api/roster"),
		"PUT /api/roster/assignments/{date}/{shift}/{agent}":    decide("PUT "+at, `{"force":false}`, 200),
		"DELETE /api/roster/assignments/{date}/{shift}/{agent}": decide("DELETE "+at, "", 200),
		"POST /api/roster/moves":                                decide("POST /api/roster/moves", `{"agent":"lan","from":{"date":"2026-12-01","shift":"night"},"to":{"date":"2026-12-02","shift":"night"}}`, 200),
		"POST /api/roster/generate":                             decide("POST /api/roster/generate", `{"from":"2026-12-01","days":7}`, 200),
		"GET /api/roster/members":                               planned("GET /api/roster/members"),
		"PUT /api/roster/members/{agent}":                       decide("PUT /api/roster/members/lan", `{"never":["night"]}`, 204),
		"GET /api/roster/changes":                               planned("GET /api/roster/changes"),
		"GET /api/roster/leaves":                                read("GET /api/roster/leaves"),
		"POST /api/roster/leaves":                               act("POST /api/roster/leaves", `{"from":"2026-12-01","to":"2026-12-02","kind":"annual"}`, 201),
		"POST /api/roster/leaves/{id}/{step}":                   act("POST /api/roster/leaves/l1/withdraw", "", 200),
		"GET /api/roster/swaps":                                 read("GET /api/roster/swaps"),
		"POST /api/roster/swaps":                                act("POST /api/roster/swaps", `{"to":"mai","give":{"date":"2026-12-01","shift":"night"}}`, 201),
		"POST /api/roster/swaps/{id}/{step}":                    act("POST /api/roster/swaps/s1/accept", "", 200),
		"GET /api/roster/partners":                              act("GET /api/roster/partners?date=2026-12-01&shift=night", "", 200),
		"GET /api/roster/substitutes":                           led("GET /api/roster/substitutes?date=2026-12-01&shift=night"),
		"GET /api/roster/attendance":                            read("GET /api/roster/attendance"),
		"GET /api/roster/alarms":                                led("GET /api/roster/alarms"),
		"POST /api/roster/releases/{agent}":                     {"POST /api/roster/releases/lan", "", 401, 403, 204, 204, 204, 403, 403, 403, 403},
		"GET /api/roster/sheets":                                read("GET /api/roster/sheets"),
		"GET /api/roster/sheets/{date}/{shift}":                 read("GET /api/roster/sheets/2026-12-01/night"),
		"POST /api/roster/sheets/{date}/{shift}/notes":          act("POST /api/roster/sheets/2026-12-01/night/notes", `{"text":"x"}`, 200),
		"POST /api/roster/sheets/{date}/{shift}/sign":           act("POST /api/roster/sheets/2026-12-01/night/sign", "", 200),
		"POST /api/roster/sheets/{date}/{shift}/take":           act("POST /api/roster/sheets/2026-12-01/night/take", "", 200),
	}
}

// agentsOf are the agents of rows that have one each.
func agentsOf(t *testing.T, rows any) []string {
	t.Helper()
	list, ok := rows.([]any)
	require.True(t, ok, "a list, never null")
	agents := []string{}
	for _, r := range list {
		agents = append(agents, r.(map[string]any)["agent"].(string))
	}
	return agents
}

func TestAnAgentSeesTheirOwnShiftsAndALeadThePlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own := w.json(200, "GET /api/roster?from=2026-11-24&days=14", "", as("t-lan"))
	require.Equal(t, "plan 2026-11-24 14", w.roster.last())
	require.Equal(t, []string{"lan"}, agentsOf(t, own["assignments"]))
	require.Equal(t, []string{"lan"}, agentsOf(t, own["people"]))
	require.Equal(t, []any{}, own["problems"])
	require.Equal(t, []any{}, own["gaps"])

	all := w.json(200, "GET /api/roster?from=2026-11-24&days=14", "", as("t-minh"))
	require.Equal(t, []string{"lan", "mai"}, agentsOf(t, all["assignments"]))
	require.Equal(t, map[string]any{"date": "2026-11-25", "shift": "afternoon", "agent": "mai", "name": "Name of mai", "forced": true}, all["assignments"].([]any)[1])
	require.Equal(t, []any{map[string]any{
		"kind": "too_little_rest", "agent": "mai", "name": "Name of mai", "date": "2026-11-25", "shift": "afternoon",
		"other": map[string]any{"date": "2026-11-24", "shift": "night"}, "vi": "Mai nghỉ ít.", "en": "Mai rests too little.",
	}}, all["problems"])
	require.Equal(t, []any{map[string]any{
		"date": "2026-11-24", "shift": "night", "seats": 6.0, "missing": 5.0, "free": 1.0, "why": map[string]any{"on_leave": 2.0}, "vi": "thiếu", "en": "missing",
	}}, all["gaps"])
	require.Equal(t, []any{map[string]any{"key": "night", "vi": "Ca đêm", "en": "Night", "from": "22:00", "to": "06:00", "seats": 6.0, "minimum": 3.0}}, all["shifts"])
	require.Equal(t, []any{map[string]any{"date": "2026-11-24", "vi": "Lễ", "en": "Holiday", "seats": map[string]any{}}}, all["holidays"], "of these days")
	require.Equal(t, map[string]any{
		"agent": "lan", "name": "Name of lan", "planned_ms": 8 * 3600e3, "shifts": 1.0, "nights": 1.0, "weekends": 0.0, "holidays": 1.0,
	}, all["people"].([]any)[0])
	require.Equal(t, [3]any{21.0, 2.0, "2026-12-08"}, [3]any{all["needed"], all["staff"], all["planned_until"]})

	w.json(200, "GET /api/roster", "", as("t-minh"))
	require.Equal(t, "plan "+today()+" 7", w.roster.last())
	for _, query := range []string{"days=0", "days=93", "days=x", "from=tomorrow"} {
		w.refused(400, "bad_request", "GET /api/roster?"+query, "", as("t-minh"))
	}
}

func TestEditingThePlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const mai = "/api/roster/assignments/2026-11-25/afternoon/mai"
	problem := w.refused(409, "rules_broken", "PUT "+mai, `{"force":false}`, as("t-minh"))
	require.Equal(t, "Mai nghỉ ít. Mai nghỉ ít.", problem["vi"])
	require.Equal(t, "Mai rests too little. Mai rests too little.", problem["en"])
	require.Len(t, problem["problems"], 2)
	got := w.json(200, "PUT "+mai, `{"force":true}`, as("t-minh"))
	require.Equal(t, "assign {2026-11-25 afternoon mai} by minh force true", w.roster.last())
	require.Equal(t, true, got["assignment"].(map[string]any)["forced"])
	require.Len(t, got["overridden"], 1)
	got = w.json(200, "PUT /api/roster/assignments/2026-11-25/afternoon/lan", `{"force":true}`, as("t-minh"))
	require.Equal(t, false, got["assignment"].(map[string]any)["forced"], "nothing had to be forced")

	require.Equal(t, []any{}, w.json(200, "DELETE "+mai+"?force=true", "", as("t-minh"))["overridden"])
	require.Equal(t, "unassign {2026-11-25 afternoon mai} by minh force true", w.roster.last())
	w.json(200, "DELETE "+mai, "", as("t-minh"))
	require.Equal(t, "unassign {2026-11-25 afternoon mai} by minh force false", w.roster.last())
	w.refused(400, "bad_request", "DELETE "+mai+"?force=yes", "", as("t-minh"))

	const move = `{"agent":"mai","from":{"date":"2026-11-25","shift":"afternoon"},"to":{"date":"2026-11-26","shift":"night"},"force":`
	w.refused(409, "rules_broken", "POST /api/roster/moves", move+`false}`, as("t-minh"))
	w.json(200, "POST /api/roster/moves", move+`true}`, as("t-minh"))
	require.Equal(t, "move mai {2026-11-25 afternoon} to {2026-11-26 night} by minh force true", w.roster.last())
	w.refused(400, "bad_request", "POST /api/roster/moves", `{"agent":"mai","from":{"date":"2026-11-25","shift":"night"},"to":{"date":"tomorrow","shift":"night"}}`, as("t-minh"))
	w.refused(400, "bad_request", "POST /api/roster/moves", `{"agent":"mai","from":{"date":"2026-11-25","shift":"night"},"to":{"date":"2099-11-25","shift":"night"}}`, as("t-minh"))
	w.refused(400, "bad_request", "PUT "+mai, `{"forced":true}`, as("t-minh"))
	w.refused(400, "bad_request", "PUT /api/roster/assignments/tomorrow/afternoon/mai", `{}`, as("t-minh"))
	w.refused(400, "bad_request", "DELETE /api/roster/assignments/tomorrow/afternoon/mai", "", as("t-minh"))

	change := w.json(200, "GET /api/roster/changes?limit=1", "", as("t-minh"))
	require.Equal(t, "7", change["next"])
	row := change["changes"].([]any)[0].(map[string]any)
	require.Equal(t, [4]any{"minh", "Name of minh", true, "2026-11-24T01:00:00Z"}, [4]any{row["by"], row["by_name"], row["forced"], row["at"]})
	require.Empty(t, w.json(200, "GET /api/roster/changes?before=7", "", as("t-minh"))["next"])
	require.Equal(t, "changes 7 50", w.roster.last())
	for _, query := range []string{"limit=0", "limit=201", "before=x", "before=0"} {
		w.refused(400, "bad_request", "GET /api/roster/changes?"+query, "", as("t-minh"))
	}
}

func TestGeneratingAPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.json(200, "POST /api/roster/generate", `{"from":"2026-12-01","days":1,"keep":true,"apply":true}`, as("t-minh"))
	require.Equal(t, "generate {From:2026-12-01 Days:1 Keep:true Apply:true} by minh", w.roster.last())
	require.Equal(t, true, got["applied"])
	require.Equal(t, map[string]any{
		"wanted": 18.0, "filled": 17.0, "unavoidable": 1.0, "staff": 20.0, "needed": 21.0,
		"vi": "Cần 21 người.", "en": "21 people needed.", "gaps": []any{},
	}, got["shortfall"])
	require.Len(t, got["assignments"], 1)
	require.Equal(t, []any{}, got["removed"])
	for _, body := range []string{`{"from":"x","days":7}`, `{"days":7}`, `{"from":"2026-12-01","days":0}`, `{"from":"2026-12-01","days":63}`, ``} {
		w.refused(400, "bad_request", "POST /api/roster/generate", body, as("t-minh"))
	}
	w.roster.fail(ErrTooSoon)
	w.refused(409, "too_late", "POST /api/roster/generate", `{"from":"2026-11-01","days":7}`, as("t-minh"))
}

func TestMembersTerms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rows := w.json(200, "GET /api/roster/members", "", as("t-minh"))["members"].([]any)
	require.Equal(t, map[string]any{"agent": "lan", "name": "Name of lan", "never": []any{}, "weekly_ms": 0.0, "on_call": false}, rows[0])
	require.Equal(t, map[string]any{"agent": "mai", "name": "Name of mai", "never": []any{"night"}, "weekly_ms": 20 * 3600e3, "on_call": true}, rows[1])
	resp, _ := w.text("PUT /api/roster/members/mai", `{"never":["night"],"weekly_ms":3600000,"on_call":true}`, as("t-minh"))
	require.Equal(t, 204, resp.StatusCode)
	require.Contains(t, w.roster.last(), "Agent:mai Name: WeeklyHours:1h0m0s Never:[night] OnCall:true")
	w.refused(400, "bad_request", "PUT /api/roster/members/mai", `{"weekly_ms":-1}`, as("t-minh"))
	w.refused(400, "bad_request", "PUT /api/roster/members/mai", `{"weekly_ms":604800001}`, as("t-minh"))
	w.roster.fail(ErrNoShift)
	w.refused(400, "bad_request", "PUT /api/roster/members/mai", `{"never":["noon"]}`, as("t-minh"))
}

// Everything that the roster says against a step is told in both languages.
func TestWhyAStepIsNotTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{roster.ErrNotNow, 409, "not_now"}, {roster.ErrNotYours, 403, "not_allowed"}, {roster.ErrNotALead, 403, "not_allowed"},
		{roster.ErrOwnRequest, 403, "not_allowed"}, {roster.ErrBegun, 409, "too_late"}, {roster.ErrNotPlanned, 409, "not_planned"},
		{roster.ErrNotOutgoing, 403, "not_allowed"}, {roster.ErrNotIncoming, 403, "not_allowed"}, {roster.ErrSheetOpen, 409, "not_now"},
		{roster.ErrSheetSigned, 409, "not_now"}, {ErrShiftOver, 409, "too_late"}, {ErrTooSoon, 409, "too_late"},
		{ErrAlreadyAsked, 409, "already_asked"}, {ErrNotYet, 409, "not_now"}, {ErrNoShift, 400, "bad_request"},
		{ErrNotFound, 404, "not_found"}, {errBroken, 503, "not_ready"},
	} {
		w.roster.fail(c.err)
		w.refused(c.status, c.code, "POST /api/roster/swaps/s1/accept", "", as("t-lan"))
	}
}
