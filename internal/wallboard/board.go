package wallboard

import (
	"context"
	"errors"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// How often subscribers are told, at most and at least.
const (
	atMostEvery  = 250 * time.Millisecond
	atLeastEvery = 5 * time.Second
)

// Board is figures for many: events come from one side, screens read on the other,
// and no screen can hold up the events.
type Board struct {
	mu      sync.Mutex
	figures *Figures
	last    Live // read last, valid until an event comes or time shows
	fresh   bool
	screens map[*screen]struct{}
	started bool
	stopped bool

	changed chan struct{} // holds one token when there is something new
	quit    chan struct{}
	done    chan struct{}
}

// screen is one subscriber; the channel holds the newest figures that it has not taken.
type screen struct{ newest chan Live }

// NewBoard makes a board of no events. Without Start it can be read and not subscribed to.
func NewBoard(cfg Config) *Board {
	return &Board{
		figures: New(cfg), screens: map[*screen]struct{}{},
		changed: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}),
	}
}

// Seed is Figures.Seed.
func (b *Board) Seed(events []call.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.figures.Seed(events)
	b.fresh = false
	b.nudge()
}

// Apply is Figures.Apply. It never waits for a screen.
func (b *Board) Apply(events []call.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.figures.Apply(events)
	b.fresh = false
	b.nudge()
}

// Live is Figures.Live. Many who ask at once share one answer and must not change it.
func (b *Board) Live(now time.Time) Live {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.read(now)
}

// read keeps the figures for as long as nobody could see the difference.
func (b *Board) read(now time.Time) Live {
	age := now.Sub(b.last.At)
	if !b.fresh || age < 0 || age >= atMostEvery {
		b.last, b.fresh = b.figures.Live(now), true
	}
	return b.last
}

// Subscribe gives the figures now, then when they change, at most four times a second
// and at least every five seconds. A reader who is slow misses what is not the newest.
// The channel is closed by cancel and when the board stops.
func (b *Board) Subscribe() (figures <-chan Live, cancel func()) {
	s := &screen{newest: make(chan Live, 1)}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped {
		close(s.newest)
		return s.newest, func() {}
	}
	b.screens[s] = struct{}{}
	s.show(b.read(time.Now()))
	return s.newest, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.remove(s)
	}
}

func (b *Board) remove(s *screen) {
	if _, ok := b.screens[s]; ok {
		delete(b.screens, s)
		close(s.newest)
	}
}

// show replaces what the screen has not taken; only the board's lock holder calls it.
func (s *screen) show(l Live) {
	select {
	case <-s.newest:
	default:
	}
	s.newest <- l
}

// Start begins to tell subscribers, until Stop or the end of ctx. It fails on a board
// that was stopped.
func (b *Board) Start(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped {
		return errors.New("the wallboard was stopped and cannot be started again")
	}
	if !b.started {
		b.started = true
		go b.run(ctx)
	}
	return nil
}

// Stop closes every subscription.
func (b *Board) Stop() {
	b.mu.Lock()
	if !b.stopped {
		b.stopped = true
		close(b.quit)
	}
	started := b.started
	for s := range b.screens {
		b.remove(s)
	}
	b.mu.Unlock()
	if started {
		<-b.done
	}
}

func (b *Board) run(ctx context.Context) {
	defer close(b.done)
	pause := time.NewTimer(0)
	defer pause.Stop()
	idle := time.NewTimer(atLeastEvery)
	defer idle.Stop()
	for {
		// First the pause since the last time, then whatever comes first.
		select {
		case <-pause.C:
		case <-b.quit:
			return
		case <-ctx.Done():
			return
		}
		select {
		case <-b.changed:
		case <-idle.C:
		case <-b.quit:
			return
		case <-ctx.Done():
			return
		}
		b.tell(time.Now())
		pause.Reset(atMostEvery)
		idle.Reset(atLeastEvery)
	}
}

func (b *Board) tell(now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	live := b.read(now) // also without a screen: it forgets what is old
	for s := range b.screens {
		s.show(live)
	}
}

func (b *Board) nudge() {
	select {
	case b.changed <- struct{}{}:
	default:
	}
}
