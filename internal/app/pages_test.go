package app_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// Every page is shown while calls go on, and none complains on its console. With
// HOTLINE_SCREENSHOTS the pictures are kept in that folder (make screenshots).
func TestEveryPageIsShownWhileCallsGoOn(t *testing.T) {
	w := begin(t, nil)
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	require.NoError(t, os.MkdirAll(dir, 0o755))
	picture := func(p *browser.Page, name string) {
		t.Helper()
		p.Accessible(name)
		p.Picture(filepath.Join(dir, name+".png"))
	}
	ctx, cancel := w.soon()
	defer cancel()

	desk := browser.Open(t, browser.Options{Tone: agentTone})
	desk.Go(w.base + "/desk?raw-audio=1")
	desk.See("sign-in-submit")
	picture(desk, "sign-in")
	desk.Type("sign-in-user", "lan.nguyen")
	desk.Type("sign-in-password", w.password)
	desk.Click("sign-in-submit")
	desk.See("sip-light", "light", "registered")
	desk.Click("ready")
	desk.See("desk-state", "state", "available")
	picture(desk, "desk-idle")

	// The same citizen called before, so that there is an earlier ticket.
	phone := w.telephone()
	w.choosesTraffic("0908123456", "31")
	w.desk("minh.tran", softphone.DeskOptions{})
	w.desk("hoa.le", softphone.DeskOptions{StayPaused: true})

	citizen := w.dials(phone, "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	desk.See("call-panel", "stage", "incoming")
	picture(desk, "desk-ringing")
	desk.Click("answer")
	desk.See("call-panel", "stage", "talking")
	desk.Type("form-note", "Đèn đường hỏng trước số 12 Yersin, phường Phú Cường")
	desk.Hears(citizenTone)
	picture(desk, "desk-talking")

	// Somebody with the other agent, and one who waits.
	second := w.dials(phone, "0912000111")
	require.NoError(t, second.Press(ctx, "30"))
	_, err := second.Heard.WaitTone(ctx, agentTone, 200*time.Millisecond)
	require.NoError(t, err)
	third := w.dials(phone, "0912000222")
	require.NoError(t, third.Press(ctx, "11"))
	w.ticket("of one who waits", func(r ticket.Row) bool { return r.Caller == "+84912000222" && r.Field == "guidance" })

	wall := browser.Open(t, browser.Options{Width: 1920, Height: 1080})
	wall.Go(w.base + "/wallboard")
	wall.Type("sign-in-user", "thu.nguyen")
	wall.Type("sign-in-password", w.password)
	wall.Click("sign-in-submit")
	wall.See("wallboard")
	require.Eventually(t, func() bool { return wall.Text("calls-talking") == "2" && wall.Text("calls-waiting") == "1" }, 10*time.Second, 50*time.Millisecond)
	picture(wall, "wallboard")

	citizen.Hangup()
	desk.See("desk-state", "state", "wrap_up")
	picture(desk, "desk-wrap-up")
	desk.Click("save-pause") // or the one who waits rings
	desk.See("desk-state", "state", "paused")
	made := w.ticket("with recording and note", func(r ticket.Row) bool { return r.Note != "" && r.Recording })
	desk.Go(w.base + "/tickets")
	desk.See("ticket-row")
	picture(desk, "tickets")
	desk.Go(w.base + "/tickets/" + made.Code)
	desk.See("recording-player", "phase", "ready")
	picture(desk, "ticket")

	desk.Go(w.base + "/articles")
	desk.See("article", "id", "khai-sinh")
	desk.Click("article")
	desk.See("article-shown")
	picture(desk, "articles")
	desk.Go(w.base + "/account")
	desk.Until("document.querySelector('main form') !== null")
	picture(desk, "account")
	wall.Go(w.base + "/notice")
	wall.Until("document.querySelector('main textarea') !== null")
	picture(wall, "notice")

	public := browser.Open(t, browser.Options{Tone: citizenTone})
	public.Go(w.base)
	public.Until("document.readyState === 'complete'")
	picture(public, "front")
	public.Go(w.base + "/goi?raw-audio=1")
	public.Click("call-1022")
	public.See("call-status", "step", "talking")
	picture(public, "call-1022")
	public.Click("hangup-1022")

	for name, p := range map[string]*browser.Page{"desk": desk, "wall": wall, "public": public} {
		require.Empty(t, p.Complaints(), "the console of %s", name)
	}
}
