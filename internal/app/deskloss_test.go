package app_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// backWithin is how soon an agent whose browser was opened again talks to the citizen.
const backWithin = 10 * time.Second

// TestABrowserIsKilledInConversation: the citizen is told, waits for the same agent though
// another is free, and talks with them again within ten seconds of the browser being opened
// again; the agent has pressed nothing.
func TestABrowserIsKilledInConversation(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	profile := t.TempDir()
	open := func() *browser.Page { return browser.Open(t, browser.Options{Tone: agentTone, Profile: profile}) }
	first := open()
	first.Go(w.base + "/desk?raw-audio=1")
	first.Type("sign-in-user", "lan.nguyen")
	first.Type("sign-in-password", w.password)
	first.Click("sign-in-submit")
	first.See("sip-light", "light", "registered")
	first.Close() // who is signed in is on disk now

	lost := open()
	lost.Go(w.base + "/desk?raw-audio=1")
	lost.See("sip-light", "light", "registered")
	lost.Click("ready")
	lost.See("desk-state", "state", "available")
	citizen := w.inConversation(lost)
	w.desk("minh.tran", softphone.DeskOptions{Say: softphone.ToneSource(reliefTone)})

	lost.Kill()
	killed := time.Now()
	again := open()
	again.Go(w.base + "/desk?raw-audio=1")
	opened := time.Now()
	w.again(again, citizen)
	t.Logf("talking again %v after the kill, %v after the page was opened", time.Since(killed), time.Since(opened))
	require.Less(t, time.Since(opened), backWithin)
	w.endsInOneTicket(again, citizen)
}

// TestAPageIsLoadedAnewInConversation: the same, and the page says what goes on.
func TestAPageIsLoadedAnewInConversation(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	desk := w.browserDesk("lan.nguyen")
	citizen := w.inConversation(desk)
	w.desk("minh.tran", softphone.DeskOptions{Say: softphone.ToneSource(reliefTone)})

	desk.Type("form-note", "Đèn đường hỏng trước số 12")
	began := time.Now()
	desk.Reload()
	w.again(desk, citizen)
	desk.Until(`document.querySelector('[data-testid="form-note"]')?.value === 'Đèn đường hỏng trước số 12'`)
	t.Logf("talking again after %v", time.Since(began))
	require.Less(t, time.Since(began), backWithin)
	require.Empty(t, desk.Complaints())
	w.endsInOneTicket(desk, citizen)
}

// TestADeskSaysThatTheCitizenIsOnHold: with the microphone refused for the moment, so that
// there is time for a picture. HOTLINE_SCREENSHOTS keeps it.
func TestADeskSaysThatTheCitizenIsOnHold(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	desk := w.browserDesk("lan.nguyen")
	w.inConversation(desk)
	desk.Kill()

	// A browser that gets no further than the page: its softphone is kept from the server.
	page := browser.Open(t, browser.Options{Tone: agentTone})
	page.Go(w.base + "/sign-in?raw-audio=1")
	page.Until(`(window.WebSocket = class { constructor() { throw new Error('no sockets in this test') } }, true)`)
	page.Type("sign-in-user", "lan.nguyen")
	page.Type("sign-in-password", w.password)
	page.Click("sign-in-submit")
	page.See("call-panel", "stage", "idle")
	page.Until(`document.querySelector('[data-testid="call-panel"]')?.dataset.kept !== undefined`)
	require.Contains(t, page.Text("call-panel"), "Người dân đang giữ máy chờ bạn")
	require.Contains(t, page.Text("call-panel"), "0908 123 456")
	page.Picture(filepath.Join(dir, "desk-kept.png"))
}

// inConversation has a citizen talk to the desk.
func (w *world) inConversation(desk *browser.Page) *softphone.Call {
	w.tb.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(w.tb, citizen.Press(ctx, "31"))
	desk.See("call-panel", "stage", "incoming")
	desk.Click("answer")
	desk.Hears(citizenTone)
	_, err := citizen.Heard.WaitTone(ctx, agentTone, 2*time.Second)
	require.NoError(w.tb, err, "the citizen does not hear the agent")
	return citizen
}

// again waits until desk and citizen hear each other once more.
func (w *world) again(desk *browser.Page, citizen *softphone.Call) {
	w.tb.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	desk.See("call-panel", "stage", "talking")
	_, err := citizen.Heard.WaitTone(ctx, agentTone, time.Second)
	require.NoError(w.tb, err, "the citizen does not hear the agent again")
	desk.Hears(citizenTone)
}

// endsInOneTicket: both conversations, in one ticket and one recording, and nothing is
// left.
func (w *world) endsInOneTicket(desk *browser.Page, citizen *softphone.Call) {
	w.tb.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	_, err := citizen.Heard.WaitTone(ctx, agentTone, 2*time.Second)
	require.NoError(w.tb, err)
	citizen.Hangup()
	desk.See("desk-state", "state", "wrap_up")
	desk.Click("save-pause")
	row := w.ticket("of both conversations", served("+84908123456"))
	require.Equal(w.tb, call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, row.Outcome)
	require.Equal(w.tb, call.AgentID("lan.nguyen"), row.Agent)
	require.Len(w.tb, w.tickets(), 1)
	require.Equal(w.tb, []call.AgentID{"lan.nguyen", "lan.nguyen"}, w.talkedTo(row))
	w.recordingHoldsBoth(row)
	w.nothingLeft()
}

// talkedTo is who talked with the citizen, in order.
func (w *world) talkedTo(r ticket.Row) []call.AgentID {
	w.tb.Helper()
	var whole struct{ Events []call.Event }
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/calls/"+string(r.Call), &whole))
	var agents []call.AgentID
	for _, e := range whole.Events {
		if connected, ok := e.Fact.(call.Connected); ok {
			agents = append(agents, connected.Agent)
		}
	}
	return agents
}

// recordingHoldsBoth: each side is heard in the first conversation and in the last.
func (w *world) recordingHoldsBoth(t ticket.Row) {
	w.tb.Helper()
	sides := w.heard(t.Call, 0)
	require.Len(w.tb, sides, 2, "citizen left, agent right")
	for side, hz := range []float64{citizenTone, agentTone} {
		s := sides[side]
		require.Greater(w.tb, sounding(s[audio.Rate/4:audio.Rate], hz), 0.6, "side %d, first conversation", side)
		require.Greater(w.tb, sounding(s[len(s)-3*audio.Rate/2:len(s)-audio.Rate/2], hz), 0.6, "side %d, last conversation", side)
	}
}
