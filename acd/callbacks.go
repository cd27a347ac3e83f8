package acd

import (
	"time"

	"hotline1022/internal/call"
)

// EnqueueCallback puts a callback in line. If its call waits on the telephone, that
// call becomes the callback and keeps its place exactly; so the citizen may hang up.
// It is declined when a callback waits for the number already, which keeps its own,
// earlier place; and for a call in conversation.
func (e *Engine) EnqueueCallback(now time.Time, cb Callback) []Decision {
	if cb.Call == "" || len(e.queues) == 0 {
		return nil
	}
	c, known := e.callers[cb.Call]
	_, has := e.numbers[cb.Number]
	switch {
	case known && c.callback != nil:
		return nil
	case cb.Number == "":
		e.out = append(e.out, Declined{Call: cb.Call, Why: Why{Rule: RuleNoNumber}})
		return e.decide(now)
	case has:
		e.out = append(e.out, Declined{Call: cb.Call, Why: Why{Rule: RuleHasCallback}})
		return e.decide(now)
	case known && c.inTalk():
		e.out = append(e.out, Declined{Call: cb.Call, Why: Why{Rule: RuleNotWaiting}})
		return e.decide(now)
	case known:
		e.rescind(now, c, Why{Rule: RuleCallbackAsked})
		e.outOfLine(now, c)
	default:
		w := cb.Waiting
		w.Caller = "" // who is called back has not redialled
		c = e.admit(now, w)
	}
	c.Caller = cb.Number
	c.callback = &callback{number: cb.Number, tries: cb.Tries}
	e.numbers[cb.Number] = c
	if cb.NotBefore.After(now) {
		e.rest(c, cb.NotBefore)
	} else {
		e.backInLine(now, c)
	}
	return e.decide(now)
}

// rest takes a callback out of the line until then.
func (e *Engine) rest(c *caller, until time.Time) {
	c.restUntil = until
	e.setDue(c)
}

// CallbackTried says what became of calling somebody back, while the callback is
// offered, when the citizen is called first, or accepted, when the agent is. Once
// reached it is a call like any other, with a citizen on the telephone. Otherwise
// its agent goes on without wrap-up, and it is tried again after a while, at its old
// place, or closed when that was the last try.
func (e *Engine) CallbackTried(now time.Time, id call.ID, how CallbackEnd) []Decision {
	c, ok := e.callers[id]
	if !ok || c.callback == nil || len(c.ringing) == 0 && !c.inTalk() {
		return nil
	}
	switch how {
	case CallbackReached:
		e.endCallback(c, how)
		return e.decide(now)
	case CallbackNoAnswer, CallbackBusy:
	case CallbackCancelled:
		return e.Leave(now, id)
	default:
		return nil
	}
	why := Why{Rule: RuleCallbackFails}
	for len(c.talking) > 0 {
		a := c.talking[0]
		e.part(now, a)
		e.restore(now, a, id, why)
	}
	e.rescind(now, c, why)
	c.callback.tries++
	if c.callback.tries >= e.cfg.CallbackTries {
		e.closeCallback(c, how)
		e.forget(c)
		return e.decide(now)
	}
	at := now.Add(e.cfg.CallbackPause)
	e.out = append(e.out, CallbackRetry{Call: id, Number: c.callback.number, How: how, Tries: c.callback.tries, At: at})
	e.rest(c, at)
	return e.decide(now)
}

// endCallback closes the callback of a call, if it is one.
func (e *Engine) endCallback(c *caller, how CallbackEnd) {
	if c.callback == nil {
		return
	}
	if how == CallbackReached {
		c.callback.tries++
	}
	e.closeCallback(c, how)
}

func (e *Engine) closeCallback(c *caller, how CallbackEnd) {
	e.out = append(e.out, CallbackClosed{Call: c.Call, Number: c.callback.number, How: how, Tries: c.callback.tries})
	delete(e.numbers, c.callback.number)
	c.callback = nil
}
