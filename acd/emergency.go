package acd

import (
	"cmp"
	"time"

	"hotline1022/internal/call"
)

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
