// Package ticket is what remains of every call: a ticket (phiếu phản ánh, kiến nghị)
// with its timeline. Each call has exactly one, whatever became of it, and both are
// folds of the call's events.
package ticket

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"hotline1022/internal/call"
	"hotline1022/internal/phone"
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

	Outcome  call.Outcome
	Note     string
	Recorded *call.Recorded

	talkingSince time.Time
}

// Fold reads a call's events in their order. It is false when the call's beginning is
// not among them.
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
	case call.Finished:
		r.stopTalking(e.At)
		r.Stage, r.Ended, r.Outcome = call.Ended, e.At, f.Outcome
	case call.Recorded:
		r.Recorded = &f
	case call.WrappedUp:
		r.Topic, r.Note = f.Topic, f.Note
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
		r.Talked += at.Sub(r.talkingSince)
		r.talkingSince = time.Time{}
	}
}

// Status tells where the ticket stands.
func (r *Record) Status() Status {
	switch r.Outcome.Result {
	case call.Served, call.HandedOver, call.SelfServed:
		return Answered
	case call.Abandoned, call.Failed, call.Refused:
		return Missed
	}
	return New
}

// Waited is the time in line until somebody answered or the call ended; up to now
// while it goes on.
func (r *Record) Waited(now time.Time) time.Duration {
	switch {
	case r.Queued.IsZero():
		return 0
	case !r.Connected.IsZero():
		return r.Connected.Sub(r.Queued)
	case !r.Ended.IsZero():
		return r.Ended.Sub(r.Queued)
	}
	return now.Sub(r.Queued)
}

// Search is the text that a search looks in.
func (r *Record) Search(agentName string) string {
	number := phone.Display(r.Caller)
	local := strings.Replace(r.Caller, "+84", "0", 1)
	return Plain(strings.Join([]string{r.Code, r.Caller, local, number, r.Note, agentName}, " "))
}

// Plain is text in lower case without diacritics: "Đường số 5" is "duong so 5".
func Plain(text string) string {
	strip := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	plain, _, err := transform.String(strip, strings.ToLower(text))
	if err != nil {
		plain = strings.ToLower(text)
	}
	return strings.ReplaceAll(plain, "đ", "d")
}
