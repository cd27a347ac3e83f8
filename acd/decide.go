package acd

import (
	"cmp"
	"time"

	"hotline1022/internal/call"
)

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

// preempt finds an agent for the first emergency for which nobody is free: one in
// wrap-up, or else one whose desk only rings for an ordinary call.
func (e *Engine) preempt(now time.Time) bool {
	if e.urgent == 0 {
		return false
	}
	var first *caller
	var chosen *agent
	for _, n := range e.needs {
		c, ok := n.line.Min()
		if !ok || !c.emergency || first != nil && !c.before(first) {
			continue
		}
		if a := e.victim(now, n, c); a != nil {
			first, chosen = c, a
		}
	}
	if first == nil {
		return false
	}
	rule := RuleCutWrapUp
	if chosen.state == call.WrapUp {
		chosen.wrapLeft = max(chosen.alarm.Sub(now), 1)
	} else {
		rule = RuleCutRing
		why := Why{Rule: RuleEmergency}
		d := e.closeOffer(chosen, call.OfferRescinded, why)
		e.again(now, d)
		e.move(now, chosen, call.Available, "", d.Call, why) // for no longer than it takes
	}
	e.makeOffer(now, first, chosen, Why{Rule: rule})
	return true
}

// victim is the agent whom an emergency of the class takes from something else; one
// who has just refused it only when there is no other.
func (e *Engine) victim(now time.Time, n *need, c *caller) *agent {
	var chosen, refused *agent
	for _, t := range n.teams {
		t.wrapping.Scan(func(a *agent) bool {
			if c.held(now, a.id) {
				refused = cmp.Or(refused, a)
				return true
			}
			if chosen == nil || longerWrapping(a, chosen) {
				chosen = a
			}
			return false
		})
	}
	if chosen != nil {
		return chosen
	}
	for _, t := range n.teams {
		t.ringing.Scan(func(a *agent) bool {
			if c.held(now, a.id) {
				refused = cmp.Or(refused, a)
				return true
			}
			if chosen == nil || laterOffer(a, chosen) {
				chosen = a
			}
			return false
		})
	}
	return cmp.Or(chosen, refused)
}

// callForHelp says for which emergencies nobody can be had.
func (e *Engine) callForHelp() {
	for i, c := range e.fresh {
		if c.in != nil && !c.told {
			c.told = true
			e.out = append(e.out, Nobody{Call: c.Call, Why: Why{Rule: RuleNobodyFree, Of: c.in.working}})
		}
		e.fresh[i] = nil
	}
	e.fresh = e.fresh[:0]
}
