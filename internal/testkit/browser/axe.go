package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// fault is what axe-core found, with the elements that have it.
type fault struct {
	ID     string
	Impact string
	Help   string
	Nodes  []struct{ Target []any }
}

// Accessible requires that axe-core finds no serious and no critical fault on the page
// as it is (https://github.com/dequelabs/axe-core, the rules of WCAG 2.1 A and AA). It is
// of the version in the console's package.json.
func (p *Page) Accessible(what string) {
	p.tb.Helper()
	script, err := os.ReadFile(axePath())
	require.NoError(p.tb, err, "`make console` gets axe-core")
	run(p, "loading axe-core", chromedp.Evaluate[string](string(script)+"\n;''"))
	run(p, "looking for faults", chromedp.Evaluate[string](`(window.axeFound = null, axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'],
	}).then(r => { window.axeFound = JSON.stringify(r.violations) }, e => { window.axeFound = JSON.stringify([{id: String(e), impact: 'critical'}]) }), '')`))
	p.Until("typeof window.axeFound === 'string'")
	var faults []fault
	require.NoError(p.tb, json.Unmarshal([]byte(p.eval("window.axeFound")), &faults))
	var serious []string
	for _, f := range faults {
		if f.Impact != "serious" && f.Impact != "critical" {
			continue
		}
		line := f.ID + " (" + f.Impact + "): " + f.Help
		for _, n := range f.Nodes {
			line += fmt.Sprintf("\n    %v", n.Target)
		}
		serious = append(serious, line)
	}
	if len(serious) > 0 {
		p.tb.Errorf("%s is not accessible:\n%s", what, strings.Join(serious, "\n"))
	}
}

// axePath is beside this file's repository, wherever the test runs.
func axePath() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "../../web/console/node_modules/axe-core/axe.min.js")
}
