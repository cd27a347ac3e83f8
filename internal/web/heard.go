package web

import (
	"sync"
	"time"
)

// heardFor is how long one listening lasts: a player asks for a recording in many parts.
const heardFor = 10 * time.Minute

// heard remembers who listens to what, so that one listening is one entry.
type heard struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// first says whether this is the first part of a listening.
func (h *heard) first(what string, now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at, ok := h.last[what]; ok && now.Sub(at) < heardFor {
		return false
	}
	for old, at := range h.last { // few: as many as were begun in ten minutes
		if now.Sub(at) >= heardFor {
			delete(h.last, old)
		}
	}
	if h.last == nil {
		h.last = map[string]time.Time{}
	}
	h.last[what] = now
	return true
}
