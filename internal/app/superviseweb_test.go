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
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// With HOTLINE_SCREENSHOTS the pictures are kept in that folder.
func TestASupervisorAtTheWallboard(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	ctx, cancel := w.soon()
	defer cancel()
	desk := w.browserDesk("lan.nguyen")
	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	desk.See("call-panel", "stage", "incoming")
	desk.Click("answer")
	desk.Hears(citizenTone)
	w.desk("hoa.le", softphone.DeskOptions{StayPaused: true})

	wall := browser.Open(t, browser.Options{Width: 1920, Height: 1080, Tone: supervisorTone})
	wall.Go(w.base + "/wallboard?raw-audio=1")
	wall.Type("sign-in-user", "thu.nguyen")
	wall.Type("sign-in-password", w.password)
	wall.Click("sign-in-submit")
	wall.See("wallboard-desk", "state", "talking")
	wall.Click("supervise-lan.nguyen")
	wall.See("supervise-whisper")
	wall.Picture(filepath.Join(dir, "wallboard-supervise.png"))
	wall.Click("supervise-listen")
	wall.See("ear-strip", "doing", "listening")
	wall.Until("!!window.hotlineAudio && window.hotlineAudio.rms() > 0.01")
	wall.Click("ear-change")
	wall.See("ear-strip", "doing", "whispering")
	wall.Picture(filepath.Join(dir, "wallboard-whisper.png"))
	require.Never(t, func() bool { return !madeOf(citizen.Heard, agentTone) }, 300*time.Millisecond, 50*time.Millisecond, "the citizen hears the agent alone")
	wall.Click("ear-stop")
	wall.See("ear-strip", "doing", "idle")

	// Who waits is moved to the front, with everybody's eyes on it.
	var waiting []*softphone.Call
	for _, number := range []string{"0912000111", "0912000222"} {
		c := w.dials(w.telephone(), number)
		require.NoError(t, c.Press(ctx, "11"))
		w.ticket("of one who waits", func(r ticket.Row) bool { return r.Caller == "+84"+number[1:] && r.Field == "guidance" })
		waiting = append(waiting, c)
	}
	wall.Click("supervise-line")
	wall.Until(`document.querySelectorAll("[data-testid=line-call]").length === 2`)
	wall.Picture(filepath.Join(dir, "wallboard-line.png"))
	wall.Until(`(() => { const rows = document.querySelectorAll("[data-testid=line-call]"); window.second = rows[1].dataset.call; rows[1].querySelector("button").click(); return true })()`)
	wall.Click("line-front")
	wall.Until(`document.querySelector("[data-testid=line-call]").dataset.call === window.second`)
	for _, c := range waiting {
		c.Hangup()
	}
	wall.Until(`document.querySelector("[data-testid=line-call]") === null`)
	wall.Until(`(document.querySelector("[role=dialog] button[aria-label]").click(), true)`)

	// A message, which stays over a reload of nothing but the agent's click.
	wall.Click("supervise-hoa.le")
	wall.Click("supervise-ready")
	wall.Click("supervise-message-all")
	wall.Type("message-text", "Mưa lớn ở Thủ Dầu Một: nhiều cuộc gọi về ngập, xin ghi rõ tên đường")
	wall.Click("message-send")
	desk.See("desk-message")
	desk.Click("recording-pause")
	desk.See("recording-resume")
	desk.Picture(filepath.Join(dir, "desk-message.png"))
	wall.See("message-sent", "unread", "2")
	desk.Click("message-read")
	desk.Until(`document.querySelector("[data-testid=desk-message]") === null`)
	wall.See("message-sent", "unread", "1")
	wall.Picture(filepath.Join(dir, "wallboard-message.png"))
	desk.Click("recording-resume")
	desk.See("recording-pause")
	citizen.Hangup()
	row := w.ticket("of the call", served("+84908123456"))
	var full ticket.Ticket
	require.NoError(t, w.watch.Get(ctx, "/api/tickets/"+row.Code, &full))
	kinds := map[string]int{}
	for _, e := range full.Timeline {
		kinds[e.Kind]++
	}
	require.Equal(t, []int{2, 1, 1, 1}, []int{
		kinds[call.Listened{}.Kind()], kinds[call.ListenEnded{}.Kind()], kinds[call.RecordingPaused{}.Kind()], kinds[call.RecordingResumed{}.Kind()],
	})
	require.Empty(t, wall.Complaints())
	require.Empty(t, desk.Complaints())
	w.nothingLeft()
}
