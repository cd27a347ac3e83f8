package call

import (
	"strconv"
	"strings"
)

// EarID names what one supervisor hears of a call, and the supervisor's leg:
// "<call>-e<n>".
type EarID string

// Ear derives the id of the n-th ear at the call.
func (id ID) Ear(n int) EarID { return EarID(string(id) + "-e" + strconv.Itoa(n)) }

// Bridge derives the id of the bridge in which the supervisor hears.
func (e EarID) Bridge() string { return string(e) + "b" }

// Snoop derives the id of the ear's n-th leg that hears the agent's.
func (e EarID) Snoop(n int) string { return string(e) + "s" + strconv.Itoa(n) }

// EarOf gives the ear that a leg or a bridge belongs to; false for all others.
func EarOf(derived string) (EarID, bool) {
	id, ok := Of(derived)
	tail, mine := strings.CutPrefix(derived, string(id)+"-e")
	if !ok || !mine {
		return "", false
	}
	digits := len(tail) - len(strings.TrimLeft(tail, "0123456789"))
	if digits == 0 {
		return "", false
	}
	return EarID(string(id) + "-e" + tail[:digits]), true
}

// ListenEnd says why a supervisor hears a call no longer.
type ListenEnd string

// Why ears end.
const (
	ListenStopped   ListenEnd = "stopped"    // the supervisor stopped, or hung up
	ListenBarged    ListenEnd = "barged"     // the supervisor is in the conversation now
	ListenAgentLeft ListenEnd = "agent_left" // the conversation is over, or goes on without this agent
	ListenPhoneGone ListenEnd = "phone_gone" // the supervisor's softphone is no more, or did not answer
	ListenFailed    ListenEnd = "failed"     // Asterisk refused
	ListenRestarted ListenEnd = "restarted"  // the controller has restarted
)

// RecordingWhy says why a paused recording goes on.
type RecordingWhy string

// Why paused recordings go on.
const (
	RecordingAsked   RecordingWhy = "asked"
	RecordingTimeout RecordingWhy = "timeout" // nobody ended the pause
)

// What supervisors do, and agents with the recording. By is who did it.
type (
	// Listened says that a supervisor hears what is said at an agent's desk, and with
	// Whisper is heard by the agent and nobody else. A change between the two is told
	// again.
	Listened struct {
		By      AgentID `json:"by"`
		Agent   AgentID `json:"agent"`
		Whisper bool    `json:"whisper"`
	}
	// ListenEnded is the end of it. It may come after the call's.
	ListenEnded struct {
		By    AgentID   `json:"by"`
		Agent AgentID   `json:"agent"`
		Why   ListenEnd `json:"why"`
	}
	// RecordingPaused says that what is said is not recorded from now on.
	RecordingPaused struct {
		By AgentID `json:"by"`
	}
	// RecordingResumed says that it is recorded again.
	RecordingResumed struct {
		By  AgentID      `json:"by,omitempty"` // "" by itself
		Why RecordingWhy `json:"why"`
	}
	// Steered says that a supervisor gave a call that waits another place in line. What
	// the line made of it is told by QueueMoved and Offered.
	Steered struct {
		By     AgentID `json:"by"`
		Queue  string  `json:"queue"`
		Front  bool    `json:"front,omitempty"`
		Agent  AgentID `json:"agent,omitempty"` // whom the call is kept for
		Reason string  `json:"reason,omitempty"`
	}
)

// What supervisors do with agents; facts without a call.
type (
	// Forced says that a supervisor asked for another state of an agent.
	Forced struct {
		By     AgentID     `json:"by"`
		Agent  AgentID     `json:"agent"`
		To     AgentState  `json:"to"` // available, paused, offline; wrap_up gives more time for it
		Pause  PauseReason `json:"pause,omitempty"`
		Reason string      `json:"reason,omitempty"`
	}
	// MessageSent is a supervisor's message to desks.
	MessageSent struct {
		Message string    `json:"message"` // its id
		By      AgentID   `json:"by"`
		To      []AgentID `json:"to"`
		Text    string    `json:"text"`
	}
	// MessageRead says that an agent has pressed "read".
	MessageRead struct {
		Message string  `json:"message"`
		Agent   AgentID `json:"agent"`
	}
)

// Kind names the fact in the journal and in the database.
func (Listened) Kind() string         { return "listened" }
func (ListenEnded) Kind() string      { return "listen_ended" }
func (RecordingPaused) Kind() string  { return "recording_paused" }
func (RecordingResumed) Kind() string { return "recording_resumed" }
func (Steered) Kind() string          { return "steered" }
func (Forced) Kind() string           { return "forced" }
func (MessageSent) Kind() string      { return "message_sent" }
func (MessageRead) Kind() string      { return "message_read" }

func registerSupervise(m map[string]func([]byte) (Fact, error)) {
	register[Listened](m)
	register[ListenEnded](m)
	register[RecordingPaused](m)
	register[RecordingResumed](m)
	register[Steered](m)
	register[Forced](m)
	register[MessageSent](m)
	register[MessageRead](m)
}
