// Package browser gives tests a real Chromium without a window. Its microphone is a
// sound file, and what it hears is measured by the pages themselves.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
)

// patience is how long a page has for each thing that is waited for.
const patience = 30 * time.Second

// names of a Chromium on PATH, the best kept first.
func names() []string {
	return []string{"chromium", "google-chrome", "google-chrome-stable", "headless_shell"}
}

// Page is a browser with one page, of a person of its own: nothing is shared with
// other pages.
type Page struct {
	tb  testing.TB
	ctx context.Context

	mu         sync.Mutex
	said       []string // by the page's console
	complaints []string // errors among it, and exceptions

	asked chan struct{} // the page wants to know whether to leave it
}

// Options say what the browser is like.
type Options struct {
	Tone          float64 // the microphone's, in hertz
	Width, Height int     // 1366 × 768 when zero
	Profile       string  // folder of what the browser remembers; a new one when ""
}

// Open starts a browser for as long as the test lasts.
func Open(tb testing.TB, o Options) *Page {
	tb.Helper()
	if o.Width == 0 {
		o.Width, o.Height = 1366, 768
	}
	microphone := filepath.Join(tb.TempDir(), "microphone.wav")
	require.NoError(tb, audio.WriteWAV(microphone, audio.Tone(o.Tone, 0, 10*audio.Rate)))
	flags := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
		chromedp.ExecPath(find(tb)), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "vi-VN"),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"),
		chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("use-fake-ui-for-media-stream", true),
		chromedp.Flag("use-file-for-fake-audio-capture", microphone),
		// There is no other network for the tests (scripts/netns.sh).
		chromedp.Flag("allow-loopback-in-peer-connection", true),
	)
	if o.Profile != "" {
		flags = append(flags, chromedp.UserDataDir(o.Profile))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, closePage := chromedp.NewContext(allocator)
	p := &Page{tb: tb, ctx: ctx, asked: make(chan struct{}, 1)}
	tb.Cleanup(func() {
		if tb.Failed() {
			p.explain()
		}
		closePage()
		stop()
	})
	// The first run starts the browser, which lives as long as its context.
	require.NoError(tb, chromedp.Do(ctx), "the browser does not start")
	require.NoError(tb, chromedp.Listen(ctx, p.hear))
	run(p, "setting the size", chromedp.EmulateViewport(int64(o.Width), int64(o.Height)))
	return p
}

func find(tb testing.TB) string {
	tb.Helper()
	for _, name := range names() {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	tb.Fatalf("no browser (%s) on PATH; `make deps-test` gets one", strings.Join(names(), ", "))
	return ""
}

// hear keeps what the page says on its console, for when the test fails.
func (p *Page) hear(event any) {
	line, complaint := "", false
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			line += " " + string(a.Value)
		}
		complaint = e.Type == runtime.ConsoleAPICalledTypeError
	case *page.EventJavascriptDialogOpening:
		select {
		case p.asked <- struct{}{}:
		default:
		}
		return
	case *runtime.EventExceptionThrown:
		line, complaint = " "+e.ExceptionDetails.Text, true
		if e.ExceptionDetails.Exception != nil {
			line += " " + e.ExceptionDetails.Exception.Description
		}
	default:
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.said = append(p.said, line)
	if complaint {
		p.complaints = append(p.complaints, line)
	}
}

// Complaints are the errors that the page has put on its console so far, and the
// exceptions that nobody caught.
func (p *Page) Complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.complaints)
}

// explain shows, for a test that failed, the console and where the page stood.
func (p *Page) explain() {
	p.mu.Lock()
	for _, line := range p.said {
		p.tb.Log("console:", line)
	}
	p.mu.Unlock()
	path := filepath.Join(os.TempDir(), strings.ReplaceAll(p.tb.Name(), "/", "_")+".png")
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil && os.WriteFile(path, picture, 0o600) == nil {
		p.tb.Log("the page as it was:", path)
	}
}

// run does one thing in the page, within patience.
func run[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.tb.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	result, err := chromedp.Run(ctx, action)
	require.NoError(p.tb, err, what)
	return result
}

// Go opens an address.
func (p *Page) Go(url string) {
	p.tb.Helper()
	run(p, "going to "+url, chromedp.Navigate(url))
}

// Reload loads the page anew, and means it: one that asks whether it may be left is told
// yes.
func (p *Page) Reload() {
	p.tb.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	var answer sync.WaitGroup
	answer.Go(func() {
		select {
		case <-p.asked:
			yes := page.HandleJavaScriptDialogParams{Accept: true}
			chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { //nolint:errcheck // the page stays then
				_, err := cdp.Call(ctx, t, page.HandleJavaScriptDialog, yes)
				return err
			}))
		case <-ctx.Done():
		}
	})
	run(p, "loading the page anew", chromedp.Reload())
	cancel()
	answer.Wait()
}

// Close ends the browser as a person does, who finds it as it was next time.
func (p *Page) Close() {
	p.tb.Helper()
	require.NoError(p.tb, chromedp.Cancel(p.ctx))
}

// id is the element that the page names for tests, with the values of data attributes
// that it must have, given as name, value, ….
func id(name string, data ...string) chromedp.CSS {
	selector := fmt.Sprintf("[data-testid=%q]", name)
	for i := 0; i+1 < len(data); i += 2 {
		selector += fmt.Sprintf("[data-%s=%q]", data[i], data[i+1])
	}
	return chromedp.CSS(selector)
}

// Click presses the element of that test id, once it is there and enabled.
func (p *Page) Click(name string) {
	p.tb.Helper()
	run(p, "pressing "+name, chromedp.Click(id(name)+":not([disabled])"))
}

// Type writes text into the element. chromedp.SendKeys looks at the element's attributes
// while the page may be changing them, which is a data race.
func (p *Page) Type(name, text string) {
	p.tb.Helper()
	p.See(name)
	run(p, "focussing "+name, chromedp.Focus(id(name)))
	run(p, "writing into "+name, chromedp.KeyEvent(text))
}

// See waits until the element is there, with these values of data attributes.
func (p *Page) See(name string, data ...string) {
	p.tb.Helper()
	run(p, fmt.Sprint("waiting for ", id(name, data...)), chromedp.WaitVisible(id(name, data...)))
}

// Text is what the element says.
func (p *Page) Text(name string) string {
	p.tb.Helper()
	return run(p, "reading "+name, chromedp.Text(id(name)))
}

// Until waits until an expression of JavaScript is true.
func (p *Page) Until(expression string) {
	p.tb.Helper()
	run(p, "waiting for "+expression, chromedp.Poll[bool](expression, chromedp.WithPollingInterval(50*time.Millisecond), chromedp.WithPollingTimeout(patience)))
}

// Hears waits until the page hears a tone of about that frequency.
func (p *Page) Hears(hz float64) {
	p.tb.Helper()
	p.Until(fmt.Sprintf("!!window.hotlineAudio && Math.abs(window.hotlineAudio.frequency() - %g) < 20 && window.hotlineAudio.rms() > 0.02", hz))
}

// Picture saves what is to be seen.
func (p *Page) Picture(path string) {
	p.tb.Helper()
	require.NoError(p.tb, os.WriteFile(path, run(p, "taking a picture", chromedp.CaptureScreenshot()), 0o600))
}

// Kill ends the browser as a crash does: nothing is said to anybody.
func (p *Page) Kill() {
	p.tb.Helper()
	require.NoError(p.tb, chromedp.FromContext(p.ctx).Browser.Process().Kill())
}

// Sleep stops the browser where it stands, as a laptop that is closed does: its sockets
// stay open and nothing comes from them. Nothing may be asked of the page before Wake.
func (p *Page) Sleep() { p.signal(syscall.SIGSTOP) }

// Wake lets it go on.
func (p *Page) Wake() { p.signal(syscall.SIGCONT) }

func (p *Page) signal(what syscall.Signal) {
	p.tb.Helper()
	for _, pid := range family(p.tb, chromedp.FromContext(p.ctx).Browser.Process().Pid) {
		require.NoError(p.tb, syscall.Kill(pid, what))
	}
}

// family is a process and all that it has started, itself first.
func family(tb testing.TB, pid int) []int {
	tb.Helper()
	pids := []int{pid}
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	require.NoError(tb, err)
	for _, task := range tasks {
		children, err := os.ReadFile(task)
		if err != nil {
			continue // a thread that has ended
		}
		for _, child := range strings.Fields(string(children)) {
			id, err := strconv.Atoi(child)
			require.NoError(tb, err)
			pids = append(pids, family(tb, id)...)
		}
	}
	return pids
}
