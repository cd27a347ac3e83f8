// Package asterisk holds Asterisk's configuration as templates, rendered from our
// own configuration before each start. Nothing in a rendered folder is edited by
// hand, and nothing but this package writes there.
package asterisk

import (
	"bytes"
	"embed"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
	"time"
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
	PromptDir                               string // spoken prompts: <language>/<key>
	HTTPPort                                int    // ARI and SIP over WebSocket, loopback only
	ARIUser, ARIPassword                    string
	ManagerPort                             int // AMI, loopback only
	ManagerUser, ManagerPassword            string
	SIPBind                                 string // address:port of the trunk's UDP transport
	TrunkMatch                              string // address or network that the trunk calls from
	TrunkOut                                string // host:port that calls to outside numbers go to; "" for none
	RTPStart, RTPEnd                        int
	Dialed                                  []string // numbers that are the hotline, without +
	LeaseSeconds                            int      // how long a citizen may be without an owner
	Survival                                Survival // what Asterisk does alone
}

// SIPPort is the port of SIPBind.
func (p Params) SIPPort() string {
	_, port, _ := net.SplitHostPort(p.SIPBind) // checked before anything is rendered
	return port
}

// special characters mean something to Asterisk's files or to its dialplan, and
// cannot be quoted everywhere.
const special = ";,$&|(){}[]\"\\\r\n"

// check refuses what a file would not hold, or hold with another meaning.
func (p Params) check() error {
	for what, value := range map[string]string{
		"node": p.Node, "folder": p.EtcDir, "module folder": p.ModuleDir, "data folder": p.DataDir, "library folder": p.LibDir,
		"database folder": p.DBDir, "spool folder": p.SpoolDir, "run folder": p.RunDir, "log folder": p.LogDir,
		"recording folder": p.RecordingDir, "music folder": p.MusicDir, "prompt folder": p.PromptDir,
		"ARI user": p.ARIUser, "ARI password": p.ARIPassword, "trunk": p.TrunkMatch,
		"manager's user": p.ManagerUser, "manager's password": p.ManagerPassword,
	} {
		switch {
		case value == "":
			return fmt.Errorf("rendering Asterisk's configuration: no %s is given", what)
		case strings.ContainsAny(value, special):
			return fmt.Errorf("rendering Asterisk's configuration: the %s %q has a character that its files cannot hold (one of %s); choose a name without it", what, value, special)
		}
	}
	for _, number := range p.Dialed {
		if number == "" || strings.Trim(number, "0123456789") != "" {
			return fmt.Errorf("rendering Asterisk's configuration: the hotline's number %q is not digits only", number)
		}
	}
	if err := p.checkOut(); err != nil {
		return err
	}
	if err := p.Survival.check(); err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(p.SIPBind)
	switch {
	case err != nil:
		return fmt.Errorf("rendering Asterisk's configuration: the trunk's address %q is not address:port: %w", p.SIPBind, err)
	case port == strconv.Itoa(p.HTTPPort):
		return fmt.Errorf("rendering Asterisk's configuration: SIP and HTTP both have port %s; the dialplan tells trunk and softphones apart by it, so choose another", port)
	case p.ManagerPort < 1 || p.ManagerPort > 65535 || p.ManagerPort == p.HTTPPort:
		return fmt.Errorf("rendering Asterisk's configuration: the manager's port %d is none, or HTTP has it; choose another", p.ManagerPort)
	case p.LeaseSeconds < 1:
		return fmt.Errorf("rendering Asterisk's configuration: a lease of %d seconds is none; choose one second or more", p.LeaseSeconds)
	}
	return nil
}

// checkOut refuses what is no host:port, or would be more than one contact.
func (p Params) checkOut() error {
	if p.TrunkOut == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(p.TrunkOut)
	n, portErr := strconv.ParseUint(port, 10, 16)
	if err != nil || portErr != nil || n == 0 || host == "" || strings.ContainsAny(host, special+" @?=<>/") {
		return fmt.Errorf("rendering Asterisk's configuration: %q, where outside calls go, is not host:port", p.TrunkOut)
	}
	return nil
}

// Render writes every file into p.EtcDir, which it makes, for an Asterisk that is not
// running.
func Render(p Params) error {
	if err := p.check(); err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(p.EtcDir, keep))
	if err != nil {
		return err
	}
	for _, f := range old {
		if err := os.Remove(f); err != nil {
			return fmt.Errorf("removing an old version of the survival dialplan: %w", err)
		}
	}
	return p.render()
}

// Update writes every file anew beside an Asterisk that runs with was, which takes it into
// use with Reload. Calls in the survival dialplan go on by the version that they began in,
// for as long as a call may last.
func Update(p, was Params) error {
	if err := p.check(); err != nil {
		return err
	}
	if err := p.retire(was, time.Now()); err != nil {
		return err
	}
	return p.render()
}

// onlyAtStart are the files that Asterisk does not read again.
var onlyAtStart = []string{"asterisk.conf", "http.conf", "manager.conf", "modules.conf", "rtp.conf", "stasis.conf"}

// Adopt writes every file anew beside an Asterisk that an earlier run has left running,
// which takes it into use with Reload. Which versions of the survival dialplan its calls
// are in is not known: all stay. later lists files with a change that needs a new start.
func Adopt(p Params) (later []string, err error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	now := time.Now()
	versions, err := filepath.Glob(filepath.Join(p.EtcDir, keep))
	if err != nil {
		return nil, err
	}
	for _, f := range versions {
		if err := os.Chtimes(f, now, now); err != nil {
			return nil, fmt.Errorf("keeping a version of the survival dialplan: %w", err)
		}
	}
	was := p.read(onlyAtStart)
	if err := p.render(); err != nil {
		return nil, err
	}
	is := p.read(onlyAtStart)
	for _, name := range onlyAtStart {
		if was[name] != is[name] {
			later = append(later, name)
		}
	}
	return later, nil
}

// read gives the text of files in EtcDir, "" of one that is not there.
func (p Params) read(names []string) map[string]string {
	texts := map[string]string{}
	for _, name := range names {
		if data, err := os.ReadFile(filepath.Join(p.EtcDir, name)); err == nil {
			texts[name] = string(data)
		}
	}
	return texts
}

// Reload is the commands of Asterisk's console, in their order, that take into use what
// Update wrote.
func Reload() []string {
	return []string{"moh reload", "module reload res_pjsip.so", "dialplan reload"}
}

func (p Params) render() error {
	if err := os.MkdirAll(p.EtcDir, 0o700); err != nil {
		return fmt.Errorf("making Asterisk's configuration folder: %w", err)
	}
	if err := p.renderLadders(); err != nil {
		return err
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
		// Secrets are in there: for the owner only. Replaced whole, for Asterisk may read it
		// at any time.
		path := filepath.Join(p.EtcDir, strings.TrimSuffix(t.Name(), ".tmpl"))
		if err := os.WriteFile(path+".new", text.Bytes(), 0o600); err != nil {
			return fmt.Errorf("rendering %s: %w", t.Name(), err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			return fmt.Errorf("rendering %s: %w", t.Name(), err)
		}
	}
	return nil
}
