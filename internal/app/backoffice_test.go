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
	"hotline1022/internal/testkit/realstack"
	"hotline1022/internal/ticket"
)

// office signs somebody in to the back office with a browser.
func (w *world) office(user, path string, o browser.Options) *browser.Page {
	w.tb.Helper()
	p := browser.Open(w.tb, o)
	p.Go(w.base + path)
	p.Type("sign-in-user", user)
	p.Type("sign-in-password", w.password)
	p.Click("sign-in-submit")
	return p
}

// A supervisor changes a menu, makes a mistake, mends it, tries it, saves it, and takes it
// back; callers who enter meet what stands, and nobody in a call or in line notices.
func TestAMenuIsChangedTriedAndTakenBackInTheBrowser(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	ctx, cancel := w.soon()
	defer cancel()
	data, err := os.ReadFile(filepath.Join(w.dir, "ivr.yaml"))
	require.NoError(t, err)
	change := func(from, to string) string {
		require.Contains(t, string(data), from)
		return strings.Replace(string(data), from, to, 1)
	}
	waiting := w.dials(w.telephone(), "0912000333")
	require.NoError(t, waiting.Press(ctx, "11"))
	w.ticket("of one who waits", func(r ticket.Row) bool { return r.Caller == "+84912000333" && r.Field == "guidance" })

	p := w.office("thu.nguyen", "/config/ivr", browser.Options{Width: 1600, Height: 900})
	p.See("document", "name", "ivr", "faults", "0")
	p.Replace("code", change("      3: procedure_conduct", "      1: procedure_conduct"))
	p.See("document", "changed", "true", "faults", "1")
	require.Contains(t, p.Text("fault"), "stands twice")
	p.Click("fault")
	p.Picture(filepath.Join(dir, "config-fault.png"))
	p.Click("view-differences")
	p.Type("document-why", "Thử")
	p.See("document-save", "disabled", "true")

	p.Click("view-edit")
	swapped := change("      1: field_traffic\n      3: field_environment", "      3: field_traffic\n      1: field_environment")
	p.Replace("code", swapped)
	p.See("document", "changed", "true", "faults", "0")
	p.Go(w.base + "/config/ivr") // a page that is loaded anew has lost nothing
	p.See("document", "changed", "true", "faults", "0")
	p.Click("view-try")
	p.Click("press-3")
	p.See("ivr-walk", "node", "field")
	p.Click("press-3")
	p.See("ivr-walk", "node", "field_traffic", "done", "queue")
	p.See("ivr-picture", "here", "field_traffic")
	p.Picture(filepath.Join(dir, "config-try.png"))
	w.choosesTraffic("0908000001", "31") // nothing is saved yet

	p.Click("view-differences")
	p.See("differences")
	p.Type("document-why", "Giao thông lên phím ba")
	p.Picture(filepath.Join(dir, "config-differences.png"))
	p.Click("document-save")
	p.See("document-saved")
	w.choosesTraffic("0908000002", "33")
	onDisk, err := os.ReadFile(filepath.Join(w.dir, "ivr.yaml"))
	require.NoError(t, err)
	require.Equal(t, swapped, string(onDisk))

	p.Click("view-history")
	p.Click("version-1")
	p.See("differences")
	p.Picture(filepath.Join(dir, "config-history.png"))
	p.Click("version-go-back")
	p.Click("document-save")
	p.See("document-saved")
	w.choosesTraffic("0908000003", "31")
	onDisk, err = os.ReadFile(filepath.Join(w.dir, "ivr.yaml"))
	require.NoError(t, err)
	require.Equal(t, string(data), string(onDisk))

	// Where emergencies go is not a supervisor's.
	p.Click("document-emergency")
	p.See("document", "name", "emergency")
	p.Click("view-edit")
	p.Until(`document.querySelector('.cm-content').getAttribute('aria-readonly') === 'true'`)
	p.Go(w.base + "/queues")
	p.See("queue-emergency")
	p.Picture(filepath.Join(dir, "queues.png"))
	require.Empty(t, p.Complaints())

	// The one in line stood there all the while, and is served.
	w.desk("lan.nguyen", softphone.DeskOptions{})
	_, err = waiting.Heard.WaitTone(ctx, agentTone, 200*time.Millisecond)
	require.NoError(t, err)
	waiting.Hangup()
	w.ticket("of the one who waited", func(r ticket.Row) bool {
		return r.Caller == "+84912000333" && r.Outcome.Result == call.Served
	})
	require.Eventually(t, func() bool {
		acts, err := w.app.DB().Audit(ctx, audit.Filter{Act: "config.save", Who: "thu.nguyen"})
		return err == nil && len(acts) == 2 && acts[1].Detail["why"] == "Giao thông lên phím ba"
	}, 10*time.Second, 100*time.Millisecond)
	w.nothingLeft()
}

// A supervisor says a prompt into the microphone, then gives a file, then goes back to the
// machine; each time it is what the next citizen hears.
func TestAPromptThatIsRecordedInTheBrowserIsHeardByTheNextCitizen(t *testing.T) {
	t.Parallel()
	prompts := filepath.Join(t.TempDir(), "prompts")
	require.NoError(t, os.CopyFS(prompts, os.DirFS(realstack.PromptDir())))
	w := beginSaying(t, prompts, nil)
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	machine, err := os.ReadFile(filepath.Join(prompts, "vi", "greet.wav"))
	require.NoError(t, err)
	greeted := func(tone float64) {
		t.Helper()
		ctx, cancel := w.soon()
		defer cancel()
		c := w.dials(w.telephone(), "0908123456")
		_, err := c.Heard.WaitTone(ctx, tone, 300*time.Millisecond)
		require.NoError(t, err)
		c.Hangup()
	}

	const voice, file = 1200.0, 800.0
	p := w.office("thu.nguyen", "/ivr?raw-audio=1", browser.Options{Tone: voice, Width: 1600, Height: 900})
	p.Click("tab-prompts")
	p.Type("prompt-search", "greet")
	p.See("made-vi-greet", "recorded", "false")
	p.Click("record-vi-greet")
	p.Click("prompt-record")
	p.See("prompt-stop")
	p.Until(`(window.saidSince ??= performance.now()) + 1500 < performance.now()`)
	p.Click("prompt-stop")
	p.Click("prompt-use")
	p.See("prompt-taken")
	p.Picture(filepath.Join(dir, "prompt-recorded.png"))
	p.See("made-vi-greet", "recorded", "true")
	greeted(voice)

	sound := filepath.Join(t.TempDir(), "greet.wav")
	require.NoError(t, audio.WriteWAV(sound, audio.Tone(file, 0, 2*audio.Rate)))
	p.Upload("prompt-file", sound)
	p.Click("prompt-use")
	p.See("prompt-taken")
	greeted(file)

	silence := filepath.Join(t.TempDir(), "silence.wav")
	require.NoError(t, audio.WriteWAV(silence, make([]int16, 2*audio.Rate)))
	p.Upload("prompt-file", silence)
	p.Click("prompt-use")
	p.See("prompt-problem")
	require.FileExists(t, filepath.Join(w.dir, "prompts", "recorded", "vi", "greet.wav"))

	p.Click("prompt-forget")
	p.See("prompt-dialog", "recorded", "false")
	now, err := os.ReadFile(filepath.Join(prompts, "vi", "greet.wav"))
	require.NoError(t, err)
	require.Equal(t, machine, now)
	require.NoFileExists(t, filepath.Join(w.dir, "prompts", "recorded", "vi", "greet.wav"))

	// Another text is spoken anew, without a restart.
	path := filepath.Join(w.dir, "prompts", "vi.yaml")
	texts, err := os.ReadFile(path)
	require.NoError(t, err)
	const before, after = "greet: Xin chào quý khách. Đây là tổng đài", "greet: Kính chào quý khách. Đây là tổng đài"
	require.Contains(t, string(texts), before)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(texts), before, after, 1)), 0o600))
	require.NoError(t, w.app.Reload())
	now, err = os.ReadFile(filepath.Join(prompts, "vi", "greet.wav"))
	require.NoError(t, err)
	require.NotEqual(t, machine, now)
	var flow struct {
		Texts map[string]map[string]struct{ Text string }
	}
	require.NoError(t, w.watch.Get(t.Context(), "/api/ivr", &flow))
	require.Contains(t, flow.Texts["vi"]["greet"].Text, "Kính chào")
	w.nothingLeft()
}
