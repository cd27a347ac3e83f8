package document

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Mapping is a YAML mapping whose keys have been checked for repeats and, where
// the set of keys is closed, for unknown ones.
type Mapping struct {
	Line    int
	what    string // how complaints call it
	c       *Checker
	entries []Entry
}

// Entry is one key of a mapping with its value.
type Entry struct {
	Key  string
	Line int
	node *yaml.Node
}

// Text is a string of the file with its line.
type Text struct {
	Value string
	Line  int
}

// mapping reads n; with known set, other keys are problems.
func (c *Checker) mapping(n *yaml.Node, what string, known []string) *Mapping {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		c.Addf(n.Line, "%s is %s but must be a list of `key: value` lines; indent them below their title", what, kindName(n))
		return nil
	}
	m := &Mapping{Line: n.Line, what: what, c: c}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			c.Addf(k.Line, "a key of %s is %s; a key must be a single word", what, kindName(k))
			continue
		}
		e := Entry{Key: k.Value, Line: k.Line, node: v}
		if j := slices.IndexFunc(m.entries, func(o Entry) bool { return o.Key == e.Key }); j >= 0 {
			c.Addf(k.Line, "%q stands twice in %s, first in line %d; remove one of them", e.Key, what, m.entries[j].Line)
			continue
		}
		if known != nil && !slices.Contains(known, e.Key) {
			c.Addf(k.Line, "unknown key %q in %s; %s", e.Key, what, Suggest(e.Key, known))
			continue
		}
		m.entries = append(m.entries, e)
	}
	return m
}

// Entries is every key with its value, in the order of the file. It is empty for
// a nil mapping.
func (m *Mapping) Entries() []Entry {
	if m == nil {
		return nil
	}
	return m.entries
}

func (m *Mapping) find(key string) (Entry, bool) {
	for _, e := range m.Entries() {
		if e.Key == key {
			return e, true
		}
	}
	return Entry{}, false
}

// Has says whether the key is there.
func (m *Mapping) Has(key string) bool {
	_, ok := m.find(key)
	return ok
}

// LineOf is the line of the key, or that of the mapping when the key is missing.
func (m *Mapping) LineOf(key string) int {
	if e, ok := m.find(key); ok {
		return e.Line
	}
	if m == nil {
		return 0
	}
	return m.Line
}

// Map is the mapping below the key, nil when the key is missing. With known
// keys given, others are problems.
func (m *Mapping) Map(key, what string, known ...string) *Mapping {
	e, ok := m.find(key)
	if !ok {
		return nil
	}
	return m.Sub(e, what, known...)
}

// Sub reads the entry's value as a mapping; nil, with a problem noted, when it
// is none.
func (m *Mapping) Sub(e Entry, what string, known ...string) *Mapping {
	return m.c.mapping(e.node, what, known)
}

// IsMap says whether the entry's value is a mapping.
func (e Entry) IsMap() bool { return resolve(e.node).Kind == yaml.MappingNode }

// Text is the single value of the entry.
func (m *Mapping) Text(e Entry) (Text, bool) {
	n := resolve(e.node)
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || strings.TrimSpace(n.Value) == "" {
		m.c.Addf(e.Line, "%q in %s is %s; write a word or a text after the colon", e.Key, m.what, kindName(n))
		return Text{Line: e.Line}, false
	}
	return Text{Value: n.Value, Line: n.Line}, true
}

// Single is the value of the key; its Value is "" when the key is missing or,
// with a problem noted, no text.
func (m *Mapping) Single(key string) Text {
	e, ok := m.find(key)
	if !ok {
		return Text{Line: m.LineOf(key)}
	}
	t, _ := m.Text(e)
	return t
}

// Strings is the list below the key; a single value is a list of one.
func (m *Mapping) Strings(key string) []Text {
	e, ok := m.find(key)
	if !ok {
		return nil
	}
	n := resolve(e.node)
	if n.Kind != yaml.SequenceNode {
		if t, ok := m.Text(e); ok {
			return []Text{t}
		}
		return nil
	}
	var list []Text
	for _, item := range n.Content {
		item = resolve(item)
		if item.Kind != yaml.ScalarNode || item.Tag == "!!null" || item.Value == "" {
			m.c.Addf(item.Line, "an item of %q in %s is %s; write one word for each item", key, m.what, kindName(item))
			continue
		}
		list = append(list, Text{Value: item.Value, Line: item.Line})
	}
	return list
}

// Int is the whole number at the key between low and high, or otherwise when the
// key is missing.
func (m *Mapping) Int(key string, otherwise, low, high int) int {
	if !m.Has(key) {
		return otherwise
	}
	t := m.Single(key)
	n, err := strconv.Atoi(t.Value)
	if t.Value != "" && (err != nil || n < low || n > high) {
		m.c.Addf(t.Line, "%q in %s is %q; write a whole number from %d to %d", key, m.what, t.Value, low, high)
		return otherwise
	}
	return n
}

// Duration is the time at the key ("4s", "1500ms") between low and high, or
// otherwise when the key is missing.
func (m *Mapping) Duration(key string, otherwise, low, high time.Duration) time.Duration {
	if !m.Has(key) {
		return otherwise
	}
	t := m.Single(key)
	d, err := time.ParseDuration(t.Value)
	if t.Value != "" && (err != nil || d < low || d > high) {
		m.c.Addf(t.Line, "%q in %s is %q; write a time from %s to %s, such as 4s", key, m.what, t.Value, low, high)
		return otherwise
	}
	return d
}

// resolve follows an alias (*name) to what it names; an alias to an alias does
// not exist in YAML.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		if n.Tag == "!!null" || n.Value == "" {
			return "empty"
		}
		return "a single value"
	default:
		return "something else"
	}
}
