package emergency

import "hotline1022/internal/call"

// Event is what happened to a hand-over: a closed set.
type Event interface{ event() }

// What may happen. Attempts are those of Ring; one that is not known, or is over, changes
// nothing.
type (
	// Begin starts the hand-over. Agent is one of us who talks with the citizen already,
	// "" when the citizen's own key asked for it. Later it is AddService.
	Begin struct {
		Service call.Service
		Area    string
		Agent   call.AgentID
	}
	// AddService asks for one more service in the same conference; again for one that is
	// there it asks for its next destination.
	AddService struct {
		Service call.Service
		Area    string
		Agent   call.AgentID
	}
	// Advance asks for the next destination of a service, whoever has answered: nobody
	// there speaks, or it is the wrong one.
	Advance struct{ Service call.Service }
	// Rings says that a destination's telephone rings.
	Rings struct{ Attempt int }
	// Answered says that a destination has answered.
	Answered struct{ Attempt int }
	// Gone says that a destination's leg is no more: it was busy, did not answer, or hung up.
	Gone struct {
		Attempt int
		How     call.DestinationEnd
	}
	// Entered says that one of us, an agent or a supervisor, has taken the hand-over.
	Entered struct{ Agent call.AgentID }
	// Left says that one of us is no longer there.
	Left struct{ Agent call.AgentID }
	// NobodyFree says that no agent can be rung.
	NobodyFree struct{}
	// Confirm says that one of us has heard the command centre take over: the destination
	// of that attempt, or with 0 the one that answered last.
	Confirm struct {
		Service call.Service
		Agent   call.AgentID
		Attempt int
	}
	// Acknowledged says that the sheet was acknowledged.
	Acknowledged struct{ Service call.Service }
	// CitizenGone says that the citizen has hung up, or was lost.
	CitizenGone struct{}
	// Tick says that time has passed; see Handover.Due.
	Tick struct{}
)

func (Begin) event()        {}
func (AddService) event()   {}
func (Advance) event()      {}
func (Rings) event()        {}
func (Answered) event()     {}
func (Gone) event()         {}
func (Entered) event()      {}
func (Left) event()         {}
func (NobodyFree) event()   {}
func (Confirm) event()      {}
func (Acknowledged) event() {}
func (CitizenGone) event()  {}
func (Tick) event()         {}
