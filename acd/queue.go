package acd

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Queue is one line of waiting calls.
type Queue struct {
	Name            string
	Group           call.Group
	PriorityMinutes int  // minutes of waiting that a call here is ahead with
	Emergency       bool // every call here is an emergency
	PositionEvery   time.Duration

	// Skills serve the queue when an agent has all of them. So does a skill with the
	// queue's name, or with its group's, "group.field".
	Skills []Skill
	Wants  []Want // what else a call here asks for, by what is known of it

	Strategy Strategy // how an agent is chosen; LongestIdle
	RingAt   int      // RingSeveral: how many are rung at once; 3

	WrapUpLimit time.Duration // instead of the general one

	MaxWait   time.Duration // after which a call overflows, 0 never
	Unstaffed bool          // it overflows at once while nobody is signed in for the queue
	Overflow  Target        // where to

	// Closed is since when nobody may wait here: who comes later overflows at once, and
	// who waits already is served. Zero is open.
	Closed time.Time
}

// Strategy is how an agent is chosen among those who are free.
type Strategy string

// The strategies. "Fewest" and "least" count from the sign-in; who comes back
// within twelve hours goes on counting, so that a page loaded anew brings no calls.
const (
	LongestIdle Strategy = "longest_idle"
	FewestCalls Strategy = "fewest_calls"
	LeastTalk   Strategy = "least_talk"
	RoundRobin  Strategy = "round_robin"  // in the fixed order, on from whom the queue rang last
	RingSeveral Strategy = "ring_several" // several at once, longest idle first; the first to answer has the call
	Linear      Strategy = "linear"       // always from the beginning of the fixed order
)

// Strategies lists every strategy.
func Strategies() []Strategy {
	return []Strategy{LongestIdle, FewestCalls, LeastTalk, RoundRobin, RingSeveral, Linear}
}

// Valid says whether s is one of the strategies.
func (s Strategy) Valid() bool { return slices.Contains(Strategies(), s) }

const defaultRingAt = 3

func (q Queue) withDefaults() Queue {
	if !q.Strategy.Valid() {
		q.Strategy = LongestIdle
	}
	if q.Strategy != RingSeveral {
		q.RingAt = 1
	} else if q.RingAt <= 0 {
		q.RingAt = defaultRingAt
	}
	return q
}

// Target is where a call goes that has waited too long.
type Target struct {
	To    TargetKind
	Queue string // for ToQueue
}

// TargetKind says what a target is.
type TargetKind string

// Kinds of target. To voicemail or a callback the engine only says that it is time:
// the call stays in line, and may still be offered, until its owner takes it out.
const (
	ToNowhere   TargetKind = ""
	ToQueue     TargetKind = "queue"
	ToVoicemail TargetKind = "voicemail"
	ToCallback  TargetKind = "callback"
)
