package acd

import (
	"time"

	"github.com/tidwall/btree"

	"hotline1022/internal/call"
)

// queue is a Queue with who waits in it.
type queue struct {
	Queue
	line   *btree.BTreeG[*caller] // everybody who waits here, in the order of service
	base   *need                  // those who ask for nothing beyond the queue
	skills []map[string]string    // names of the skills that Wants ask for, by value
	turn   *agent                 // stands where the fixed order was rung last
	pace   pace
}

// caller is one call in the engine: in line, offered to agents, in conversation, or a
// callback that rests between two tries.
type caller struct {
	Waiting
	queue     *queue // nil for a conversation that was adopted or is outbound
	emergency bool
	place     time.Time // arrived, less the priority
	seq       uint64
	since     time.Time // in this queue
	offered   int       // offers so far, those of before included

	class *need // it waits in, or waited in before it was offered
	in    *need // not nil while it waits
	short bool  // rings at fewer than its queue would ring
	named bool  // rings at somebody who was asked for, and at nobody beside them

	ringing []*agent // open offers, in the order in which they were made
	talking []*agent // conversation, in the order in which they came
	refused []refusal
	tried   []call.AgentID // had an offer of this call that came to nothing

	preferUntil time.Time // waits for Prefer until then
	relaxAt     time.Time // a preference is given up
	restUntil   time.Time // a callback between two tries
	overflowed  bool      // has been told to, and will not be again in this queue
	been        []string  // queues that it overflowed from
	told        bool      // Nobody was said of it
	callback    *callback // nil for a citizen on the telephone

	due time.Time // the next of these times; zero if none

	// Most calls have one of each: no need to ask for memory.
	oneRinging, oneTalking [1]*agent
}

type refusal struct {
	agent call.AgentID
	until time.Time
}

// agent is one signed-in agent.
type agent struct {
	id     call.AgentID
	given  []Skill // at sign-in; nil for those of the configuration
	spot   spot
	seq    uint64
	team   *team
	own    *need // calls that wait for this agent; nil if none
	state  call.AgentState
	reason call.PauseReason
	since  time.Time
	filed  filed // which of the team's trees the agent is in

	idleSince time.Time // place in the idle order, kept over an offer that was rescinded
	idleSeq   uint64
	tally

	open      offer   // reserved or ringing
	talk      *caller // talking
	talkSince time.Time

	busySince time.Time // the offer of the call that they are engaged with
	busyWith  *queue    // … once they have talked; nil when nothing is to be learnt from it
	began     int64     // as it is in the team's sum; 0 if it is not

	misses, refusals, failures int // in a row

	pausing  bool             // pause once the call is over
	pauseFor call.PauseReason // reason of that pause
	leaving  bool             // go offline once the conversation is over
	retiring bool             // go offline once the call is over, wrap-up included
	signedUp bool             // signed in anew while the conversation of a signed-out desk went on

	wrapCall call.ID       // the call of the wrap-up
	wrapLeft time.Duration // of a wrap-up that was cut through
	extended int           // times that the wrap-up was

	staff, working bool // how the classes count the agent

	alarm time.Time // ring time, wrap-up limit or rest ends; zero if none
}

// offer is an open offer; its call is nil if there is none.
type offer struct {
	id   call.OfferID
	call *caller
	seq  uint64
}

// tally is what the strategies count.
type tally struct {
	calls  int
	talked time.Duration
	left   time.Time // when they signed out
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

func (c *caller) inTalk() bool { return len(c.talking) > 0 }
