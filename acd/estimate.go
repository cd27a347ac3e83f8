package acd

import (
	"math"
	"sort"
	"time"

	"hotline1022/internal/call"
)

// The estimate is a sum of agents' time, divided by the agents at work:
//
//	work = Σ over the calls that are served before this one, and this one:
//	       what a call of their queue takes × the share of its agents who serve this one too
//	wait = work ÷ agents + how much later than usual the next agent comes free
//
// so that who comes and goes among the agents, and whoever waits in another queue for
// the same agents, counts at once, and nothing is learnt from how fast calls go out
// while there are free agents to take them.
//
// In a line that has waited for some time the agents' calls are of every age, half of a
// call on the average, and every step (one call ÷ agents) one of them ends. Right after
// a burst all have begun at once: nobody comes free for a whole call. So the age of
// their calls corrects the wait, upwards without a limit and downwards by the time since
// the last agent came free, and a step at most.
//
// Of those who are before a call some give up. With the pace at which they do (θ) the
// wait becomes ln(1 + θ × wait) ÷ θ, as of a fluid that drains through two holes. Only
// half of the pace seen is counted: those who have waited for long are the patient ones,
// and to be told too little is worse than too much.

// pace is what a queue has taught.
type pace struct {
	handling float64 // agent's time for one call, nanoseconds: ring, talk and wrap-up
	handled  int     // calls that it was learnt from

	left  float64 // calls that gave up in line, the older the less they count
	stood float64 // nanoseconds that calls have stood in line, likewise
	at    time.Time
}

// What is learnt from: the expected handling counts as four calls, and no call counts
// for less than a fortieth. Giving up is forgotten by half every ten minutes, and is
// believed the more the more often it was seen.
const (
	expectedAs  = 4
	remembered  = 40
	halfForgets = 10 * time.Minute
	doubted     = 10
)

// learn takes note of a call that an agent is done with.
func (p *pace) learn(took time.Duration) {
	p.handled++
	p.handling += (float64(max(took, 0)) - p.handling) / float64(min(expectedAs+p.handled, remembered))
}

// stand takes note that this many have stood in line until now. It comes before
// whatever changes their number.
func (p *pace) stand(now time.Time, waiting int) {
	since := now.Sub(p.at)
	if p.at.IsZero() || since < 0 {
		since = 0
	}
	p.at = now
	if since == 0 || waiting == 0 && p.stood == 0 {
		return
	}
	kept := math.Exp2(-float64(since) / float64(halfForgets))
	p.left *= kept
	p.stood = p.stood*kept + float64(waiting)*float64(since)
}

// impatience is how often one who waits gives up, in a nanosecond.
func (p *pace) impatience() float64 {
	if p.stood <= 0 {
		return 0
	}
	return p.left / p.stood * p.left / (p.left + doubted)
}

// drained is how long a wait gets by those before who give up.
func (p *pace) drained(wait float64) float64 {
	theta := p.impatience() / 2
	if theta*wait < 1e-6 {
		return wait
	}
	return math.Log1p(theta*wait) / theta
}

// busy is how many are at work for the class and not free: whoever is free while calls
// wait is kept from them.
func (n *need) busy() int { return max(n.working-n.free[0]-n.free[1], min(n.working, 1)) }

// age is how long the calls that the class's agents are busy with have lasted on the
// average; false when they are busy with none.
func (n *need) age(now time.Time) (float64, bool) {
	var engaged, began int64
	for _, t := range n.teams {
		engaged, began = engaged+t.engaged, began+t.began
	}
	if engaged == 0 {
		return 0, false
	}
	return max(float64(now.UnixMilli())-float64(began)/float64(engaged), 0) * float64(time.Millisecond), true
}

// wait is the estimate for a call that waits in q, or would; by is the class of calls
// that it is of. False when nobody is at work for it.
func (e *Engine) wait(now time.Time, q *queue, by *need, c *caller) (time.Duration, bool) {
	if by.only != "" {
		by = q.base
	}
	busy := float64(by.busy())
	if busy == 0 {
		return 0, false
	}
	handling := q.pace.handling
	age, known := by.age(now)
	handling = max(handling, age/2) // nothing goes on, whatever was learnt
	work := float64(q.ahead(c)+1) * handling
	for _, other := range e.queues {
		if other == q || other.line.Len() == 0 {
			continue
		}
		if shared := q.base.shares(other.base); shared > 0 {
			work += float64(other.ahead(c)) * other.pace.handling * shared
		}
	}
	wait := work / busy
	if known {
		step := handling / busy
		since := max(float64(now.Sub(by.freed)), 0)
		wait += max((handling-step)/2-age, -min(step, since))
	}
	return time.Duration(q.pace.drained(max(wait, 0))), true
}

// ahead is how many in the queue are served before the call.
func (q *queue) ahead(c *caller) int {
	line := q.line
	return sort.Search(line.Len(), func(i int) bool {
		other, _ := line.GetAt(i)
		return !other.before(c)
	})
}

// shares is the part of the other's agents at work who serve n as well.
func (n *need) shares(other *need) float64 {
	if other.working == 0 {
		return 0
	}
	both := 0
	for _, t := range other.teams {
		if t.working > 0 && n.servedBy(t) {
			both += t.working
		}
	}
	return float64(both) / float64(other.working)
}

// Estimate is how long a call in line will go on waiting; false when it does not wait,
// or nobody is at work who could take it. Nothing is left for one that is being offered.
func (e *Engine) Estimate(now time.Time, id call.ID) (wait time.Duration, ok bool) {
	c, known := e.callers[id]
	if !known || c.inTalk() {
		return 0, false
	}
	if len(c.ringing) > 0 {
		return 0, true
	}
	if c.in == nil {
		return 0, false // rests
	}
	return e.wait(now, c.queue, c.in, c)
}

// EstimateFor is how long somebody would wait who entered the queue now.
func (e *Engine) EstimateFor(now time.Time, name string) (wait time.Duration, ok bool) {
	q, known := e.byName[name]
	if !known {
		return 0, false
	}
	if q.line.Len() == 0 && q.base.free[0]+q.base.free[1] > 0 && (q.Emergency || q.base.free[0] > 0 || e.freeGuards > e.reserve()) {
		return 0, true
	}
	last := caller{Waiting: Waiting{Arrived: now}, emergency: q.Emergency, seq: math.MaxUint64}
	last.place = last.placeIn(q)
	return e.wait(now, q, q.base, &last)
}

// Position is the call's place in its own queue, counted from 1, which is also
// where a call stands that is offered to somebody; false when it does not wait. It
// grows only for an emergency, for a call that comes back to its place or is moved.
func (e *Engine) Position(id call.ID) (n int, ok bool) {
	c, ok := e.callers[id]
	if !ok || c.inTalk() {
		return 0, false
	}
	if len(c.ringing) > 0 {
		return 1, true
	}
	if c.in == nil {
		return 0, false // rests
	}
	return 1 + c.queue.ahead(c), true
}
