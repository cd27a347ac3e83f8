package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
)

// connect brings the citizen into the bridge where the agent already is.
func (s *session) connect() {
	s.stage = call.Talking
	s.renewAt, s.announceAt = time.Time{}, time.Time{}
	s.dropAside()
	switch {
	case s.offer.lost:
		s.loseDesk("desk_lost")
		return
	case s.offer.gone:
		s.loseLeg()
		return
	}
	s.hush()
	if !s.together() {
		s.log.Error("agent and citizen could not be brought together; the citizen waits again")
		s.loseDesk("desk_lost")
		return
	}
	if !s.offer.connected {
		s.offer.connected = true
		s.record(call.Connected{Offer: s.offer.id, Agent: s.offer.agent})
	}
	s.unleash(time.Now())
	s.board.desks.connected(s.offer.agent, s.info())
}

// together brings both into the bridge, the second time into a new one.
func (s *session) together() bool {
	s.offer.met = true
	for range 2 {
		if s.seat() && s.ask("join the citizen", func(ctx context.Context) error {
			return s.board.phones.Join(ctx, s.id.Bridge(), string(s.id))
		}) {
			return true
		}
		s.bridge, s.offer.seated = false, false
	}
	return false
}

// agentGone is the end of an agent's leg, at whatever point.
func (s *session) agentGone(leg string, cause int) {
	if s.offer == nil || s.offer.leg() != leg || s.offer.gone {
		return
	}
	s.offer.gone, s.offer.cause = true, cause
	switch s.stage {
	case call.Ringing:
		if cause == causeBusy || cause == causeRejected {
			s.board.line.Refuse(s.offer.id)
			return
		}
		s.board.line.Fail(s.offer.id)
	case call.Talking:
		if cause != causeNormal {
			s.loseLeg()
			return
		}
		s.record(call.Disconnected{Offer: s.offer.id, Agent: s.offer.agent, Why: "agent_hung_up"})
		s.board.line.Ended(s.id)
		s.board.desks.ended(s.offer.agent, s.id, "agent_hung_up")
		s.parted(call.Outcome{Result: call.Served, By: call.ByAgent, Stage: call.Talking})
	case call.Arriving, call.Menu, call.Waiting, call.Ended:
	}
}

// deskLost says that the desk that this offer rang is no more. The line closes an
// offer that is open, but for one that was accepted a moment before.
func (s *session) deskLost(id call.OfferID) {
	if s.offer == nil || s.offer.id != id {
		return
	}
	s.offer.lost = true
	if s.stage == call.Talking {
		s.loseDesk("desk_lost")
	}
}

// loseLeg parts the agent whose leg has gone. Who hung up, or may have, goes to
// wrap-up, so that others have the citizen's turn; a phone in trouble pauses its
// agent until they say that it is well.
func (s *session) loseLeg() {
	why := "desk_lost"
	switch s.offer.cause {
	case causeNormal:
		why = "agent_hung_up"
		s.board.line.Ended(s.id)
	case causeMissing:
		s.board.line.Ended(s.id)
	default:
		s.board.desks.trouble(s.offer.agent, s.offer.id)
	}
	s.loseDesk(why)
}

// loseDesk takes the citizen back in line, at the old place and with a spoken word,
// when the agent vanished in the middle of the conversation or before it began.
func (s *session) loseDesk(why string) {
	lost := s.offer
	if lost.connected {
		s.record(call.Disconnected{Offer: lost.id, Agent: lost.agent, Why: why})
	}
	if lost.met {
		s.ask("take the citizen out of the bridge", func(ctx context.Context) error {
			return s.board.phones.Part(ctx, s.id.Bridge(), string(s.id))
		})
	}
	s.board.desks.ended(lost.agent, s.id, why)
	s.board.line.Leave(s.id) // unless the line has parted them already
	s.dropDesk()
	s.backInLine()
}

// info is what the agent sees of the call.
func (s *session) info() OfferInfo {
	return OfferInfo{
		ID: s.offer.id, Call: s.id, Agent: s.offer.agent, Caller: s.caller, Topic: s.place.topic,
		Language: s.lang, QueuedAt: s.place.arrived, Ticket: s.ticket,
		Recorded: s.board.pauser != nil, RecordingOff: s.recordingOff(),
	}
}
