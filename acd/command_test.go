package acd_test

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// The commands of agents, each with what it does to the model beyond the decisions.

func (w *world) byAgent(id call.AgentID, c func(*acd.Engine, time.Time, call.AgentID) []acd.Decision) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return c(e, now, id) })
}

func (w *world) newAgent(id call.AgentID, given []acd.Skill) *modelAgent {
	a := &modelAgent{id: id, given: given, state: call.Offline, seq: w.number()}
	a.idle = a.seq
	if t, ok := w.tallies[id]; ok && w.now.Sub(t.left) < 12*time.Hour {
		a.modelTally = t
	}
	w.agents[id] = a
	return a
}

func (w *world) signInWith(id call.AgentID, skills []acd.Skill) []acd.Decision {
	if a, ok := w.agents[id]; ok {
		a.given, a.leaving = skills, false
	} else {
		w.newAgent(id, skills)
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision {
		return e.SignIn(now, acd.Agent{ID: id, Skills: skills})
	})
}

func (w *world) signIn(id call.AgentID, skills ...string) []acd.Decision {
	return w.signInWith(id, acd.Skills(skills...))
}

func (w *world) ready(id call.AgentID) []acd.Decision { return w.byAgent(id, (*acd.Engine).Ready) }

// desk signs an agent in who takes calls.
func (w *world) desk(id call.AgentID, skills ...string) []acd.Decision {
	w.signIn(id, skills...)
	return w.ready(id)
}

func (w *world) signOut(id call.AgentID) []acd.Decision {
	if a, ok := w.agents[id]; ok && a.state == call.AgentTalking {
		a.leaving = true
	}
	return w.byAgent(id, (*acd.Engine).SignOut)
}

func (w *world) shiftOver(id call.AgentID) []acd.Decision {
	return w.byAgent(id, (*acd.Engine).ShiftOver)
}
func (w *world) extend(id call.AgentID) []acd.Decision { return w.byAgent(id, (*acd.Engine).Extend) }

func (w *world) pause(id call.AgentID, reason call.PauseReason) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Pause(now, id, reason) })
}

func (w *world) wrappedUp(id call.AgentID, ready bool) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.WrappedUp(now, id, ready) })
}

func (w *world) deskLost(id call.AgentID) []acd.Decision {
	return w.do(w.loses(id), func(e *acd.Engine, now time.Time) []acd.Decision { return e.DeskLost(now, id) })
}

func (w *world) force(id call.AgentID, to call.AgentState) []acd.Decision {
	var reason call.PauseReason
	if to == call.Paused {
		reason = "meeting"
	}
	w.forced = id
	var then func()
	if to != call.Reserved {
		then = w.loses(id)
	}
	return w.do(then, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Force(now, id, to, reason) })
}

// loses: the conversation of an agent who is alone in it is let go, but a callback
// that has reached nobody goes back in line.
func (w *world) loses(id call.AgentID) func() {
	a, ok := w.agents[id]
	if !ok || a.state != call.AgentTalking {
		return nil
	}
	c := w.calls[a.call]
	if len(c.talkers) > 1 {
		return nil
	}
	if c.number == "" {
		c.gone = true
		return nil
	}
	return func() {
		if w.inLine(c) {
			w.refile(c)
		}
	}
}

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

// What is said of offers.

func (w *world) about(o call.OfferID, c func(*acd.Engine, time.Time, call.OfferID) []acd.Decision) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return c(e, now, o) })
}

func (w *world) ringing(o call.OfferID) []acd.Decision { return w.about(o, (*acd.Engine).Ringing) }
func (w *world) accept(o call.OfferID) []acd.Decision  { return w.about(o, (*acd.Engine).Accept) }
func (w *world) refuse(o call.OfferID) []acd.Decision  { return w.about(o, (*acd.Engine).Refuse) }
func (w *world) fail(o call.OfferID) []acd.Decision    { return w.about(o, (*acd.Engine).Fail) }

// Conversations that do not come from the line.

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

// Callbacks.

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

// Time and configuration.

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
