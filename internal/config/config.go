// Package config reads and checks the files in configs/. Every fault of every file
// is told at once, each with its file, its line, and what to do about it.
package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hotline1022/acd"
	"hotline1022/acd/roster"
	"hotline1022/acd/staffing"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/internal/outside"
	"hotline1022/internal/ticket"
	"hotline1022/ivr/document"
	"hotline1022/ivr/flow"
	"hotline1022/ivr/prompt"
)

// Config is everything that is configured.
type Config struct {
	Dir     string // where the files are
	Hotline Hotline
	Line    acd.Config
	Fields  ticket.Fields
	Shifts  []roster.Shift
	Roster  Roster
	Pauses  []Pause
	Outside outside.Rules
	// Emergency is where hand-overs go.
	Emergency emergency.Plan
	Stations  Stations
	Staff     []Staff // for the demo
	Prompts   prompt.Catalogue
	Flow      *flow.Flow

	Staffing staffing.Line // what the line promises
	Wall     Wall          // when the wallboard sounds the alarm

	instead map[string][]byte // texts that are read in place of files, by the file's name
}

// Hotline is configs/hotline.yaml.
type Hotline struct {
	Node          string
	WebListen     string // host:port
	SIPListen     string // host:port
	Trunk         string // address or CIDR
	Out           string // host:port that calls to outside numbers go to; "" for none
	RTPStart      int
	RTPEnd        int
	Numbers       []string
	AsteriskHTTP  int
	AsteriskAMI   int
	PostgresURL   string // external, or empty
	PostgresPort  int
	RedisAddress  string // external, or empty
	RedisPort     int
	Lease         time.Duration
	FirstPosition time.Duration
	DeskGrace     time.Duration
	DeskReturn    time.Duration

	CallbackAfter  time.Duration
	CitizenFirst   bool // callbacks ring the citizen before the agent
	LongestMessage time.Duration
	HoldReminder   time.Duration
	MessageSilence time.Duration
	Survey         bool

	Auth Auth
}

// Pause is a reason for which an agent may pause.
type Pause struct{ Key, Vi, En string }

// Staff is a member of the demo's staff.
type Staff struct {
	auth.Person
	Shift string // key, "" for those on every shift
}

// languages that prompts must exist in.
func languages() []call.Language { return []call.Language{call.Vietnamese, call.English} }

// Load reads all files of the folder. The error lists every problem.
func Load(dir string) (*Config, error) { return load(dir, nil) }

func load(dir string, instead map[string][]byte) (*Config, error) {
	c := &Config{Dir: dir, Prompts: prompt.Catalogue{}, instead: instead}
	var all errorList
	all.add(c.read("hotline.yaml", c.hotline))
	all.add(c.read("queues.yaml", c.queues))
	all.add(c.read("fields.yaml", c.fields))
	all.add(c.read("shifts.yaml", c.shifts))
	all.add(c.read("outside.yaml", c.outside))
	all.add(c.read("staff-demo.yaml", c.staff))
	all.add(c.read("staffing.yaml", c.staffing))
	all.add(c.read("wall.yaml", c.wall))
	c.readTexts(&all)
	all.add(c.read("emergency.yaml", c.emergency))
	all.add(c.read("stations.yaml", c.stations))
	all.add(c.read("ivr.yaml", c.menus))
	c.Outside.Own = c.Hotline.Numbers
	if err := all.err(); err != nil {
		return nil, err
	}
	return c, nil
}

// Reread reads the queues, the destinations of emergencies, the menus, the texts of
// prompts and the rules of outside calls anew, which must fit each other. What is in use
// stays as it is.
func (c *Config) Reread() (*Config, error) {
	fresh := *c
	fresh.Prompts = prompt.Catalogue{}
	var all errorList
	all.add(fresh.read("queues.yaml", fresh.queues))
	fresh.readTexts(&all)
	all.add(fresh.read("emergency.yaml", fresh.emergency))
	all.add(fresh.read("ivr.yaml", fresh.menus))
	all.add(fresh.read("outside.yaml", fresh.outside))
	fresh.Outside.Own = c.Hotline.Numbers
	if err := all.err(); err != nil {
		return nil, err
	}
	return &fresh, nil
}

// readTexts reads the texts of prompts, of each language.
func (c *Config) readTexts(all *errorList) {
	for _, lang := range languages() {
		all.add(c.read("prompts/"+string(lang)+".yaml", func(file string, data []byte) error {
			return c.Prompts.Parse(lang, file, data)
		}))
	}
}

// read hands a file to its parser. The file's name in problems is as people see it.
func (c *Config) read(name string, parse func(file string, data []byte) error) error {
	path := filepath.Join(c.Dir, name)
	if text, ok := c.instead[name]; ok {
		return parse(path, text)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return document.Problems{{File: path, What: "the file cannot be read (" + err.Error() + ")", Do: "put it there; the shipped one is in configs/"}}
	}
	return parse(path, data)
}

// menus reads the flow, and checks it against queues, fields and prompts.
func (c *Config) menus(file string, data []byte) error {
	f, err := flow.Parse(file, data)
	if err != nil {
		return err
	}
	c.Flow = f
	known := flow.Known{
		Queue: func(name string, group call.Group) bool {
			for _, q := range c.Line.Queues {
				if q.Name == name && q.Group == group {
					return true
				}
			}
			return false
		},
		Field: c.Fields.Has,
	}
	if len(c.Emergency.Services) > 0 { // a file that cannot be read has told so itself
		known.Service = func(key call.Service) bool {
			_, ok := c.Emergency.Service(key)
			return ok
		}
	}
	// A prompt file that cannot be read has told so itself; its prompts are not all missing.
	if len(c.Prompts) == len(languages()) {
		known.Prompt = c.Prompts.Has
		known.Prompts = func(lang call.Language) []string {
			keys := make([]string, 0, len(c.Prompts[lang]))
			for key := range c.Prompts[lang] {
				keys = append(keys, key)
			}
			return keys
		}
	}
	return f.Check(known)
}

// errorList gathers the problems of all files.
type errorList struct {
	problems document.Problems
	others   []error
}

func (l *errorList) add(err error) {
	var problems document.Problems
	switch {
	case err == nil:
	case errors.As(err, &problems):
		l.problems = append(l.problems, problems...)
	default:
		l.others = append(l.others, err)
	}
}

func (l *errorList) err() error {
	if len(l.problems) > 0 {
		l.others = append([]error{l.problems}, l.others...)
	}
	return errors.Join(l.others...)
}

// Summary is a line that says what was read.
func (c *Config) Summary() string {
	s := fmt.Sprintf("%d menu nodes, %d queues, %d emergency services, %d fields, %d shifts, %d prompts in %d languages",
		len(c.Flow.Names()), len(c.Line.Queues), len(c.Emergency.Services), len(c.Fields), len(c.Shifts), len(c.Prompts[call.Vietnamese]), len(c.Prompts))
	if c.Emergency.Trial {
		s += "; on trial (emergency.yaml): no command centre can be called yet"
	}
	return s
}
