package roster

import (
	"errors"
	"fmt"

	"hotline1022/internal/call"
)

// Leave is time away, in whole dates: no shift begins on them. The night that began
// on the date before runs to its end.
type Leave struct {
	ID       string
	Agent    call.AgentID
	From, To string // 2006-01-02, both included
	Kind     LeaveKind
	Reason   string // in the agent's words; may be empty
	State    LeaveState
	By       call.AgentID // who took the last step
}

// LeaveKind says what a leave is for.
type LeaveKind string

// The kinds of leave.
const (
	AnnualLeave    LeaveKind = "annual"    // Labour Code art. 113
	FamilyLeave    LeaveKind = "family"    // wedding, bereavement; art. 115
	UnpaidLeave    LeaveKind = "unpaid"    // art. 115
	SickLeave      LeaveKind = "sick"      // by the law on social insurance
	MaternityLeave LeaveKind = "maternity" // art. 139
	DutyLeave      LeaveKind = "duty"      // away for training or other work
)

// LeaveState is where a leave stands.
//
//	asked ─▶ approved ─▶ withdrawn
//	  ├────▶ refused        ▲
//	  └─────────────────────┘
type LeaveState string

// The states of a leave. Only an approved one keeps the agent off shifts.
const (
	LeaveAsked     LeaveState = "asked"
	LeaveApproved  LeaveState = "approved"
	LeaveRefused   LeaveState = "refused"
	LeaveWithdrawn LeaveState = "withdrawn"
)

// LeaveStep is what somebody does about a leave.
type LeaveStep string

// The steps of a leave.
const (
	ApproveLeave  LeaveStep = "approve"
	RefuseLeave   LeaveStep = "refuse"
	WithdrawLeave LeaveStep = "withdraw"
)

// After is the state that the step leads to; false when it cannot be taken.
func (s LeaveState) After(step LeaveStep) (LeaveState, bool) {
	switch {
	case step == ApproveLeave && s == LeaveAsked:
		return LeaveApproved, true
	case step == RefuseLeave && s == LeaveAsked:
		return LeaveRefused, true
	case step == WithdrawLeave && (s == LeaveAsked || s == LeaveApproved):
		return LeaveWithdrawn, true
	}
	return s, false
}

// Actor is who takes a step.
type Actor struct {
	Agent call.AgentID
	Lead  bool // of the shift, or above
}

// Why a step is not taken.
var (
	ErrNotNow     = errors.New("this step does not follow from where it stands; read it again")
	ErrNotYours   = errors.New("this step is another person's to take")
	ErrNotALead   = errors.New("only a shift lead may decide this; ask one")
	ErrOwnRequest = errors.New("nobody decides on their own request; ask another lead")
	ErrBegun      = errors.New("the shift has begun; ask a shift lead for a substitute")
	ErrNotPlanned = errors.New("the plan has changed: the shift is no longer theirs; ask anew")
)

// Take is the leave after the step. Leads decide, on others' leaves; the agent or a
// lead withdraws. A lead who approves looks at Struck first.
func (l Leave) Take(step LeaveStep, by Actor) (Leave, error) {
	next, ok := l.State.After(step)
	if !ok {
		return l, fmt.Errorf("leave %s is %s: %w", l.ID, l.State, ErrNotNow)
	}
	switch step {
	case ApproveLeave, RefuseLeave:
		if err := mayDecide(by, l.Agent); err != nil {
			return l, err
		}
	case WithdrawLeave:
		if by.Agent != l.Agent && !by.Lead {
			return l, ErrNotYours
		}
	}
	l.State, l.By = next, by.Agent
	return l, nil
}

func mayDecide(by Actor, of ...call.AgentID) error {
	if !by.Lead {
		return ErrNotALead
	}
	for _, a := range of {
		if a == by.Agent {
			return ErrOwnRequest
		}
	}
	return nil
}

// Check says what is wrong with the leave's dates.
func (l Leave) Check() error {
	from, errFrom := parseDate(l.From)
	to, errTo := parseDate(l.To)
	if err := errors.Join(errFrom, errTo); err != nil {
		return fmt.Errorf("leave of %s: %w", l.Agent, err)
	}
	if to < from {
		return fmt.Errorf("leave of %s ends on %s, before it begins on %s; change one", l.Agent, l.To, l.From)
	}
	return nil
}

// covers says whether the leave keeps its agent off shifts of that date. Dates of
// this form compare as they are.
func (l Leave) covers(agent call.AgentID, date string) bool {
	return l.State == LeaveApproved && l.Agent == agent && l.From <= date && date <= l.To
}

// Struck parts a plan: what stays in it when the leave is approved, and the shifts
// for which somebody else must be found.
func (l Leave) Struck(plan []Assignment) (kept, struck []Assignment) {
	l.State = LeaveApproved
	for _, a := range plan {
		if l.covers(a.Agent, a.Date) {
			struck = append(struck, a)
		} else {
			kept = append(kept, a)
		}
	}
	return kept, struck
}
