package fakeari

import (
	"net/http"
	"slices"
	"strings"
)

// snoop makes a channel that hears another one. The one that is heard may be anywhere.
func (s *Server) snoop(a ask) reply {
	spied, id := s.channels[a.of("channel")], a.of("snoop")
	spy, okSpy := direction(a.query.Get("spy"))
	whisper, okWhisper := direction(a.query.Get("whisper"))
	switch {
	case spied == nil:
		return refusal(http.StatusNotFound, "Provided channel was not found")
	case !okSpy:
		return refusal(http.StatusBadRequest, "Invalid direction specified for spy")
	case !okWhisper:
		return refusal(http.StatusBadRequest, "Invalid direction specified for whisper")
	case spy == "none" && whisper == "none":
		return refusal(http.StatusBadRequest, "Direction must be specified for at least spy or whisper")
	case a.query.Get("app") == "":
		return refusal(http.StatusBadRequest, "Application name is required")
	case s.channels[id] != nil:
		return refusal(http.StatusInternalServerError, "Snoop channel could not be created")
	}
	ch := &channel{id: id, state: "Up", spies: spied.id}
	s.add(ch, "Snoop/"+spied.id)
	made := ch.model()
	s.enter(ch, a.query.Get("app"), strings.Split(a.query.Get("appArgs"), ","))
	return reply{http.StatusOK, made}
}

func direction(word string) (string, bool) {
	if word == "" {
		word = "none"
	}
	return word, slices.Contains([]string{"none", "both", "in", "out"}, word)
}

// endSnoops ends whatever hears a channel that has ended.
func (s *Server) endSnoops(spied string) {
	for _, ch := range s.channels {
		if ch.spies == spied {
			s.leaveAndGo(ch, 16)
		}
	}
}
