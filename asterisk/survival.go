package asterisk

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

//go:embed etc/survival/*.tmpl
var survivalTemplates embed.FS

// Survival is what Asterisk does alone, without a controller: the emergency menu, the
// ladders behind its keys and behind the emergency numbers, and the desks' telephones.
type Survival struct {
	Plan      emergency.Plan
	Keys      []Key             // of the emergency menu
	Passwords map[string]string // of the desks' accounts, by their names
	LogDir    string            // a log for each call (internal/emergency/survival)
}

// Key is a key of the emergency menu.
type Key struct {
	Digit   byte
	Service call.Service
}

// keep is the pattern of the files that hold a version of the ladders each. A call that
// walks one must find its next step there, whatever was rendered meanwhile: so versions
// stay until Asterisk is started anew.
const keep = "survival-*.conf"

// Version names what the survival dialplan is rendered from. Contexts carry it.
func (p Params) Version() (string, error) {
	text, err := p.ladders("v")
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:4]), nil
}

// Versions lists the versions that calls may still be in, and the one that is rendered.
func (p Params) Versions() ([]string, error) {
	now, err := p.Version()
	if err != nil {
		return nil, err
	}
	versions := []string{now}
	files, err := filepath.Glob(filepath.Join(p.EtcDir, keep))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		v := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "survival-"), ".conf")
		if v != now {
			versions = append(versions, v)
		}
	}
	slices.Sort(versions[1:])
	return versions, nil
}

// longest is how long a call may last in the survival dialplan.
const longest = 24 * time.Hour

// retire notes that a version gets no new calls from now on, and removes those that had
// none for as long as a call may last.
func (p Params) retire(was Params, now time.Time) error {
	last, err := was.Version()
	if err != nil {
		return err
	}
	err = os.Chtimes(filepath.Join(p.EtcDir, "survival-"+last+".conf"), now, now)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keeping the version of the survival dialplan that was in use: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(p.EtcDir, keep))
	if err != nil {
		return err
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil || now.Sub(info.ModTime()) < longest {
			continue
		}
		if err := os.Remove(f); err != nil {
			return fmt.Errorf("removing an old version of the survival dialplan: %w", err)
		}
	}
	return nil
}

// ladders renders the survival dialplan under that version's name.
func (p Params) ladders(version string) ([]byte, error) {
	all, err := template.New("").Option("missingkey=error").ParseFS(survivalTemplates, "etc/survival/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("reading the survival dialplan: %w", err)
	}
	var text bytes.Buffer
	err = all.ExecuteTemplate(&text, "ladders.conf.tmpl", struct {
		Params
		V string
	}{p, version})
	if err != nil {
		return nil, fmt.Errorf("rendering the survival dialplan: %w", err)
	}
	return text.Bytes(), nil
}

// renderLadders writes the version that stands now.
func (p Params) renderLadders() error {
	version, err := p.Version()
	if err != nil {
		return err
	}
	text, err := p.ladders(version)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.EtcDir, "survival-"+version+".conf"), text, 0o600); err != nil {
		return fmt.Errorf("rendering the survival dialplan: %w", err)
	}
	return nil
}

// Walk is a service's ladder, as the dialplan walks it.
type Walk struct {
	Service call.Service
	Steps   []Step
	Seconds int // until a round is over, at most
}

// Step is one destination of a walk.
type Step struct {
	N, Before int    // counted from 1; Before is 0 for the first
	Endpoint  string // what Dial calls
	Address   string // for the log
	Outside   bool   // through the trunk
	Hours     string // GotoIfTime's; "" for always
	Halves    int    // half seconds after which it joins the ringing
	Ring      int    // seconds
}

// Walks is every service's walk: its ladder, and then those desks that are not in it.
func (s Survival) Walks() []Walk {
	var walks []Walk
	for _, of := range s.Plan.Services {
		service, _ := s.Plan.Service(of.Key)
		rungs := slices.Clone(service.Ladder)
		for _, d := range s.Plan.Desks {
			if !slices.ContainsFunc(rungs, func(r emergency.Rung) bool { return r.Kind == emergency.AtDesk && r.Address == d.Name }) {
				rungs = append(rungs, emergency.Rung{Kind: emergency.AtDesk, Address: d.Name})
			}
		}
		w := Walk{Service: of.Key, Seconds: int((s.Plan.Timing.Next*time.Duration(len(rungs)) + s.Plan.Timing.Ring).Seconds())}
		for i, r := range rungs {
			w.Steps = append(w.Steps, s.step(i, r))
		}
		walks = append(walks, w)
	}
	return walks
}

func (s Survival) step(i int, r emergency.Rung) Step {
	step := Step{
		N: i + 1, Before: i, Endpoint: "PJSIP/" + r.Address, Address: r.Address,
		Halves: int(s.Plan.Timing.Next / (time.Second / 2)), Ring: int(s.Plan.Timing.Ring.Seconds()),
	}
	if r.Kind != emergency.AtDesk {
		step.Outside, step.Endpoint = true, step.Endpoint+"@trunk"
	}
	if !r.Always() {
		last := (r.To - time.Minute + 24*time.Hour) % (24 * time.Hour) // the last minute counts there
		step.Hours = clock(r.From) + "-" + clock(last) + ",*,*,*," + s.zone()
	}
	return step
}

func (s Survival) zone() string {
	if s.Plan.Zone == nil {
		return "UTC"
	}
	return s.Plan.Zone.String()
}

func clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

// AllDesks is what Dial calls to ring every desk; "" when there is none.
func (s Survival) AllDesks() string {
	var all []string
	for _, d := range s.Plan.Desks {
		all = append(all, "PJSIP/"+d.Name)
	}
	return strings.Join(all, "&")
}

// Headers is every header with its value as the dialplan fills it.
func (s Survival) Headers() []emergency.Header {
	var all []emergency.Header
	for _, h := range s.Plan.Headers {
		all = append(all, emergency.Header{Name: h.Name, Value: h.Fill("${EMG_CALLER}", "${EMG_CALL}")})
	}
	return all
}

// Early is how many seconds a destination must have stayed to have taken over.
func (s Survival) Early() int { return int(s.Plan.Timing.Early.Seconds()) }

// AsHotline says whether command centres see the hotline's number.
func (s Survival) AsHotline() bool { return s.Plan.Caller != emergency.AsCitizen }

// check refuses what the dialplan would not hold, or hold with another meaning.
func (s Survival) check() error {
	refuse := func(what, value string) error {
		return fmt.Errorf("rendering the survival dialplan: the %s %q has a character that does not belong there", what, value)
	}
	digits := func(value string) bool { return value != "" && strings.Trim(value, "0123456789") == "" }
	if s.LogDir == "" || strings.ContainsAny(s.LogDir, special) {
		return refuse("log folder", s.LogDir)
	}
	for _, d := range s.Plan.Desks {
		if d.Name == "" || strings.Trim(d.Name, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || d.Name == "trunk" {
			return refuse("desk", d.Name)
		}
		if host, port, err := net.SplitHostPort(d.Address); d.Address != "" && (err != nil || host == "" || !digits(port) || strings.ContainsAny(host, special+" @?=<>/")) {
			return refuse("desk's address", d.Address)
		}
		if password := s.Passwords[d.Name]; password == "" || strings.ContainsAny(password, special) {
			return fmt.Errorf("rendering the survival dialplan: the desk %s has no password, or one that its file cannot hold", d.Name)
		}
	}
	for _, h := range s.Plan.Headers {
		if value := h.Fill("", ""); strings.ContainsAny(h.Name+value, special) {
			return refuse("header", h.Name+": "+value)
		}
	}
	for _, service := range s.Plan.Services {
		if !digits(string(service.Key)) {
			return refuse("service", string(service.Key))
		}
		for _, r := range service.Ladder {
			if r.Kind != emergency.AtDesk && !digits(strings.TrimPrefix(r.Address, "+")) {
				return refuse("destination", r.Address)
			}
			if r.Kind == emergency.AtDesk && !slices.ContainsFunc(s.Plan.Desks, func(d emergency.Desk) bool { return d.Name == r.Address }) {
				return refuse("desk of a ladder", r.Address)
			}
		}
	}
	for _, k := range s.Keys {
		if _, ok := s.Plan.Service(k.Service); !ok || k.Digit < '0' || k.Digit > '9' {
			return refuse("key", string(k.Digit))
		}
	}
	return nil
}
