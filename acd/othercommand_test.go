package acd_test

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// Conversations that do not come from the line, callbacks, time and configuration.

func (w *world) adopt(id call.ID, agent call.AgentID) []acd.Decision {
	return w.adoptFrom(acd.Waiting{Call: id}, agent)
}

func (w *world) adoptFrom(waiting acd.Waiting, agent call.AgentID) []acd.Decision {
	id := waiting.Call
	c, known := w.calls[id]
	a, here := w.agents[agent]
	if (!known || len(c.talkers) == 0) && (!here || a.state != call.AgentTalking) {
		w.comesToTalk(id, agent)
		if !known && waiting.Queue != "" {
			w.take(w.calls[id], waiting)
		}
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Adopt(now, waiting, agent) })
}

func (w *world) join(id call.ID, agent call.AgentID) []acd.Decision {
	c, known := w.calls[id]
	a, here := w.agents[agent]
	if known && len(c.talkers) > 0 && (!here || a.state != call.AgentTalking) {
		w.comesToTalk(id, agent)
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Join(now, id, agent) })
}

func (w *world) busy(agent call.AgentID, id call.ID) []acd.Decision {
	a, here := w.agents[agent]
	if _, known := w.calls[id]; !known && here && slices.Contains([]call.AgentState{call.Available, call.Paused, call.WrapUp}, a.state) {
		w.comesToTalk(id, agent)
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Busy(now, agent, id) })
}

func (w *world) comesToTalk(id call.ID, agent call.AgentID) {
	if c, known := w.calls[id]; known {
		c.rest = time.Time{}
	} else {
		w.calls[id] = &modelCall{
			Waiting: acd.Waiting{Call: id}, refused: map[call.AgentID]time.Time{}, tried: map[call.AgentID]bool{}, seq: w.number(),
		}
	}
	if _, here := w.agents[agent]; !here {
		w.newAgent(agent, nil).leaving = true
	}
	w.joins = id
}

func (w *world) callback(cb acd.Callback) []acd.Decision {
	c, known := w.calls[cb.Call]
	taken := slices.ContainsFunc(w.allCalls(), func(d *modelCall) bool { return d.number == cb.Number })
	rest := time.Time{}
	if cb.NotBefore.After(w.now) {
		rest = cb.NotBefore
	}
	var then func()
	if !taken && cb.Number != "" && (!known || c.number == "" && len(c.talkers) == 0) {
		if !known {
			own := cb.Waiting
			own.Caller = ""
			c = w.newCall(own)
		}
		c.Caller, c.number, c.tries, c.rest = cb.Number, cb.Number, cb.Tries, rest
		then = func() {
			if w.inLine(c) {
				w.refile(c)
			}
		}
	}
	return w.do(then, func(e *acd.Engine, now time.Time) []acd.Decision { return e.EnqueueCallback(now, cb) })
}

func (w *world) allCalls() []*modelCall {
	var all []*modelCall
	for _, c := range w.calls {
		all = append(all, c)
	}
	return all
}

func (w *world) tried(id call.ID, how acd.CallbackEnd) []acd.Decision {
	c, ok := w.calls[id]
	if ok && c.number != "" && (len(c.rings) > 0 || len(c.talkers) > 0) {
		switch how {
		case acd.CallbackReached:
			c.number = ""
		case acd.CallbackCancelled:
			c.gone = true
		case acd.CallbackNoAnswer, acd.CallbackBusy:
			if c.tries++; c.tries >= cmp.Or(w.cfg.CallbackTries, 3) {
				c.gone = true
			} else {
				c.rest = w.now.Add(cmp.Or(w.cfg.CallbackPause, 5*time.Minute))
			}
		}
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.CallbackTried(now, id, how) })
}

// dues is what time brings to calls.
func (w *world) dues() {
	for _, c := range w.allCalls() {
		if !c.rest.IsZero() && !c.rest.After(w.now) {
			c.rest = time.Time{}
			w.refile(c)
		}
	}
	for _, c := range w.waiting() {
		ends := c.relaxAt
		if c.personal {
			ends = c.preferUntil
		}
		if !ends.IsZero() && !ends.After(w.now) {
			w.refile(c)
		}
	}
}

func (w *world) reload(cfg acd.Config) []acd.Decision {
	before := w.waiting()
	w.forgetLeavers()
	w.cfg = cfg
	w.forgetLeavers()
	for _, c := range w.allCalls() {
		if c.queue != "" {
			c.queue = w.queueFor(c.queue, c.emergency).Name
		}
		c.personal = false
	}
	for name := range w.turns {
		if !w.hasQueue(name) {
			delete(w.turns, name)
		}
	}
	for _, c := range before {
		w.refile(c)
	}
	for _, c := range w.calls {
		if len(c.rings) > 0 && len(c.talkers) == 0 {
			w.ask(c)
		}
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Reload(now, cfg) })
}

func (w *world) forgetLeavers() {
	for number, l := range w.leavers {
		if w.now.Sub(l.at) >= w.cfg.RedialWithin {
			delete(w.leavers, number)
		}
	}
}
