package acd

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Config is configs/queues.yaml.
type Config struct {
	Queues            []Queue
	RingTime          time.Duration // an offer not accepted by then is missed
	WrapUpLimit       time.Duration // wrap-up ends by itself after that
	MissesBeforePause int           // missed calls in a row that pause an agent, from 1
}

// Queue is one line.
type Queue struct {
	Name            string
	Group           call.Group
	Emergency       bool          // before all others
	PriorityMinutes int           // worth that many minutes of waiting
	PositionEvery   time.Duration // how often callers hear their position
}

// Agent is who may be offered calls, and of which queues.
type Agent struct {
	ID     call.AgentID
	Skills []string // names of the queues that the agent serves
}

// Waiting is a call that enters the line.
type Waiting struct {
	Call      call.ID
	Queue     string
	Arrived   time.Time // orders the line; in the past for one who had a place before
	Emergency bool
	Offers    int // offers made to the call before, so that ids go on
}

// Decision is what the engine decided: an OfferMade, OfferClosed or AgentMoved.
type Decision interface{ decision() }

type (
	// OfferMade reserves an agent for a call.
	OfferMade struct {
		Offer call.OfferID
		Call  call.ID
		Agent call.AgentID
	}
	// OfferClosed ends an offer.
	OfferClosed struct {
		Offer call.OfferID
		Call  call.ID
		Agent call.AgentID
		How   call.OfferEnd
	}
	// AgentMoved is a change of an agent's state; Call is set when it belongs to one.
	AgentMoved struct {
		Agent  call.AgentID
		From   call.AgentState
		To     call.AgentState
		Reason call.PauseReason
		Call   call.ID
	}
)

func (OfferMade) decision()   {}
func (OfferClosed) decision() {}
func (AgentMoved) decision()  {}

// CanMove says whether an agent may go from one state to another. Paused and
// offline agents go to talking only when a restart finds them in a conversation.
func CanMove(from, to call.AgentState) bool {
	legal := map[call.AgentState][]call.AgentState{
		call.Offline:      {call.Paused, call.AgentTalking},
		call.Paused:       {call.Available, call.Offline, call.Paused, call.AgentTalking},
		call.Available:    {call.Reserved, call.Paused, call.Offline},
		call.Reserved:     {call.AgentRinging, call.AgentTalking, call.Available, call.Paused, call.Offline},
		call.AgentRinging: {call.AgentTalking, call.Available, call.Paused, call.Offline},
		call.AgentTalking: {call.WrapUp, call.Offline},
		call.WrapUp:       {call.Available, call.Paused, call.Offline},
	}
	return slices.Contains(legal[from], to)
}
