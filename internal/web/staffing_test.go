package web

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/acd/staffing"
)

// fakeStaffing knows a line whose Mondays from nine to ten are busy.
type fakeStaffing struct {
	now time.Time
	err error
}

func (f *fakeStaffing) Plan(_ context.Context, now time.Time, weeks int) (StaffPlan, error) {
	f.now = now
	l := staffing.Line{
		Target:   staffing.Target{Percent: 80, Within: 20 * time.Second, Lost: 5},
		Handling: 4 * time.Minute, Least: 2, Away: 0.15,
	}
	shifts := []roster.Shift{
		{Key: "day", Vi: "Ca ngày", En: "Day", From: 6 * time.Hour, To: 18 * time.Hour, Seats: 6},
		{Key: "night", Vi: "Ca đêm", En: "Night", From: 18 * time.Hour, To: 6 * time.Hour, Seats: 4},
	}
	week, err := l.Plan(staffing.History{{Day: time.Monday, Hour: 9}: {57, 40, 51, 80}}, []staffing.Shift{
		{Key: "day", From: 6 * time.Hour, To: 18 * time.Hour}, {Key: "night", From: 18 * time.Hour, To: 6 * time.Hour},
	})
	if err != nil {
		return StaffPlan{}, err
	}
	return StaffPlan{Weeks: weeks, Since: someTime.AddDate(0, 0, -7*weeks), Until: someTime, Line: l, Shifts: shifts, Week: week}, f.err
}

func (f *fakeStaffing) Table() (StaffTable, error) {
	targets := staffing.Targets()
	rows, err := staffing.Table([]time.Duration{4 * time.Minute}, []int{5, 6}, targets)
	if err != nil {
		return StaffTable{}, err
	}
	return StaffTable{Targets: targets, Rows: rows}, f.err
}

func TestStaffPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.json(200, "GET /api/staffing/plan", "", as("t-minh"))
	require.InDelta(t, time.Now().Unix(), w.staff.now.Unix(), 5)
	require.InDelta(t, 4, got["weeks"], 0, "as a rule")
	require.Equal(t, "2026-11-24T01:00:00Z", got["until"])
	require.Equal(t, "2026-10-27T01:00:00Z", got["since"])
	require.Equal(t, map[string]any{"name": "80/20", "percent": 80.0, "within_ms": 20_000.0, "lost_percent": 5.0}, got["target"])
	require.Equal(t, [4]any{240_000.0, 0.0, 2.0, 15.0}, [4]any{got["handling_ms"], got["patience_ms"], got["least"], got["away_percent"]})

	hours := got["hours"].([]any)
	require.Len(t, hours, 168)
	require.Equal(t, map[string]any{
		"day": 1.0, "hour": 9.0, "weeks": 4.0, "calls": 57.0, "busiest": 80.0, "need": 6.0, "worst": 8.0,
		"in_time_percent": 80.2, "occupancy_percent": 63.3,
	}, hours[24+9])
	shifts := got["shifts"].([]any)
	require.Len(t, shifts, 14)
	require.Equal(t, map[string]any{
		"day": 1.0, "shift": "day", "vi": "Ca ngày", "en": "Day", "from": "06:00", "to": "18:00", "need": 6.0, "worst": 8.0,
		"seats": 6.0, "seats_needed": 8.0, "peak": map[string]any{"day": 1.0, "hour": 9.0}, "hours_unseen": 11.0,
	}, shifts[2])
	require.Equal(t, "night", shifts[3].(map[string]any)["shift"])

	require.InDelta(t, 12, w.json(200, "GET /api/staffing/plan?weeks=12", "", as("t-minh"))["weeks"], 0)
	for _, weeks := range []string{"0", "27", "x", "4.5"} {
		w.refused(400, "bad_request", "GET /api/staffing/plan?weeks="+weeks, "", as("t-minh"))
	}
	w.refused(403, "not_allowed", "GET /api/staffing/plan", "", as("t-lan"))
	w.staff.err = errBroken
	w.refused(503, "not_ready", "GET /api/staffing/plan", "", as("t-minh"))
}

func TestStaffTable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.json(200, "GET /api/staffing/table", "", as("t-minh"))
	var names []string
	for _, g := range got["targets"].([]any) {
		names = append(names, g.(map[string]any)["name"].(string))
	}
	require.Equal(t, []string{"80/20", "90/15", "90/10", "95/20"}, names)
	require.Equal(t, []any{
		map[string]any{"handling_ms": 240_000.0, "agents": 5.0, "calls_per_hour": []any{45.0, 36.0, 35.0, 30.0}},
		map[string]any{"handling_ms": 240_000.0, "agents": 6.0, "calls_per_hour": []any{57.0, 47.0, 46.0, 40.0}},
	}, got["rows"])
	w.staff.err = errBroken
	w.refused(503, "not_ready", "GET /api/staffing/table", "", as("t-minh"))
}
