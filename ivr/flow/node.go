package flow

import (
	"slices"

	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

// kind is how a document calls the kinds of nodes.
type kind string

const (
	kindMenu    kind = "menu"
	kindQueue   kind = "queue"
	kindGoodbye kind = "goodbye"
)

func (p *parser) node(nodes *document.Mapping, e document.Entry) {
	what := "node " + e.Key
	if !nodeName.MatchString(e.Key) || e.Key == Again {
		p.c.Addf(e.Line, "%q cannot name a node; use lower-case letters, digits and _, and not the word %q", e.Key, Again)
		return
	}
	loose := nodes.Sub(e, what)
	if loose == nil {
		return
	}
	at := place{name: e.Key, line: e.Line}
	k := loose.Single("kind")
	var n Node
	switch kind(k.Value) {
	case kindMenu:
		n = p.menu(nodes.Sub(e, what, "kind", "label", "say", "again", "wait", "tries", "keys", "otherwise", "human"), at)
	case kindQueue:
		n = p.queue(nodes.Sub(e, what, "kind", "label", "say", "queue", "group", "field", "service"), at)
	case kindGoodbye:
		m := nodes.Sub(e, what, "kind", "label", "say")
		at.label, at.texts = m.Single("label").Value, p.say(m)
		n = &Goodbye{place: at, Say: values(at.texts)}
	default:
		if k.Value == "" && !loose.Has("kind") {
			p.c.Addf(e.Line, "%s has no kind; write `kind: menu`, `kind: queue` or `kind: goodbye`", what)
		} else if k.Value != "" {
			p.c.Addf(k.Line, "unknown kind %q of %s; %s", k.Value, what,
				document.Suggest(k.Value, []string{string(kindMenu), string(kindQueue), string(kindGoodbye)}))
		}
		// The name exists all the same: references to it are no further problem.
		n = &Goodbye{place: at}
	}
	p.f.nodes[e.Key] = n
	p.f.order = append(p.f.order, e.Key)
}

// say reads the prompts that every node must have: silence is never an answer.
func (p *parser) say(m *document.Mapping) []document.Text {
	texts := m.Strings("say")
	if !m.Has("say") {
		p.c.Addf(m.Line, "a node that says nothing leaves the caller in silence; write `say: [<prompt>, …]`")
	}
	return texts
}

func (p *parser) menu(m *document.Mapping, at place) *Menu {
	say, again := p.say(m), m.Strings("again")
	at.label, at.texts = m.Single("label").Value, slices.Concat(say, again)
	n := &Menu{
		place: at,
		Say:   values(say),
		Again: values(again),
		Wait:  m.Duration("wait", p.wait, shortestWait, longestWait),
		Tries: m.Int("tries", p.tries, 1, mostTries),
		Human: p.f.Human,
	}
	if len(again) == 0 {
		n.Again = n.Say
	}
	if m.Has("human") {
		n.Human = p.refer(m, "human", at.name, byHuman).Value
	}
	n.Otherwise = p.refer(m, "otherwise", at.name, byOtherwise).Value
	keys := m.Map("keys", "the keys of "+at.name)
	if len(keys.Entries()) == 0 && !m.Has("keys") {
		p.c.Addf(at.line, "menu %s has no keys; write `keys:` and below it lines such as `1: <node>`", at.name)
	}
	for _, e := range keys.Entries() {
		if k, ok := p.key(keys, e, at.name); ok {
			n.Keys = append(n.Keys, k)
		}
	}
	return n
}

// key reads `1: node`, `"*": again` or `9: {go: node, language: en}`.
func (p *parser) key(keys *document.Mapping, e document.Entry, node string) (Key, bool) {
	k := Key{Digit: p.digit(document.Text{Value: e.Key, Line: e.Line})}
	if k.Digit == 0 {
		return k, false
	}
	if !e.IsMap() {
		to, ok := keys.Text(e)
		if !ok {
			return k, false
		}
		k.Go = p.target(to, node)
		return k, true
	}
	m := keys.Sub(e, "key "+e.Key, "go", "language")
	if !m.Has("go") {
		p.c.Addf(e.Line, "key %s leads nowhere; write `go: <node>` or `go: %s`", e.Key, Again)
	} else {
		k.Go = p.target(m.Single("go"), node)
	}
	if t := m.Single("language"); t.Value != "" {
		k.Language = call.Language(t.Value)
		p.checkLanguage(k, t)
	}
	return k, true
}

func (p *parser) target(to document.Text, from string) string {
	if to.Value == Again || to.Value == "" {
		return ""
	}
	p.goals = append(p.goals, goal{from: from, to: to, how: byKey})
	return to.Value
}

func (p *parser) checkLanguage(k Key, t document.Text) {
	for _, l := range p.f.Languages {
		if l == k.Language {
			if k.Digit == p.f.Emergency.Key {
				p.c.Addf(t.Line, "the language is chosen by the emergency key %c; give it another key", k.Digit)
			}
			return
		}
	}
	known := make([]string, len(p.f.Languages))
	for i, l := range p.f.Languages {
		known[i] = string(l)
	}
	p.c.Addf(t.Line, "language %q is not in `languages`; %s", t.Value, document.Suggest(t.Value, known))
}

func (p *parser) queue(m *document.Mapping, at place) *Queue {
	at.label, at.texts = m.Single("label").Value, p.say(m)
	name, group, field, service := m.Single("queue"), m.Single("group"), m.Single("field"), m.Single("service")
	n := &Queue{
		place: at,
		Queue: name.Value,
		Topic: call.Topic{Group: call.Group(group.Value), Field: field.Value, Service: call.Service(service.Value)},
		Say:   values(at.texts),
	}
	if name.Value == "" && !m.Has("queue") {
		p.c.Addf(at.line, "node %s names no queue; write `queue: <name>` as in the file of queues", at.name)
	}
	if !n.Topic.Group.Valid() {
		p.c.Addf(group.Line, "node %s has the group %q; %s", at.name, group.Value, document.Suggest(group.Value, groups()))
	}
	if service.Value != "" {
		if n.Topic.Group != call.Emergency {
			p.c.Addf(service.Line, "node %s has a service but is not of the emergency group; remove `service` or write `group: emergency`", at.name)
		}
		p.f.refs = append(p.f.refs, ref{kind: refService, text: service})
	}
	if name.Value != "" {
		p.f.refs = append(p.f.refs, ref{kind: refQueue, text: name, group: n.Topic.Group})
	}
	if field.Value != "" {
		p.f.refs = append(p.f.refs, ref{kind: refField, text: field, group: n.Topic.Group})
	}
	return n
}

func groups() []string {
	var list []string
	for _, g := range call.Groups() {
		list = append(list, string(g))
	}
	return list
}
