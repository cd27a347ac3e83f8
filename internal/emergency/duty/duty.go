// Package duty keeps who must be called back: citizens whose emergency was not handed over
// when they hung up. It is a fold over the journal; whoever calls back notes what came of
// it, and a duty stands until somebody was reached or a supervisor has closed it.
package duty

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// Duty is one citizen who must be called back.
type Duty struct {
	Call    call.ID
	Ticket  string
	Caller  string // E.164; "" or "web:…" cannot be called
	Service call.Service
	Since   time.Time
	Notes   []Note
}

// Note is what somebody did about it.
type Note struct {
	At    time.Time
	Agent call.AgentID
	How   call.DutyStep
	Text  string
}

// Done says whether nothing is owed any more.
func (d Duty) Done() bool {
	return slices.ContainsFunc(d.Notes, func(n Note) bool { return n.How == call.DutyReached || n.How == call.DutyClosed })
}

// TakenBy is who has said last that they do it; "" for nobody.
func (d Duty) TakenBy() call.AgentID {
	for _, n := range slices.Backward(d.Notes) {
		if n.How == call.DutyTaken {
			return n.Agent
		}
	}
	return ""
}

// Tries is how often the citizen was called in vain.
func (d Duty) Tries() int {
	n := 0
	for _, note := range d.Notes {
		if note.How == call.DutyNoAnswer {
			n++
		}
	}
	return n
}

// Within is how soon somebody must have tried.
const Within = time.Minute

// Overdue says whether nobody has tried in time.
func (d Duty) Overdue(now time.Time) bool {
	return !d.Done() && d.Tries() == 0 && now.Sub(d.Since) >= Within
}

// Lasts is how long a call is remembered: a duty is read from so much of the journal.
const Lasts = 24 * time.Hour

// Book is every duty of the last day. It is safe for use by several goroutines.
type Book struct {
	mu    sync.Mutex
	calls map[call.ID]*seen
}

type seen struct {
	Duty
	first     time.Time
	emergency bool // waits for one of us in an emergency
	owed      bool
	events    map[string]bool // that were applied
}

// NewBook is a book without duties.
func NewBook() *Book { return &Book{calls: map[call.ID]*seen{}} }

// Apply adds events, in the order of each call. One that comes twice changes nothing.
func (b *Book) Apply(events ...call.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range events {
		b.apply(e)
	}
}

func (b *Book) apply(e call.Event) {
	if e.Call == "" {
		return
	}
	s := b.calls[e.Call]
	if s == nil {
		s = &seen{Duty: Duty{Call: e.Call}, first: e.At, events: map[string]bool{}}
		b.calls[e.Call] = s
		b.forget(e.At)
	}
	if s.events[e.ID] {
		return
	}
	s.events[e.ID] = true
	switch f := e.Fact.(type) {
	case call.Arrived:
		s.Caller, s.Ticket = f.Caller, f.Ticket
	case call.Queued:
		s.emergency = f.Topic.Group == call.Emergency
		s.Service = cmp.Or(s.Service, f.Topic.Service)
	case call.MenuEntered:
		s.emergency = false
	case call.CallbackOwed:
		s.owes(e.At, f.Service)
	case call.Finished:
		if s.emergency && f.Outcome.Result == call.Abandoned { // in line, with nobody called yet
			s.owes(e.At, s.Service)
		}
	case call.DutyNoted:
		s.Notes = append(s.Notes, Note{At: e.At, Agent: f.Agent, How: f.How, Text: f.Note})
	}
}

func (s *seen) owes(at time.Time, service call.Service) {
	if !s.owed {
		s.owed, s.Since, s.Service = true, at, service
	}
}

func (b *Book) forget(now time.Time) {
	for id, s := range b.calls {
		if now.Sub(s.first) > 2*Lasts {
			delete(b.calls, id)
		}
	}
}

// Owed is every duty that stands, the oldest first, and those of the last day that are done.
func (b *Book) Owed() []Duty {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []Duty
	for _, s := range b.calls {
		if s.owed {
			d := s.Duty
			d.Notes = slices.Clone(d.Notes)
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(x, y Duty) int {
		return cmp.Or(x.Since.Compare(y.Since), cmp.Compare(x.Call, y.Call))
	})
	return all
}

// Of is the duty of a call; false when there is none.
func (b *Book) Of(id call.ID) (Duty, bool) {
	for _, d := range b.Owed() {
		if d.Call == id {
			return d, true
		}
	}
	return Duty{}, false
}
