// Package flow is the plan of what a caller hears and may choose: a checked
// graph of nodes, read from configs/ivr.yaml.
//
// A node is a menu, a queue or a goodbye. Three rules hold for every flow that
// Parse accepts, so that no later code has to remember them:
//
//   - The emergency key is live in every menu, and from the menus behind it any
//     key and any silence lead to a queue of the emergency group.
//   - The recording notice is not named by nodes: it is played on the way into
//     every queue but those of the emergency group.
//   - Whoever presses nothing, or nothing fitting, is handed to a human after at
//     most two tries, and every menu has a way out by keys alone.
package flow

import (
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

type (
	// Problem is one fault of a flow document: file, line, what, what to do.
	Problem = document.Problem
	// Problems is every fault of a document; its Error has one line for each.
	Problems = document.Problems
)

// Again is the word that stands for "say this menu once more" where a key names
// its node.
const Again = "again"

// Flow is a checked flow document. It never changes after Parse, so any number
// of calls may walk it at the same time.
type Flow struct {
	File      string
	Languages []call.Language // the first is the one calls begin in
	Start     string          // node where calls begin
	Human     string          // queue for those who choose nothing, unless a menu names its own
	Emergency Emergency
	Notices   Notices
	Steps     int // keys and silences a caller may spend in the menus before a human is called

	nodes map[string]Node
	order []string // names in the order of the file
	safe  map[string]bool
	refs  []ref
}

// Emergency is the key that is live in every menu, and where it leads.
type Emergency struct {
	Key byte
	Go  string
}

// Notices are the prompts that belong to no node.
type Notices struct {
	Invalid   []string // before a menu is said again: the key means nothing here
	Silent    []string // before a menu is said again: nothing was pressed
	Human     []string // on the way to a human after the last try
	Recording []string // on the way into every queue that is not for emergencies
}

// Node is one place in the flow: a *Menu, a *Queue or a *Goodbye.
type Node interface {
	// Name is the node's key in the document.
	Name() string
	// Label is what people call the node, in Vietnamese; the name if there is none.
	Label() string
	prompts() []document.Text
}

// Menu says its prompts and waits for a key, which may be pressed at any time.
type Menu struct {
	place
	Say       []string
	Again     []string // said instead when the menu is heard once more
	Wait      time.Duration
	Tries     int // attempts that may fail, 1 or 2
	Keys      []Key
	Otherwise string // where any other key and silence lead at once; "" gives Tries attempts
	Human     string // queue after the last attempt
}

// Key is what a digit does in a menu.
type Key struct {
	Digit    byte
	Go       string        // node, or "" to hear the menu again
	Language call.Language // language from here on; "" leaves it as it is
}

// Queue puts the caller in line.
type Queue struct {
	place
	Queue string
	Topic call.Topic
	Say   []string
}

// Goodbye says its prompts and ends the call.
type Goodbye struct {
	place
	Say []string
}

// place is what every kind of node has.
type place struct {
	name, label string
	line        int
	texts       []document.Text
}

func (p place) Name() string { return p.name }

func (p place) Label() string {
	if p.label == "" {
		return p.name
	}
	return p.label
}

func (p place) prompts() []document.Text { return p.texts }

// ref is a word of the document that something outside it must know.
type ref struct {
	kind  refKind
	group call.Group
	text  document.Text
}

type refKind int

const (
	refQueue refKind = iota + 1
	refField
	refNotice
	refService
)

// Node finds a node by its name.
func (f *Flow) Node(name string) (Node, bool) {
	n, ok := f.nodes[name]
	return n, ok
}

// Names lists the nodes in the order of the file.
func (f *Flow) Names() []string { return slices.Clone(f.order) }

// Key finds what the digit does in the menu.
func (m *Menu) Key(digit byte) (Key, bool) {
	for _, k := range m.Keys {
		if k.Digit == digit {
			return k, true
		}
	}
	return Key{}, false
}

// BehindEmergency says whether the node is reached by the emergency key, so that
// the key has its own meaning there.
func (f *Flow) BehindEmergency(name string) bool { return f.safe[name] }
