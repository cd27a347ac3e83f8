package fakeari

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Arrival is a channel that the dialplan sends to Stasis.
type Arrival struct {
	ID       string
	Endpoint string   // "" is PJSIP/trunk
	Number   string   // the caller's
	Args     []string // nil is a citizen who dialled 1022
}

// Arrive lets a call come in. False when nobody has the application, and the
// dialplan goes on without it (STASISSTATUS=FAILED).
func (s *Server) Arrive(a Arrival) bool {
	if a.Endpoint == "" {
		a.Endpoint = "PJSIP/" + staticEndpoint
	}
	if a.Args == nil {
		a.Args = []string{"citizen", "1022", "from-trunk"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := &channel{id: a.ID, state: "Up", number: a.Number, context: "hotline", exten: "enter"}
	s.add(ch, a.Endpoint)
	if app := s.apps[App]; app == nil || app.client == nil {
		s.survive(ch)
		return false
	}
	s.enter(ch, App, a.Args)
	return true
}

func (s *Server) survive(ch *channel) {
	ch.context, ch.exten, ch.appName, ch.appData = "survival", "s", "BackGround", "/prompts/vi/survival"
	s.touch()
}

// TakeBack lets a channel's lease run out: it leaves the application and lives on in
// the dialplan.
func (s *Server) TakeBack(id string) {
	s.on(id, func(ch *channel) {
		s.endPlays(ch)
		s.part(ch)
		s.about(ch, "StasisEnd", nil)
		ch.app = ""
		s.survive(ch)
	})
}

// continueChannel sends a channel to the dialplan, when it plays nothing any more. Of
// the dialplan there is what a citizen does in extension part, and who was called in
// extension answered: they return at once.
func (s *Server) continueChannel(a ask) reply {
	ch, no := s.control(a, false)
	if no != nil {
		return *no
	}
	where, exten := a.query.Get("context"), a.query.Get("extension")
	s.queue(&playback{channel: ch, leave: func() {
		s.leaveFor(ch, where, exten)
		if exten == "part" || exten == "answered" {
			s.comeBack(ch)
		}
	}})
	return noContent
}

func (s *Server) leaveFor(ch *channel, where, exten string) {
	s.part(ch)
	s.about(ch, "StasisEnd", nil)
	ch.back, ch.backArgs = ch.app, strings.Split(ch.appData, ",")[1:]
	ch.app, ch.music, ch.context, ch.exten, ch.appName, ch.appData = "", false, where, exten, "Playback", "gap"
	s.touch()
}

func (s *Server) comeBack(ch *channel) {
	args := []string{"talking"}
	if ch.context != "outside" {
		args = ch.backArgs[:3:3]
	}
	s.enter(ch, ch.back, append(args, ch.variables["HOTLINE_PART"]))
}

// Between leaves a citizen in extension part, until Return.
func (s *Server) Between(id string) {
	s.on(id, func(ch *channel) { s.leaveFor(ch, "hotline", "part") })
}

// Return lets a citizen come back from extension part.
func (s *Server) Return(id string) { s.on(id, s.comeBack) }

// Ring lets the far end of a dialled channel ring.
func (s *Server) Ring(id string) { s.state(id, "Ringing") }

// Answer lets the far end of a dialled channel answer.
func (s *Server) Answer(id string) { s.state(id, "Up") }

func (s *Server) state(id, state string) {
	s.on(id, func(ch *channel) {
		ch.state = state
		s.about(ch, "ChannelStateChange", nil)
	})
}

// Press lets the far end press keys.
func (s *Server) Press(id, keys string) {
	s.on(id, func(ch *channel) {
		for _, digit := range keys {
			s.about(ch, "ChannelDtmfReceived", map[string]any{"digit": string(digit), "duration_ms": 100})
		}
	})
}

// EndPlay lets a prompt come to its end.
func (s *Server) EndPlay(id string) {
	var p *playback
	s.within("the playback "+id, func() bool { p = s.playing(id); return p != nil })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finish(p, "done")
}

// HangUp lets the far end hang up, refuse or vanish, with a cause of ITU-T Q.850.
func (s *Server) HangUp(id string, cause int) {
	s.on(id, func(ch *channel) { s.end(ch, cause, map[string]any{"cause": cause}) })
}

// Lose lets a channel end without a word: the events of it are lost.
func (s *Server) Lose(id string) {
	s.on(id, func(ch *channel) {
		ch.app, ch.maker = "", ""
		s.end(ch, 16, nil)
	})
}

// causes are what the words of DELETE /channels/{id} stand for.
func causeOf(reason string) (int, bool) {
	causes := map[string]int{
		"": 16, "normal": 16, "busy": 17, "congestion": 34, "no_answer": 19, "timeout": 18, "rejected": 21,
		"unallocated": 1, "normal_unspecified": 31, "number_incomplete": 28, "codec_mismatch": 58,
		"interworking": 127, "failure": 38, "answered_elsewhere": 26,
	}
	cause, ok := causes[reason]
	return cause, ok
}

func (s *Server) deleteChannel(a ask) reply {
	ch := s.channels[a.of("channel")]
	cause, ok := causeOf(a.query.Get("reason"))
	switch {
	case ch == nil:
		return refusal(http.StatusNotFound, "Channel not found")
	case !ok:
		return refusal(http.StatusBadRequest, "Invalid reason for hangup reason provided")
	}
	s.end(ch, cause, map[string]any{"cause": 32, "soft": true})
	return noContent
}

// end takes a channel off the line and tells of it. Who only had it as a guest is
// not told of its destruction: it has left before.
func (s *Server) end(ch *channel, cause int, request map[string]any) {
	s.about(ch, "ChannelHangupRequest", request)
	s.leaveAndGo(ch, cause)
	s.endSnoops(ch.id)
}

func (s *Server) leaveAndGo(ch *channel, cause int) {
	s.endPlays(ch)
	s.part(ch)
	if ch.app != "" {
		s.about(ch, "StasisEnd", nil)
		ch.app = ""
	}
	ch.appName, ch.appData = "", ""
	s.about(ch, "ChannelDestroyed", map[string]any{"cause": cause, "cause_txt": "Q.850 " + strconv.Itoa(cause)})
	delete(s.channels, ch.id)
	s.touch()
}

func (s *Server) endPlays(ch *channel) {
	for _, p := range slices.Clone(ch.plays) {
		s.finish(p, "failed")
	}
}

// on waits for a channel to be there and does something to it.
func (s *Server) on(id string, do func(*channel)) {
	s.tb.Helper()
	var ch *channel
	s.within("the channel "+id, func() bool { ch = s.channels[id]; return ch != nil })
	s.mu.Lock()
	defer s.mu.Unlock()
	do(ch)
}
