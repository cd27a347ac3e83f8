package app_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// noDialog is true once no dialog is open.
const noDialog = `document.querySelector('[role="dialog"]') === null`

// The desk is worked from sign-in to the saved form with no mouse: the call is answered,
// muted, held and resumed, an article is found and put into the note, the place is pinned,
// and what was typed survives a reload in the middle.
func TestTheDeskIsWorkedByKeyboardAlone(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	ctx, cancel := w.soon()
	defer cancel()
	desk := browser.Open(t, browser.Options{Tone: agentTone})
	desk.Go(w.base + "/desk?raw-audio=1")
	desk.See("sign-in-submit")
	desk.Press("lan.nguyen" + kb.Tab + w.password + kb.Enter) // the name has the focus
	desk.See("sip-light", "light", "registered")
	desk.Press("?")
	desk.See("help-sheet")
	desk.Press(kb.Escape)
	desk.Until(noDialog)
	desk.Press(kb.F8)
	desk.See("desk-state", "state", "available")

	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	desk.See("call-panel", "stage", "incoming")
	desk.Press(kb.F2)
	desk.See("call-panel", "stage", "talking")
	desk.See("pressed", "keys", "31")
	desk.Hears(citizenTone)
	desk.See("quality", "quality", "good")

	desk.Chord("m", browser.Alt)
	desk.Until(`document.querySelector('[data-testid="mute"]').getAttribute('aria-pressed') === 'true'`)
	desk.Chord("m", browser.Alt)
	desk.Until(`document.querySelector('[data-testid="mute"]').getAttribute('aria-pressed') === 'false'`)
	desk.Chord("g", browser.Alt)
	desk.See("call-verbs", "held", "true")
	desk.Chord("g", browser.Alt)
	desk.See("call-verbs", "held", "false")
	desk.Chord("c", browser.Alt)
	desk.See("transfer-dialog")
	desk.Press(kb.Escape)
	desk.Until(noDialog)

	desk.Chord("n", browser.Alt)
	desk.Press("Hỏi khai sinh cho cháu?") // a question mark in a note is a question mark
	desk.Until(noDialog)
	desk.Chord("k", browser.Alt)
	desk.Press("chung thuc")
	desk.Until(`document.querySelector('[data-testid="article"]')?.dataset.id === 'chung-thuc-ban-sao'`)
	desk.Press(kb.Tab + kb.Tab) // the list, and the first in it
	desk.Press(kb.Enter)
	desk.See("article-open", "id", "chung-thuc-ban-sao")
	desk.Focus("article-insert")
	desk.Press(kb.Enter)
	desk.Until(`document.querySelector('[data-testid="form-note"]').value.includes('Chứng thực bản sao')`)

	desk.Focus("pin-open")
	desk.Press(kb.Enter)
	desk.Focus("place-map")
	desk.Press(kb.Enter + kb.ArrowUp + kb.ArrowRight)
	desk.Until(`document.querySelector('[data-testid="place-map"]').dataset.district !== ''`)
	desk.Focus("pin-done")
	desk.Press(kb.Enter)
	desk.See("pin-open", "pinned", "true")
	desk.Type("form-citizen", "Lê Thị Ba")
	desk.See("form-saved", "state", "saved")

	// A reload, and a browser that never saw the form: it is on the server.
	desk.Eval("localStorage.clear()")
	desk.Reload()
	desk.See("call-panel", "stage", "talking")
	desk.Until(`document.querySelector('[data-testid="form-citizen"]')?.value === 'Lê Thị Ba'`)
	desk.See("pin-open", "pinned", "true")
	desk.Until(`document.querySelector('[data-testid="form-note"]').value.startsWith('Hỏi khai sinh cho cháu?')`)
	desk.Press(kb.F4)
	desk.See("desk-state", "state", "wrap_up")
	for _, button := range []string{"save-ready", "save-pause"} {
		desk.See(button)
		desk.Until(`(b => b.scrollWidth <= b.clientWidth && [...b.querySelectorAll('span')].every(s => s.scrollWidth <= s.clientWidth + 1))(document.querySelector('[data-testid="` + button + `"]'))`)
	}
	desk.Chord("n", browser.Alt)
	desk.Chord(kb.Enter, browser.Ctrl|browser.Shift)
	desk.See("desk-state", "state", "paused")

	made := w.ticket("with all that was told", func(r ticket.Row) bool { return r.Citizen == "Lê Thị Ba" && r.Place.Located })
	require.Contains(t, made.Note, "Chứng thực bản sao")
	require.Empty(t, desk.Complaints())

	// The next time the name is known before the citizen has said a word.
	again := w.dials(w.telephone(), "0908123456")
	require.NoError(t, again.Press(ctx, "31"))
	desk.Press(kb.F8)
	desk.See("call-panel", "stage", "incoming")
	require.Equal(t, "Lê Thị Ba", desk.Text("citizen-name"))
}

// One softphone for each desk: another window takes over, the first says so and gives the
// line up, the call rings where the agent is, and the first may have it back.
func TestASecondWindowTakesTheDeskOver(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	ctx, cancel := w.soon()
	defer cancel()
	first := w.browserDesk("lan.nguyen")
	second := browser.Open(t, browser.Options{Tone: agentTone})
	w.signsIn(second, "/desk?raw-audio=1", "lan.nguyen", w.password)
	second.See("sip-light", "light", "registered")
	first.See("desk-gate", "why", "replaced")
	second.Click("ready")
	second.See("desk-state", "state", "available")

	citizen := w.dials(w.telephone(), "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	second.See("call-panel", "stage", "incoming")
	second.Click("answer")
	second.Hears(citizenTone)
	require.False(t, first.Has("call-panel"))

	// In a call it is asked first, and then it has call and form.
	second.Type("form-note", "Nắp cống vỡ")
	second.See("form-saved", "state", "saved")
	first.Go(w.base + "/desk?raw-audio=1")
	first.See("desk-gate", "phase", "elsewhere")
	first.Click("desk-open")
	first.See("call-panel", "stage", "talking")
	first.Hears(citizenTone)
	first.Until(`document.querySelector('[data-testid="form-note"]')?.value === 'Nắp cống vỡ'`)
	second.See("desk-gate", "why", "replaced")
	for name, p := range map[string]*browser.Page{"first": first, "second": second} {
		require.Empty(t, p.Complaints(), name)
	}
}

// A picture is added to a ticket on its page, and is there for who may read tickets.
func TestATicketHasItsPictures(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	w.choosesTraffic("0908123456", "31")
	row := w.ticket("of the call", func(r ticket.Row) bool { return r.Caller == "+84908123456" })
	var picture bytes.Buffer
	require.NoError(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))))
	p := browser.Open(t, browser.Options{})
	w.signsIn(p, "/tickets/"+row.Code, "lan.nguyen", w.password)
	p.See("ticket-files")
	file := filepath.Join(t.TempDir(), "cống.png")
	require.NoError(t, os.WriteFile(file, picture.Bytes(), 0o600))
	p.Upload("attach-file", file)
	p.See("attachment", "type", "image/png")
	p.Until(`document.querySelector('[data-testid="attachment"] img').naturalWidth === 8`)
	require.Empty(t, p.Complaints())

	whole := w.whole(row.Code)
	require.Len(t, whole.Attachments, 1)
	require.EqualValues(t, picture.Len(), whole.Attachments[0].Bytes)
	resp, err := http.Get(w.base + "/api/tickets/" + row.Code + "/attachments/" + whole.Attachments[0].ID)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusUnauthorized, resp.StatusCode, "a picture is for who is signed in")
}

// An agent tries their headset: the exchange sends back what the microphone hears.
func TestATestCallIsHeardByWhoMadeIt(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	p := browser.Open(t, browser.Options{Tone: agentTone})
	w.signsIn(p, "/desk?raw-audio=1", "lan.nguyen", w.password)
	p.See("sip-light", "light", "registered")
	p.Click("headset")
	p.See("microphone-level", "heard", "true")
	p.Click("test-begin")
	p.Hears(agentTone)
	p.See("test-call", "test", "heard")
	p.Click("test-end")
	p.Press(kb.Escape)
	p.Until(noDialog)
	p.Until("window.hotlineAudio.rms() === 0")
	require.Empty(t, p.Complaints())
	require.Eventually(t, func() bool { return len(w.ari("/channels")) == 0 }, 10*time.Second, 100*time.Millisecond)
}

// An editor changes an article with its preview beside it, and may look at what it was;
// agents find the new words at once. On the way the pages of the back office are looked
// at for faults that keep somebody out.
func TestAnEditorChangesAnArticleThatAgentsFind(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	editor := browser.Open(t, browser.Options{})
	w.signsIn(editor, "/desk", "anh.ho", w.password) // who has no desk begins at the articles
	editor.Type("articles-search", "khai sinh")
	editor.Until(`document.querySelector('[data-testid="article"]')?.dataset.id === 'khai-sinh'`)
	editor.Click("article")
	editor.See("article-shown", "version", "1")
	editor.Click("article-edit")
	editor.Focus("article-text")
	editor.Chord(kb.End, browser.Ctrl)
	editor.Type("article-text", "\r\r## Mùa lũ\r- Xã ngập thì nộp ở xã bên cạnh")
	editor.Until(`document.querySelector('[data-testid="article-preview"] h4:last-of-type').textContent === 'Mùa lũ'`)
	editor.Accessible("the editor")
	editor.Click("article-save")
	editor.See("article-shown", "version", "2")
	editor.Click("article-version-1")
	editor.See("article-shown", "version", "1")
	editor.Accessible("articles")

	agent := browser.Open(t, browser.Options{Tone: agentTone})
	w.signsIn(agent, "/desk", "lan.nguyen", w.password)
	agent.Type("knowledge-search", "mua lu")
	agent.Until(`document.querySelector('[data-testid="article"]')?.dataset.id === 'khai-sinh'`)
	agent.Click("article")
	agent.See("article-open", "id", "khai-sinh")
	agent.Accessible("the desk with an article")
	agent.Click("headset")
	agent.See("headset-dialog")
	agent.Accessible("the headset")

	admin := browser.Open(t, browser.Options{})
	w.signsIn(admin, "/staff", "quan.le", w.password)
	admin.Until("document.querySelectorAll('main tbody tr').length > 0")
	admin.Accessible("staff")
	admin.Go(w.base + "/audit")
	admin.Until("document.querySelectorAll('main tbody tr').length > 0")
	admin.Accessible("the audit log")
	for name, p := range map[string]*browser.Page{"editor": editor, "agent": agent, "admin": admin} {
		require.Empty(t, p.Complaints(), name)
	}
}
