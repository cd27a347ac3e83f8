package acd_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// world gives commands to an engine and keeps its own simple account of what was
// decided, against which every single decision is checked.
type world struct {
	t      require.TestingT
	cfg    acd.Config
	engine *acd.Engine
	now    time.Time

	calls   map[call.ID]*modelCall
	agents  map[call.AgentID]*modelAgent
	offers  map[call.OfferID]*modelOffer
	tallies map[call.AgentID]modelTally // of those who signed out
	turns   map[string]place            // where a queue's round robin stands
	leavers map[string]modelLeaver      // who left the line, by number
	log     []acd.Decision

	commands []func(*acd.Engine) []acd.Decision
	seq      int

	// What the running command does to the model: at its end, but before the engine
	// makes offers for what has come about.
	pending func()
	joins   call.ID      // the call that the running command puts an agent into
	forced  call.AgentID // whom it forces
}

type modelCall struct {
	acd.Waiting
	queue     string // "" for a conversation from outside the line
	emergency bool
	place     time.Time
	since     time.Time // in the queue
	seq       int

	rings   []call.AgentID
	talkers []call.AgentID
	refused map[call.AgentID]time.Time
	tried   map[call.AgentID]bool

	asks        []acd.Skill
	relaxAt     time.Time
	preferUntil time.Time
	personal    bool // waits for Prefer only
	rest        time.Time
	overflowed  bool
	been        []string
	told        bool
	number      string // of a callback
	tries       int
	named       bool // rings at somebody who was asked for
	gone        bool // the running command takes it away
}

type modelAgent struct {
	id     call.AgentID
	given  []acd.Skill
	state  call.AgentState
	reason call.PauseReason
	since  time.Time
	until  time.Time
	seq    int
	idle   int // the smaller, the longer available
	modelTally
	talkSince time.Time
	leaving   bool
	call      call.ID
}

type modelTally struct {
	calls  int
	talked time.Duration
	left   time.Time
}

type modelOffer struct {
	call    call.ID
	agent   call.AgentID
	seq     int
	consult bool
	how     call.OfferEnd // "" while open
}

type modelLeaver struct {
	queue       string
	arrived, at time.Time
}

type place struct {
	order int
	id    call.AgentID
}

func newWorld(t require.TestingT, cfg acd.Config) *world {
	return &world{
		t: t, cfg: cfg, engine: acd.New(cfg), now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC),
		calls: map[call.ID]*modelCall{}, agents: map[call.AgentID]*modelAgent{}, offers: map[call.OfferID]*modelOffer{},
		tallies: map[call.AgentID]modelTally{}, turns: map[string]place{}, leavers: map[string]modelLeaver{},
	}
}

// do gives a command, keeps it, to be given to another engine later, and checks the
// answer. then is what it does to the model.
func (w *world) do(then func(), c func(e *acd.Engine, now time.Time) []acd.Decision) []acd.Decision {
	now := w.now
	w.commands = append(w.commands, func(e *acd.Engine) []acd.Decision { return c(e, now) })
	w.pending = then
	return w.check(slices.Clone(c(w.engine, now)))
}

// number orders what happens.
func (w *world) number() int {
	w.seq++
	return w.seq
}

// pass lets time go by, with every Tick that falls due.
func (w *world) pass(d time.Duration) []acd.Decision {
	var all []acd.Decision
	until := w.now.Add(d)
	for {
		at, ok := w.engine.Next()
		if !ok || at.After(until) {
			break
		}
		if at.After(w.now) {
			w.now = at
		}
		all = append(all, w.do(w.dues, (*acd.Engine).Tick)...)
		w.nothingOverdue()
	}
	w.now = until
	return all
}

// nothingOverdue: what time had to bring has come.
func (w *world) nothingOverdue() {
	next, ok := w.engine.Next()
	require.True(w.t, !ok || next.After(w.now), "Tick leaves work behind")
	for _, a := range w.agents {
		require.True(w.t, a.until.IsZero() || a.until.After(w.now), "%s is still %s", a.id, a.state)
	}
	for _, c := range w.calls {
		require.True(w.t, c.rest.IsZero() || c.rest.After(w.now), "%s rests on", c.Call)
	}
	for _, c := range w.waiting() {
		require.False(w.t, w.overdue(c), "%s has not overflowed", c.Call)
	}
}

// Looking.

// openOffer is the offer that rings the agent.
func (w *world) openOffer(id call.AgentID) call.OfferID {
	for o, offer := range w.offers {
		if offer.agent == id && offer.how == "" {
			return o
		}
	}
	require.FailNow(w.t, "no offer", "agent %s is offered nothing", id)
	return ""
}

// offered is the call that the agent is offered, "" if none.
func (w *world) offered(id call.AgentID) call.ID {
	for _, offer := range w.offers {
		if offer.agent == id && offer.how == "" {
			return offer.call
		}
	}
	return ""
}

func (w *world) state(id call.AgentID) string {
	for _, v := range w.engine.Snapshot().Agents {
		if v.Agent == id {
			if v.Reason != "" {
				return fmt.Sprintf("%s(%s)", v.State, v.Reason)
			}
			return string(v.State)
		}
	}
	return string(call.Offline)
}

func (w *world) view(id call.ID) acd.CallView {
	for _, v := range w.engine.Snapshot().Calls {
		if v.Call == id {
			return v
		}
	}
	return acd.CallView{}
}

func (w *world) position(id call.ID) int {
	n, ok := w.engine.Position(id)
	require.True(w.t, ok, "%s has no position", id)
	return n
}

// only gives the decisions of one kind.
func only[D acd.Decision](decisions []acd.Decision) []D {
	var list []D
	for _, d := range decisions {
		if d, ok := d.(D); ok {
			list = append(list, d)
		}
	}
	return list
}
