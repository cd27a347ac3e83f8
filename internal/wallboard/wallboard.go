// Package wallboard folds events into the figures on the wall: how many calls stand
// where, how long the longest wait is, what the agents do, what the day has been.
//
// [Figures] is the fold. It takes events as a set: in any order, twice, in pieces or
// late, the same events give the same figures. For every call it keeps what has been
// said of it; where the call stands and what it adds to the day follow from that. So
// every figure can be computed again from the journal. [Board] is a fold that many
// may use at once, and tells them of changes.
//
// # What the figures of a day count
//
// A day is a day in [Config.Zone]. Arrived, served, abandoned and failed count the
// calls that arrived on it, whenever they end. Answered, the waits and the talks
// count the calls that entered the line on it. A call that comes back in line after
// a lost desk has entered it once; one that went through the menus again counts from
// its last entry before the answer.
//
// Answered within 15 s are the calls that reached an agent at most 15 s after they
// entered the line; the percentage is of all that were answered, or given up in line
// after at least 15 s. Who gives up sooner counts neither way.
//
// A queue's figures of the day count each call at the queue that it was in last.
//
// # What the last half hour counts
//
// It is what the need of agents is computed from ([Measure]): a call arrives when it
// enters the line, once. It is answered when it has ended and its wrap-up is over,
// and has then taken the time of all its conversations and of its wrap-up, which the
// agents' moves tell. It is abandoned when it gives up in line and was never
// answered. Waited is the time in line that fell into the half hour, until the first
// answer or the giving up, of those too who are in line now.
package wallboard

import (
	"time"

	"hotline1022/internal/call"
)

// inTime is how soon a call should be answered.
const inTime = 15 * time.Second

// Config is what the figures need besides events. The functions may be nil; they are
// called while figures are read and must not block.
type Config struct {
	Zone   *time.Location // whose days are counted
	Queues []Queue        // in the order in which they are shown
	// Name is an agent's name; the id when nil or when it gives nothing.
	Name func(call.AgentID) string
	// Staff is everybody who could sign in. Who has no desk is offline.
	Staff func() []call.AgentID
	// Shift is the shift that runs now; present says who has a desk.
	Shift func(now time.Time, present func(call.AgentID) bool) Shift
	// Advise is how many agents the lines need, by what was seen of them and by how
	// many take calls, or will again after the call or the wrap-up that they are in;
	// nil when it cannot be told.
	Advise func(now time.Time, seen Measure, have int) *Staffing
}

// Queue is a line that is shown even when it is empty.
type Queue struct {
	Name  string
	Group call.Group
}

// Figures is the fold of events. It is for one goroutine.
type Figures struct {
	cfg      Config
	calls    map[call.ID]*visit
	open     map[call.ID]*visit // those without an end
	agents   map[call.AgentID]desk
	restarts map[string]restart // by node, the last one
	days     map[date]tally
	lines    map[lineDay]lineTally
	oldest   date // days before are forgotten

	first        time.Time // of all events
	lastArrival  time.Time
	minutes      map[minute]passing
	oldestMinute minute                  // minutes before are forgotten
	edges        map[call.AgentID][]edge // in order of time
	wrapUps      map[call.ID][]wrapUp
}

// desk is the last that was heard of an agent.
type desk struct {
	moved  stamp
	since  time.Time
	state  call.AgentState
	reason call.PauseReason
	call   call.ID
}

type restart struct {
	at      stamp
	adopted map[call.ID]bool
}

// New makes figures of no events.
func New(cfg Config) *Figures {
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Name == nil {
		cfg.Name = func(call.AgentID) string { return "" }
	}
	if cfg.Staff == nil {
		cfg.Staff = func() []call.AgentID { return nil }
	}
	if cfg.Shift == nil {
		cfg.Shift = func(time.Time, func(call.AgentID) bool) Shift { return Shift{} }
	}
	if cfg.Advise == nil {
		cfg.Advise = func(time.Time, Measure, int) *Staffing { return nil }
	}
	return &Figures{
		cfg: cfg, calls: map[call.ID]*visit{}, open: map[call.ID]*visit{}, agents: map[call.AgentID]desk{},
		restarts: map[string]restart{}, days: map[date]tally{}, lines: map[lineDay]lineTally{}, minutes: map[minute]passing{},
		edges: map[call.AgentID][]edge{}, wrapUps: map[call.ID][]wrapUp{},
	}
}

// Seed applies the past, from yesterday's midnight on or earlier, at the start of the
// controller. No desk is signed in then, whatever the past says.
func (f *Figures) Seed(events []call.Event) {
	f.Apply(events)
	clear(f.agents)
}

// Apply adds events.
func (f *Figures) Apply(events []call.Event) {
	for _, e := range events {
		f.apply(e)
	}
}

func (f *Figures) apply(e call.Event) {
	earliest(&f.first, e.At)
	switch fact := e.Fact.(type) {
	case nil:
		return
	case call.AgentMoved:
		f.wrapped(e, fact)
		f.moved(e, fact)
		return
	case call.Restarted:
		f.restarted(e, fact)
		return
	case call.Recorded, call.WrappedUp, call.CallbackTried, call.CallbackClosed: // after the call
		return
	case call.Listened, call.ListenEnded, call.RecordingPaused, call.RecordingResumed, call.Steered: // beside it
		return
	}
	if e.Call == "" || f.day(e.At) < f.oldest {
		return
	}
	if _, ok := e.Fact.(call.Arrived); ok {
		latest(&f.lastArrival, e.At)
	}
	v, known := f.calls[e.Call]
	if !known {
		v = &visit{id: e.Call}
		f.calls[e.Call], f.open[e.Call] = v, v
	}
	f.count(v, -1)
	v.learn(stampOf(e), e.Fact)
	f.count(v, +1)
	if v.finished() {
		delete(f.open, v.id)
	}
}

// moved keeps an agent's last move.
func (f *Figures) moved(e call.Event, m call.AgentMoved) {
	at := stampOf(e)
	if known, ok := f.agents[m.Agent]; ok && !known.moved.before(at) {
		return
	}
	f.agents[m.Agent] = desk{moved: at, since: e.At, state: m.To, reason: m.Reason, call: e.Call}
}

// restarted keeps the node's last restart: calls of the node that were not adopted, and
// of which nothing was heard since, are no more, and neither are its desks.
func (f *Figures) restarted(e call.Event, r call.Restarted) {
	at, node := stampOf(e), nodeOf(e.ID)
	if known, ok := f.restarts[node]; ok && !known.at.before(at) {
		return
	}
	adopted := make(map[call.ID]bool, len(r.Adopted))
	for _, id := range r.Adopted {
		adopted[id] = true
	}
	f.restarts[node] = restart{at: at, adopted: adopted}
}
