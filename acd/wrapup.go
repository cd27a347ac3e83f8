package acd

import (
	"time"

	"hotline1022/internal/call"
)

// wrapUp begins the wrap-up of a conversation, with what was left of one that an
// emergency cut through.
func (e *Engine) wrapUp(now time.Time, a *agent, c *caller) {
	limit := e.cfg.WrapUpLimit
	if c.queue != nil && c.queue.WrapUpLimit > 0 {
		limit = c.queue.WrapUpLimit
	}
	limit += a.wrapLeft
	a.wrapLeft, a.wrapCall, a.extended = 0, c.Call, 0
	e.moveUntil(now, a, call.WrapUp, "", c.Call, Why{Rule: RuleCallEnded}, now.Add(limit))
}

// WrappedUp ends wrap-up. A pause that was asked for stands even when ready is
// true, which is what the form says unless its reader changes it; without one and
// not ready, the agent is paused(asked). While an emergency is offered that cut
// through the wrap-up, it ends as soon as the offer does.
func (e *Engine) WrappedUp(now time.Time, id call.AgentID, ready bool) []Decision {
	a, ok := e.agents[id]
	if !ok || a.state != call.WrapUp && a.wrapLeft == 0 {
		return nil
	}
	if !ready && !a.pausing {
		a.pausing, a.pauseFor = true, call.PauseAsked
	}
	a.wrapLeft = 0
	if a.state == call.WrapUp {
		e.release(now, a, "", Why{Rule: RuleWrappedUp})
	}
	return e.decide(now)
}

// Extend gives an agent more time for wrap-up, as often as is configured.
func (e *Engine) Extend(now time.Time, id call.AgentID) []Decision {
	a, ok := e.agents[id]
	if !ok || a.state != call.WrapUp {
		return nil
	}
	most := e.cfg.WrapUpExtensions
	if a.extended >= most {
		e.out = append(e.out, Declined{Call: a.wrapCall, Agent: id, Why: Why{Rule: RuleNoMoreTime, Of: a.extended}})
		return e.decide(now)
	}
	until := a.alarm.Add(e.cfg.WrapUpExtension)
	e.silence(a)
	a.extended++
	a.alarm = until
	e.alarms.Set(a)
	e.out = append(e.out, WrapUpExtended{Agent: id, Until: until, Left: most - a.extended})
	return e.decide(now)
}

// release lets an agent go on after an offer, a call, wrap-up or a pause, at the
// back of the idle order.
func (e *Engine) release(now time.Time, a *agent, id call.ID, why Why) {
	a.idleSince, a.idleSeq = now, e.number()
	e.restore(now, a, id, why)
}

// restore is release with the old place in the idle order, for an agent who could
// not help that the offer came to nothing. They go out, back to a wrap-up that was
// cut through, to the pause that was asked for, or take calls again.
func (e *Engine) restore(now time.Time, a *agent, id call.ID, why Why) {
	switch {
	case a.leaving:
		e.move(now, a, call.Offline, "", id, why)
	case a.wrapLeft > 0:
		until := now.Add(a.wrapLeft)
		a.wrapLeft = 0
		e.moveUntil(now, a, call.WrapUp, "", a.wrapCall, why, until)
	case a.retiring:
		e.move(now, a, call.Offline, "", id, Why{Rule: RuleShiftOver})
	case a.pausing:
		a.pausing = false
		e.move(now, a, call.Paused, a.pauseFor, id, why)
	default:
		e.move(now, a, call.Available, "", id, why)
	}
}
