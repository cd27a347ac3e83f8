package web

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLeaves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own := w.json(200, "GET /api/roster/leaves?from=2026-12-01&days=31", "", as("t-lan"))
	require.Equal(t, "leaves 2026-12-01 2026-12-31", w.roster.last())
	require.Equal(t, []string{"lan"}, agentsOf(t, own["leaves"]), "why others are away is theirs")
	require.Equal(t, map[string]any{
		"id": "l-lan", "agent": "lan", "name": "Name of lan", "from": "2026-12-01", "to": "2026-12-02", "kind": "sick", "reason": "ốm",
		"state": "asked", "by": "lan", "by_name": "Name of lan", "asked_at": "2026-11-24T01:00:00Z", "at": "2026-11-24T01:00:00Z",
		"struck": []any{map[string]any{"date": "2026-11-24", "shift": "night"}},
	}, own["leaves"].([]any)[0])
	require.Equal(t, []string{"lan", "mai"}, agentsOf(t, w.json(200, "GET /api/roster/leaves", "", as("t-minh"))["leaves"]))

	w.json(201, "POST /api/roster/leaves", `{"from":"2026-12-01","to":"2026-12-02","kind":"annual","reason":"về quê"}`, as("t-lan"))
	require.Equal(t, `ask leave lan 2026-12-01..2026-12-02 annual "về quê" by lan`, w.roster.last())
	w.json(201, "POST /api/roster/leaves", `{"agent":"mai","from":"2026-12-01","to":"2026-12-01","kind":"sick"}`, as("t-minh"))
	require.Equal(t, `ask leave mai 2026-12-01..2026-12-01 sick "" by minh`, w.roster.last())
	w.refused(403, "not_allowed", "POST /api/roster/leaves", `{"agent":"mai","from":"2026-12-01","to":"2026-12-01","kind":"sick"}`, as("t-lan"))
	for _, body := range []string{
		`{"from":"2026-12-01","to":"2026-12-02","kind":"fun"}`, `{"from":"2026-12-02","to":"2026-12-01","kind":"annual"}`,
		`{"from":"x","to":"2026-12-01","kind":"annual"}`, `{"from":"2026-12-01","to":"2027-12-02","kind":"maternity"}`,
		`{"from":"2026-12-01","to":"2026-12-01","kind":"annual","reason":"` + strings.Repeat("ố", 501) + `"}`,
	} {
		w.refused(400, "bad_request", "POST /api/roster/leaves", body, as("t-lan"))
	}

	w.json(200, "POST /api/roster/leaves/l1/approve", "", as("t-minh"))
	require.Equal(t, "leave l1 approve by {minh true}", w.roster.last())
	w.json(200, "POST /api/roster/leaves/l1/approve", "", as("t-lan"))
	require.Equal(t, "leave l1 approve by {lan false}", w.roster.last(), "the roster refuses")
	w.refused(404, "not_found", "POST /api/roster/leaves/l1/forget", "", as("t-minh"))
}

func TestSwaps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := func(target, token string) []string {
		list := []string{}
		for _, s := range w.json(200, target, "", as(token))["swaps"].([]any) {
			list = append(list, s.(map[string]any)["id"].(string))
		}
		return list
	}
	require.Equal(t, []string{"s1", "s3"}, ids("GET /api/roster/swaps", "t-lan"), "asked by or of lan")
	require.Equal(t, []string{"s1"}, ids("GET /api/roster/swaps?open=true", "t-lan"))
	require.Equal(t, []string{"s1", "s2"}, ids("GET /api/roster/swaps?open=true", "t-minh"))
	w.refused(400, "bad_request", "GET /api/roster/swaps?open=1", "", as("t-lan"))

	got := w.json(201, "POST /api/roster/swaps", `{"to":"mai","give":{"date":"2026-11-24","shift":"night"},"take":{"date":"2026-11-25","shift":"afternoon"},"reason":"con ốm"}`, as("t-lan"))
	require.Equal(t, `propose lan→mai {2026-11-24 night} for {2026-11-25 afternoon} "con ốm"`, w.roster.last())
	require.Equal(t, map[string]any{
		"id": "s4", "from": "lan", "from_name": "Name of lan", "to": "mai", "to_name": "Name of mai", "give": map[string]any{"date": "2026-11-24", "shift": "night"},
		"take": map[string]any{"date": "2026-11-25", "shift": "afternoon"}, "reason": "", "state": "proposed", "by": "lan", "by_name": "Name of lan",
		"asked_at": "2026-11-24T01:00:00Z", "at": "2026-11-24T01:00:00Z",
	}, got)
	got = w.json(201, "POST /api/roster/swaps", `{"to":"mai","give":{"date":"2026-11-24","shift":"night"},"take":null}`, as("t-lan"))
	require.Nil(t, got["take"])
	for _, body := range []string{
		`{"to":"lan","give":{"date":"2026-11-24","shift":"night"}}`, `{"give":{"date":"2026-11-24","shift":"night"}}`, `{"to":"mai"}`,
		`{"to":"mai","give":{"date":"2026-11-24","shift":"night"},"take":{"date":"x","shift":"night"}}`,
		`{"to":"mai","give":{"date":"2026-11-24","shift":"night"},"reason":"` + strings.Repeat("x", 501) + `"}`,
	} {
		w.refused(400, "bad_request", "POST /api/roster/swaps", body, as("t-lan"))
	}
	w.json(200, "POST /api/roster/swaps/s1/approve", "", as("t-minh"))
	require.Equal(t, "swap s1 approve by {minh true}", w.roster.last())
	w.refused(404, "not_found", "POST /api/roster/swaps/s1/steal", "", as("t-minh"))

	partners := w.json(200, "GET /api/roster/partners?date=2026-11-24&shift=night", "", as("t-lan"))["partners"]
	require.Equal(t, "partners of lan for {2026-11-24 night}", w.roster.last())
	require.Equal(t, []any{map[string]any{"agent": "mai", "name": "Name of mai", "alone": true, "take": []any{map[string]any{"date": "2026-11-25", "shift": "afternoon"}}}}, partners)
	w.json(200, "GET /api/roster/partners?date=2026-11-24&shift=night&agent=lan", "", as("t-minh"))
	require.Equal(t, "partners of lan for {2026-11-24 night}", w.roster.last())
	w.refused(403, "not_allowed", "GET /api/roster/partners?date=2026-11-24&shift=night&agent=mai", "", as("t-lan"))
	w.refused(400, "bad_request", "GET /api/roster/partners?date=2026-11-24", "", as("t-lan"))
	w.refused(400, "bad_request", "GET /api/roster/partners?shift=night", "", as("t-lan"))
}

func TestADayOfShifts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rows := w.json(200, "GET /api/roster/substitutes?date=2026-11-24&shift=night", "", as("t-minh"))["substitutes"].([]any)
	require.Equal(t, map[string]any{"agent": "lan", "name": "Name of lan", "on_call": true, "rest_ms": 16 * 3600e3, "week_ms": 40 * 3600e3, "problems": []any{}}, rows[0])
	require.Len(t, rows[1].(map[string]any)["problems"], 1)

	shift := w.json(200, "GET /api/roster/attendance?date=2026-11-24&shift=night", "", as("t-lan"))["shifts"].([]any)[0].(map[string]any)
	require.Equal(t, "attendance 2026-11-24 night", w.roster.last())
	require.Equal(t, [3]any{"night", "2026-11-24T01:00:00Z", "2026-11-24T09:00:00Z"}, [3]any{shift["shift"], shift["from"], shift["to"]})
	require.Equal(t, []any{map[string]any{
		"agent": "lan", "name": "Name of lan", "planned": true, "state": "present", "from": "2026-11-24T01:01:00Z", "to": "2026-11-24T02:00:00Z",
		"late_ms": 60e3, "worked_ms": 59 * 60e3, "away_ms": 0.0, "early_ms": 0.0, "ahead_ms": 7 * 3600e3, "extra_ms": 0.0,
	}}, shift["people"], "lan sees lan")
	shift = w.json(200, "GET /api/roster/attendance", "", as("t-minh"))["shifts"].([]any)[0].(map[string]any)
	require.Equal(t, "attendance "+today()+" ", w.roster.last())
	require.Equal(t, []string{"lan", "mai"}, agentsOf(t, shift["people"]))
	require.Nil(t, shift["people"].([]any)[1].(map[string]any)["from"], "never came")
	w.refused(400, "bad_request", "GET /api/roster/attendance?date=x", "", as("t-minh"))

	alarms := w.json(200, "GET /api/roster/alarms", "", as("t-minh"))
	require.NotEmpty(t, alarms["at"])
	require.Equal(t, []any{map[string]any{
		"kind": "seat_empty", "date": "2026-11-24", "shift": "night", "since": "2026-11-24T01:00:00Z", "wanted": 6.0, "present": 5.0,
		"absent": []any{map[string]any{"agent": "mai", "name": "Name of mai"}}, "vi": "vắng", "en": "absent",
	}}, alarms["alarms"])
}

func TestHandOverSheets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.json(200, "GET /api/roster/sheets", "", as("t-lan"))
	running := got["running"].(map[string]any)
	require.Equal(t, [3]any{"afternoon", "open", []any{}}, [3]any{running["shift"], running["state"], running["notes"]})
	require.Nil(t, running["writer"])
	who := func(agent string) map[string]any { return map[string]any{"agent": agent, "name": "Name of " + agent} }
	require.Equal(t, map[string]any{
		"date": "2026-11-24", "shift": "night", "next": map[string]any{"date": "2026-11-25", "shift": "afternoon"}, "changes_at": "2026-11-24T01:00:00Z",
		"state": "written", "outgoing": []any{who("lan")}, "incoming": []any{who("mai")}, "staying": []any{},
		"calls":     []any{map[string]any{"call": "bd1-1.1", "stage": "talking", "agent": "lan", "emergency": true, "since": "2026-11-24T01:00:00Z", "ticket": "2632800017"}},
		"callbacks": []any{}, "tickets": []any{},
		"notes":  []any{map[string]any{"agent": "lan", "name": "Name of lan", "at": "2026-11-24T01:00:00Z", "text": "Cầu ngập"}},
		"writer": who("lan"), "written_at": "2026-11-24T01:00:00Z", "reads": []any{}, "unread": []any{who("mai")},
	}, got["last"])

	const sheet = "/api/roster/sheets/2026-11-24/night"
	w.json(200, "GET "+sheet, "", as("t-lan"))
	require.Equal(t, "sheet {2026-11-24 night}", w.roster.last())
	w.json(200, "POST "+sheet+"/notes", `{"text":"  Mất điện ở Lái Thiêu \n"}`, as("t-lan"))
	require.Equal(t, "note on {2026-11-24 night} by {lan false}: Mất điện ở Lái Thiêu", w.roster.last())
	for _, body := range []string{`{"text":" "}`, `{"text":"` + strings.Repeat("ố", 2001) + `"}`, `{}`} {
		w.refused(400, "bad_request", "POST "+sheet+"/notes", body, as("t-lan"))
	}
	w.json(200, "POST "+sheet+"/sign", "", as("t-minh"))
	require.Equal(t, "sign {2026-11-24 night} by {minh true}", w.roster.last())
	w.json(200, "POST "+sheet+"/take", "", as("t-lan"))
	require.Equal(t, "take {2026-11-24 night} by {lan false}", w.roster.last())
	w.refused(400, "bad_request", "GET /api/roster/sheets/today/night", "", as("t-lan"))
	w.refused(400, "bad_request", "POST /api/roster/sheets/today/night/sign", "", as("t-lan"))
	w.roster.fail(ErrNotFound)
	w.refused(404, "not_found", "GET "+sheet, "", as("t-lan"))
}
