package fakeari

import (
	"encoding/json"
	"net/http"
	"slices"
)

// application is a Stasis application: there while it has a client or a channel.
type application struct {
	name    string
	client  *session // nil while nobody is connected
	allowed []string // types of events; none lets all pass
}

// register gives the application to a client. A client that had it is told, if its
// filter lets it know, and keeps a socket on which nothing comes any more.
func (s *Server) register(name string, client *session) {
	app := s.apps[name]
	if app == nil {
		app = &application{name: name}
		s.apps[name] = app
	}
	if app.client != nil {
		s.publish(name, "ApplicationReplaced", nil)
	}
	app.client = client
	s.touch()
}

// leave takes a client off the application, which is forgotten, filter and all,
// when it has no channel.
func (s *Server) leave(name string, client *session) {
	app := s.apps[name]
	if app == nil || app.client != client {
		return
	}
	app.client = nil
	if !s.holds(name) {
		delete(s.apps, name)
	}
	s.touch()
}

func (s *Server) holds(app string) bool {
	for _, ch := range s.channels {
		if ch.app == app || ch.maker == app {
			return true
		}
	}
	return false
}

// Replace lets another client take the application over: the one that had it is
// told, and events go elsewhere from now on.
func (s *Server) Replace() {
	s.socket()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.register(App, &session{ready: make(chan struct{}, 1)})
}

type eventType struct {
	Type string `json:"type"`
}

func (s *Server) getApplication(a ask) reply {
	app := s.apps[a.of("app")]
	if app == nil {
		return refusal(http.StatusNotFound, "Application not found")
	}
	channels, allowed := []string{}, []eventType{}
	for id, ch := range s.channels {
		if ch.app == app.name {
			channels = append(channels, id)
		}
	}
	slices.Sort(channels)
	for _, name := range app.allowed {
		allowed = append(allowed, eventType{name})
	}
	return reply{http.StatusOK, map[string]any{"name": app.name, "channel_ids": channels, "events_allowed": allowed}}
}

func (s *Server) putEventFilter(a ask) reply {
	app := s.apps[a.of("app")]
	if app == nil {
		return refusal(http.StatusNotFound, "Application not found")
	}
	var filter struct {
		Allowed json.RawMessage `json:"allowed"`
	}
	if !a.json(&filter) {
		return refusal(http.StatusBadRequest, "Error parsing request body")
	}
	var types []eventType
	if len(filter.Allowed) > 0 && json.Unmarshal(filter.Allowed, &types) != nil {
		return refusal(http.StatusBadRequest, "Invalid format definition")
	}
	names := make([]string, len(types))
	for i, t := range types {
		if t.Type == "" {
			return refusal(http.StatusBadRequest, "Invalid format definition")
		}
		names[i] = t.Type
	}
	app.allowed = names
	s.touch()
	return s.getApplication(a)
}

// Allowed lists the types of events that the application wants.
func (s *Server) Allowed() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if app := s.apps[App]; app != nil {
		return slices.Clone(app.allowed)
	}
	return nil
}

// Connected says whether the application has a client.
func (s *Server) Connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	app := s.apps[App]
	return app != nil && app.client != nil
}
