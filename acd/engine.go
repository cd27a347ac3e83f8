package acd

import (
	"time"

	"github.com/tidwall/btree"

	"hotline1022/internal/call"
)

// Engine holds the line and the agents. Its methods are commands; each takes the
// present time and returns what was decided, nil when nothing was. What names an
// unknown call, agent or offer, comes twice or comes too late changes nothing.
//
// It is for one goroutine. A decision costs O(log n) in the calls and the agents,
// and O(n) in the queues, of which there are few.
type Engine struct {
	cfg     Config
	queues  []*queue // in the order of the configuration
	byName  map[string]*queue
	callers map[call.ID]*caller
	offers  map[call.OfferID]*caller
	agents  map[call.AgentID]*agent // signed in, or talking after they signed out
	alarms  *btree.BTreeG[*agent]
	seq     uint64
	out     []Decision
}

// New makes an engine with an empty line and no agents.
func New(cfg Config) *Engine {
	e := &Engine{
		cfg:     cfg.withDefaults(),
		byName:  make(map[string]*queue, len(cfg.Queues)),
		callers: map[call.ID]*caller{},
		offers:  map[call.OfferID]*caller{},
		agents:  map[call.AgentID]*agent{},
		alarms:  tree(soonerAlarm),
	}
	for _, q := range cfg.Queues {
		made := &queue{Queue: q, line: tree((*caller).before), idle: tree(longerIdle)}
		e.queues = append(e.queues, made)
		e.byName[q.Name] = made
	}
	return e
}

// Next is when Tick has something to do; false when time alone changes nothing.
func (e *Engine) Next() (time.Time, bool) {
	a, ok := e.alarms.Min()
	if !ok {
		return time.Time{}, false
	}
	return a.alarm, true
}

// Tick does what time has brought: offers that nobody answered, wrap-ups at their
// limit, desks that are tried again.
func (e *Engine) Tick(now time.Time) []Decision {
	for {
		a, ok := e.alarms.Min()
		if !ok || a.alarm.After(now) {
			return e.decide(now)
		}
		e.silence(a)
		switch a.state {
		case call.Reserved, call.AgentRinging:
			e.timeOut(now, a)
		case call.WrapUp, call.Paused: // wrap-up's limit; a rest
			e.release(now, a, "")
		case call.Offline, call.Available, call.AgentTalking: // have no alarm
		}
	}
}

// decide makes every offer that is possible and hands out what was decided.
func (e *Engine) decide(now time.Time) []Decision {
	for {
		q := e.nextServable()
		if q == nil {
			break
		}
		c, _ := q.line.Min()
		e.makeOffer(now, c, q.choose(now, c))
	}
	out := e.out
	e.out = nil
	return out
}

// nextServable is the queue of the first call in line that somebody is free for.
func (e *Engine) nextServable() *queue {
	var first *caller
	for _, q := range e.queues {
		if q.idle.Len() == 0 {
			continue
		}
		if c, ok := q.line.Min(); ok && (first == nil || c.before(first)) {
			first = c
		}
	}
	if first == nil {
		return nil
	}
	return first.queue
}

// choose is the agent who has been free longest, but one who has just refused the
// call only when there is no other.
func (q *queue) choose(now time.Time, c *caller) *agent {
	chosen, _ := q.idle.Min()
	if len(c.refused) == 0 {
		return chosen
	}
	q.idle.Scan(func(a *agent) bool {
		if c.held(now, a.ID) {
			return true
		}
		chosen = a
		return false
	})
	return chosen
}

// move changes an agent's state; everything that hangs on the state is done here.
func (e *Engine) move(now time.Time, a *agent, to call.AgentState, reason call.PauseReason, id call.ID) {
	from := a.state
	e.silence(a)
	if from == call.Available {
		for _, q := range a.queues {
			q.idle.Delete(a)
		}
	}
	a.state, a.reason, a.since = to, reason, now
	if to == call.Available {
		for _, q := range a.queues {
			q.idle.Set(a)
		}
	}
	if to == call.Offline {
		delete(e.agents, a.ID)
	}
	e.out = append(e.out, AgentMoved{Agent: a.ID, From: from, To: to, Reason: reason, Call: id})
}

// wake sets the agent's one alarm.
func (e *Engine) wake(a *agent, at time.Time) {
	e.silence(a)
	a.alarm = at
	e.alarms.Set(a)
}

func (e *Engine) silence(a *agent) {
	if !a.alarm.IsZero() {
		e.alarms.Delete(a)
		a.alarm = time.Time{}
	}
}

func (e *Engine) number() uint64 {
	e.seq++
	return e.seq
}
