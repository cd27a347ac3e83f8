package roster

import (
	"fmt"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Swap is a request of an agent to a colleague to take a shift.
type Swap struct {
	ID       string
	From, To call.AgentID // who asks, and who is asked
	Give     Slot         // a shift of From
	Take     Slot         // the shift of To in return; zero for none
	Reason   string       // may be empty
	State    SwapState
	By       call.AgentID // who took the last step
	At       time.Time    // of the last step
}

// SwapState is where a swap stands.
//
//	proposed ─▶ accepted ─▶ approved
//	  │ │          │ ├────▶ rejected
//	  │ └──────────┴─┴────▶ withdrawn
//	  └───────────────────▶ declined
type SwapState string

// The states of a swap. Only an approved one has changed the plan.
const (
	SwapProposed  SwapState = "proposed"
	SwapAccepted  SwapState = "accepted"  // by the colleague
	SwapDeclined  SwapState = "declined"  // by the colleague
	SwapApproved  SwapState = "approved"  // by a lead
	SwapRejected  SwapState = "rejected"  // by a lead
	SwapWithdrawn SwapState = "withdrawn" // by who proposed it
)

// SwapStep is what somebody does about a swap.
type SwapStep string

// The steps of a swap.
const (
	AcceptSwap   SwapStep = "accept"
	DeclineSwap  SwapStep = "decline"
	ApproveSwap  SwapStep = "approve"
	RejectSwap   SwapStep = "reject"
	WithdrawSwap SwapStep = "withdraw"
)

// After is the state that the step leads to; false when it cannot be taken.
func (s SwapState) After(step SwapStep) (SwapState, bool) {
	switch {
	case step == AcceptSwap && s == SwapProposed:
		return SwapAccepted, true
	case step == DeclineSwap && s == SwapProposed:
		return SwapDeclined, true
	case step == ApproveSwap && s == SwapAccepted:
		return SwapApproved, true
	case step == RejectSwap && s == SwapAccepted:
		return SwapRejected, true
	case step == WithdrawSwap && (s == SwapProposed || s == SwapAccepted):
		return SwapWithdrawn, true
	}
	return s, false
}

// Propose makes the request if it can be carried out as the plan is now. The plan
// should reach a week around the shifts.
func (t Terms) Propose(plan []Assignment, s Swap, now time.Time) (Swap, error) {
	if s.From == s.To || s.From == "" || s.To == "" {
		return s, fmt.Errorf("swap %s is between %q and %q; name two people", s.ID, s.From, s.To)
	}
	if _, err := t.swapped(plan, s, now); err != nil {
		return s, err
	}
	s.State, s.By, s.At = SwapProposed, s.From, now
	return s, nil
}

// TakeSwap is the swap after the step, and the plan: changed when the step approves,
// else as it was. What would carry the swap on is checked against the plan and the
// rules of this moment, as both may have changed since it was proposed; a *RuleError
// says what it would newly break. What ends it needs no such check.
func (t Terms) TakeSwap(plan []Assignment, s Swap, step SwapStep, by Actor, now time.Time) (Swap, []Assignment, error) {
	next, ok := s.State.After(step)
	if !ok {
		return s, plan, fmt.Errorf("swap %s is %s: %w", s.ID, s.State, ErrNotNow)
	}
	changed := plan
	var err error
	switch step {
	case AcceptSwap:
		_, err = t.swapped(plan, s, now)
		err = orNotYours(by, s.To, err)
	case DeclineSwap:
		err = orNotYours(by, s.To, nil)
	case WithdrawSwap:
		err = orNotYours(by, s.From, nil)
	case RejectSwap:
		err = mayDecide(by, s.From, s.To)
	case ApproveSwap:
		if err = mayDecide(by, s.From, s.To); err == nil {
			changed, err = t.swapped(plan, s, now)
		}
	}
	if err != nil {
		return s, plan, err
	}
	s.State, s.By, s.At = next, by.Agent, now
	return s, changed, nil
}

func orNotYours(by Actor, whose call.AgentID, err error) error {
	if by.Agent != whose {
		return ErrNotYours
	}
	return err
}

// swapped is the plan after the swap.
func (t Terms) swapped(plan []Assignment, s Swap, now time.Time) ([]Assignment, error) {
	changed := slices.Clone(plan)
	if err := t.pass(changed, s.Give, s.From, s.To, now); err != nil {
		return nil, err
	}
	if s.Take != (Slot{}) {
		if err := t.pass(changed, s.Take, s.To, s.From, now); err != nil {
			return nil, err
		}
	}
	if err := broken(fresh(CheckPlan(t, plan), CheckPlan(t, changed))); err != nil {
		return nil, err
	}
	return changed, nil
}

// pass gives one's place on a shift to another, in the plan itself.
func (t Terms) pass(plan []Assignment, slot Slot, from, to call.AgentID, now time.Time) error {
	begins, ok := t.begins(slot)
	if !ok {
		return fmt.Errorf("there is no shift %q on %q; choose one of the plan", slot.Shift, slot.Date)
	}
	if !now.Before(begins) {
		return ErrBegun
	}
	i := slices.Index(plan, Assignment{slot.Date, slot.Shift, from})
	if i < 0 {
		return fmt.Errorf("%s on %s for %s: %w", slot.Shift, slot.Date, from, ErrNotPlanned)
	}
	if slices.Contains(plan, Assignment{slot.Date, slot.Shift, to}) {
		return &RuleError{Problems: []Problem{t.already(slot, to)}}
	}
	plan[i].Agent = to
	return nil
}

// already says that somebody is on the shift that they would get: a seat would be
// lost.
func (t Terms) already(slot Slot, agent call.AgentID) Problem {
	m, _ := t.member(agent)
	return t.problem(TwoAtOnce, m, slot, slot, say(
		"%s đã có %s; chọn người khác hoặc ca khác.", "%s already has %s; choose somebody else or another shift.", m.shown(), t.words(slot)))
}
