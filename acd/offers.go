package acd

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// makeOffer reserves the agent for the call, in one step.
func (e *Engine) makeOffer(now time.Time, c *caller, a *agent, why Why) {
	e.outOfLine(now, c)
	c.offered++
	c.told = false
	c.ringing = append(c.ringing, a)
	a.open = offer{id: c.Call.Offer(c.offered), call: c, seq: e.number()}
	e.offers[a.open.id] = a
	if !c.inTalk() && c.queue.Strategy == RoundRobin {
		c.queue.turn.spot = a.spot
	}
	e.mind(c)
	e.out = append(e.out, OfferMade{Offer: a.open.id, Call: c.Call, Agent: a.id, Why: why})
	e.moveUntil(now, a, call.Reserved, "", c.Call, Why{Rule: RuleOffered}, now.Add(e.cfg.RingTime))
}

// closeOffer ends the agent's open offer and separates call and agent, who have to
// be moved on.
func (e *Engine) closeOffer(a *agent, how call.OfferEnd, why Why) *caller {
	c := a.open.call
	e.unfile(a)
	e.out = append(e.out, OfferClosed{Offer: a.open.id, Call: c.Call, Agent: a.id, How: how, Why: why})
	delete(e.offers, a.open.id)
	a.open = offer{}
	c.ringing = without(c.ringing, a)
	e.mind(c)
	return c
}

// rescind ends every open offer of a call; the agents keep their place.
func (e *Engine) rescind(now time.Time, c *caller, why Why) {
	for len(c.ringing) > 0 {
		a := c.ringing[0]
		e.closeOffer(a, call.OfferRescinded, why)
		e.restore(now, a, c.Call, why)
	}
}

func without(agents []*agent, a *agent) []*agent {
	if i := slices.Index(agents, a); i >= 0 {
		return slices.Delete(agents, i, i+1)
	}
	return agents
}

// again puts a call back in its place that nobody rings for or talks to any more.
func (e *Engine) again(now time.Time, c *caller) {
	if len(c.ringing) == 0 && !c.inTalk() {
		e.enter(now, c)
	}
}

// mind keeps the calls that could ring at more agents than they do.
func (e *Engine) mind(c *caller) {
	ringsAtFew := c.queue != nil && len(c.ringing) > 0 && len(c.ringing) < c.queue.RingAt
	short := ringsAtFew && !c.inTalk() && !c.named && c.class.only == ""
	if short == c.short {
		return
	}
	c.short = short
	if short {
		if c.class.short == nil {
			c.class.short = tree((*caller).before)
		}
		c.class.short.Set(c)
		if c.class.short.Len() == 1 {
			e.shorts = append(e.shorts, c.class)
		}
		return
	}
	c.class.short.Delete(c)
	if c.class.short.Len() == 0 {
		e.shorts = slices.DeleteFunc(e.shorts, func(n *need) bool { return n == c.class })
	}
}
