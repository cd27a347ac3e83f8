package switchboard

import (
	"time"

	"hotline1022/internal/call"
)

// EarDoing is what a supervisor's softphone is busy with.
type EarDoing string

// What it may do.
const (
	EarIdle       EarDoing = "idle"
	EarRinging    EarDoing = "ringing" // it rings, or is about to be joined
	EarListening  EarDoing = "listening"
	EarWhispering EarDoing = "whispering"
	EarSignedOut  EarDoing = "signed_out" // the last that is told
)

// EarState is a supervisor's softphone as its pages see it.
type EarState struct {
	Doing EarDoing
	Since time.Time
	Agent call.AgentID   // who is listened to, or was
	Call  call.ID        // in which call
	Ended call.ListenEnd // idle: why it is over; "" when there was nothing
}

// earWatcher holds the newest state that its page has not taken.
type earWatcher struct {
	newest chan EarState
	closed bool
}

func (w *earWatcher) close() {
	if !w.closed {
		w.closed = true
		close(w.newest)
	}
}

// tell keeps the state and shows it to every page; the ears' lock is held.
func (s *earSeat) tell(state EarState) {
	s.now = state
	for w := range s.watchers {
		w.show(state)
	}
}

func (w *earWatcher) show(state EarState) {
	select {
	case <-w.newest:
	default:
	}
	w.newest <- state
}

// Watch tells what the supervisor's softphone does, at first what it does now; a reader
// who is slow misses what is not the newest. The channel is closed when the softphone is
// signed out, and by cancel. It is nil for who has none.
func (e *Ears) Watch(by call.AgentID) (states <-chan EarState, cancel func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	seat, ok := e.seats[by]
	if !ok {
		return nil, func() {}
	}
	w := &earWatcher{newest: make(chan EarState, 1)}
	seat.watchers[w] = struct{}{}
	w.show(seat.now)
	return w.newest, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(seat.watchers, w)
		w.close()
	}
}

// State is what the supervisor's softphone does now, and its account without the
// password; false for who has none.
func (e *Ears) State(by call.AgentID) (EarState, Credential, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	seat, ok := e.seats[by]
	if !ok {
		return EarState{}, Credential{}, false
	}
	return seat.now, Credential{SIPUser: seat.phone.SIPUser, Key: seat.key}, true
}
