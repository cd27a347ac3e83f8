package emergency

import "hotline1022/internal/call"

// End folds why a destination's leg ended, a cause of Q.850, into what it means for the
// ladder. Whether it had answered is known to the Handover.
func End(cause int) call.DestinationEnd {
	switch cause {
	case 17, 21: // user busy; call rejected
		return call.DestinationBusy
	case 34, 38, 41, 42, 44, 47: // no circuit, network out of order, congestion, no resource
		return call.DestinationCongested
	case 16, 18, 19, 102: // ended by us, no response, no answer, our time is up
		return call.DestinationNoAnswer
	}
	return call.DestinationNoRoute
}
