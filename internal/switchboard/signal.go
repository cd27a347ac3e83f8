package switchboard

import (
	"errors"
	"time"

	"hotline1022/internal/call"
)

// ErrGone says that a leg, bridge or playback does not exist any more.
var ErrGone = errors.New("gone")

// Signal is what the phones report. Each names the call it belongs to.
type Signal interface{ Of() call.ID }

type (
	// CitizenEntered says that a citizen's leg is in our hands.
	CitizenEntered struct {
		Call   call.ID
		Caller string // E.164, "web:<id>" for a browser, "" if withheld
		Dialed string
		At     time.Time // when Asterisk saw it
	}
	// LegEntered says that an invited leg exists and may be bridged and rung.
	LegEntered struct {
		Call call.ID
		Leg  string
	}
	// LegRinging says that the far end rings.
	LegRinging struct {
		Call call.ID
		Leg  string
	}
	// LegUp says that the far end answered.
	LegUp struct {
		Call call.ID
		Leg  string
	}
	// LegGone says that a leg ended, or left our hands.
	LegGone struct {
		Call  call.ID
		Leg   string
		Cause int // ITU-T Q.850; 16 normal, 17 busy, 21 rejected
	}
	// Digit is a key that the citizen pressed.
	Digit struct {
		Call  call.ID
		Digit byte
	}
	// RecordDone says that a recording ended: at its greatest length, by silence, stopped,
	// or with its leg. The file is complete then; there is none when nothing was recorded.
	// When the leg hung up, its LegGone comes before.
	RecordDone struct {
		Call   call.ID
		Name   string
		Length time.Duration // in whole seconds, as Asterisk counts
		Heard  time.Duration // … in which something was heard, if it could end by silence
		Failed string        // why nothing could be recorded, for the log; "" when it went well
	}
	// PlayDone says that a playback ended, to its end or stopped.
	PlayDone struct {
		Call call.ID
		Play string
	}
)

// Of names the call of the signal.
func (s CitizenEntered) Of() call.ID { return s.Call }

// Of names the call of the signal.
func (s LegEntered) Of() call.ID { return s.Call }

// Of names the call of the signal.
func (s LegRinging) Of() call.ID { return s.Call }

// Of names the call of the signal.
func (s LegUp) Of() call.ID { return s.Call }

// Of names the call of the signal.
func (s LegGone) Of() call.ID { return s.Call }

// Of names the call of the signal.
func (s Digit) Of() call.ID { return s.Call }

// Of names the call of the signal.
func (s RecordDone) Of() call.ID { return s.Call }

// Of names the call of the signal.
func (s PlayDone) Of() call.ID { return s.Call }

// Truth is what is really there in Asterisk, read after every connect.
type Truth struct {
	Citizens []CitizenEntered    // citizens' legs in our hands
	Legs     []string            // agents' legs in our hands
	Up       map[string]bool     // legs that were answered
	Bridges  map[string][]string // our bridges and who is in them
	Phones   []string            // names of all accounts, of whatever sort
	Parts    map[call.ID]int     // the recording's part, of citizens who are beyond the first
}

// Q.850 causes that say how a leg ended. A browser that vanished ends by rtp_timeout
// with 44, a desk that cannot be reached with 1, 20, 34 and others: any cause but
// these is trouble, not somebody's wish.
const (
	causeNormal   = 16
	causeBusy     = 17
	causeRejected = 21
	// causeTakenBack is not of Q.850: the leg lives, but has left our hands.
	causeTakenBack = -1
	// causeMissing is not of Q.850: the leg was not there any more after a gap in the events.
	causeMissing = -2
)
