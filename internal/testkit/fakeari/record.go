package fakeari

import (
	"fmt"
	"net/http"
	"slices"
)

// recording is what a channel says, on its way into a file. No file is written.
type recording struct {
	name, format, state string
	target              string
	seconds             int
	cause               string // why it failed; "" when it did not
}

func (r *recording) model() map[string]any {
	model := map[string]any{"name": r.name, "format": r.format, "state": r.state, "target_uri": "channel:" + r.target}
	if r.state == "done" {
		model["duration"] = r.seconds
	}
	if r.cause != "" {
		model["cause"] = r.cause
	}
	return model
}

func (r *recording) end(s *Server, app string) {
	if r.cause != "" {
		r.state = "failed"
		s.publish(app, "RecordingFailed", map[string]any{"recording": r.model()})
		return
	}
	r.state = "done"
	s.stored = append(s.stored, r.name)
	s.publish(app, "RecordingFinished", map[string]any{"recording": r.model()})
}

func (s *Server) record(a ask) reply {
	ch := s.channels[a.of("channel")]
	name, format := a.query.Get("name"), a.query.Get("format")
	switch {
	case ch == nil:
		return refusal(http.StatusNotFound, "Channel not found")
	case ch.app == "":
		return refusal(http.StatusConflict, "Channel not in Stasis application")
	case name == "":
		return refusal(http.StatusInternalServerError, "Error parsing request")
	case !slices.Contains([]string{"wav", "alaw", "ulaw", "sln"}, format):
		return refusal(http.StatusUnprocessableEntity, "specified format is unknown on this system")
	case s.recordingNamed(name) != nil, slices.Contains(s.stored, name):
		return refusal(http.StatusConflict, fmt.Sprintf("Recording '%s' already exists and can not be overwritten", name))
	}
	r := &recording{name: name, format: format, state: "queued", target: ch.id}
	queued := r.model()
	if s.look(ch).Bridge != "" {
		r.cause = "Cannot record channel while in bridge"
		r.end(s, ch.app)
	} else {
		s.queue(&playback{id: name, channel: ch, record: r})
	}
	return reply{http.StatusCreated, queued}
}

func (s *Server) recordingNamed(name string) *playback {
	for _, ch := range s.channels {
		for _, p := range ch.plays {
			if p.record != nil && p.id == name {
				return p
			}
		}
	}
	return nil
}

func (s *Server) liveRecording(a ask) reply {
	if p := s.recordingNamed(a.of("recording")); p != nil {
		return reply{http.StatusOK, p.record.model()}
	}
	return refusal(http.StatusNotFound, "Recording not found")
}

func (s *Server) stopRecording(a ask) reply {
	p := s.recordingNamed(a.of("recording"))
	switch {
	case p == nil:
		return refusal(http.StatusNotFound, "Recording not found")
	case p.record.state == "canceled":
		return refusal(http.StatusConflict, "Recording not in session")
	case p.record.state == "queued":
		p.record.state = "canceled"
	default:
		s.finish(p, "done")
	}
	return noContent
}

// EndRecording lets a recording come to its end, after that many seconds: silence, or the
// greatest length. With a cause it has failed.
func (s *Server) EndRecording(name string, seconds int, cause string) {
	var p *playback
	s.within("the recording "+name, func() bool {
		p = s.recordingNamed(name)
		return p != nil && p.record.state == "recording"
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	p.record.seconds, p.record.cause = seconds, cause
	s.finish(p, "done")
}
