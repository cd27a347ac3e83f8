package emergency

import (
	"time"

	"hotline1022/internal/call"
)

// Action is something to be done now: a closed set. There is none that lets go of the
// citizen.
type Action interface{ action() }

// What is to be done, in the order given.
type (
	// BridgeCitizen puts the citizen into the call's bridge, for good.
	BridgeCitizen struct{}
	// Hold lets the citizen hear the hold sound, because nobody else is there to be
	// heard, or ends it.
	Hold struct{ On bool }
	// Say speaks to the citizen, in place of the hold sound or over it.
	Say struct {
		Prompt  Prompt
		Service call.Service
	}
	// Ring calls a destination. Rings, Answered and Gone follow.
	Ring struct {
		Attempt int
		Service call.Service
		Rung    Rung
		AtMost  time.Duration
	}
	// Join puts a destination that has answered into the bridge.
	Join struct{ Attempt int }
	// Drop ends a destination's leg. Nothing that it does later matters.
	Drop struct{ Attempt int }
	// JoinAgent puts one of us into the bridge.
	JoinAgent struct{ Agent call.AgentID }
	// CallAgent rings emergency agents until one enters, or no longer.
	CallAgent struct{ On bool }
	// CallSupervisors rings every supervisor until one enters, or no longer.
	CallSupervisors struct{ On bool }
	// LetGo tells one of us that everything is confirmed: their leg may leave.
	LetGo struct{ Agent call.AgentID }
	// Record writes a fact to the journal.
	Record struct{ Fact call.Fact }
	// Finish ends the hand-over: nobody is left whom it is about. What is still in the
	// bridge is taken down.
	Finish struct{ Outcome call.Outcome }
)

func (BridgeCitizen) action()   {}
func (Hold) action()            {}
func (Say) action()             {}
func (Ring) action()            {}
func (Join) action()            {}
func (Drop) action()            {}
func (JoinAgent) action()       {}
func (CallAgent) action()       {}
func (CallSupervisors) action() {}
func (LetGo) action()           {}
func (Record) action()          {}
func (Finish) action()          {}

// Prompt is what is said; configs/prompts has the words.
type Prompt string

// What is said to a citizen in a hand-over.
const (
	SayCalling Prompt = "emg_transfer" // … to whom, by service: emg_transfer_114
	SayOther   Prompt = "emg_retry"    // somewhere else is tried
	SayHold    Prompt = "emg_hold"
	SayDirect  Prompt = "emg_direct" // nobody answers: another telephone may call directly
	SayAfter   Prompt = "emg_after"  // the command centre has hung up
)

// Prompts is every prompt that a hand-over of that service may say.
func Prompts(s call.Service) []string {
	return []string{Say{SayCalling, s}.Key(), string(SayOther), string(SayHold), string(SayDirect), string(SayAfter)}
}

// Key is the prompt's key in configs/prompts.
func (s Say) Key() string {
	if s.Prompt == SayCalling {
		return string(SayCalling) + "_" + string(s.Service)
	}
	return string(s.Prompt)
}
