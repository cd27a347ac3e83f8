// Package ticket is what remains of every call: a ticket (phiếu phản ánh, kiến nghị)
// with its timeline. Each call has exactly one, opened when the call arrives, whatever
// becomes of it. Call and ticket are folds of the call's events and of nothing else:
//
//	new ─▶ answered   somebody talked to the citizen, or the menus answered
//	 └───▶ missed     the citizen gave up or was lost: call back
//
// A ticket with a message, or with a callback that is still to be made, stays new.
//
// The database checks the same states.
package ticket

import (
	"strings"
	"time"

	"hotline1022/internal/call"
)

// Status is where a ticket stands.
type Status string

// The statuses.
const (
	New      Status = "new"      // mới tiếp nhận
	Answered Status = "answered" // đã trả lời
	Missed   Status = "missed"   // gọi nhỡ, cần gọi lại
)

// Record is a call and its ticket as the events tell them.
type Record struct {
	Call     call.ID
	Code     string
	Caller   string
	Dialed   string
	Language call.Language
	Stage    call.Stage
	Queue    string
	Topic    call.Topic
	Agent    call.AgentID // who talked last

	Arrived   time.Time
	Queued    time.Time // zero when the call was never in line
	Connected time.Time // first time; zero when nobody talked
	Ended     time.Time
	Talked    time.Duration

	Outcome    call.Outcome
	Note       string
	Recorded   *call.Recorded
	RecordedAt time.Time
	Rated      call.Score       // 0 when the citizen said nothing
	CalledBack call.CallbackEnd // how a callback ended; "" while it is open, or there is none

	talkingSince time.Time
	wrapped      bool
}

// Fold reads one call's events, in the order of Ordered. It is false when the call's
// beginning is not among them.
func Fold(events []call.Event) (Record, bool) {
	var r Record
	for _, e := range events {
		r.apply(e)
	}
	return r, r.Code != ""
}

func (r *Record) apply(e call.Event) {
	switch f := e.Fact.(type) {
	case call.Arrived:
		if r.Code != "" { // announced twice; the code that the citizen heard stays
			return
		}
		r.Call, r.Code, r.Caller, r.Dialed, r.Language = e.Call, f.Ticket, f.Caller, f.Dialed, f.Language
		r.Arrived, r.Stage = e.At, call.Menu
	case call.LanguageChosen:
		r.Language = f.Language
	case call.MenuEntered:
		r.enter(call.Menu)
	case call.Queued:
		if r.Queued.IsZero() {
			r.Queued = e.At
		}
		r.Queue, r.Topic = f.Queue, f.Topic
		r.enter(call.Waiting)
	case call.QueueMoved:
		r.Queue = f.To
	case call.Offered:
		r.enter(call.Ringing)
	case call.OfferClosed:
		if f.How != call.OfferAccepted && r.Stage == call.Ringing {
			r.Stage = call.Waiting
		}
	case call.Connected:
		r.Agent, r.talkingSince = f.Agent, e.At
		if r.Connected.IsZero() {
			r.Connected = e.At
		}
		r.enter(call.Talking)
	case call.Disconnected:
		r.stopTalking(e.At)
		r.enter(call.Waiting)
	case call.Survived:
		// The controller took the call for lost, and it was not.
		r.Stage, r.Ended, r.Outcome = call.Menu, time.Time{}, call.Outcome{}
	case call.Finished:
		if r.Stage == call.Ended {
			return
		}
		r.stopTalking(e.At)
		r.Stage, r.Ended, r.Outcome = call.Ended, e.At, f.Outcome
	case call.VoicemailBegan, call.SurveyAsked:
		r.enter(call.Menu)
	case call.Rated:
		r.Rated = f.Score
	case call.CallbackClosed:
		r.CalledBack = f.How
	case call.Recorded:
		r.Recorded, r.RecordedAt = &f, e.At
	case call.WrappedUp:
		r.Topic, r.Note, r.wrapped = f.Topic, f.Note, true
	}
}

// enter moves on, but never out of the end.
func (r *Record) enter(stage call.Stage) {
	if r.Stage != call.Ended {
		r.Stage = stage
	}
}

func (r *Record) stopTalking(at time.Time) {
	if !r.talkingSince.IsZero() {
		r.Talked += max(0, at.Sub(r.talkingSince)) // the clock may have been set back
		r.talkingSince = time.Time{}
	}
}

// Channel is how the citizen reached us.
func (r *Record) Channel() Channel {
	if strings.HasPrefix(r.Caller, "web:") {
		return ByWeb
	}
	return ByPhone
}

// Status tells where the ticket stands.
func (r *Record) Status() Status {
	switch r.Outcome.Result {
	case call.Served, call.HandedOver, call.SelfServed:
		return Answered
	case call.Abandoned, call.Failed, call.Refused:
		return Missed
	case call.Voicemail: // somebody has to listen to it
	case call.Callback:
		switch r.CalledBack {
		case call.CallbackReached:
			return Answered
		case call.CallbackNoAnswer, call.CallbackBusy, call.CallbackCancelled:
			return Missed
		}
	}
	if r.wrapped { // the form may come before the end
		return Answered
	}
	return New
}

// Waited is the time in line until somebody answered or the call ended; up to now
// while it goes on.
func (r *Record) Waited(now time.Time) time.Duration {
	switch {
	case r.Queued.IsZero():
		return 0
	case !r.Connected.IsZero() && (r.Ended.IsZero() || !r.Connected.After(r.Ended)):
		return max(0, r.Connected.Sub(r.Queued))
	case !r.Ended.IsZero():
		return max(0, r.Ended.Sub(r.Queued))
	}
	return max(0, now.Sub(r.Queued))
}
