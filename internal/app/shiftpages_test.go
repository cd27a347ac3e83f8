package app_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/testkit/browser"
)

// threeShifts gives the test the shifts that are shipped, so that their pages look as
// they will.
func threeShifts(t *testing.T) func(*config.Config) {
	return func(c *config.Config) {
		shipped, err := config.Load("../../configs")
		require.NoError(t, err)
		c.Shifts, c.Staff = shipped.Shifts, shipped.Staff
	}
}

// A lead drags somebody into a seat of the shift that runs, against the rules and with
// a confirmation, and that decides who may sign in. Every page about shifts is opened
// on the way; with HOTLINE_SCREENSHOTS their pictures are kept (make screenshots).
func TestEveryPageOfShiftsAndASeatThatDecidesWhoMaySignIn(t *testing.T) {
	w := begin(t, threeShifts(t))
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	require.NoError(t, os.MkdirAll(dir, 0o755))
	lead := browser.Open(t, browser.Options{})
	picture := func(p *browser.Page, name string) {
		t.Helper()
		p.Picture(filepath.Join(dir, name+".png"))
	}
	lead.Go(w.base + "/roster")
	lead.Type("sign-in-user", "thu.nguyen")
	lead.Type("sign-in-password", w.password)
	lead.Click("sign-in-submit")
	lead.See("roster-grid")

	// Somebody who is not on the shift that runs may not sign in.
	now := w.shiftNow()
	stranger := w.offShift(now)
	api := softphone.NewAPI(w.base, "")
	require.NoError(t, api.SignIn(t.Context(), stranger, w.password))
	require.ErrorContains(t, api.Post(t.Context(), "/api/desk", nil, nil), "not on the current shift")

	cell := "cell-" + now.Date + "-" + now.Shift
	lead.Drag("person-"+stranger, cell)
	lead.See("rules-broken")
	picture(lead, "roster-rules")
	lead.Click("rules-force")
	lead.See("seat-" + now.Date + "-" + now.Shift + "-" + stranger)
	picture(lead, "roster")
	require.NoError(t, api.Post(t.Context(), "/api/desk", nil, nil))
	require.NoError(t, api.Delete(t.Context(), "/api/desk"))

	require.Empty(t, lead.Complaints())
	require.Equal(t, []string{w.base[len("http://"):]}, lead.Hosts())
}

// shiftNow is the shift that runs.
func (w *world) shiftNow() roster.Slot {
	w.tb.Helper()
	var sheets struct{ Running roster.Slot }
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/roster/sheets", &sheets))
	return sheets.Running
}

// offShift is somebody who is not on that shift, nor on the one before or after it.
func (w *world) offShift(now roster.Slot) string {
	w.tb.Helper()
	var plan struct {
		Shifts      []struct{ Key string }
		Assignments []roster.Assignment
		People      []struct{ Agent string }
	}
	date, err := time.Parse(time.DateOnly, now.Date)
	require.NoError(w.tb, err)
	from := date.AddDate(0, 0, -1).Format(time.DateOnly)
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/roster?days=3&from="+from, &plan))
	order := func(s roster.Slot) int { // shifts stand in their order of the day
		i := 0
		for day := from; day < s.Date; i += len(plan.Shifts) {
			d, err := time.Parse(time.DateOnly, day)
			require.NoError(w.tb, err)
			day = d.AddDate(0, 0, 1).Format(time.DateOnly)
		}
		for j, shift := range plan.Shifts {
			if shift.Key == s.Shift {
				return i + j
			}
		}
		return -9
	}
	near := map[string]bool{}
	for _, a := range plan.Assignments {
		if d := order(a.Slot()) - order(now); -1 <= d && d <= 1 {
			near[string(a.Agent)] = true
		}
	}
	for _, p := range plan.People {
		if !near[p.Agent] {
			return p.Agent
		}
	}
	w.tb.Fatal("everybody is on one of three shifts")
	return ""
}
