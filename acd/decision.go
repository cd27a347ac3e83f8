package acd

import "hotline1022/internal/call"

// Decision is what the engine decided: OfferMade, OfferClosed or AgentMoved. In
// the answer to a command they stand in the order in which they came about; an
// offer's decision stands before the agent's move that it causes.
type Decision interface{ decision() }

type (
	// OfferMade reserves the agent for the call: ring them.
	OfferMade struct {
		Offer call.OfferID
		Call  call.ID
		Agent call.AgentID
	}
	// OfferClosed ends an offer. Unless it was accepted or the citizen has left, the
	// call is back in its place in line.
	OfferClosed struct {
		Offer call.OfferID
		Call  call.ID
		Agent call.AgentID
		How   call.OfferEnd
	}
	// AgentMoved is a change of an agent's state, or of the reason of a pause. Call
	// is the call that it belongs to, if any.
	AgentMoved struct {
		Agent  call.AgentID
		From   call.AgentState
		To     call.AgentState
		Reason call.PauseReason // when To is paused
		Call   call.ID
	}
)

func (OfferMade) decision()   {}
func (OfferClosed) decision() {}
func (AgentMoved) decision()  {}
