package drill

import (
	"time"

	"hotline1022/internal/call"
)

// Stage is how far a drill has come: a closed set, in this order.
type Stage string

// The stages. A drill that failed has failed to reach its stage.
const (
	Answering Stage = "answering" // the hotline takes the call
	Greeting  Stage = "greeting"  // a voice is heard
	Ringing   Stage = "ringing"   // the destination is rung after the keys
	Inward    Stage = "inward"    // the destination hears the citizen
	Outward   Stage = "outward"   // the citizen hears the destination
	Kept      Stage = "kept"      // both hear each other until the drill ends it
	Passed    Stage = "passed"    // all of it
)

// Text says what did not happen when a drill has not come beyond that stage.
func (s Stage) Text() (vi, en string) {
	switch s {
	case Answering:
		return "Tổng đài không nhấc máy", "The hotline does not answer"
	case Greeting:
		return "Không nghe lời chào", "The greeting is not heard"
	case Ringing:
		return "Bấm phím khẩn cấp mà điểm nhận không đổ chuông", "The keys of the emergency ring no destination"
	case Inward:
		return "Điểm nhận không nghe được người gọi", "The destination does not hear the citizen"
	case Outward:
		return "Người gọi không nghe được điểm nhận", "The citizen does not hear the destination"
	case Kept:
		return "Cuộc gọi đứt giữa chừng", "The call broke off"
	case Passed:
	}
	return "Đạt", "Passed"
}

// Result is what one drill found. Times that were not reached are zero.
type Result struct {
	At       time.Time     `json:"at"`
	Service  call.Service  `json:"service"`
	Stage    Stage         `json:"stage"`    // Passed, or what did not come true
	Greeted  time.Duration `json:"greeted"`  // from the INVITE to the first sound
	Rang     time.Duration `json:"rang"`     // from the end of the last key to the INVITE at the destination
	Together time.Duration `json:"together"` // from the destination's answer until each hears the other
}

// OK says whether everything worked.
func (r Result) OK() bool { return r.Stage == Passed }
