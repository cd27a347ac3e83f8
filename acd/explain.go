package acd

import (
	"time"

	"hotline1022/internal/call"
)

// Explain says why a call waits.
func (e *Engine) Explain(now time.Time, id call.ID) (why Why, ok bool) {
	c, ok := e.callers[id]
	if !ok || c.inTalk() {
		return Why{}, false
	}
	return e.explain(now, c), true
}

func (e *Engine) explain(now time.Time, c *caller) Why {
	n := c.in
	switch {
	case len(c.ringing) > 0:
		return Why{Rule: RuleRingsAt, Who: c.ringing[0].id, Of: len(c.ringing)}
	case n == nil:
		return Why{Rule: RuleRetryAt, For: c.restUntil.Sub(now)}
	case n.free[0]+n.free[1] > 0:
		return Why{Rule: RuleReserveKept, Of: e.reserve()}
	case n.only != "":
		return Why{Rule: RuleWaitsFor, Who: n.only, For: c.preferUntil.Sub(now)}
	case n.staff == 0:
		return Why{Rule: RuleNobodyHas}
	default:
		return Why{Rule: RuleNobodyFree, Of: n.working}
	}
}
