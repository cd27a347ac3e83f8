package fakeari

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// entity is the id that Asterisk gives itself.
const entity = "00:00:00:00:00:00"

// now is a time as ARI writes it.
func now() string { return stamp(time.Now()) }

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000-0700") }

// publish sends an event to the application, if somebody is there and wants it.
func (s *Server) publish(name, kind string, fields map[string]any) {
	app := s.apps[name]
	if app == nil || len(app.allowed) > 0 && !slices.Contains(app.allowed, kind) {
		return
	}
	event := map[string]any{"type": kind, "timestamp": now(), "application": name, "asterisk_id": entity}
	maps.Copy(event, fields)
	data, err := json.Marshal(event)
	if err != nil {
		s.tb.Errorf("event %s: %v", kind, err)
		return
	}
	s.emit(app, data)
	if s.twice {
		s.emit(app, data)
	}
}

func (s *Server) emit(app *application, data []byte) {
	switch {
	case app.client == nil: // lost, as all events are while nobody is there
	case s.paused:
		s.kept = append(s.kept, data)
	default:
		app.client.put(item{event: data})
	}
}

// Emit sends the application's client each of these texts as one event, past any
// filter.
func (s *Server) Emit(events ...string) {
	client := s.socket()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, event := range events {
		s.emit(&application{client: client}, []byte(event))
	}
}

// DuplicateEvents sends every event twice from now on, or once again.
func (s *Server) DuplicateEvents(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.twice = on
}

// PauseEvents keeps events back: replies overtake them.
func (s *Server) PauseEvents() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.paused = true
}

// ResumeEvents sends what was kept back, after arrange has put it into the order, or
// disorder, that the test is about; nil leaves it as it happened.
func (s *Server) ResumeEvents(arrange func([][]byte)) {
	client := s.socket()
	s.mu.Lock()
	defer s.mu.Unlock()
	if arrange != nil {
		arrange(s.kept)
	}
	for _, event := range s.kept {
		client.put(item{event: event})
	}
	s.paused, s.kept = false, nil
}
