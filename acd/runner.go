package acd

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Runner is the one goroutine that owns an engine. Its commands never block: they
// are queued, in the order in which they are given, without a bound.
type Runner struct {
	sink func(Decision)

	mu      sync.Mutex
	todo    []command
	started bool
	stopped bool
	wakeUp  chan struct{} // holds one token while there is something to do
	quit    chan struct{}
	done    chan struct{}

	engineMu sync.Mutex // for reading the engine beside the goroutine
	engine   *Engine
}

type command func(e *Engine, now time.Time) []Decision

// NewRunner makes a runner. The sink gets every decision, in order, on the runner's
// goroutine; it must not block, and may give commands.
func NewRunner(cfg Config, sink func(Decision)) *Runner {
	return &Runner{
		sink: sink, engine: New(cfg),
		wakeUp: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
}

// Start begins to work on the commands, those given before included, until Stop or
// the end of ctx. It fails on a runner that was stopped.
func (r *Runner) Start(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return errors.New("the line was stopped and cannot be started again")
	}
	if r.started {
		return nil
	}
	r.started = true
	go r.run(ctx)
	return nil
}

// Stop ends the goroutine; commands that it had not come to are dropped. Not to be
// called from the sink.
func (r *Runner) Stop() {
	r.mu.Lock()
	if !r.stopped {
		r.stopped = true
		close(r.quit)
	}
	started := r.started
	r.todo = nil
	r.mu.Unlock()
	if started {
		<-r.done
	}
}

func (r *Runner) run(ctx context.Context) {
	defer close(r.done)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-r.wakeUp:
		case <-timer.C:
			r.do((*Engine).Tick)
		case <-r.quit:
			return
		case <-ctx.Done():
			return
		}
		for _, c := range r.take() {
			if r.over(ctx) {
				return
			}
			r.do(c)
		}
		if at, ok := r.engine.Next(); ok {
			timer.Reset(max(time.Until(at), 0))
		} else {
			timer.Stop()
		}
	}
}

func (r *Runner) over(ctx context.Context) bool {
	select {
	case <-r.quit:
		return true
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

func (r *Runner) do(c command) {
	r.engineMu.Lock()
	decisions := c(r.engine, time.Now())
	r.engineMu.Unlock()
	for _, d := range decisions {
		r.sink(d)
	}
}

func (r *Runner) put(c command) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return
	}
	r.todo = append(r.todo, c)
	select {
	case r.wakeUp <- struct{}{}:
	default:
	}
}

func (r *Runner) take() []command {
	r.mu.Lock()
	defer r.mu.Unlock()
	todo := r.todo
	r.todo = nil
	return todo
}
