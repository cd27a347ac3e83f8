package switchboard

import (
	"sync"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// message is what may lie in a call's mailbox.
type message interface{ message() }

type (
	reported struct{ signal Signal }         // the phones saw something
	decided  struct{ decision acd.Decision } // the line decided something
	deskLost struct{ agent call.AgentID }    // a desk's socket stayed away
)

func (reported) message() {}
func (decided) message()  {}
func (deskLost) message() {}

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

func (m *mailbox) take() []message {
	m.mu.Lock()
	defer m.mu.Unlock()
	items := m.items
	m.items = nil
	return items
}
