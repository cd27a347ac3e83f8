// Package ticket is what remains of every call: a ticket (phiếu phản ánh, kiến nghị)
// with its timeline. Each call has exactly one, opened when the call arrives, whatever
// becomes of it. Call and ticket are folds of the call's events and of nothing else:
//
//	new ─▶ answered   somebody talked to the citizen, or the menus answered
//	 └───▶ missed     the citizen gave up or was lost: call back
//
// A ticket with a message, or with a callback that is still to be made, stays new. A call
// that an agent made for a ticket that is there already has none of its own; it is told in
// that one's timeline, and if somebody was talked with, that one is answered.
//
// The database checks the same states.
package ticket

import (
	"cmp"
	"slices"
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
	Code     string // "" of a call that an agent made for a ticket that was there before
	For      string // code of that one
	Outbound bool   // an agent called the citizen
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
	Citizen    string // their name, as far as it was told
	Place      call.Place
	Recordings []Kept           // by path, the order in which they were kept first
	Rated      call.Score       // 0 when the citizen said nothing
	CalledBack call.CallbackEnd // how a callback ended; "" while it is open, or there is none

	offer        call.OfferID // the last one that was made
	talkingSince time.Time
	talkers      []talker         // in conversation, in the order in which they came
	handed       bool             // to a command centre, or that was begun
	forms        []call.WrappedUp // the last of each agent, in the order in which they first wrote
	topicBy      call.AgentID     // whose form the topic is of
	wrapped      bool
}

// Kept is a recording.
type Kept struct {
	call.Recorded
	At time.Time
}

// Fold reads one call's events, in the order of Ordered. It is false when the call's
// beginning is not among them.
func Fold(events []call.Event) (Record, bool) {
	var r Record
	for _, e := range events {
		r.apply(e)
	}
	return r, r.opened()
}

func (r *Record) opened() bool { return r.Code != "" || r.For != "" }

func (r *Record) apply(e call.Event) {
	switch f := e.Fact.(type) {
	case call.Outbound:
		if r.opened() {
			return
		}
		r.Call, r.Caller, r.Outbound, r.Language, r.Agent = e.Call, f.Number, true, call.Vietnamese, f.Agent
		r.Arrived, r.Stage = e.At, call.Ringing
		if f.Opens {
			r.Code, r.Topic = f.Ticket, f.Topic
		} else {
			r.For = f.Ticket
		}
	case call.Arrived:
		if r.opened() { // announced twice; the code that the citizen heard stays
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
		// The line's facts may come a little late among those of the call's owner: one who
		// has left the line meanwhile, or talks, is not rung for. With somebody in
		// conversation it is somebody who is called in.
		if len(r.talkers) == 0 && (r.Stage == call.Waiting || r.Stage == call.Ringing) {
			r.Stage, r.offer = call.Ringing, f.Offer
		}
	case call.OfferClosed:
		if f.How != call.OfferAccepted && r.Stage == call.Ringing && r.offer == f.Offer {
			r.Stage = call.Waiting
		}
	case call.Connected:
		if r.Connected.IsZero() {
			r.Connected = e.At
		}
		r.joins(talker{f.Offer, f.Agent}, e.At)
		r.enter(call.Talking)
	case call.TakenOver:
		r.takesOver(f.Leg, f.Agent)
	case call.Disconnected:
		r.leaves(f.Offer, e.At)
	case call.HandoverBegan:
		r.handed = true
		r.Topic.Service = cmp.Or(r.Topic.Service, f.Service)
	case call.PlaceTold:
		r.Place = call.Place{Said: where(f), Located: f.Located, Lat: f.Lat, Lon: f.Lon}
	case call.CaseNoted:
		r.Citizen = cmp.Or(f.Name, r.Citizen)
	case call.Survived:
		// The controller took the call for lost, and it was not.
		r.Stage, r.Ended, r.Outcome = call.Menu, time.Time{}, call.Outcome{}
	case call.Finished:
		if r.Stage == call.Ended {
			return
		}
		r.stopTalking(e.At)
		r.talkers = nil
		r.Stage, r.Ended, r.Outcome = call.Ended, e.At, f.Outcome
	case call.VoicemailBegan, call.SurveyAsked:
		r.enter(call.Menu)
	case call.Rated:
		r.Rated = f.Score
	case call.CallbackClosed:
		r.CalledBack = f.How
	case call.Recorded:
		r.keep(Kept{f, e.At})
	case call.WrappedUp:
		r.write(f)
	}
}

// keep adds a recording; the same path again is the same one.
func (r *Record) keep(k Kept) {
	if k.What == "" {
		k.What = call.OfConversation
	}
	for i := range r.Recordings {
		if r.Recordings[i].Path == k.Path {
			r.Recordings[i] = k
			return
		}
	}
	r.Recordings = append(r.Recordings, k)
}

// talker is somebody who talks with the citizen; an outside number has no agent.
type talker struct {
	leg   call.OfferID
	agent call.AgentID
}

// joins: the first of those in conversation has the call.
func (r *Record) joins(t talker, at time.Time) {
	if len(r.talkers) == 0 {
		r.talkingSince = at
	}
	if !slices.Contains(r.talkers, t) {
		r.talkers = append(r.talkers, t)
	}
	r.lead()
}

// takesOver puts a supervisor first.
func (r *Record) takesOver(leg call.OfferID, agent call.AgentID) {
	r.talkers = slices.DeleteFunc(r.talkers, func(t talker) bool { return t.leg == leg })
	r.talkers = slices.Insert(r.talkers, 0, talker{leg, agent})
	r.lead()
}

// leaves: the time of the conversation goes on for as long as anybody is in it.
func (r *Record) leaves(leg call.OfferID, at time.Time) {
	r.talkers = slices.DeleteFunc(r.talkers, func(t talker) bool { return t.leg == leg })
	r.lead()
	if len(r.talkers) == 0 {
		r.stopTalking(at)
		r.enter(call.Waiting)
	}
}

// lead keeps the agent whose call it is, or was last.
func (r *Record) lead() {
	if len(r.talkers) > 0 && r.talkers[0].agent != "" {
		r.Agent = r.talkers[0].agent
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
	case call.Abandoned, call.Failed, call.Refused, call.NotReached:
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
