package switchboard

import (
	"time"

	"hotline1022/internal/call"
)

// OpenCall is what the journal knows of a call that has not finished: enough to
// take it up again.
type OpenCall struct {
	Call     call.ID
	Ticket   string
	Language call.Language
	Stage    call.Stage
	Node     string // the menu it was in
	Queue    string
	Topic    call.Topic
	QueuedAt time.Time
	Offers   int // highest number of an offer so far
	Offer    call.OfferID
	Agent    call.AgentID
	Accepted bool // ringing: the agent has answered, and is about to be connected
	Parties
	Lost     LostDesk
	Beside   Beside
	CallBack *OpenCallback // the citizen has asked for one, and it is not over

	Handing      []call.Event                  // facts of the hand-over that it is in
	Ears         map[call.AgentID]call.AgentID // which supervisors hear which agent
	RecordingOff time.Time                     // since when the recording is paused; zero if it is not
}

// LostDesk is the desk that a citizen was talking with last, if it was lost since.
type LostDesk struct {
	Agent call.AgentID
	At    time.Time
}

// Beside is what a citizen in the menus was busy with who had left them already.
type Beside int

// What there is beside the menus.
const (
	Nothing    Beside = iota
	AtMessage         // leaving a message
	HasMessage        // has left one
	AtSurvey          // has talked, and is asked how it was
	HasBack           // is to be called back
)

// History folds events into the calls that are open, and those that ended a moment ago.
type History struct {
	open  map[call.ID]*OpenCall
	ended endings
}

// NewHistory is a history without events.
func NewHistory() *History { return &History{open: map[call.ID]*OpenCall{}, ended: newEndings()} }

// Apply adds an event, in the journal's order.
func (h *History) Apply(event call.Event) error {
	if arrived, ok := event.Fact.(call.Arrived); ok {
		h.open[event.Call] = &OpenCall{
			Call: event.Call, Ticket: arrived.Ticket, Language: arrived.Language, Stage: call.Menu,
		}
		return nil
	}
	if out, ok := event.Fact.(call.Outbound); ok { // its first offer is the agent who makes it
		h.open[event.Call] = &OpenCall{
			Call: event.Call, Ticket: out.Ticket, Language: call.Vietnamese, Stage: call.Ended, Topic: out.Topic, QueuedAt: event.At, Offers: 1,
			CallBack: &OpenCallback{Number: out.Number, Agent: out.Agent, Offer: event.Call.Offer(1), Made: true},
		}
		return nil
	}
	if c := h.open[event.Call]; c != nil {
		c.apply(event)
		if c.Stage == call.Ended && c.CallBack == nil {
			delete(h.open, event.Call)
			h.ended.add(event.Call, event.At)
		}
	}
	return nil
}

// Open is every call without an end, and, with their stage and nothing else, those that
// ended at last: nothing of them begins anew.
func (h *History) Open() []OpenCall {
	calls := make([]OpenCall, 0, len(h.open)+len(h.ended.order))
	for _, c := range h.open {
		calls = append(calls, *c)
	}
	for _, e := range h.ended.order {
		calls = append(calls, OpenCall{Call: e.id, Stage: call.Ended})
	}
	return calls
}

func (c *OpenCall) apply(event call.Event) {
	if c.CallBack != nil && !c.CallBack.apply(event.Fact) {
		c.CallBack = nil
	}
	if ofHandover(event.Fact) {
		c.Handing = append(c.Handing, event)
	}
	switch f := event.Fact.(type) {
	case call.CallbackAsked:
		c.Stage, c.Beside, c.CallBack = call.Menu, HasBack, &OpenCallback{Number: f.Number}
	case call.LanguageChosen:
		c.Language = f.Language
	case call.MenuEntered:
		c.Node, c.Stage, c.Beside, c.CallBack = f.Node, call.Menu, Nothing, nil
	case call.VoicemailBegan:
		c.Stage, c.Beside = call.Menu, AtMessage
	case call.VoicemailLeft:
		c.Beside = HasMessage
	case call.SurveyAsked:
		c.Stage, c.Beside = call.Menu, AtSurvey
	case call.Queued:
		if !f.Again {
			c.QueuedAt, c.Lost = event.At, LostDesk{}
		}
		c.Stage, c.Queue, c.Topic, c.Beside = call.Waiting, f.Queue, f.Topic, Nothing
	case call.Connected:
		c.Lost = LostDesk{}
	case call.Disconnected:
		if f.Why == "desk_lost" {
			c.Lost = LostDesk{f.Agent, event.At}
		}
	case call.QueueMoved:
		c.Queue = f.To
	case call.Listened:
		if c.Ears == nil {
			c.Ears = map[call.AgentID]call.AgentID{}
		}
		c.Ears[f.By] = f.Agent
	case call.ListenEnded:
		delete(c.Ears, f.By)
	case call.RecordingPaused:
		c.RecordingOff = event.At
	case call.RecordingResumed:
		c.RecordingOff = time.Time{}
	case call.Finished:
		c.Stage = call.Ended
	}
	c.applyParty(event.Fact)
}
