package app_test

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// threeShifts gives the test the shifts that are shipped, so that their pages look as
// they will; all of them an hour later when one would end during the test.
func threeShifts(t *testing.T) func(*config.Config) {
	return func(c *config.Config) {
		shipped, err := config.Load("../../configs")
		require.NoError(t, err)
		c.Shifts, c.Staff = shipped.Shifts, shipped.Staff
		now := time.Now().UTC().Add(7 * time.Hour)
		since := now.Sub(now.Truncate(24 * time.Hour))
		for _, s := range shipped.Shifts {
			if left := (s.To - since + 24*time.Hour) % (24 * time.Hour); left > 20*time.Minute {
				continue
			}
			for i := range c.Shifts {
				c.Shifts[i].From = (c.Shifts[i].From + time.Hour) % (24 * time.Hour)
				c.Shifts[i].To = (c.Shifts[i].To + time.Hour) % (24 * time.Hour)
			}
			return
		}
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
		p.Accessible(name)
		p.Picture(filepath.Join(dir, name+".png"))
	}
	w.busyWeeks()
	now := w.shiftNow()
	w.longLeave(now)
	lead.Go(w.base + "/roster?week=" + now.Date)
	lead.Type("sign-in-user", "thu.nguyen")
	lead.Type("sign-in-password", w.password)
	lead.Click("sign-in-submit")
	lead.See("roster-grid")

	// Somebody who is not on the shift that runs may not sign in.
	stranger := w.offShift(now)
	api := softphone.NewAPI(w.base, "")
	require.NoError(t, api.SignIn(t.Context(), stranger, w.password))
	require.ErrorContains(t, api.Post(t.Context(), "/api/desk", nil, nil), "not on the current shift")

	// Dragged into a seat they may: against the rules, which asks first.
	slot := now.Date + "-" + now.Shift
	lead.Drag("person-"+stranger, "cell-"+slot)
	lead.See("rules-broken")
	picture(lead, "roster-rules")
	lead.Click("rules-force")
	lead.See("seat-" + slot + "-" + stranger)
	lead.See("roster-said")
	lead.Top()
	picture(lead, "roster")
	require.NoError(t, api.Post(t.Context(), "/api/desk", nil, nil))
	require.NoError(t, api.Delete(t.Context(), "/api/desk"))

	// Taken off by keyboard they may not any more.
	lead.Focus("seat-" + slot + "-" + stranger)
	lead.Press("\r")
	lead.See("person-dialog")
	picture(lead, "roster-person")
	lead.Focus("person-remove")
	lead.Press("\r")
	lead.Gone("seat-" + slot + "-" + stranger)
	require.ErrorContains(t, api.Post(t.Context(), "/api/desk", nil, nil), "not on the current shift")
	lead.Click("roster-undo")
	lead.See("rules-broken")
	lead.Press(kb.Escape)

	// An empty seat, and who could come.
	seated := w.onShiftNow(now)
	lead.Click("seat-" + slot + "-" + seated)
	lead.Click("person-replace")
	lead.See("empty-" + slot)
	lead.See("substitute")
	picture(lead, "substitutes")
	lead.Click("take-seat-" + seated)
	lead.See("seat-" + slot + "-" + seated)

	lead.Click("generate")
	lead.Click("generate-preview")
	lead.See("generated")
	lead.See("shortfall")
	picture(lead, "roster-generate")
	lead.Press(kb.Escape)
	lead.Click("open-members")
	lead.See("members")
	picture(lead, "roster-members")
	lead.Press(kb.Escape)
	lead.Click("open-changes")
	lead.See("changes")
	picture(lead, "roster-changes")

	w.movesASeat(lead, now)

	// Somebody is missed, and has to be called back.
	ctx, cancel := w.soon()
	defer cancel()
	citizen := w.dials(w.telephone(), "0912000222")
	require.NoError(t, citizen.Press(ctx, "11"))
	w.ticket("of one who waits", func(r ticket.Row) bool { return r.Caller == "+84912000222" && r.Field == "guidance" })
	citizen.Hangup()
	w.ticket("of one who gave up", func(r ticket.Row) bool { return r.Caller == "+84912000222" && r.Status == ticket.Missed })

	// An agent asks for leave and writes the hand-over sheet; the lead decides.
	agent := browser.Open(t, browser.Options{Tone: agentTone})
	agent.Go(w.base + "/desk?raw-audio=1")
	agent.Type("sign-in-user", seated)
	agent.Type("sign-in-password", w.password)
	agent.Click("sign-in-submit")
	agent.See("sip-light", "light", "registered")
	agent.See("my-shift", "on", "true")
	picture(agent, "desk-shift")
	lead.Go(w.base + "/roster/attendance")
	lead.See("attended-"+now.Shift+"-"+seated, "state", "present")
	picture(lead, "attendance")
	agent.Click("to-sheet")
	agent.Type("sheet-text", "Mưa lớn, đường Yersin ngập; 3 người dân hẹn gọi lại trước 20 giờ.")
	agent.Click("sheet-add")
	agent.See("sheet-note")
	picture(agent, "sheet")
	agent.Click("sheet-sign") // the next shift is not there yet
	agent.See("sheet-problem")
	agent.Go(w.base + "/roster")
	agent.See("roster-grid")
	picture(agent, "roster-agent")
	agent.Go(w.base + "/roster/requests")
	agent.Type("leave-reason", "Đám cưới em gái")
	agent.Click("leave-ask")
	agent.See("leave", "state", "asked")
	picture(agent, "requests-agent")

	require.NotEmpty(t, w.swapsOneOf(seated), "somebody swaps within the rules")
	lead.Go(w.base + "/roster/requests")
	lead.See("leave", "state", "asked")
	lead.See("swap", "state", "accepted")
	picture(lead, "requests")
	lead.Click("leave-approve")
	lead.Until(`document.querySelectorAll('[data-testid="leave"][data-state="asked"]').length === 0`)
	lead.Click("swap-approve")
	lead.See("swap", "state", "approved")
	lead.Go(w.base + "/staffing")
	lead.See("capacity")
	picture(lead, "staffing")
	lead.Bottom()
	picture(lead, "staffing-seats")

	lead.Go(w.base + "/ivr")
	lead.See("ivr-picture", "here", "main")
	lead.Click("press-3")
	lead.See("ivr-picture", "here", "field")
	lead.Click("press-1")
	lead.See("ivr-walk", "done", "queue")
	picture(lead, "ivr")
	lead.Click("listen-vi-transfer")
	lead.See("listen-vi-transfer", "playing", "true")
	lead.See("listen-vi-transfer", "playing", "false") // to its end
	lead.Focus("press-0")
	lead.Press("2") // the emergency key is live in line
	lead.See("ivr-picture", "here", "emergency")
	lead.Until(`document.querySelector('[data-testid="ivr-tabs"] input[value="prompts"]').click() === undefined`)
	lead.Type("prompt-search", "khan cap")
	lead.See("prompt-emg_hold")
	picture(lead, "prompts")

	lead.Click("user-menu")
	lead.Click("switch-language")
	lead.Go(w.base + "/roster?week=" + now.Date)
	lead.See("roster-grid")
	picture(lead, "roster-english")

	for name, p := range map[string]*browser.Page{"lead": lead, "agent": agent} {
		require.Empty(t, p.Complaints(), "the console of %s", name)
		require.Equal(t, []string{strings.TrimPrefix(w.base, "http://")}, p.Hosts(), "no other host is asked")
	}
}

// busyWeeks are calls of a week and a day, more by day than by night and most on Mondays.
func (w *world) busyWeeks() {
	w.tb.Helper()
	const days = 8
	now := time.Now()
	begin := now.AddDate(0, 0, -days).Truncate(time.Hour)
	var events []call.Event
	seq := 0
	for hour := range days * 24 {
		at := begin.Add(time.Duration(hour) * time.Hour)
		local := at.In(time.FixedZone("Asia/Ho_Chi_Minh", 7*3600))
		day := math.Max(0, math.Sin(math.Pi*float64(local.Hour()-5)/17)) // from 5 to 22
		calls := int(1 + 30*day)
		if local.Weekday() == time.Monday {
			calls += int(30 * day)
		}
		for n := range calls {
			seq++
			id := call.ID(fmt.Sprintf("past-%d.1", seq))
			arrives := at.Add(time.Duration(n) * time.Hour / time.Duration(calls+1))
			for i, f := range []call.Fact{
				call.Arrived{Caller: "+84274" + strconv.Itoa(3000000+seq), Dialed: "1022", Ticket: strconv.Itoa(1000000000 + seq), Language: call.Vietnamese},
				call.Queued{Queue: "field", Topic: call.Topic{Group: call.Field, Field: "traffic"}},
				call.Connected{Offer: "o1", Agent: "lan.nguyen"},
				call.Finished{Outcome: call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}},
			} {
				after := []time.Duration{0, 20 * time.Second, 30 * time.Second, 4 * time.Minute}[i]
				events = append(events, call.Event{ID: fmt.Sprintf("past-%08d-%d", seq, i), At: arrives.Add(after), Call: id, Fact: f})
			}
		}
	}
	for part := range slices.Chunk(events, 2000) {
		require.NoError(w.tb, w.app.DB().Append(w.tb.Context(), part))
	}
}

// movesASeat drags somebody of the next week to a day that they have off, and undoes it.
func (w *world) movesASeat(lead *browser.Page, now roster.Slot) {
	w.tb.Helper()
	today, err := time.Parse(time.DateOnly, now.Date)
	require.NoError(w.tb, err)
	monday := today.AddDate(0, 0, 7-(int(today.Weekday())+6)%7)
	week := func() (all []roster.Assignment) {
		var plan struct{ Assignments []roster.Assignment }
		require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/roster?days=7&from="+monday.Format(time.DateOnly), &plan))
		return plan.Assignments
	}
	before := week()
	require.NotEmpty(w.tb, before)
	from := before[0]
	to := from
	for day := range 7 {
		date := monday.AddDate(0, 0, day).Format(time.DateOnly)
		if !slices.ContainsFunc(before, func(a roster.Assignment) bool { return a.Agent == from.Agent && a.Date == date }) {
			to.Date = date
		}
	}
	require.NotEqual(w.tb, from, to, "everybody has a day off")
	seat := func(a roster.Assignment) string { return "seat-" + a.Date + "-" + a.Shift + "-" + string(a.Agent) }
	done := func(there roster.Assignment) {
		w.tb.Helper()
		lead.Until(fmt.Sprintf(`!!document.querySelector('[data-testid="rules-force"], [data-testid=%q]')`, seat(there)))
		if lead.Has("rules-force") {
			lead.Click("rules-force")
		}
		lead.See(seat(there))
	}
	lead.Go(w.base + "/roster?week=" + monday.Format(time.DateOnly))
	lead.Drag(seat(from), "cell-"+to.Date+"-"+to.Shift)
	done(to)
	require.NotContains(w.tb, week(), from)
	require.Contains(w.tb, week(), to)
	lead.Click("roster-undo")
	done(from)
	require.ElementsMatch(w.tb, before, week())
}

// swapsOneOf lets somebody ask for a swap of one of their shifts to come, and the other
// accept it.
func (w *world) swapsOneOf(user string) (with string) {
	w.tb.Helper()
	ctx := w.tb.Context()
	as := func(user string) *softphone.API {
		api := softphone.NewAPI(w.base, "")
		require.NoError(w.tb, api.SignIn(ctx, user, w.password))
		return api
	}
	own := as(user)
	var plan struct{ Assignments []roster.Assignment }
	require.NoError(w.tb, own.Get(ctx, "/api/roster?days=14&from="+time.Now().AddDate(0, 0, 3).Format(time.DateOnly), &plan))
	for _, a := range plan.Assignments {
		var list struct {
			Partners []struct {
				Agent string
				Take  []roster.Slot
			}
		}
		require.NoError(w.tb, own.Get(ctx, "/api/roster/partners?date="+a.Date+"&shift="+a.Shift, &list))
		for _, p := range list.Partners {
			if len(p.Take) == 0 {
				continue
			}
			slot := func(s roster.Slot) map[string]string { return map[string]string{"date": s.Date, "shift": s.Shift} }
			var swap struct{ ID string }
			require.NoError(w.tb, own.Post(ctx, "/api/roster/swaps", map[string]any{
				"to": p.Agent, "give": slot(a.Slot()), "take": slot(p.Take[0]), "reason": "Đưa mẹ đi khám",
			}, &swap))
			require.NoError(w.tb, as(p.Agent).Post(ctx, "/api/roster/swaps/"+swap.ID+"/accept", nil, nil))
			return p.Agent
		}
	}
	return ""
}

// longLeave lets somebody who is not on the shift be away for two weeks, so that seats
// are empty.
func (w *world) longLeave(now roster.Slot) {
	w.tb.Helper()
	from, err := time.Parse(time.DateOnly, now.Date)
	require.NoError(w.tb, err)
	var plan struct {
		Assignments []roster.Assignment
		People      []struct{ Agent string }
	}
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/roster?days=1&from="+now.Date, &plan))
	for _, p := range slices.Backward(plan.People) {
		if slices.ContainsFunc(plan.Assignments, func(a roster.Assignment) bool { return string(a.Agent) == p.Agent }) {
			continue
		}
		var leave struct{ ID string }
		require.NoError(w.tb, w.watch.Post(w.tb.Context(), "/api/roster/leaves", map[string]string{
			"agent": p.Agent, "from": from.AddDate(0, 0, 1).Format(time.DateOnly), "to": from.AddDate(0, 0, 14).Format(time.DateOnly), "kind": "sick", "reason": "Gãy tay",
		}, &leave))
		require.NoError(w.tb, w.watch.Post(w.tb.Context(), "/api/roster/leaves/"+leave.ID+"/approve", nil, nil))
		return
	}
}

// onShiftNow is somebody of that shift.
func (w *world) onShiftNow(now roster.Slot) string {
	w.tb.Helper()
	var plan struct{ Assignments []roster.Assignment }
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/roster?days=1&from="+now.Date, &plan))
	for _, a := range plan.Assignments {
		if a.Slot() == now {
			return string(a.Agent)
		}
	}
	w.tb.Fatal("nobody is on the shift that runs")
	return ""
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
