package journal

import (
	"context"
	"sync"

	"hotline1022/internal/call"
)

// reader is one subscriber with an unbounded queue of its own.
type reader struct {
	f    func([]call.Event)
	wake chan struct{}

	mu    sync.Mutex
	queue []call.Event
}

func (r *reader) put(events []call.Event) {
	r.mu.Lock()
	r.queue = append(r.queue, events...)
	r.mu.Unlock()
	nudge(r.wake)
}

func (r *reader) run(ctx context.Context) {
	for {
		select {
		case <-r.wake:
			r.mu.Lock()
			queue := r.queue
			r.queue = nil
			r.mu.Unlock()
			r.f(queue)
		case <-ctx.Done():
			return
		}
	}
}
