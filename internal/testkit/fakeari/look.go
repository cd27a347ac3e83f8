package fakeari

import "slices"

// Channel is what a test sees of a leg.
type Channel struct {
	State     string
	Stasis    bool // in the application
	Dialed    bool
	Music     bool
	Playing   []string          // ids, the first one is heard
	Recording []string          // names, the first one is under way when nothing plays
	Bridge    string            // "" for none
	Variables map[string]string // as they were set, functions too
}

// Channel looks at a leg; false when there is none.
func (s *Server) Channel(id string) (Channel, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[id]
	if ch == nil {
		return Channel{}, false
	}
	return s.look(ch), true
}

func (s *Server) look(ch *channel) Channel {
	seen := Channel{State: ch.state, Stasis: ch.app != "", Dialed: ch.dialed, Music: ch.music, Variables: map[string]string{}}
	for _, p := range ch.plays {
		switch {
		case p.record != nil:
			seen.Recording = append(seen.Recording, p.id)
		case p.media != nil:
			seen.Playing = append(seen.Playing, p.id)
		}
	}
	for name, value := range ch.variables {
		seen.Variables[name] = value
	}
	for _, b := range s.bridges {
		if slices.Contains(b.channels, ch.id) {
			seen.Bridge = b.id
		}
	}
	return seen
}

// AwaitChannel waits until a leg is as wanted.
func (s *Server) AwaitChannel(id, what string, wanted func(Channel) bool) {
	s.tb.Helper()
	s.within(id+": "+what, func() bool {
		ch := s.channels[id]
		return ch != nil && wanted(s.look(ch))
	})
}

// Bridges lists the bridges and who is in them.
func (s *Server) Bridges() map[string][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[string][]string{}
	for id, b := range s.bridges {
		all[id] = slices.Clone(b.channels)
	}
	return all
}
