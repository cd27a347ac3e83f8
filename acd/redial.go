package acd

import "time"

// redials is who left the line a while ago. A number is known by its newest leaving.
type redials struct {
	byNumber map[string]leaver
	inOrder  []leaver // of leaving; those that are too old are dropped from the front
}

type leaver struct {
	number, queue string
	arrived       time.Time
	at            time.Time // left
	seq           uint64
}

// remember keeps the arrival of a citizen who leaves the line unanswered.
func (e *Engine) remember(now time.Time, c *caller) {
	if c.Caller == "" || c.callback != nil || c.inTalk() || e.cfg.RedialWithin <= 0 {
		return
	}
	e.forgetLeavers(now)
	l := leaver{number: c.Caller, queue: c.queue.Name, arrived: c.Arrived, at: now, seq: e.number()}
	if before, ok := e.redials.byNumber[l.number]; ok && before.queue == l.queue && before.arrived.Before(l.arrived) {
		l.arrived = before.arrived
	}
	e.redials.byNumber[l.number] = l
	e.redials.inOrder = append(e.redials.inOrder, l)
}

// regain is the arrival of a call, which is the old one for somebody who left this
// queue a while ago and calls again.
func (e *Engine) regain(now time.Time, w Waiting, q *queue) time.Time {
	if w.Caller == "" || len(e.redials.byNumber) == 0 {
		return w.Arrived
	}
	e.forgetLeavers(now)
	l, ok := e.redials.byNumber[w.Caller]
	if !ok || l.queue != q.Name {
		return w.Arrived
	}
	delete(e.redials.byNumber, w.Caller)
	if !l.arrived.Before(w.Arrived) {
		return w.Arrived
	}
	e.out = append(e.out, Regained{Call: w.Call, Arrived: l.arrived, Why: Why{Rule: RuleRedial, For: now.Sub(l.at)}})
	return l.arrived
}

// forgetLeavers drops those who left too long ago.
func (e *Engine) forgetLeavers(now time.Time) {
	r := &e.redials
	for len(r.inOrder) > 0 && !r.inOrder[0].at.Add(e.cfg.RedialWithin).After(now) {
		l := r.inOrder[0]
		if r.byNumber[l.number].seq == l.seq {
			delete(r.byNumber, l.number)
		}
		r.inOrder = r.inOrder[1:]
	}
}
