// Package asterisk holds Asterisk's configuration as templates, rendered from our
// own configuration before each start. Nothing in a rendered folder is edited by
// hand, and nothing but this package writes there.
package asterisk

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed etc/*.tmpl
var templates embed.FS

// Params is everything that the templates need.
type Params struct {
	Node string // system name: the first part of every channel id

	EtcDir, ModuleDir, DataDir              string // asterisk.conf [directories]
	LibDir, DBDir, SpoolDir, RunDir, LogDir string
	RecordingDir                            string // MixMonitor's two files of each call
	MusicDir                                string // hold music
	SurvivalPrompt                          string // sound file, without extension, for when no controller is there
	HTTPPort                                int    // ARI and SIP over WebSocket, loopback only
	ARIUser, ARIPassword                    string
	SIPBind                                 string // address:port of the trunk's UDP transport
	TrunkMatch                              string // address or network that the trunk calls from
	RTPStart, RTPEnd                        int
	Dialed                                  []string // numbers that are the hotline, without +
	LeaseSeconds                            int      // how long a citizen may be without an owner
}

// Render writes every file into p.EtcDir, which it makes.
func Render(p Params) error {
	if err := os.MkdirAll(p.EtcDir, 0o700); err != nil {
		return fmt.Errorf("making Asterisk's configuration folder: %w", err)
	}
	all, err := template.New("").Option("missingkey=error").ParseFS(templates, "etc/*.tmpl")
	if err != nil {
		return fmt.Errorf("reading Asterisk's templates: %w", err)
	}
	for _, t := range all.Templates() {
		if !strings.HasSuffix(t.Name(), ".tmpl") {
			continue
		}
		var text bytes.Buffer
		if err := t.Execute(&text, p); err != nil {
			return fmt.Errorf("rendering %s: %w", t.Name(), err)
		}
		// Secrets are in there: for the owner only.
		path := filepath.Join(p.EtcDir, strings.TrimSuffix(t.Name(), ".tmpl"))
		if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
			return fmt.Errorf("rendering %s: %w", t.Name(), err)
		}
	}
	return nil
}
