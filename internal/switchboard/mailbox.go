package switchboard

import (
	"sync"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// message is what may lie in a call's mailbox, or in that of its callback; the owner lets
// it do what it is for.
type message interface {
	to(*session)
	toRecall(*recall)
}

type (
	reported struct{ signal Signal }         // the phones saw something
	decided  struct{ decision acd.Decision } // the line decided something
	deskLost struct{ offer call.OfferID }    // the desk that this offer rang is no more; the line knows
	checked  struct{ truth Truth }           // what is there after a gap in the events

	askedBack struct{ taken bool } // the line's answer to whoever wants to be called back
	takenBack struct{}             // … who wants something else now
)

func (m reported) to(s *session)  { s.reported(m.signal) }
func (m decided) to(s *session)   { s.decided(m.decision) }
func (m deskLost) to(s *session)  { s.deskLost(m.offer) }
func (m checked) to(s *session)   { s.check(m.truth) }
func (m askedBack) to(s *session) { s.answeredBack(m.taken) }
func (takenBack) to(*session)     {}

func (m reported) toRecall(r *recall) { r.reported(m.signal) }
func (m decided) toRecall(r *recall)  { r.decided(m.decision) }
func (m deskLost) toRecall(r *recall) { r.deskLost(m.offer) }
func (m checked) toRecall(r *recall)  { r.check(m.truth) }
func (askedBack) toRecall(*recall)    {}
func (takenBack) toRecall(r *recall)  { r.takenBack() }

// mailbox is an unbounded FIFO with one reader. Putting never blocks.
type mailbox struct {
	mu    sync.Mutex
	items []message
	ready chan struct{} // holds a token while items may be there
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

func (m *mailbox) put(msg message) {
	m.mu.Lock()
	m.items = append(m.items, msg)
	m.mu.Unlock()
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

// next takes the oldest message; false when there is none.
func (m *mailbox) next() (message, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.items) == 0 {
		m.items = nil
		return nil, false
	}
	msg := m.items[0]
	m.items[0] = nil
	m.items = m.items[1:]
	return msg, true
}
