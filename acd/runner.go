package acd

import (
	"context"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// Runner is the one goroutine that an Engine lives on. Its methods never wait, but
// for Position; decisions go to the sink in order, on the runner's goroutine.
type Runner struct {
	engine *Engine
	sink   func(Decision)

	mu       sync.Mutex
	commands []command
	wake     chan struct{}
	cancel   context.CancelFunc
	done     chan struct{}
}

type command func(e *Engine, now time.Time) []Decision

// NewRunner builds a runner. The sink must not block and must not call Position.
func NewRunner(cfg Config, sink func(Decision)) *Runner {
	return &Runner{engine: New(cfg), sink: sink, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// Start begins to carry out commands, those given before included.
func (r *Runner) Start(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancel != nil {
		return nil
	}
	ctx, r.cancel = context.WithCancel(ctx)
	go r.run(ctx)
	return nil
}

// Stop ends the goroutine; commands after it are forgotten.
func (r *Runner) Stop() {
	r.mu.Lock()
	cancel := r.cancel
	r.mu.Unlock()
	if cancel == nil {
		return
	}
	cancel()
	<-r.done
}

func (r *Runner) run(ctx context.Context) {
	defer close(r.done)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		wait := time.Hour
		if at, ok := r.engine.Next(); ok {
			wait = max(time.Until(at), 0)
		}
		timer.Reset(wait)
		select {
		case <-r.wake:
			for _, c := range r.take() {
				r.hand(c(r.engine, time.Now()))
			}
		case <-timer.C:
			r.hand(r.engine.Tick(time.Now()))
		case <-ctx.Done():
			return
		}
	}
}

func (r *Runner) hand(decisions []Decision) {
	for _, d := range decisions {
		r.sink(d)
	}
}

func (r *Runner) do(c command) {
	r.mu.Lock()
	r.commands = append(r.commands, c)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

func (r *Runner) take() []command {
	r.mu.Lock()
	defer r.mu.Unlock()
	commands := r.commands
	r.commands = nil
	return commands
}

// SignIn is Engine.SignIn.
func (r *Runner) SignIn(a Agent) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.SignIn(now, a) })
}

// SignOut is Engine.SignOut.
func (r *Runner) SignOut(id call.AgentID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.SignOut(now, id) })
}

// DeskLost is Engine.DeskLost.
func (r *Runner) DeskLost(id call.AgentID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.DeskLost(now, id) })
}

// Ready is Engine.Ready.
func (r *Runner) Ready(id call.AgentID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Ready(now, id) })
}

// Pause is Engine.Pause.
func (r *Runner) Pause(id call.AgentID, reason call.PauseReason) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Pause(now, id, reason) })
}

// WrappedUp is Engine.WrappedUp.
func (r *Runner) WrappedUp(id call.AgentID, ready bool) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.WrappedUp(now, id, ready) })
}

// Enqueue is Engine.Enqueue.
func (r *Runner) Enqueue(w Waiting) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Enqueue(now, w) })
}

// Leave is Engine.Leave.
func (r *Runner) Leave(id call.ID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Leave(now, id) })
}

// Ended is Engine.Ended.
func (r *Runner) Ended(id call.ID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Ended(now, id) })
}

// Ringing is Engine.Ringing.
func (r *Runner) Ringing(offer call.OfferID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Ringing(now, offer) })
}

// Accept is Engine.Accept.
func (r *Runner) Accept(offer call.OfferID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Accept(now, offer) })
}

// Refuse is Engine.Refuse.
func (r *Runner) Refuse(offer call.OfferID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Refuse(now, offer) })
}

// Fail is Engine.Fail.
func (r *Runner) Fail(offer call.OfferID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Fail(now, offer) })
}

// Adopt is Engine.Adopt.
func (r *Runner) Adopt(id call.ID, agent call.AgentID) {
	r.do(func(e *Engine, now time.Time) []Decision { return e.Adopt(now, id, agent) })
}

// Position is Engine.Position; it waits for the runner, and is false after Stop.
func (r *Runner) Position(id call.ID) (int, bool) {
	type answer struct {
		n  int
		ok bool
	}
	reply := make(chan answer, 1)
	r.do(func(e *Engine, _ time.Time) []Decision {
		n, ok := e.Position(id)
		reply <- answer{n, ok}
		return nil
	})
	select {
	case a := <-reply:
		return a.n, a.ok
	case <-r.done:
		return 0, false
	}
}
