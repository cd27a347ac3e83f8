package ticket

import (
	"time"

	"hotline1022/internal/call"
)

// Marker is a step of a call at its place in the call's recording (API.md Marker).
type Marker struct {
	AtMs int64  `json:"at_ms"`
	Kind string `json:"kind"`
	Vi   string `json:"vi"`
	En   string `json:"en"`
}

// Markers places the steps of a conversation in its recording, which holds only the time
// in which the citizen was with somebody: what was before it is at its beginning, and a
// hold takes no time in it. length is the recording's.
func Markers(events []call.Event, names Names, length time.Duration) []Marker {
	list := []Marker{}
	var clock recorded
	for _, e := range Ordered(events) {
		if worthMarking(e.Fact) {
			vi, en := Sentence(e.Fact, names)
			at := min(clock.at(e.At), length)
			list = append(list, Marker{AtMs: at.Milliseconds(), Kind: e.Fact.Kind(), Vi: vi, En: en})
		}
		clock.learn(e)
	}
	return list
}

// recorded is how much had been recorded at a moment of the call.
type recorded struct {
	talkers map[call.OfferID]bool
	held    bool
	since   time.Time // zero while nothing is recorded
	sum     time.Duration
}

func (r *recorded) at(t time.Time) time.Duration {
	if r.since.IsZero() {
		return r.sum
	}
	return r.sum + max(t.Sub(r.since), 0)
}

func (r *recorded) learn(e call.Event) {
	switch f := e.Fact.(type) {
	case call.Connected:
		if r.talkers == nil {
			r.talkers = map[call.OfferID]bool{}
		}
		r.talkers[f.Offer], r.held = true, false
	case call.Disconnected:
		delete(r.talkers, f.Offer)
	case call.Held:
		r.held = true
	case call.Resumed, call.Conferenced:
		r.held = false
	case call.Finished:
		clear(r.talkers)
	default:
		return
	}
	switch runs := len(r.talkers) > 0 && !r.held; {
	case runs && r.since.IsZero():
		r.since = e.At
	case !runs && !r.since.IsZero():
		r.sum, r.since = r.at(e.At), time.Time{}
	}
}

// worthMarking says whether who listens would look for it.
func worthMarking(f call.Fact) bool {
	switch f.(type) {
	case call.KeyPressed, call.Connected, call.Disconnected, call.Held, call.Resumed, call.TransferAsked, call.Transferred,
		call.ConsultBegan, call.Conferenced, call.BargedIn, call.TakenOver, call.RecordingPaused, call.RecordingResumed:
		return true
	default:
		return false
	}
}
