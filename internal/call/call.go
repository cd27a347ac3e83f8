// Package call holds the nouns that every part of the contact centre shares:
// identifiers, groups, states, outcomes and the events that happen to a call.
//
// A call is one citizen's visit, from the INVITE to the end of wrap-up. It has
// legs (channels): the citizen's, an agent's, later a command centre's or a
// supervisor's. What happens to it is told as events, closed sum types that are
// appended to the journal and never changed; every figure shown anywhere is a
// fold over them.
//
// The package imports the standard library only, so that any other may import it.
package call

import (
	"fmt"
	"strconv"
	"strings"
)

// ID names one call. It is the citizen leg's channel id, which Asterisk makes as
// "<node>-<unix seconds>.<counter>": unique over nodes, the same when an arrival
// is announced twice, and known to the dialplan when no controller is there.
type ID string

// AgentID is an agent's user name: lower-case letters, digits and dots.
type AgentID string

// OfferID names one offer of one caller to one agent, and the agent's leg that it
// makes: "<call>-o<n>".
type OfferID string

// Offer derives the id of the call's n-th offer, counted from 1.
func (id ID) Offer(n int) OfferID { return OfferID(string(id) + "-o" + strconv.Itoa(n)) }

// Bridge derives the id of the bridge that citizen and agent meet in.
func (id ID) Bridge() string { return string(id) + "-b" }

// Play derives the id of the call's n-th playback.
func (id ID) Play(n int) string { return fmt.Sprintf("%s-p%d", id, n) }

// Called derives the id of the leg by which we call the citizen for the n-th time, counted
// from 1. It has a recording of its own.
func (id ID) Called(n int) string { return string(id) + "-c" + strconv.Itoa(n) }

// CalledLeg gives n of Called; false for any other leg.
func CalledLeg(leg string) (n int, ok bool) {
	id, ours := Of(leg)
	tail, ok := strings.CutPrefix(leg, string(id)+"-c")
	n, err := strconv.Atoi(tail)
	return n, ours && ok && err == nil && n > 0 && leg == id.Called(n)
}

// Of gives the call that a derived id (an offer, a bridge, a playback) belongs to;
// a call's own id gives itself. Ids that were not made here give false.
func Of(derived string) (ID, bool) {
	dot := strings.LastIndexByte(derived, '.')
	if dot < 1 || dot == len(derived)-1 {
		return "", false
	}
	tail, _, _ := strings.Cut(derived[dot+1:], "-")
	if _, err := strconv.ParseUint(tail, 10, 64); err != nil {
		return "", false
	}
	return ID(derived[:dot+1] + tail), true
}

// Group is one of the three fields of work the hotline was founded for.
type Group string

// The groups, as keys 1, 2 and 3 of the main menu.
const (
	Procedure Group = "procedure" // thủ tục hành chính
	Emergency Group = "emergency" // khẩn cấp
	Field     Group = "field"     // hiện trường
)

// Groups lists every group in menu order.
func Groups() []Group { return []Group{Procedure, Emergency, Field} }

// Valid says whether g is one of the three groups.
func (g Group) Valid() bool {
	switch g {
	case Procedure, Emergency, Field:
		return true
	}
	return false
}

// Service is the emergency service that a caller chose: 113 police, 114 fire and
// rescue, 115 ambulance; empty when none was chosen.
type Service string

// The emergency services.
const (
	Police    Service = "113"
	Fire      Service = "114"
	Ambulance Service = "115"
)

// Language is the language the caller is spoken to in.
type Language string

// The languages that prompts exist in.
const (
	Vietnamese Language = "vi"
	English    Language = "en"
)

// Topic is what the caller chose in the menus: where the call is to be queued and
// what the ticket's form is filled with beforehand.
type Topic struct {
	Group   Group   `json:"group"`
	Field   string  `json:"field,omitempty"`   // key of configs/fields.yaml, such as "traffic"
	Service Service `json:"service,omitempty"` // emergency only
}

// Stage is where a call stands.
//
//	arriving ─▶ menu ─▶ waiting ─▶ ringing ─▶ talking ─▶ ended
//	                      ▲  ▲        │          │
//	                      │  └────────┘          │   refused, timed out, rescinded
//	                      └──────────────────────┘   the desk was lost
//
// Any stage may go to ended. Only the call's owner moves it.
type Stage string

// The stages of a call.
const (
	Arriving Stage = "arriving"
	Menu     Stage = "menu"
	Waiting  Stage = "waiting"
	Ringing  Stage = "ringing"
	Talking  Stage = "talking"
	Ended    Stage = "ended"
)

// Result says how a call ended.
type Result string

// The results. A call that was neither handled nor given up by the citizen failed.
const (
	Served     Result = "served"      // the citizen talked to an agent
	HandedOver Result = "handed_over" // a command centre has the citizen
	Abandoned  Result = "abandoned"   // the citizen hung up before anybody answered
	SelfServed Result = "self_served" // the menus answered
	Refused    Result = "refused"     // not taken: out of scope, unwanted
	Voicemail  Result = "voicemail"   // the citizen left a message
	Callback   Result = "callback"    // the citizen is called back, at their place in line
	NotReached Result = "not_reached" // an agent called, and nobody answered
	Failed     Result = "failed"      // we or the line lost the citizen
)

// Doer says whose doing an end was. What is unknown counts against us.
type Doer string

// Who may end a call.
const (
	ByCitizen  Doer = "citizen"
	ByAgent    Doer = "agent"
	ByUpstream Doer = "upstream"
	ByUs       Doer = "us"
)

// Outcome is how a call ended, whose doing it was, and in which stage it stood.
type Outcome struct {
	Result Result `json:"result"`
	By     Doer   `json:"by"`
	Stage  Stage  `json:"stage"`            // the stage it ended in
	Detail string `json:"detail,omitempty"` // for the log, in English, never shown to citizens
}

// CallbackEnd says what became of a try to call somebody back, or of the callback.
type CallbackEnd string

// How tries and callbacks end.
const (
	CallbackReached   CallbackEnd = "reached"
	CallbackNoAnswer  CallbackEnd = "no_answer"
	CallbackBusy      CallbackEnd = "busy"
	CallbackCancelled CallbackEnd = "cancelled" // taken out before anybody was reached
)

// RecordingKind says what a recording holds.
type RecordingKind string

// The kinds of recording. Of a conversation the citizen is left and the agent right.
const (
	OfConversation RecordingKind = "conversation" // with the citizen who called; also what has no kind
	OfOutside      RecordingKind = "outside"      // with a telephone that we called
	OfMessage      RecordingKind = "message"      // of one channel
)

// Score is how a citizen rated the conversation, by the key that they pressed.
type Score int

// The scores.
const (
	Satisfied   Score = 1
	SoSo        Score = 2
	Unsatisfied Score = 3
)

// AgentState is the state of an agent.
//
//	offline ─▶ paused ◀─▶ available ─▶ reserved ─▶ ringing ─▶ talking ─▶ wrap_up
//	             ▲ ▲          ▲           │           │                   │  │
//	             │ │          └───────────┴───────────┴───────────────────┘  │
//	             │ └──────────────────────┴───────────┴──────────────────────┘
//
// From any state to offline; from any state to talking when a restart finds the
// conversation alive, or an agent makes a call; from talking to available or paused
// when the citizen left in the moment of the answer; from wrap_up to reserved for an
// emergency, and from reserved and ringing back when that comes to nothing. The acd engine owns it; legal transitions are in
// acd.CanMove.
type AgentState string

// The agent states.
const (
	Offline      AgentState = "offline"
	Available    AgentState = "available"
	Reserved     AgentState = "reserved"
	AgentRinging AgentState = "ringing"
	AgentTalking AgentState = "talking"
	WrapUp       AgentState = "wrap_up"
	Paused       AgentState = "paused"
)

// PauseReason says why an agent takes no calls; configured in configs/queues.yaml,
// but for those that the system sets itself.
type PauseReason string

// Reasons that the system sets; PauseAsked is a pause without a further reason.
const (
	PauseAsked    PauseReason = "asked"
	PauseSignedIn PauseReason = "signed_in" // just signed in, has not pressed ready yet
	PauseRONA     PauseReason = "rona"      // let a call ring without answering
	PauseRefused  PauseReason = "refused"   // declined a call
	PauseNoPhone  PauseReason = "no_phone"  // the desk's phone could not be rung
)

// OfferEnd says how an offer ended.
type OfferEnd string

// How offers end.
const (
	OfferAccepted  OfferEnd = "accepted"
	OfferRefused   OfferEnd = "refused"
	OfferTimedOut  OfferEnd = "timed_out" // ring no answer (RONA)
	OfferRescinded OfferEnd = "rescinded" // the citizen left, or the desk was lost
)
