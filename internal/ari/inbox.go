package ari

import (
	"context"
	"sync"
)

// inbox is the unbounded FIFO between the socket's reader and who hands events out.
type inbox struct {
	mu    sync.Mutex
	queue []Event
	err   error         // the end, behind all events
	ready chan struct{} // holds a token while there is something to take
}

func newInbox() *inbox { return &inbox{ready: make(chan struct{}, 1)} }

func (i *inbox) put(e Event) {
	i.mu.Lock()
	i.queue = append(i.queue, e)
	i.mu.Unlock()
	i.wake()
}

// end says that no event comes any more, and why. The first reason counts.
func (i *inbox) end(err error) {
	i.mu.Lock()
	if i.err == nil {
		i.err = err
	}
	i.mu.Unlock()
	i.wake()
}

// abort is end at once: the events that wait are not for us any more.
func (i *inbox) abort(err error) {
	i.mu.Lock()
	i.queue, i.err = nil, err
	i.mu.Unlock()
	i.wake()
}

// reason is why the inbox ended, nil while it has not.
func (i *inbox) reason() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.err
}

func (i *inbox) wake() {
	select {
	case i.ready <- struct{}{}:
	default:
	}
}

// next waits for the oldest event, and gives the reason of the end when there is none
// left.
func (i *inbox) next(ctx context.Context) (Event, error) {
	for ctx.Err() == nil {
		if event, err := i.pop(); event != nil || err != nil {
			return event, err
		}
		select {
		case <-i.ready:
		case <-ctx.Done():
		}
	}
	return nil, ctx.Err()
}

func (i *inbox) pop() (Event, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.queue) == 0 {
		return nil, i.err
	}
	event := i.queue[0]
	i.queue[0] = nil
	i.queue = i.queue[1:]
	return event, nil
}
