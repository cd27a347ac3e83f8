package browser

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// Drag takes one element with the mouse and lets it go over another.
func (p *Page) Drag(from, to string) {
	p.tb.Helper()
	p.See(from)
	p.See(to)
	// Both have to be in sight; what is dropped lands in the middle.
	middle := func(name string) (x, y float64) {
		var at []float64
		text := p.eval(fmt.Sprintf(
			`(() => { const r = document.querySelector('[data-testid=%q]').getBoundingClientRect(); return JSON.stringify([r.x + r.width / 2, r.y + r.height / 2]) })()`,
			name))
		require.NoError(p.tb, json.Unmarshal([]byte(text), &at))
		return at[0], at[1]
	}
	p.eval(fmt.Sprintf(`(document.querySelector('[data-testid=%q]').scrollIntoView({block: 'nearest'}), '')`, to))
	p.eval(fmt.Sprintf(`(document.querySelector('[data-testid=%q]').scrollIntoView({block: 'nearest'}), '')`, from))
	x, y := middle(from)
	toX, toY := middle(to)
	run(p, "taking "+from, chromedp.MouseEvent(chromedp.MouseMoved, x, y))
	run(p, "taking "+from, chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	for _, part := range []float64{0.3, 0.7, 1} {
		run(p, "moving "+from, chromedp.MouseEvent(chromedp.MouseMoved, x+part*(toX-x), y+part*(toY-y), chromedp.ButtonLeft))
	}
	run(p, "dropping on "+to, chromedp.MouseEvent(chromedp.MouseReleased, toX, toY, chromedp.ButtonLeft, chromedp.ClickCount(1)))
}

// Press types keys into whatever has the focus.
func (p *Page) Press(keys string) {
	p.tb.Helper()
	run(p, "pressing keys", chromedp.KeyEvent(keys))
}

// Replace puts another text into the text editor below an element, as pasting over all of
// it does.
func (p *Page) Replace(name, text string) {
	p.tb.Helper()
	editor := id(name) + " .cm-content"
	run(p, "waiting for the editor", chromedp.WaitVisible(editor))
	run(p, "focussing the editor", chromedp.Focus(editor))
	run(p, "choosing all its text", chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	quoted, err := json.Marshal(text)
	require.NoError(p.tb, err)
	p.eval(fmt.Sprintf(`(() => { const d = new DataTransfer(); d.setData('text/plain', %s);
		document.querySelector(%q).dispatchEvent(new ClipboardEvent('paste', { clipboardData: d, bubbles: true, cancelable: true })); return '' })()`, quoted, editor))
}

// Upload gives a file to an input for files.
func (p *Page) Upload(name, path string) {
	p.tb.Helper()
	run(p, "giving a file to "+name, chromedp.SetUploadFiles(id(name), []string{path}))
}

// Value is a data attribute of an element that is there.
func (p *Page) Value(name, attribute string) string {
	p.tb.Helper()
	p.See(name)
	return p.eval(fmt.Sprintf(`String(document.querySelector('[data-testid=%q]').dataset[%q])`, name, attribute))
}

// Focus gives an element the focus, as the tab key does.
func (p *Page) Focus(name string) {
	p.tb.Helper()
	run(p, "focussing "+name, chromedp.Focus(id(name)))
}

// Gone waits until the element is not there.
func (p *Page) Gone(name string) {
	p.tb.Helper()
	run(p, fmt.Sprint("waiting for the end of ", id(name)), chromedp.WaitNotPresent(id(name)))
}

// Has says whether the element is there at this moment.
func (p *Page) Has(name string) bool {
	p.tb.Helper()
	return p.eval(fmt.Sprintf(`String(document.querySelector('[data-testid=%q]') !== null)`, name)) == "true"
}

// Top shows the head of the page.
func (p *Page) Top() {
	p.tb.Helper()
	p.eval("(window.scrollTo(0, 0), '')")
}

// Bottom shows the end of the page.
func (p *Page) Bottom() {
	p.tb.Helper()
	p.eval("(window.scrollTo(0, document.body.scrollHeight), '')")
}

// Hosts are the hosts that the page has asked for anything so far.
func (p *Page) Hosts() []string {
	p.tb.Helper()
	return strings.Fields(p.eval(`[...new Set(performance.getEntriesByType('resource').map(r => new URL(r.name).host))].join(' ')`))
}

// Says is the text that an expression of JavaScript gives, for what tests measure in pages.
func (p *Page) Says(expression string) string {
	p.tb.Helper()
	return p.eval(expression)
}

// eval is the text that an expression of JavaScript gives.
func (p *Page) eval(expression string) string {
	p.tb.Helper()
	return run(p, "asking "+expression, chromedp.Evaluate[string](expression))
}

// Modifier is a key that is held while another is pressed.
type Modifier = chromedp.Modifier

// The modifiers.
const (
	Alt   = chromedp.ModifierAlt
	Ctrl  = chromedp.ModifierCtrl
	Shift = chromedp.ModifierShift
)

// Chord presses a key while others are held.
func (p *Page) Chord(key string, with Modifier) {
	p.tb.Helper()
	run(p, "pressing keys together", chromedp.KeyEvent(key, chromedp.KeyModifiers(with)))
}

// Eval does something in the page that no hand can.
func (p *Page) Eval(expression string) {
	p.tb.Helper()
	p.eval("(" + expression + ", '')")
}
