package fakeari

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// bridge is where channels hear one another.
type bridge struct {
	id, kind, name string
	created        string
	channels       []string
}

func (b *bridge) model() map[string]any {
	return map[string]any{
		"id": b.id, "technology": "simple_bridge", "bridge_type": b.kind, "bridge_class": "stasis", "creator": "Stasis",
		"name": b.name, "channels": append([]string{}, b.channels...), "creationtime": b.created, "video_mode": "none",
	}
}

func (s *Server) listBridges(ask) reply {
	list := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(s.bridges)) {
		list = append(list, s.bridges[id].model())
	}
	return reply{http.StatusOK, list}
}

func (s *Server) createBridge(a ask) reply {
	id := a.of("bridge")
	if s.bridges[id] != nil {
		return refusal(http.StatusConflict, fmt.Sprintf("Bridge with id '%s' already exists", id))
	}
	b := &bridge{id: id, kind: a.query.Get("type"), name: a.query.Get("name"), created: now()}
	s.bridges[id] = b
	s.touch()
	return reply{http.StatusOK, b.model()}
}

func (s *Server) deleteBridge(a ask) reply {
	b := s.bridges[a.of("bridge")]
	if b == nil {
		return refusal(http.StatusNotFound, "Bridge not found")
	}
	for _, id := range slices.Clone(b.channels) {
		s.part(s.channels[id])
	}
	delete(s.bridges, b.id)
	s.touch()
	return noContent
}

// members finds bridge and channel of a request. A channel that is no more is 400
// here, not 404.
func (s *Server) members(a ask) (*bridge, *channel, *reply) {
	b, id := s.bridges[a.of("bridge")], a.query.Get("channel")
	ch := s.channels[id]
	var no reply
	switch {
	case b == nil:
		no = refusal(http.StatusNotFound, "Bridge not found")
	case id == "":
		no = refusal(http.StatusBadRequest, "Missing parameter channel")
	case ch == nil:
		no = refusal(http.StatusBadRequest, "Channel not found")
	case ch.app == "":
		no = refusal(http.StatusUnprocessableEntity, "Channel not in Stasis application")
	default:
		return b, ch, nil
	}
	return nil, nil, &no
}

// addChannel says yes also when the channel ends while it waits.
func (s *Server) addChannel(a ask) reply {
	b, ch, no := s.members(a)
	if no != nil {
		return *no
	}
	if ch.recording() {
		return refusal(http.StatusConflict, fmt.Sprintf("Channel %s currently recording", ch.id))
	}
	s.behindPrompts(ch)
	if s.bridges[b.id] == b && s.channels[ch.id] == ch && !slices.Contains(b.channels, ch.id) {
		s.part(ch)
		b.channels = append(b.channels, ch.id)
		s.about(ch, "ChannelEnteredBridge", map[string]any{"bridge": b.model()})
	}
	return noContent
}

func (s *Server) removeChannel(a ask) reply {
	b, ch, no := s.members(a)
	switch {
	case no != nil:
		return *no
	case !slices.Contains(b.channels, ch.id):
		return refusal(http.StatusUnprocessableEntity, "Channel not in this bridge")
	}
	s.behindPrompts(ch)
	s.part(ch)
	return noContent
}

// part takes a channel out of the bridge that it is in, if any.
func (s *Server) part(ch *channel) {
	for _, b := range s.bridges {
		if i := slices.Index(b.channels, ch.id); i >= 0 {
			b.channels = slices.Delete(b.channels, i, i+1)
			s.about(ch, "ChannelLeftBridge", map[string]any{"bridge": b.model()})
		}
	}
}
