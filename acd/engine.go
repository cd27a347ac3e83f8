package acd

import (
	"time"

	"hotline1022/internal/call"
)

// Engine is the line and the agents. It is not safe for several goroutines.
type Engine struct {
	cfg    Config
	lines  map[string]*line
	order  []*line // in the order of the configuration
	calls  map[call.ID]*caller
	agents map[call.AgentID]*agent
	alarms *ranked[*agent] // agents with a deadline, soonest first
	seq    int             // breaks ties in the order of arrival

	out []Decision // of the command that is being carried out
}

// line is one queue: who waits, and who is idle and serves it.
type line struct {
	queue   Queue
	waiting *ranked[*caller]
	idle    *ranked[*agent]
}

// caller is a call in line, or taken out of it by an agent.
type caller struct {
	Waiting
	line  *line
	score time.Time // arrival, earlier by the queue's priority
	seq   int
	place *entry[*caller] // while nobody is reserved for it
	agent *agent          // reserved, ringing or talking
}

// New builds an engine without agents and callers.
func New(cfg Config) *Engine {
	e := &Engine{
		cfg: cfg, lines: map[string]*line{}, calls: map[call.ID]*caller{}, agents: map[call.AgentID]*agent{},
		alarms: newRanked(func(a, b *agent) bool { return a.deadline.Before(b.deadline) }),
	}
	for _, q := range cfg.Queues {
		l := &line{queue: q, waiting: newRanked(earlier), idle: newRanked(longerIdle)}
		e.lines[q.Name] = l
		e.order = append(e.order, l)
	}
	return e
}

// earlier is the order of the line.
func earlier(a, b *caller) bool {
	if a.Emergency != b.Emergency {
		return a.Emergency
	}
	if !a.score.Equal(b.score) {
		return a.score.Before(b.score)
	}
	return a.seq < b.seq
}

// Enqueue puts a call in line. A call that is there already stays as it is.
func (e *Engine) Enqueue(now time.Time, w Waiting) []Decision {
	l, ok := e.lines[w.Queue]
	if _, known := e.calls[w.Call]; known || !ok {
		return nil
	}
	e.seq++
	c := &caller{
		Waiting: w, line: l, seq: e.seq,
		score: w.Arrived.Add(-time.Duration(l.queue.PriorityMinutes) * time.Minute),
	}
	c.place = l.waiting.push(c)
	e.calls[w.Call] = c
	return e.decide(now)
}

// Leave takes a call out of the line: the citizen hung up. An open offer is
// rescinded.
func (e *Engine) Leave(now time.Time, id call.ID) []Decision {
	c, ok := e.calls[id]
	if !ok || (c.agent != nil && c.agent.state == call.AgentTalking) {
		return nil
	}
	e.drop(c)
	if a := c.agent; a != nil {
		e.close(a, call.OfferRescinded)
		e.settle(now, a, call.Available, "")
	}
	return e.decide(now)
}

// Ended says that the conversation is over: the agent goes to wrap-up. For a call
// that only waits it is Leave.
func (e *Engine) Ended(now time.Time, id call.ID) []Decision {
	c, ok := e.calls[id]
	if !ok {
		return nil
	}
	if c.agent == nil || c.agent.state != call.AgentTalking {
		return e.Leave(now, id)
	}
	e.drop(c)
	a := c.agent
	a.caller = nil
	if a.leaving {
		e.leave(now, a)
		return e.decide(now)
	}
	e.move(now, a, call.WrapUp, "", id)
	e.alarm(a, now.Add(e.cfg.WrapUpLimit))
	return e.decide(now)
}

// Position is the call's place in its queue, from 1; false when it does not wait.
// A call that is being offered counts as the first.
func (e *Engine) Position(id call.ID) (int, bool) {
	c, ok := e.calls[id]
	if !ok {
		return 0, false
	}
	if c.place == nil {
		return 1, c.agent != nil && c.agent.state != call.AgentTalking
	}
	return c.line.waiting.before(c) + 1, true
}

// drop forgets a call.
func (e *Engine) drop(c *caller) {
	c.line.waiting.remove(c.place)
	c.place = nil
	delete(e.calls, c.Call)
}

// putBack gives a call its place again after an offer came to nothing.
func (e *Engine) putBack(c *caller) {
	c.agent = nil
	if _, here := e.calls[c.Call]; here && c.place == nil {
		c.place = c.line.waiting.push(c)
	}
}

// decide offers calls until no pair is left, and hands out the decisions.
func (e *Engine) decide(now time.Time) []Decision {
	for e.offerNext(now) {
	}
	out := e.out
	e.out = nil
	return out
}

// offerNext makes the best offer that is possible.
func (e *Engine) offerNext(now time.Time) bool {
	var best *line
	for _, l := range e.order {
		if l.waiting.len() == 0 || l.idle.len() == 0 {
			continue
		}
		if best == nil || earlier(l.waiting.first().value, best.waiting.first().value) {
			best = l
		}
	}
	if best == nil {
		return false
	}
	c, a := best.waiting.first().value, best.idle.first().value
	best.waiting.remove(c.place)
	c.place, c.agent = nil, a
	c.Offers++
	a.caller, a.offer = c, c.Call.Offer(c.Offers)
	e.move(now, a, call.Reserved, "", c.Call)
	e.alarm(a, now.Add(e.cfg.RingTime))
	e.out = append(e.out, OfferMade{Offer: a.offer, Call: c.Call, Agent: a.ID})
	return true
}
