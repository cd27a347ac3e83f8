package acd

import "time"

// decide makes every offer that is possible and hands out what was decided.
func (e *Engine) decide(now time.Time) []Decision {
	e.leaveDeserted(now)
	for e.serve(now) || e.preempt(now) || e.ringMore(now) {
		continue
	}
	e.callForHelp()
	if len(e.out) == 0 {
		return nil
	}
	out := e.out
	e.out = e.out[:0]
	return out
}

// serve offers the first call in line that somebody is free for.
func (e *Engine) serve(now time.Time) bool {
	var first *caller
	for _, n := range e.servable {
		if c, _ := n.line.Min(); e.anybodyFree(n, c) && (first == nil || c.before(first)) {
			first = c
		}
	}
	if first == nil {
		return false
	}
	a, why := e.choose(now, first.in, first, false)
	e.makeOffer(now, first, a, why)
	return true
}

// anybodyFree says whether somebody of the class is available to the call.
func (e *Engine) anybodyFree(n *need, c *caller) bool {
	return n.free[0] > 0 || n.free[1] > 0 && e.mayTakeGuard(c)
}

// mayTakeGuard keeps the reserve: the last available agents who serve emergencies
// take nothing else. One alone at work is no reserve but the whole hotline.
func (e *Engine) mayTakeGuard(c *caller) bool {
	return c.emergency || e.freeGuards > e.reserve()
}

func (e *Engine) reserve() int { return max(min(e.cfg.EmergencyReserve, e.guards-1), 0) }

func (e *Engine) mayTake(t *team, c *caller) bool { return !t.guard || e.mayTakeGuard(c) }

// ringMore offers a call that rings already to one more agent, whom nobody waits for.
func (e *Engine) ringMore(now time.Time) bool {
	var first *caller
	var chosen *agent
	var why Why
	for _, n := range e.shorts {
		if n.free[0]+n.free[1] == 0 {
			continue
		}
		n.short.Scan(func(c *caller) bool {
			if first != nil && !c.before(first) {
				return false
			}
			if a, w := e.choose(now, n, c, true); a != nil {
				first, chosen, why = c, a, w
				return false
			}
			return true
		})
	}
	if chosen == nil {
		return false
	}
	e.makeOffer(now, first, chosen, why)
	return true
}
