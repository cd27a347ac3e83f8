package app_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// An emergency from the citizen's key to the confirmed hand-over at a desk in a browser:
// the ringing call says what it is, the page shows the command centre answer, the agent
// adds to the sheet, confirms and leaves, and the ticket says handed over. With
// HOTLINE_SCREENSHOTS the pictures are kept in that folder.
func TestAnEmergencyIsHandedOverAtTheDesk(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	w := begin(t, withStation(s))
	ctx, cancel := w.soon()
	defer cancel()
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	picture := func(p *browser.Page, name string) { p.Picture(filepath.Join(dir, name+".png")) }
	desk := w.browserDesk("lan.nguyen")
	desk.See("emergency", "can", "false")

	citizen := w.dials(w.telephone(), "0908000114")
	require.NoError(t, citizen.Press(ctx, "22"))
	require.Equal(t, "114", <-s.called)
	desk.See("emergency-offer", "service", "114")
	picture(desk, "emergency-offer")
	desk.Click("answer")
	desk.See("call-panel", "stage", "talking")
	desk.See("emergency", "can", "true")
	desk.See("handover-attempt", "state", "answered")
	centre := <-s.up
	w.made("the citizen", citizen.Heard, centreTone, agentTone)
	desk.Type("sheet-place", "12 Yersin, sau chợ Thủ")
	desk.See("sheet-told", "told", "told")
	desk.Click("sheet-make")
	desk.See("sheet-open")
	picture(desk, "emergency")

	wall := browser.Open(t, browser.Options{Width: 1920, Height: 1080})
	wall.Go(w.base + "/wallboard")
	wall.Type("sign-in-user", "thu.nguyen")
	wall.Type("sign-in-password", w.password)
	wall.Click("sign-in-submit")
	wall.See("wallboard-emergency", "handovers", "1")
	picture(wall, "wallboard-emergency")

	desk.Press("alt+b")
	desk.See("handover-service", "stands", "confirmed")
	desk.See("may-leave")
	picture(desk, "emergency-confirmed")
	desk.Click("hangup") // with the citizen in good hands
	desk.See("desk-state", "state", "wrap_up")
	w.made("the citizen", citizen.Heard, centreTone)
	citizen.Hangup()
	<-centre.Done()
	w.ticket("of the fire", func(r ticket.Row) bool {
		return r.Service == call.Fire && r.Outcome.Result == call.HandedOver && r.Recording
	})
	for name, p := range map[string]*browser.Page{"desk": desk, "wall": wall} {
		require.Empty(t, p.Complaints(), "the console of %s", name)
	}
	w.nothingLeft()
}
