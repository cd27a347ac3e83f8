package acd

import "hotline1022/internal/call"

// CanMove says whether an agent may go from one state to another. The database
// checks the same list.
//
// A conversation that is found alive after a restart puts its agent into talking
// from any state. From talking an agent goes to available or paused without
// wrap-up when there was no conversation: the citizen left in the moment of the
// answer. From wrap-up an agent is reserved for an emergency, and goes back to it
// when that comes to nothing.
func CanMove(from, to call.AgentState) bool {
	switch from {
	case call.Offline:
		return to == call.Paused || to == call.AgentTalking
	case call.Available:
		return to == call.Reserved || to == call.Paused || to == call.Offline || to == call.AgentTalking
	case call.Reserved:
		return to == call.AgentRinging || to == call.AgentTalking ||
			to == call.WrapUp || to == call.Available || to == call.Paused || to == call.Offline
	case call.AgentRinging:
		return to == call.AgentTalking || to == call.WrapUp ||
			to == call.Available || to == call.Paused || to == call.Offline
	case call.AgentTalking:
		return to == call.WrapUp || to == call.Available || to == call.Paused || to == call.Offline
	case call.WrapUp:
		return to == call.Reserved || to == call.Available || to == call.Paused || to == call.Offline || to == call.AgentTalking
	case call.Paused: // to paused: for another reason
		return to == call.Available || to == call.Paused || to == call.Offline || to == call.AgentTalking
	}
	return false
}
