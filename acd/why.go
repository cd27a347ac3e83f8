package acd

import (
	"fmt"
	"time"

	"hotline1022/internal/call"
)

// Why is the reason of a decision, for a supervisor who asks. Text says it in
// English; a screen that speaks another language goes by the Rule.
type Why struct {
	Rule Rule
	Of   int           // how many there were to choose from, or that count
	Who  call.AgentID  // the other agent
	For  time.Duration // how long it took
}

// Rule is the rule that decided.
type Rule string

// Why an agent was chosen.
const (
	RuleLongestIdle Rule = "longest_idle"
	RuleFewestCalls Rule = "fewest_calls"
	RuleLeastTalk   Rule = "least_talk"
	RuleRoundRobin  Rule = "round_robin"
	RuleRingSeveral Rule = "ring_several" // one more beside those who ring
	RuleLinear      Rule = "linear"
	RuleLastAgent   Rule = "last_agent"  // named by the call
	RuleAskedFor    Rule = "asked_for"   // named by a colleague or supervisor
	RuleCutWrapUp   Rule = "cut_wrap_up" // an emergency cuts through wrap-up
	RuleBack        Rule = "back"        // whose desk was lost, and is there again
	RuleCutRing     Rule = "cut_ring"    // an emergency takes an agent whose desk only rings
)

// Why an offer ended, an agent moved, or a call was let go.
const (
	RuleAnswered      Rule = "answered"
	RuleAnsweredBy    Rule = "answered_by" // another
	RuleRefused       Rule = "refused"
	RuleNoAnswer      Rule = "no_answer"
	RuleNoPhone       Rule = "no_phone"
	RuleCitizenLeft   Rule = "citizen_left"
	RuleCallEnded     Rule = "call_ended"
	RuleEmergency     Rule = "emergency" // came first
	RuleAdopted       Rule = "adopted"   // found alive
	RuleJoined        Rule = "joined"
	RuleDeskLost      Rule = "desk_lost"
	RuleReturned      Rule = "returned" // to the line
	RuleSignedIn      Rule = "signed_in"
	RuleSignedOut     Rule = "signed_out"
	RuleShiftOver     Rule = "shift_over"
	RuleReady         Rule = "ready"
	RulePauseAsked    Rule = "pause_asked"
	RuleForced        Rule = "forced" // by a supervisor
	RuleOffered       Rule = "offered"
	RuleRings         Rule = "rings"
	RuleWrappedUp     Rule = "wrapped_up"
	RuleWrapUpLimit   Rule = "wrap_up_limit"
	RuleRested        Rule = "rested"
	RuleOutbound      Rule = "outbound"
	RuleTransferred   Rule = "transferred"
	RuleCallbackFails Rule = "callback_fails"
	RuleCallbackAsked Rule = "callback_asked" // by the citizen, instead of waiting
	RuleMaxWait       Rule = "max_wait"
	RuleUnstaffed     Rule = "unstaffed"
	RuleQueueGone     Rule = "queue_gone"
	RuleRedial        Rule = "redial"
)

// Why a call waits, or something that was asked for is not done.
const (
	RuleNobodyFree  Rule = "nobody_free"
	RuleNobodyHas   Rule = "nobody_has" // the skills
	RuleReserveKept Rule = "reserve_kept"
	RuleWaitsFor    Rule = "waits_for"
	RuleRingsAt     Rule = "rings_at"
	RuleRetryAt     Rule = "retry_at"
	RuleNotFree     Rule = "not_free"
	RuleNotWaiting  Rule = "not_waiting"
	RuleHasCallback Rule = "has_callback"
	RuleNoNumber    Rule = "no_number"
	RuleNoMoreTime  Rule = "no_more_time"
)

// Text says the reason in a few English words.
func (w Why) Text() string {
	of := ""
	if w.Of > 0 {
		of = fmt.Sprintf(" of %d", w.Of)
	}
	switch w.Rule {
	case RuleLongestIdle:
		return "longest idle" + of
	case RuleFewestCalls:
		return "fewest calls" + of
	case RuleLeastTalk:
		return "least talk time" + of
	case RuleRoundRobin:
		return "next in turn" + of
	case RuleRingSeveral:
		return fmt.Sprintf("one of %d to ring at once", w.Of)
	case RuleLinear:
		return "first of the fixed order" + of
	default:
		return w.otherText()
	}
}

func (w Why) otherText() string {
	switch w.Rule {
	case RuleLastAgent:
		return "last agent"
	case RuleBack:
		return "is back at the desk"
	case RuleCutWrapUp:
		return "an emergency cuts through wrap-up"
	case RuleCutRing, RuleEmergency:
		return "an emergency comes first"
	case RuleAnsweredBy:
		return fmt.Sprintf("answered by %s", w.Who)
	case RuleNoAnswer:
		return fmt.Sprintf("no answer within %s", w.For)
	case RuleMaxWait:
		return fmt.Sprintf("waited %s", w.For)
	case RuleUnstaffed:
		return "nobody is signed in"
	case RuleReserveKept:
		return fmt.Sprintf("reserve of %d kept for emergencies", w.Of)
	case RuleNobodyFree:
		return fmt.Sprintf("all %d are busy", w.Of)
	case RuleNobodyHas:
		return "nobody who is signed in has the skills"
	case RuleWaitsFor:
		return fmt.Sprintf("waits for %s", w.Who)
	case RuleRingsAt:
		return fmt.Sprintf("rings at %s", w.Who)
	case RuleRetryAt:
		return fmt.Sprintf("called again in %s", w.For)
	case RuleHasCallback:
		return "a callback waits for this number already"
	case RuleNoMoreTime:
		return fmt.Sprintf("extended %d times already", w.Of)
	default:
		return spaced(string(w.Rule))
	}
}

// spaced is the rule's own words.
func spaced(rule string) string {
	b := []byte(rule)
	for i, c := range b {
		if c == '_' {
			b[i] = ' '
		}
	}
	return string(b)
}
