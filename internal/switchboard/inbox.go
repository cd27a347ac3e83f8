package switchboard

import "sync"

// inbox is an unbounded FIFO with one reader. Putting never blocks.
type inbox[M any] struct {
	mu    sync.Mutex
	items []M
	ready chan struct{} // holds a token while items may be there
}

func newInbox[M any]() *inbox[M] { return &inbox[M]{ready: make(chan struct{}, 1)} }

func (m *inbox[M]) put(msg M) {
	m.mu.Lock()
	m.items = append(m.items, msg)
	m.mu.Unlock()
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

// peek is the oldest message, which stays; false when there is none.
func (m *inbox[M]) peek() (M, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.items) == 0 {
		var none M
		return none, false
	}
	return m.items[0], true
}

// next takes the oldest message; false when there is none.
func (m *inbox[M]) next() (M, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var none M
	if len(m.items) == 0 {
		m.items = nil
		return none, false
	}
	msg := m.items[0]
	m.items[0] = none
	m.items = m.items[1:]
	return msg, true
}
