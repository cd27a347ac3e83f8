package acd

import (
	"time"

	"github.com/tidwall/btree"

	"hotline1022/internal/call"
)

// queue is a Queue with who waits in it and who is free for it.
type queue struct {
	Queue
	line *btree.BTreeG[*caller] // in the order of service
	idle *btree.BTreeG[*agent]  // longest available first
}

// caller is one call in the engine: in line, offered to an agent, or talking to one.
type caller struct {
	id        call.ID
	queue     *queue // nil for a conversation that was adopted
	emergency bool
	arrived   time.Time
	place     time.Time // arrived, less the queue's priority
	seq       uint64
	offers    int

	offer   call.OfferID // open offer, "" if none
	agent   *agent       // while offered or talking
	talking bool
	refused []refusal
}

type refusal struct {
	agent call.AgentID
	until time.Time
}

func (c *caller) before(d *caller) bool {
	if c.emergency != d.emergency {
		return c.emergency
	}
	if !c.place.Equal(d.place) {
		return c.place.Before(d.place)
	}
	return c.seq < d.seq
}

// held says whether the agent refused this call a moment ago, and forgets
// refusals that are old.
func (c *caller) held(now time.Time, id call.AgentID) bool {
	recent := c.refused[:0]
	held := false
	for _, r := range c.refused {
		if r.until.After(now) {
			recent = append(recent, r)
			held = held || r.agent == id
		}
	}
	c.refused = recent
	return held
}

// agent is one signed-in agent.
type agent struct {
	Agent
	seq    uint64
	queues []*queue
	state  call.AgentState
	reason call.PauseReason
	since  time.Time

	idleSince time.Time // place in the idle order, kept over an offer that was rescinded
	idleSeq   uint64
	caller    *caller // while reserved, ringing or talking

	misses, refusals, failures int // in a row

	pausing  bool             // pause once the call is over
	pauseFor call.PauseReason // reason of that pause
	leaving  bool             // go offline once the conversation is over
	signedUp bool             // signed in anew while the conversation of a signed-out desk went on

	alarm time.Time // ring time, wrap-up limit or rest ends; zero if none
}

func longerIdle(a, b *agent) bool {
	if !a.idleSince.Equal(b.idleSince) {
		return a.idleSince.Before(b.idleSince)
	}
	return a.idleSeq < b.idleSeq
}

func soonerAlarm(a, b *agent) bool {
	if !a.alarm.Equal(b.alarm) {
		return a.alarm.Before(b.alarm)
	}
	return a.seq < b.seq
}

// tree keeps things in order; insertion, removal and the n-th cost O(log n).
func tree[T any](less func(a, b T) bool) *btree.BTreeG[T] {
	return btree.NewBTreeGOptions(less, btree.Options{NoLocks: true})
}
