package ari

import "sync"

// inbox is the unbounded FIFO between the socket's reader and the deliverer.
type inbox struct {
	mu    sync.Mutex
	queue []Event
	err   error         // the reader's end, behind all events
	ready chan struct{} // holds a token while there is something to take
}

func newInbox() *inbox { return &inbox{ready: make(chan struct{}, 1)} }

func (i *inbox) put(e Event) {
	i.mu.Lock()
	i.queue = append(i.queue, e)
	i.mu.Unlock()
	i.wake()
}

func (i *inbox) fail(err error) {
	i.mu.Lock()
	i.err = err
	i.mu.Unlock()
	i.wake()
}

func (i *inbox) wake() {
	select {
	case i.ready <- struct{}{}:
	default:
	}
}

func (i *inbox) take() ([]Event, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	queue := i.queue
	i.queue = nil
	return queue, i.err
}
