package acd

import (
	"time"

	"hotline1022/internal/call"
)

// Waiting is a call that is put in line.
type Waiting struct {
	Call            call.ID
	Queue           string
	Arrived         time.Time // first entry into the line; orders it, and is kept when a call comes back; zero is now
	PriorityMinutes int       // minutes that it is ahead with, beside the queue's
	Emergency       bool      // an emergency although its queue is not
	Offers          int       // offers made for the call before, so that offer ids stay unique

	Caller   string        // the number that a redial is known by; "" if withheld
	Language call.Language // with Field and Area, what the queue's wants look at
	Field    string
	Area     string

	Requires []Skill // beside what the queue wants
	Prefers  []Preference

	// Prefer names an agent whom the call waits for before anybody is asked: for
	// PreferFor, or the configured time, as long as that agent takes calls at all.
	// With PreferAway it waits although the agent is out, for a desk that was lost.
	// An emergency waits for nobody; it only goes to that agent first if they are free.
	Prefer     call.AgentID
	PreferFor  time.Duration
	PreferAway bool
}

// Callback is somebody to be called back: a place in line without a citizen on the
// telephone. It is offered like a call, at the place that Arrived gives it.
type Callback struct {
	Waiting
	Number    string    // to be called; at most one callback waits for a number
	Tries     int       // made before
	NotBefore time.Time // it rests until then; zero is now
}

// CallbackEnd says what became of a try to call somebody back, or of the callback.
type CallbackEnd string

// How tries and callbacks end.
const (
	CallbackReached   CallbackEnd = "reached"
	CallbackNoAnswer  CallbackEnd = "no_answer"
	CallbackBusy      CallbackEnd = "busy"
	CallbackCancelled CallbackEnd = "cancelled" // taken out before anybody was reached
)

// callback is what the engine keeps beside the call.
type callback struct {
	number string
	tries  int
}
