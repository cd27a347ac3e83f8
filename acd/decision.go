package acd

import (
	"time"

	"hotline1022/internal/call"
)

// Decision is what the engine decided. In the answer to a command they stand in
// the order in which they came about; an offer's decision stands before the agent's
// move that it causes.
type Decision interface{ decision() }

// What concerns offers and agents.
type (
	// OfferMade reserves the agent for the call: ring them.
	OfferMade struct {
		Offer call.OfferID
		Call  call.ID
		Agent call.AgentID
		Why   Why
	}
	// OfferClosed ends an offer. Unless it was accepted, the citizen has left, others
	// are still rung for the call or it is in conversation, the call is back in its
	// place in line.
	OfferClosed struct {
		Offer call.OfferID
		Call  call.ID
		Agent call.AgentID
		How   call.OfferEnd
		Why   Why
	}
	// AgentMoved is a change of an agent's state, or of the reason of a pause. Call
	// is the call that it belongs to, if any.
	AgentMoved struct {
		Agent  call.AgentID
		From   call.AgentState
		To     call.AgentState
		Reason call.PauseReason // when To is paused
		Call   call.ID
		Until  time.Time // when it will end by itself; zero if it will not
		Why    Why
	}
	// WrapUpExtended says that the agent got more time for wrap-up.
	WrapUpExtended struct {
		Agent call.AgentID
		Until time.Time
		Left  int // how often they may ask again
	}
	// Declined says that nothing was done about what a person asked for.
	Declined struct {
		Call  call.ID
		Agent call.AgentID
		Why   Why
	}
)

// What concerns the calls in line.
type (
	// CallMoved says that a call that waits is in another queue, or at another place.
	CallMoved struct {
		Call     call.ID
		From, To string
		Why      Why
	}
	// Overflowed says that a call has waited too long. It is in the other queue now;
	// for voicemail and callback see Target.
	Overflowed struct {
		Call call.ID
		From string
		To   Target
		Why  Why
	}
	// Regained says that the caller called again and has the arrival time of before.
	Regained struct {
		Call    call.ID
		Arrived time.Time
		Why     Why
	}
	// Nobody says that no agent can be had for an emergency: ring the supervisors. It
	// is said once, and again when somebody was found and did not take it.
	Nobody struct {
		Call call.ID
		Why  Why
	}
	// CallbackRetry says that a callback is tried again later.
	CallbackRetry struct {
		Call   call.ID
		Number string
		How    CallbackEnd // of this try
		Tries  int         // so far
		At     time.Time
	}
	// CallbackClosed ends a callback.
	CallbackClosed struct {
		Call   call.ID
		Number string
		How    CallbackEnd
		Tries  int
	}
)

func (OfferMade) decision()      {}
func (OfferClosed) decision()    {}
func (AgentMoved) decision()     {}
func (WrapUpExtended) decision() {}
func (Declined) decision()       {}
func (CallMoved) decision()      {}
func (Overflowed) decision()     {}
func (Regained) decision()       {}
func (Nobody) decision()         {}
func (CallbackRetry) decision()  {}
func (CallbackClosed) decision() {}
