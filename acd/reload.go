package acd

import (
	"cmp"
	"slices"
	"time"
)

// Reload takes a new configuration into use. No call is dropped and none changes its
// place: a new priority is for those who arrive from now on. Whoever waits in a queue
// that is no more waits in the first one, an emergency in the first one for
// emergencies. Offers, conversations and wrap-ups go on as they are. A configuration
// without queues is not taken.
func (e *Engine) Reload(now time.Time, cfg Config) []Decision {
	if len(cfg.Queues) == 0 {
		return nil
	}
	agents := make([]*agent, 0, len(e.agents))
	for _, a := range e.agents {
		agents = append(agents, a)
	}
	slices.SortFunc(agents, func(a, b *agent) int { return cmp.Compare(a.seq, b.seq) })
	callers := make([]*caller, 0, len(e.callers))
	for _, c := range e.callers {
		callers = append(callers, c)
	}
	slices.SortFunc(callers, func(c, d *caller) int { return cmp.Compare(c.seq, d.seq) })

	waiting := make([]*caller, 0, len(callers))
	for _, c := range callers {
		if c.in != nil {
			e.outOfLine(now, c)
			waiting = append(waiting, c)
		}
	}
	for _, a := range agents {
		e.unenroll(a)
	}
	e.forgetLeavers(now)
	e.configure(cfg)
	e.forgetLeavers(now)
	for _, a := range agents {
		a.own = nil
		e.enroll(a)
	}
	for _, c := range callers {
		e.rehome(now, c)
	}
	for _, c := range waiting {
		e.backInLine(now, c)
	}
	for _, c := range callers {
		e.mind(c)
	}
	e.deserted = append(e.deserted[:0], e.queues...)
	return e.decide(now)
}

// rehome gives a call the queue that has its queue's name now, or another.
func (e *Engine) rehome(now time.Time, c *caller) {
	c.short = false
	if c.queue == nil {
		return
	}
	from := c.queue.Name
	c.queue = e.queueFor(from, c.emergency)
	if c.queue.Name != from {
		e.out = append(e.out, CallMoved{Call: c.Call, From: from, To: c.queue.Name, Why: Why{Rule: RuleQueueGone}})
	}
	c.class = nil // the old ones are no more
	c.use(e.classOf(now, c))
}

// configure builds queues and classes anew, for an engine in which nobody waits and
// no agent has a class. What a queue has learnt stays.
func (e *Engine) configure(cfg Config) {
	old := e.byName
	e.cfg = cfg.withDefaults()
	e.queues, e.byName = nil, make(map[string]*queue, len(cfg.Queues))
	e.needs, e.byNeed, e.sweepAt = nil, map[string]*need{}, fewNeeds
	e.teams, e.byTeam = nil, map[string]*team{}
	e.servable, e.shorts, e.inUse = nil, nil, [orders]bool{}
	for _, c := range cfg.Queues {
		if _, twice := e.byName[c.Name]; twice {
			continue
		}
		c = c.withDefaults()
		c.Skills = normal(slices.Clone(c.Skills))
		q := &queue{Queue: c, line: tree((*caller).before), turn: &agent{}, pace: pace{handling: float64(e.cfg.ExpectedHandling)}}
		if was, ok := old[c.Name]; ok {
			q.turn, q.pace = was.turn, was.pace
		}
		for range c.Wants {
			q.skills = append(q.skills, map[string]string{})
		}
		q.base = e.needFor(q, nil)
		e.queues = append(e.queues, q)
		e.byName[c.Name] = q
		e.inUse[c.Strategy.order()] = true
	}
}
