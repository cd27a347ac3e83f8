package acd

import (
	"time"

	"hotline1022/internal/call"
)

// AskCallback is EnqueueCallback that tells what became of it, on the runner's
// goroutine and before any decision that follows from it. tell must not block, and
// must not read the runner.
func (r *Runner) AskCallback(cb Callback, tell func(taken bool, why Why)) {
	r.put(func(e *Engine, now time.Time) []Decision {
		decisions := e.EnqueueCallback(now, cb)
		taken, why := e.hasCallback(cb), Why{}
		for _, d := range decisions {
			if declined, ok := d.(Declined); ok && declined.Call == cb.Call {
				why = declined.Why
			}
		}
		tell(taken, why)
		return decisions
	})
}

// AskMoreTime is Extend that tells whether the agent has more time now, on the runner's
// goroutine and before the decision that says until when. tell must not block, and must
// not read the runner.
func (r *Runner) AskMoreTime(agent call.AgentID, tell func(given bool)) {
	r.put(func(e *Engine, now time.Time) []Decision {
		decisions := e.Extend(now, agent)
		given := false
		for _, d := range decisions {
			_, extended := d.(WrapUpExtended)
			given = given || extended
		}
		tell(given)
		return decisions
	})
}

// hasCallback says whether the callback is in line, offered or resting.
func (e *Engine) hasCallback(cb Callback) bool {
	c, known := e.callers[cb.Call]
	return known && c.callback != nil && c.callback.number == cb.Number
}
