package fakeari

import (
	"net/http"
	"slices"
	"strings"
)

// playback is one prompt, playing or waiting behind others; or a recording, which
// occupies its channel in the same way.
type playback struct {
	id      string
	channel *channel
	media   []string   // of a prompt
	record  *recording // nil for a prompt
	leave   func()     // what the channel does in place of a prompt, when its turn comes
}

func (p *playback) model(state string) map[string]any {
	return map[string]any{
		"id": p.id, "media_uri": p.media[0], "target_uri": "channel:" + p.channel.id, "language": "en", "state": state,
	}
}

func (s *Server) startMusic(a ask) reply { return s.setMusic(a, true) }

func (s *Server) stopMusic(a ask) reply { return s.setMusic(a, false) }

func (s *Server) setMusic(a ask, on bool) reply {
	ch, no := s.control(a, false)
	if no != nil {
		return *no
	}
	ch.music = on
	s.touch()
	return noContent
}

// setVariable is carried out by the channel's own thread, as joining and parting
// are: behind the prompts that it plays.
func (s *Server) setVariable(a ask) reply {
	name := a.query.Get("variable")
	if name == "" {
		return refusal(http.StatusBadRequest, "Variable name is required")
	}
	ch, no := s.control(a, true)
	if no != nil {
		return *no
	}
	s.behindPrompts(ch)
	ch.variables[name] = a.query.Get("value")
	s.touch()
	return noContent
}

// behindPrompts waits until a channel plays nothing, or is no more.
func (s *Server) behindPrompts(ch *channel) {
	s.until(func() bool { return len(ch.plays) == 0 })
}

func (s *Server) play(a ask) reply {
	ch, no := s.control(a, false)
	if no != nil {
		return *no
	}
	media := a.query.Get("media")
	if media == "" {
		return refusal(http.StatusInternalServerError, "Failed to queue media for playback")
	}
	p := &playback{id: a.of("playback"), channel: ch, media: strings.Split(media, ",")}
	queued := p.model("queued")
	s.queue(p)
	return reply{http.StatusCreated, queued}
}

func (s *Server) deletePlayback(a ask) reply {
	p := s.playing(a.of("playback"))
	if p == nil {
		return refusal(http.StatusNotFound, "Playback not found")
	}
	s.finish(p, "done")
	return noContent
}

func (s *Server) playing(id string) *playback {
	for _, ch := range s.channels {
		for _, p := range ch.plays {
			if p.id == id && p.media != nil {
				return p
			}
		}
	}
	return nil
}

// queue puts a prompt or a recording behind those of its channel.
func (s *Server) queue(p *playback) {
	p.channel.plays = append(p.channel.plays, p)
	if len(p.channel.plays) == 1 {
		s.start(p)
	}
	s.touch()
}

func (s *Server) start(p *playback) {
	if p.leave != nil {
		p.channel.plays = p.channel.plays[1:]
		p.leave()
		return
	}
	if p.record != nil {
		p.record.state = "recording" // also when it was stopped before it began
		s.publish(p.channel.app, "RecordingStarted", map[string]any{"recording": p.record.model()})
		return
	}
	s.publish(p.channel.app, "PlaybackStarted", map[string]any{"playback": p.model("playing")})
}

// finish ends a prompt or a recording, and begins the next one of its channel.
func (s *Server) finish(p *playback, state string) {
	ch := p.channel
	first := ch.plays[0] == p
	ch.plays = slices.DeleteFunc(ch.plays, func(other *playback) bool { return other == p })
	switch {
	case p.media != nil:
		s.publish(ch.app, "PlaybackFinished", map[string]any{"playback": p.model(state)})
	case first && p.record != nil:
		p.record.end(s, ch.app)
	}
	if first && len(ch.plays) > 0 && state != "failed" {
		s.start(ch.plays[0])
	}
	s.touch()
}
