// Package ivr walks a caller through a flow and says what should happen next.
//
// A Walk is a plain state machine without clocks, goroutines or telephones. The
// owner of the call plays what a Step says, waits, and reports a key or silence:
//
//	Start ─▶ Step ──(key, silence)──▶ Step … ──▶ Step with an Outcome
//
// A key may be reported at any time, also while prompts are still being played
// (barge-in). The number of steps is bounded by the flow: whatever a caller
// presses, a walk ends at a queue or a goodbye.
package ivr

import (
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/flow"
)

// Step is what to do now: play Say, and then, while Done is nil, wait for a key
// for as long as Wait; once Done is set, carry it out after Say has been played.
type Step struct {
	Node     string        // where the caller is now
	Say      []string      // prompts, to be played in this order; may be empty
	Wait     time.Duration // time for a key, counted from the end of the prompts
	Language call.Language // of the prompts of this step and later ones
	Accepted bool          // the key that led here meant something
	Done     Outcome       // nil while in the menus
}

// Outcome is how the menus ended: an Enqueue or a Goodbye.
type Outcome interface{ outcome() }

// Enqueue puts the caller in line.
type Enqueue struct {
	Queue string
	Topic call.Topic
}

// Goodbye ends the call: the menus have answered.
type Goodbye struct{}

func (Enqueue) outcome() {}
func (Goodbye) outcome() {}

// Walk is one caller's way through a flow. It is not safe for use by several
// goroutines: the call's owner is the only one to use it.
type Walk struct {
	flow     *flow.Flow
	node     string
	language call.Language
	misses   int // attempts in this menu that led nowhere
	steps    int // keys and silences of the whole walk
	done     Outcome
}

// Start begins a walk at the flow's start, in its first language.
func Start(f *flow.Flow) (*Walk, Step) {
	w := &Walk{flow: f, language: f.Languages[0]}
	return w, w.enter(f.Start, false)
}

// Resume takes a walk up again where an earlier controller left it. The menu is
// said as when it is heard again, without a second greeting. A node that the flow
// no longer has, or a language, leads to the flow's start or first language.
func Resume(f *flow.Flow, node string, language call.Language) (*Walk, Step) {
	w := &Walk{flow: f, language: f.Languages[0]}
	for _, l := range f.Languages {
		if l == language {
			w.language = l
		}
	}
	n, ok := f.Node(node)
	if !ok {
		return w, w.enter(f.Start, false)
	}
	step := w.enter(node, false)
	if m, isMenu := n.(*flow.Menu); isMenu {
		step.Say = m.Again
	}
	return w, step
}

// Node is where the caller is.
func (w *Walk) Node() string { return w.node }

// Key reports a key. After the walk has ended keys mean nothing and the step
// only repeats the outcome, with nothing to say, but for the emergency key: a
// caller on the way into a line, or waiting in it, is taken to the emergency by
// a step whose node is new.
func (w *Walk) Key(digit byte) Step {
	if digit == w.flow.Emergency.Key && !w.flow.BehindEmergency(w.node) && !w.inEmergencyQueue() {
		w.done = nil
		return w.enter(w.flow.Emergency.Go, true)
	}
	m := w.menu()
	if m == nil {
		return w.still()
	}
	w.steps++
	k, ok := m.Key(digit)
	switch {
	case ok && w.steps >= w.flow.Steps && !w.ends(k.Go):
		return w.toHuman(m, true)
	case !ok:
		return w.missed(m, w.flow.Notices.Invalid)
	}
	w.choose(k.Language)
	if k.Go == "" {
		return w.ask(m.Again, m, true)
	}
	return w.enter(k.Go, true)
}

// Silence reports that the prompts are over and Wait has passed without a key.
func (w *Walk) Silence() Step {
	m := w.menu()
	if m == nil {
		return w.still()
	}
	w.steps++
	return w.missed(m, w.flow.Notices.Silent)
}

// menu is the menu that the caller is in, nil when the walk has ended.
func (w *Walk) menu() *flow.Menu {
	if w.done != nil {
		return nil
	}
	n, _ := w.flow.Node(w.node)
	m, _ := n.(*flow.Menu)
	return m
}

// enter moves to the node.
func (w *Walk) enter(node string, accepted bool) Step {
	w.node, w.misses = node, 0
	n, _ := w.flow.Node(node)
	switch n := n.(type) {
	case *flow.Menu:
		return w.ask(n.Say, n, accepted)
	case *flow.Queue:
		w.done = Enqueue{Queue: n.Queue, Topic: n.Topic}
		return Step{Node: node, Say: w.flow.Before(n), Language: w.language, Accepted: accepted, Done: w.done}
	case *flow.Goodbye:
		w.done = Goodbye{}
		return Step{Node: node, Say: n.Say, Language: w.language, Accepted: accepted, Done: w.done}
	}
	return w.still()
}

func (w *Walk) ask(say []string, m *flow.Menu, accepted bool) Step {
	return Step{Node: m.Name(), Say: say, Wait: m.Wait, Language: w.language, Accepted: accepted}
}

// still is the step of somebody for whom nothing changes.
func (w *Walk) still() Step {
	return Step{Node: w.node, Language: w.language, Done: w.done}
}

// missed counts an attempt that led nowhere.
func (w *Walk) missed(m *flow.Menu, notice []string) Step {
	if m.Otherwise != "" {
		if w.steps >= w.flow.Steps && !w.ends(m.Otherwise) {
			return w.toHuman(m, false)
		}
		return w.enter(m.Otherwise, false)
	}
	w.misses++
	if w.misses >= m.Tries || w.steps >= w.flow.Steps {
		return w.toHuman(m, false)
	}
	return w.ask(slices.Concat(notice, m.Again), m, false)
}

// toHuman ends a walk that has taken too long. Behind the emergency key the
// human is the one whom silence leads to as well.
func (w *Walk) toHuman(m *flow.Menu, accepted bool) Step {
	if w.flow.BehindEmergency(m.Name()) {
		return w.enter(m.Otherwise, accepted)
	}
	step := w.enter(m.Human, accepted)
	step.Say = slices.Concat(w.flow.Notices.Human, step.Say)
	return step
}

// choose changes the language. The key of a language that is already spoken
// leads back to the flow's first one, so that nobody is stuck in the other.
func (w *Walk) choose(l call.Language) {
	switch l {
	case "":
	case w.language:
		w.language = w.flow.Languages[0]
	default:
		w.language = l
	}
}

// ends says whether the node is no menu.
func (w *Walk) ends(node string) bool {
	n, ok := w.flow.Node(node)
	_, isMenu := n.(*flow.Menu)
	return ok && !isMenu
}

func (w *Walk) inEmergencyQueue() bool {
	in, ok := w.done.(Enqueue)
	return ok && in.Topic.Group == call.Emergency
}
