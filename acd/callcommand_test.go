package acd_test

import (
	"cmp"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// The commands of calls.

// take gives a call a place, as Enqueue and Transfer do.
func (w *world) take(c *modelCall, waiting acd.Waiting) {
	if waiting.Arrived.IsZero() {
		waiting.Arrived = w.now
	}
	q := w.queueFor(waiting.Queue, waiting.Emergency)
	c.Waiting, c.queue, c.since = waiting, q.Name, w.now
	c.emergency = waiting.Emergency || q.Emergency
	c.overflowed, c.been = false, nil
	c.place = placeIn(c, q)
	c.preferUntil = time.Time{}
	if a, ok := w.agents[c.Prefer]; c.Prefer != "" && !c.emergency && (c.PreferAway || ok && a.working()) {
		c.preferUntil = w.now.Add(cmp.Or(c.PreferFor, w.cfg.PreferFor, 10*time.Second))
	}
}

func placeIn(c *modelCall, q acd.Queue) time.Time {
	return c.Arrived.Add(-time.Duration(q.PriorityMinutes+c.PriorityMinutes) * time.Minute)
}

func (w *world) toQueue(c *modelCall, name string) {
	q := w.queue(name)
	c.queue, c.since, c.overflowed = name, w.now, false
	c.emergency = c.emergency || q.Emergency
	if p := placeIn(c, q); p.Before(c.place) {
		c.place = p
	}
	w.refile(c)
}

func (w *world) newCall(waiting acd.Waiting) *modelCall {
	c := &modelCall{seq: w.number(), refused: map[call.AgentID]time.Time{}, tried: map[call.AgentID]bool{}}
	w.calls[waiting.Call] = c
	q := w.queueFor(waiting.Queue, waiting.Emergency)
	if waiting.Arrived.IsZero() {
		waiting.Arrived = w.now
	}
	l, ok := w.leavers[waiting.Caller]
	if ok && waiting.Caller != "" && l.queue == q.Name && w.now.Sub(l.at) < w.cfg.RedialWithin {
		delete(w.leavers, waiting.Caller)
		if l.arrived.Before(waiting.Arrived) {
			waiting.Arrived = l.arrived
		}
	}
	w.take(c, waiting)
	return c
}

func (w *world) enqueue(waiting acd.Waiting) []acd.Decision {
	if _, known := w.calls[waiting.Call]; !known {
		w.refile(w.newCall(waiting))
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Enqueue(now, waiting) })
}

// returns puts a call in line in one step with the end of whatever it was in.
func (w *world) returns(waiting acd.Waiting) []acd.Decision {
	if c, known := w.calls[waiting.Call]; known {
		c.gone = true
	}
	then := func() { w.refile(w.newCall(waiting)) }
	return w.do(then, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Return(now, waiting) })
}

// arrive puts a call in line that arrives now.
func (w *world) arrive(id call.ID, queue string) []acd.Decision {
	return w.enqueue(acd.Waiting{Call: id, Queue: queue, Arrived: w.now})
}

func (w *world) leave(id call.ID) []acd.Decision {
	w.leaves(id)
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Leave(now, id) })
}

func (w *world) leaves(id call.ID) {
	c, ok := w.calls[id]
	if !ok {
		return
	}
	c.gone = true
	if c.Caller == "" || c.number != "" || len(c.talkers) > 0 || w.cfg.RedialWithin == 0 {
		return
	}
	l := modelLeaver{queue: c.queue, arrived: c.Arrived, at: w.now}
	if o, ok := w.leavers[c.Caller]; ok && o.queue == l.queue && w.now.Sub(o.at) < w.cfg.RedialWithin && o.arrived.Before(l.arrived) {
		l.arrived = o.arrived
	}
	w.leavers[c.Caller] = l
}

func (w *world) ended(id call.ID) []acd.Decision {
	w.leaves(id)
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Ended(now, id) })
}

func (w *world) endedFor(id call.ID, agent call.AgentID) []acd.Decision {
	if c, ok := w.calls[id]; ok && len(c.talkers) == 1 && c.talkers[0] == agent {
		c.gone = true
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.EndedFor(now, id, agent) })
}

func (w *world) transfer(agent call.AgentID, waiting acd.Waiting) []acd.Decision {
	var then func()
	if a, ok := w.agents[agent]; ok && a.state == call.AgentTalking && len(w.calls[a.call].talkers) == 1 {
		c := w.calls[a.call]
		then = func() {
			own := waiting
			own.Call, own.Emergency, own.Caller = c.Call, own.Emergency || c.emergency, cmp.Or(own.Caller, c.Caller)
			own.Language, own.Field, own.Area = cmp.Or(own.Language, c.Language), cmp.Or(own.Field, c.Field), cmp.Or(own.Area, c.Area)
			c.number, c.personal = "", false
			w.take(c, own)
			c.named = len(c.rings) > 0
			if w.inLine(c) {
				w.refile(c)
			}
		}
	}
	return w.do(then, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Transfer(now, agent, waiting) })
}

func (w *world) consult(id call.ID, agent call.AgentID) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Consult(now, id, agent) })
}

func (w *world) cancelConsult(id call.ID) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.CancelConsult(now, id) })
}

func (w *world) moveCall(id call.ID, to string, top bool) []acd.Decision {
	var then func()
	if c, ok := w.calls[id]; ok && w.inLine(c) && w.hasQueue(to) {
		then = func() {
			if c.queue != to {
				c.Prefer, c.been = "", nil
				w.toQueue(c, to)
			}
			if top {
				w.toTop(c)
			}
		}
	}
	return w.do(then, func(e *acd.Engine, now time.Time) []acd.Decision { return e.MoveCall(now, id, to, top) })
}

func (w *world) toTop(c *modelCall) {
	for _, first := range w.waiting() {
		if first == c || first.queue != c.queue || first.emergency != c.emergency {
			continue
		}
		if inOrder(first, c) < 0 {
			c.place = first.place.Add(-1)
		}
		break
	}
	w.refile(c)
}
