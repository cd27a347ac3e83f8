package flow

import (
	"regexp"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

const (
	defaultWait  = 5 * time.Second
	shortestWait = time.Second
	longestWait  = 15 * time.Second // dead air beyond this sounds like a broken line

	longestEmergencyWait = 5 * time.Second

	defaultTries = 2
	mostTries    = 2 // wrong or silent attempts before a human; more annoys and loses callers
	defaultSteps = 20
	fewestSteps  = 5
	mostSteps    = 100
)

// Parse reads and checks a flow document. The error is Problems: every fault at
// once, each with its line. Prompts, queues and fields are checked by Check.
func Parse(file string, data []byte) (*Flow, error) {
	p := &parser{c: document.NewChecker(file), f: &Flow{File: file, nodes: map[string]Node{}, safe: map[string]bool{}}}
	p.root(data)
	if err := p.c.Err(); err != nil {
		return nil, err
	}
	return p.f, nil
}

type parser struct {
	c     *document.Checker
	f     *Flow
	wait  time.Duration
	tries int
	goals []goal
	human document.Text
	start document.Text
	alarm document.Text
}

// goal is a node's name at the place where another refers to it.
type goal struct {
	from string // the node that refers; "" is the head of the document
	to   document.Text
	how  goalKind
}

type goalKind int

const (
	byKey goalKind = iota + 1
	byOtherwise
	byHuman
	byStart
	byEmergency
)

var nodeName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func (p *parser) root(data []byte) {
	m := p.c.Root(data, "languages", "start", "human", "emergency", "wait", "tries", "steps", "notices", "nodes")
	if m == nil {
		return
	}
	p.wait = m.Duration("wait", defaultWait, shortestWait, longestWait)
	p.tries = m.Int("tries", defaultTries, 1, mostTries)
	p.f.Steps = m.Int("steps", defaultSteps, fewestSteps, mostSteps)
	p.languages(m)
	p.start = p.refer(m, "start", "", byStart)
	if p.start.Value == "" {
		p.c.Addf(m.Line, "no start; write `start: <node>`, the node where calls begin")
	}
	p.human = p.refer(m, "human", "", byHuman)
	if p.human.Value == "" {
		p.c.Addf(m.Line, "no human; write `human: <queue node>`, where callers go who choose nothing")
	}
	p.f.Start, p.f.Human = p.start.Value, p.human.Value
	p.emergency(m)
	p.notices(m)
	nodes := m.Map("nodes", "nodes")
	if nodes == nil && !m.Has("nodes") {
		p.c.Addf(m.Line, "no nodes; write `nodes:` and below it the menus and queues")
	}
	for _, e := range nodes.Entries() {
		p.node(nodes, e)
	}
	p.checkGraph()
}

func (p *parser) languages(m *document.Mapping) {
	for _, t := range m.Strings("languages") {
		switch l := call.Language(t.Value); l {
		case call.Vietnamese, call.English:
			p.f.Languages = append(p.f.Languages, l)
		default:
			p.c.Addf(t.Line, "unknown language %q; %s", t.Value, document.Suggest(t.Value, knownLanguages()))
		}
	}
	if len(p.f.Languages) == 0 {
		p.f.Languages = []call.Language{call.Vietnamese}
	}
}

func knownLanguages() []string { return []string{string(call.Vietnamese), string(call.English)} }

func (p *parser) emergency(m *document.Mapping) {
	e := m.Map("emergency", "emergency", "key", "go")
	if e == nil {
		if !m.Has("emergency") {
			p.c.Addf(m.Line, "no emergency key; write `emergency: {key: \"2\", go: <node>}`, it is then live in every menu")
		}
		return
	}
	key := e.Single("key")
	p.f.Emergency.Key = p.digit(key)
	if key.Value == "" {
		p.c.Addf(e.Line, "the emergency has no key; write `key: \"2\"`")
	}
	p.alarm = p.refer(e, "go", "", byEmergency)
	p.f.Emergency.Go = p.alarm.Value
	if p.alarm.Value == "" {
		p.c.Addf(e.Line, "the emergency key leads nowhere; write `go: <node>`, the emergency menu or queue")
	}
}

func (p *parser) notices(m *document.Mapping) {
	n := m.Map("notices", "notices", "invalid", "silent", "human", "recording")
	if n == nil {
		if !m.Has("notices") {
			p.c.Addf(m.Line, "no notices; write `notices: {invalid: …, silent: …, human: …, recording: …}` with prompts")
		}
		return
	}
	take := func(key string) []string {
		texts := n.Strings(key)
		if len(texts) == 0 && !n.Has(key) {
			p.c.Addf(n.Line, "no prompt for the notice %q; write `%s: <prompt>`", key, key)
		}
		for _, t := range texts {
			p.f.refs = append(p.f.refs, ref{kind: refNotice, text: t})
		}
		return values(texts)
	}
	p.f.Notices = Notices{Invalid: take("invalid"), Silent: take("silent"), Human: take("human"), Recording: take("recording")}
}

// refer reads a node's name and remembers to check it.
func (p *parser) refer(m *document.Mapping, key, from string, how goalKind) document.Text {
	t := m.Single(key)
	if t.Value != "" {
		p.goals = append(p.goals, goal{from: from, to: t, how: how})
	}
	return t
}

// digit checks a DTMF key.
func (p *parser) digit(t document.Text) byte {
	if len(t.Value) == 1 {
		switch d := t.Value[0]; {
		case d >= '0' && d <= '9', d == '*', d == '#':
			return d
		}
	}
	if t.Value != "" {
		p.c.Addf(t.Line, "%q is no key of a telephone; write 0 to 9, \"*\" or \"#\" (the last two in quotes)", t.Value)
	}
	return 0
}

func values(texts []document.Text) []string {
	var list []string
	for _, t := range texts {
		list = append(list, t.Value)
	}
	return list
}
