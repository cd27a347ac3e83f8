package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// outsidePhone is the far end of the trunk: whoever is called is there, at any hour.
func outsidePhone(t *testing.T) (*softphone.Phone, func(*config.Config)) {
	t.Helper()
	phone, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(phone.Close)
	return phone, func(c *config.Config) { c.Hotline.Out, c.Outside.From, c.Outside.To = phone.Address(), 0, 0 }
}

// TestAnAgentCallsTheCitizenOfATicket: a citizen gave up in line; an agent calls them for
// that ticket, which tells it all and has the recording.
func TestAnAgentCallsTheCitizenOfATicket(t *testing.T) {
	t.Parallel()
	phone, out := outsidePhone(t)
	w := begin(t, out)
	ctx, cancel := w.soon()
	defer cancel()
	rung, up := make(chan softphone.Incoming, 2), make(chan *softphone.Call, 2)
	phone.Answer(func(in softphone.Incoming) softphone.Reply {
		rung <- in
		if in.To != "+84908123456" {
			return softphone.Reply{Status: softphone.Busy}
		}
		return softphone.Reply{Ring: time.Second, Say: softphone.ToneSource(citizenTone), Up: func(c *softphone.Call) { up <- c }}
	})
	citizen := w.dials(phone, "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	w.comesTo("+84908123456", "queued")
	citizen.Hangup()
	missed := w.ticket("that was missed", func(r ticket.Row) bool { return r.Status == ticket.Missed })

	events := make(chan softphone.DeskEvent, 16)
	desk := w.desk("lan.nguyen", softphone.DeskOptions{Tell: func(e softphone.DeskEvent) { events <- e }, Note: "đã gọi lại cho dân"})
	var made struct{ Call, Ticket string }
	require.NoError(t, desk.API().Post(ctx, "/api/desk/calls", map[string]string{"ticket": missed.Code}, &made))
	require.Equal(t, missed.Code, made.Ticket)
	in := <-rung
	require.Equal(t, "+84908123456", in.To)
	require.Equal(t, w.config.Hotline.Numbers[0], in.From)
	require.ErrorContains(t, desk.API().Post(ctx, "/api/desk/calls", map[string]string{"number": "0908123999"}, nil), "go on already")
	far := <-up
	_, err := far.Heard.WaitTone(ctx, agentTone, 500*time.Millisecond)
	require.NoError(t, err, "the citizen does not hear the agent")
	for e := range events {
		if e.What == "answered" {
			_, err := e.Talk.Heard.WaitTone(ctx, citizenTone, 500*time.Millisecond)
			require.NoError(t, err, "the agent does not hear the citizen")
			break
		}
	}
	for _, on := range []bool{false, true} {
		require.NoError(t, desk.API().Post(ctx, "/api/desk/call/recording", map[string]bool{"on": on}, nil))
	}
	require.NoError(t, desk.API().Post(ctx, "/api/desk/call/hold", nil, nil))
	require.NoError(t, desk.API().Post(ctx, "/api/desk/call/resume", nil, nil))
	_, err = far.Heard.WaitTone(ctx, agentTone, 500*time.Millisecond)
	require.NoError(t, err, "the citizen does not hear the agent after a hold")
	<-time.After(2 * time.Second) // of talking
	far.Hangup()

	var told ticket.Ticket
	require.Eventually(t, func() bool {
		told = w.whole(missed.Code)
		return len(told.Recordings) == 1 && kindsOf(told)["wrapped_up"] == 1
	}, time.Minute, 100*time.Millisecond)
	require.Equal(t, ticket.Answered, told.Status)
	require.Equal(t, call.ID(made.Call), told.Recordings[0].Call)
	w.recordingHolds(ticket.Row{Call: call.ID(made.Call)})
	for kind, n := range map[string]int{"arrived": 1, "outbound": 1, "called_out": 1, "connected": 1, "disconnected": 1, "finished": 2, "recorded": 1} {
		require.Equal(t, n, kindsOf(told)[kind], kind)
	}
	require.Eventually(t, func() bool { return w.deskState(desk) == call.Available }, 10*time.Second, 50*time.Millisecond)

	// Another number, for a ticket of its own, which is busy; and numbers that are not called.
	require.NoError(t, desk.API().Post(ctx, "/api/desk/calls", map[string]string{"number": "0908 123 999"}, &made))
	require.Equal(t, "+84908123999", (<-rung).To)
	other := w.ticket("that was opened", func(r ticket.Row) bool { return r.Code == made.Ticket && r.Outcome.Result != "" })
	require.Equal(t, call.Outcome{Result: call.NotReached, By: call.ByCitizen, Stage: call.Ringing}, other.Outcome)
	require.Equal(t, ticket.Missed, other.Status)
	require.Eventually(t, func() bool { return w.deskState(desk) == call.Available }, 10*time.Second, 50*time.Millisecond)
	for number, why := range map[string]string{"19001234": "costs more", "113": "emergency button", "1022": "hotline itself", "+4930123456": "does not call numbers there"} {
		require.ErrorContains(t, desk.API().Post(ctx, "/api/desk/calls", map[string]any{"number": number}, nil), why)
	}
	require.ErrorContains(t, desk.API().Post(ctx, "/api/desk/calls", map[string]any{"number": "0908123999", "urgent": true}, nil), "Only a shift lead")
	require.Empty(t, rung)
	f := fates{world: w}
	live := f.live()
	require.Equal(t, [3]int{1, 0, 1}, [3]int{live.Today.Arrived, live.Today.Served, live.Today.Abandoned}, "only the citizen's call came in")
	require.Zero(t, live.Calls)
	w.nothingLeft()
}

// kindsOf counts what a timeline tells.
func kindsOf(t ticket.Ticket) map[string]int {
	kinds := map[string]int{}
	for _, e := range t.Timeline {
		kinds[e.Kind]++
	}
	return kinds
}

// deskState is the state of a desk's agent.
func (w *world) deskState(d *softphone.Desk) call.AgentState {
	w.tb.Helper()
	var desk struct{ State call.AgentState }
	require.NoError(w.tb, d.API().Get(w.tb.Context(), "/api/desk", &desk))
	return desk.State
}

// TestAPressCallsTheCitizen: on the ticket's page, at a desk in a browser, which answers
// by itself.
func TestAPressCallsTheCitizen(t *testing.T) {
	t.Parallel()
	phone, out := outsidePhone(t)
	w := begin(t, out)
	ctx, cancel := w.soon()
	defer cancel()
	up := make(chan *softphone.Call, 1)
	phone.Answer(func(softphone.Incoming) softphone.Reply {
		return softphone.Reply{Ring: time.Second, Say: softphone.ToneSource(citizenTone), Up: func(c *softphone.Call) { up <- c }}
	})
	citizen := w.dials(phone, "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	w.comesTo("+84908123456", "queued")
	citizen.Hangup()
	missed := w.ticket("that was missed", func(r ticket.Row) bool { return r.Status == ticket.Missed })

	page := w.browserDesk("lan.nguyen")
	page.Until(`history.pushState(null, "", "/tickets/` + missed.Code + `?raw-audio=1") || true`)
	page.Click("call-citizen")
	far := <-up
	_, err := far.Heard.WaitTone(ctx, agentTone, 500*time.Millisecond)
	require.NoError(t, err, "the citizen does not hear the agent")
	page.See("call-panel", "stage", "talking")
	page.Hears(citizenTone)
	far.Hangup()
	page.See("desk-state", "state", "wrap_up")
	page.Type("form-note", "Đã gọi lại, hẹn sáng mai")
	page.Click("save-ready")
	page.See("desk-state", "state", "available")
	require.Eventually(t, func() bool {
		told := w.whole(missed.Code)
		return told.Status == ticket.Answered && len(told.Recordings) == 1 && kindsOf(told)["wrapped_up"] == 1
	}, time.Minute, 100*time.Millisecond)
	require.Empty(t, page.Complaints())
	w.nothingLeft()
}

// TestASupervisorPutsANotice on the page for it, in their own voice, and takes it away.
func TestASupervisorPutsANotice(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	ctx, cancel := w.soon()
	defer cancel()
	page := browser.Open(t, browser.Options{Tone: noticeTone})
	page.Go(w.base + "/notice?raw-audio=1")
	page.Type("sign-in-user", "thu.nguyen")
	page.Type("sign-in-password", w.password)
	page.Click("sign-in-submit")
	page.See("notice-standing", "stands", "false")
	page.Type("notice-vi", "Mất nước ở phường Phú Cường")
	page.Click("notice-record")
	page.See("notice-stop")
	<-time.After(3 * time.Second) // of speaking
	page.Click("notice-stop")
	page.See("notice-sound")
	page.Click("notice-save")
	page.See("notice-standing", "stands", "true")
	require.Equal(t, "Mất nước ở phường Phú Cường", page.Text("notice-text"))
	citizen := w.dials(w.telephone(), "0908123456")
	_, err := citizen.Heard.WaitTone(ctx, noticeTone, time.Second)
	require.NoError(t, err, "the notice is not heard")
	citizen.Hangup()
	page.Click("notice-clear")
	page.See("notice-standing", "stands", "false")
	require.Empty(t, page.Complaints())
	w.nothingLeft()
}
