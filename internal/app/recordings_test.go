package app_test

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/audit"
	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// heard is a call's n-th recording, side by side, or its latest conversation; the reason is
// told first.
func (w *world) heard(id call.ID, n int) [][]int16 {
	w.tb.Helper()
	var allowed struct{ URL string }
	require.NoError(w.tb, w.watch.Post(w.tb.Context(), "/api/recordings/"+string(id)+"/listenings", map[string]any{"n": n, "reason": "test"}, &allowed))
	var data []byte
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), allowed.URL, &data))
	sides, err := audio.ReadWAV(data)
	require.NoError(w.tb, err)
	return sides
}

// TestARecordingIsSeenAndHeardForAReason: a supervisor looks for a recording, sees both
// sides and the call's steps, says why, and hears it; and the audit log tells of it.
func TestARecordingIsSeenAndHeardForAReason(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	ctx, cancel := w.soon()
	defer cancel()
	w.desk("lan.nguyen", softphone.DeskOptions{})
	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	_, err := citizen.Heard.WaitTone(ctx, agentTone, 3*time.Second)
	require.NoError(t, err)
	citizen.Hangup()
	row := w.ticket("with a recording", func(r ticket.Row) bool { return r.Recording })

	var page struct{ Recordings []ticket.RecordingRow }
	require.NoError(t, w.watch.Get(ctx, "/api/recordings?number=908123&agent=lan.nguyen", &page))
	require.Len(t, page.Recordings, 1)
	require.Equal(t, row.Code, page.Recordings[0].Ticket)
	var raw []byte
	require.ErrorContains(t, w.watch.Get(ctx, "/api/recordings/"+string(row.Call), &raw), "Say why you listen first")

	desk := browser.Open(t, browser.Options{Width: 1366, Height: 768})
	desk.Go(w.base + "/recordings")
	desk.Type("sign-in-user", "thu.nguyen")
	desk.Type("sign-in-password", w.password)
	desk.Click("sign-in-submit")
	desk.See("recording-row")
	desk.Click("recording-open")
	desk.See("recording-player", "phase", "ready")
	desk.See("recording-marker", "kind", "connected")
	// Both lanes hold something that is drawn: more than the line of silence.
	desk.Until(`(() => { const c = document.querySelector('[data-testid=recording-waves] canvas'), { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height)
		const painted = (from, to) => { let n = 0; for (let y = from; y < to; y++) for (let x = 0; x < c.width; x++) if (data[4 * (y * c.width + x) + 3] > 60) n++; return n }
		return painted(0, c.height / 2) > 3 * c.width && painted(c.height / 2, c.height) > 3 * c.width })()`)
	require.Empty(t, listenings(w), "who looks has not listened")
	desk.Click("recording-play")
	desk.Click("listen-whyQuality")
	desk.See("recording-player", "playing", "true")
	desk.Until(`Number(document.querySelector('[data-testid=recording-player]').dataset.at) > 700`)
	desk.Picture(filepath.Join(cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir()), "recordings.png"))
	desk.Until(`(document.querySelector('[data-testid=recording-speed] input[value="2"]').click(), document.querySelector('audio').playbackRate === 2)`)

	var heard []audit.Entry
	require.Eventually(t, func() bool { heard = listenings(w); return len(heard) > 0 }, 10*time.Second, 50*time.Millisecond)
	require.Len(t, heard, 1, "one listening, however many parts were asked for")
	e := heard[0]
	require.Equal(t, []string{"thu.nguyen", string(row.Call), "Kiểm tra chất lượng", "1"}, []string{e.Who, e.Whom, e.Detail["reason"], e.Detail["n"]})
	require.WithinDuration(t, time.Now(), e.At, time.Minute)
	require.Empty(t, desk.Complaints())
	require.True(t, strings.HasSuffix(page.Recordings[0].CallerVi, "456"))
}

// listenings are the audit log's, the last first.
func listenings(w *world) []audit.Entry {
	w.tb.Helper()
	entries, err := w.app.DB().Audit(w.tb.Context(), audit.Filter{Act: audit.Listened, Limit: 10})
	require.NoError(w.tb, err)
	return entries
}
