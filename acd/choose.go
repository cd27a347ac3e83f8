package acd

import (
	"slices"
	"time"

	"github.com/tidwall/btree"

	"hotline1022/internal/call"
)

// choose is the agent that the queue's strategy picks for a call of the class, but
// one who has just refused the call only when there is no other. With more, it looks
// for another beside those who ring: nobody who has been asked already, and nil when
// there is no one.
func (e *Engine) choose(now time.Time, n *need, c *caller, more bool) (*agent, Why) {
	if n.only != "" {
		return e.agents[n.only], Why{Rule: RuleLastAgent}
	}
	of := n.free[0]
	if e.mayTakeGuard(c) {
		of += n.free[1]
	}
	if a := e.preferred(now, n, c); a != nil && !more {
		return a, Why{Rule: RuleLastAgent}
	}
	picky := more || len(c.refused) > 0
	chosen := e.pick(now, n, c, picky, more)
	if chosen == nil && picky && !more {
		chosen = e.pick(now, n, c, false, false)
	}
	if more {
		return chosen, Why{Rule: RuleRingSeveral, Of: c.queue.RingAt}
	}
	return chosen, Why{Rule: c.queue.Strategy.rule(), Of: of}
}

// preferred is the agent whom the call names, if they are free for it.
func (e *Engine) preferred(now time.Time, n *need, c *caller) *agent {
	if c.Prefer == "" {
		return nil
	}
	a, ok := e.agents[c.Prefer]
	if !ok || a.state != call.Available || !n.servedBy(a.team) || !e.mayTake(a.team, c) || c.held(now, a.id) {
		return nil
	}
	return a
}

func (s Strategy) rule() Rule {
	switch s {
	case FewestCalls:
		return RuleFewestCalls
	case LeastTalk:
		return RuleLeastTalk
	case RoundRobin:
		return RuleRoundRobin
	case Linear:
		return RuleLinear
	case LongestIdle, RingSeveral:
	}
	return RuleLongestIdle
}

// pick compares the first of each team. A picky call passes those over who have
// refused it, and with more those who have been asked at all.
func (e *Engine) pick(now time.Time, n *need, c *caller, picky, more bool) *agent {
	o := c.queue.Strategy.order()
	less := c.queue.less()
	var chosen *agent
	for _, t := range n.teams {
		if t.free == 0 || !e.mayTake(t, c) {
			continue
		}
		a := firstOf(t.idle[o], c.queue.pivot(), func(a *agent) bool {
			passed := c.held(now, a.id) || more && slices.Contains(c.tried, a.id)
			return !picky || !passed
		})
		if a != nil && (chosen == nil || less(a, chosen)) {
			chosen = a
		}
	}
	return chosen
}

// firstOf is the first agent who is fit: after the pivot and then from the beginning,
// or from the beginning when there is none.
func firstOf(idle *btree.BTreeG[*agent], pivot *agent, fit func(*agent) bool) *agent {
	var found *agent
	if pivot != nil {
		idle.Ascend(pivot, func(a *agent) bool {
			if pivot.spot.before(a.spot) && fit(a) {
				found = a
			}
			return found == nil
		})
	}
	if found == nil {
		idle.Scan(func(a *agent) bool {
			if fit(a) {
				found = a
			}
			return found == nil
		})
	}
	return found
}

// pivot is where the queue's turn stands; nil for strategies without turns.
func (q *queue) pivot() *agent {
	if q.Strategy == RoundRobin {
		return q.turn
	}
	return nil
}

// less is the strategy's order of two agents.
func (q *queue) less() func(a, b *agent) bool {
	if q.Strategy != RoundRobin {
		return q.Strategy.order().less()
	}
	return q.earlierTurn
}

// earlierTurn: those after the turn come before those up to it.
func (q *queue) earlierTurn(a, b *agent) bool {
	afterA, afterB := q.turn.spot.before(a.spot), q.turn.spot.before(b.spot)
	if afterA != afterB {
		return afterA
	}
	return a.spot.before(b.spot)
}
