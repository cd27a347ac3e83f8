package acd_test

import (
	"fmt"
	"slices"
	"sort"
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

	calls  map[call.ID]*modelCall
	agents map[call.AgentID]*modelAgent
	offers map[call.OfferID]call.OfferEnd // "" while open
	log    []acd.Decision

	commands []func(*acd.Engine) []acd.Decision
	seq      int

	leaving  call.ID // the call that the running command takes away
	keepIdle bool    // the running command gives agents their idle place back
}

type modelCall struct {
	id        call.ID
	queue     acd.Queue
	emergency bool
	place     time.Time
	seq       int
	offer     call.OfferID
	agent     call.AgentID
	talking   bool
	refused   map[call.AgentID]time.Time
}

type modelAgent struct {
	acd.Agent
	state  call.AgentState
	reason call.PauseReason
	idle   int // the smaller, the longer available
	call   call.ID
}

func newWorld(t require.TestingT, cfg acd.Config) *world {
	return &world{
		t: t, cfg: cfg, engine: acd.New(cfg), now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC),
		calls: map[call.ID]*modelCall{}, agents: map[call.AgentID]*modelAgent{}, offers: map[call.OfferID]call.OfferEnd{},
	}
}

type command func(e *acd.Engine, now time.Time) []acd.Decision

func (w *world) queue(name string, emergency bool) acd.Queue {
	i := slices.IndexFunc(w.cfg.Queues, func(q acd.Queue) bool { return q.Name == name })
	if i < 0 && emergency {
		i = slices.IndexFunc(w.cfg.Queues, func(q acd.Queue) bool { return q.Emergency })
	}
	return w.cfg.Queues[max(i, 0)]
}

// do gives a command and keeps it, to be given to another engine later.
func (w *world) do(c command) []acd.Decision {
	now := w.now
	w.commands = append(w.commands, func(e *acd.Engine) []acd.Decision { return c(e, now) })
	return c(w.engine, now)
}

func (w *world) newAgent(who acd.Agent) *modelAgent {
	w.seq++
	return &modelAgent{Agent: who, state: call.Offline, idle: w.seq}
}

// The commands.

func (w *world) signIn(id call.AgentID, queues ...string) []acd.Decision {
	who := acd.Agent{ID: id, Skills: queues}
	if a, ok := w.agents[id]; ok {
		a.Agent = who
	} else {
		w.agents[id] = w.newAgent(who)
	}
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.SignIn(now, who) }))
}

func (w *world) ready(id call.AgentID) []acd.Decision {
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Ready(now, id) }))
}

// desk signs an agent in who takes calls.
func (w *world) desk(id call.AgentID, queues ...string) []acd.Decision {
	w.signIn(id, queues...)
	return w.ready(id)
}

func (w *world) signOut(id call.AgentID) []acd.Decision {
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.SignOut(now, id) }))
}

func (w *world) pause(id call.AgentID, reason call.PauseReason) []acd.Decision {
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Pause(now, id, reason) }))
}

func (w *world) wrappedUp(id call.AgentID, ready bool) []acd.Decision {
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.WrappedUp(now, id, ready) }))
}

func (w *world) deskLost(id call.AgentID) []acd.Decision {
	if a, ok := w.agents[id]; ok && a.state == call.AgentTalking {
		w.leaving = a.call
	}
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.DeskLost(now, id) }))
}

func (w *world) enqueue(waiting acd.Waiting) []acd.Decision {
	if _, known := w.calls[waiting.Call]; !known {
		q := w.queue(waiting.Queue, waiting.Emergency)
		w.seq++
		w.calls[waiting.Call] = &modelCall{
			id: waiting.Call, queue: q, emergency: waiting.Emergency || q.Emergency, seq: w.seq,
			place:   waiting.Arrived.Add(-time.Duration(q.PriorityMinutes) * time.Minute),
			refused: map[call.AgentID]time.Time{},
		}
	}
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Enqueue(now, waiting) }))
}

// arrive puts a call in line that arrives now.
func (w *world) arrive(id call.ID, queue string) []acd.Decision {
	return w.enqueue(acd.Waiting{Call: id, Queue: queue, Arrived: w.now})
}

func (w *world) leave(id call.ID) []acd.Decision {
	w.leaving, w.keepIdle = id, true
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Leave(now, id) }))
}

func (w *world) ended(id call.ID) []acd.Decision {
	w.leaving, w.keepIdle = id, true
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Ended(now, id) }))
}

func (w *world) adopt(id call.ID, agent call.AgentID) []acd.Decision {
	c, known := w.calls[id]
	a, here := w.agents[agent]
	w.keepIdle = true
	if (!known || !c.talking) && (!here || a.state != call.AgentTalking) {
		if !known {
			w.calls[id] = &modelCall{id: id, refused: map[call.AgentID]time.Time{}}
		}
		if !here {
			w.agents[agent] = w.newAgent(acd.Agent{ID: agent})
		}
		w.calls[id].talking = true // so that a rescinded offer does not put it in line
	}
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Adopt(now, id, agent) }))
}

func (w *world) ringing(o call.OfferID) []acd.Decision {
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Ringing(now, o) }))
}
func (w *world) accept(o call.OfferID) []acd.Decision {
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Accept(now, o) }))
}
func (w *world) refuse(o call.OfferID) []acd.Decision {
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Refuse(now, o) }))
}
func (w *world) fail(o call.OfferID) []acd.Decision {
	return w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Fail(now, o) }))
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
		w.now = at
		all = append(all, w.check(w.do(func(e *acd.Engine, now time.Time) []acd.Decision { return e.Tick(now) }))...)
		next, ok := w.engine.Next()
		require.True(w.t, !ok || next.After(w.now), "Tick leaves work behind")
	}
	w.now = until
	return all
}

// Looking.

// openOffer is the offer that rings the agent.
func (w *world) openOffer(id call.AgentID) call.OfferID {
	for _, v := range w.engine.Snapshot().Calls {
		if v.Agent == id && v.Offer != "" {
			return v.Offer
		}
	}
	require.FailNow(w.t, "no offer", "agent %s is offered nothing", id)
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

// waiting is the line in the model's order.
func (w *world) waiting() []*modelCall {
	var line []*modelCall
	for _, c := range w.calls {
		if c.agent == "" && !c.talking {
			line = append(line, c)
		}
	}
	sort.Slice(line, func(i, j int) bool {
		a, b := line[i], line[j]
		switch {
		case a.emergency != b.emergency:
			return a.emergency
		case !a.place.Equal(b.place):
			return a.place.Before(b.place)
		default:
			return a.seq < b.seq
		}
	})
	return line
}

// free is who is available for the queue, longest first.
func (w *world) free(q acd.Queue) []*modelAgent {
	var free []*modelAgent
	for _, a := range w.agents {
		if a.state == call.Available && slices.Contains(a.Skills, q.Name) {
			free = append(free, a)
		}
	}
	sort.Slice(free, func(i, j int) bool { return free[i].idle < free[j].idle })
	return free
}
