package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// feed tells the figures to every screen. They are read, compared and written as text
// once, however many look: a screen more costs a write and nothing else.
//
// Its goroutine begins with the first screen and ends with the last.
type feed struct {
	read func(now time.Time) any
	pace pace
	log  *slog.Logger

	mu      sync.Mutex
	screens map[chan []byte]struct{} // each holds the newest that it has not taken
	quit    chan struct{}            // ends the goroutine
	shape   []byte                   // of what was told last
	told    time.Time                // when that was
	text    []byte
	readAt  time.Time
}

// watch gives the figures now, then when they change, at least each pace.silence. A
// screen that is slow gets fewer of them, and always the newest.
func (f *feed) watch() (texts <-chan []byte, leave func()) {
	screen := make(chan []byte, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if f.text == nil || now.Sub(f.readAt) >= f.pace.look {
		f.look(now)
	}
	if f.text != nil {
		screen <- f.text
	}
	if f.screens == nil {
		f.screens = map[chan []byte]struct{}{}
	}
	f.screens[screen] = struct{}{}
	if len(f.screens) == 1 {
		f.quit = make(chan struct{})
		go f.run(f.quit)
	}
	return screen, func() { f.leave(screen) }
}

func (f *feed) leave(screen chan []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.screens, screen)
	if len(f.screens) == 0 {
		close(f.quit)
	}
}

func (f *feed) run(quit <-chan struct{}) {
	looks := time.NewTicker(f.pace.look)
	defer looks.Stop()
	for {
		select {
		case now := <-looks.C:
			f.mu.Lock()
			f.look(now)
			f.mu.Unlock()
		case <-quit:
			return
		}
	}
}

// look reads the figures, and tells them when they have changed or were not told for
// long. The lock is held.
func (f *feed) look(now time.Time) {
	data, err := f.figures(now)
	if err != nil {
		f.log.Error("the wallboard cannot be told", slog.Any("error", err)) // the next look may be better
		return
	}
	shape := steady(data)
	f.readAt = now
	f.text = event("live", data)
	if bytes.Equal(shape, f.shape) && now.Sub(f.told) < f.pace.silence {
		return
	}
	f.shape, f.told = shape, now
	for screen := range f.screens {
		select {
		case <-screen:
		default:
		}
		screen <- f.text
	}
}

// figures are read where nobody else would catch a panic: a wallboard that is broken
// must not end the calls.
func (f *feed) figures(now time.Time) (data []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("reading the figures panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return json.Marshal(f.read(now))
}

// steady is the figures without those that change by themselves as time passes.
func steady(data []byte) []byte {
	var all map[string]json.RawMessage
	if json.Unmarshal(data, &all) != nil {
		return data
	}
	delete(all, "at")
	delete(all, "longest_wait_ms")
	var queues []map[string]json.RawMessage
	if json.Unmarshal(all["queues"], &queues) == nil {
		for _, q := range queues {
			delete(q, "longest_wait_ms")
			delete(q, "estimate_ms")
		}
		if kept, err := json.Marshal(queues); err == nil {
			all["queues"] = kept
		}
	}
	kept, err := json.Marshal(all)
	if err != nil {
		return data
	}
	return kept
}
