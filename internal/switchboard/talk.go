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
	if s.offer.gone {
		s.loseDesk()
		return
	}
	s.hush()
	if !s.ask("join the citizen", func(ctx context.Context) error {
		return s.board.phones.Join(ctx, s.id.Bridge(), string(s.id))
	}) {
		s.log.Warn("the citizen could not be joined to the agent")
	}
	s.record(call.Connected{Offer: s.offer.id, Agent: s.offer.agent})
	s.lease(0)
	s.board.desks.connected(s.offer.agent, s.info())
}

// agentGone is the end of an agent's leg, at whatever point.
func (s *session) agentGone(leg string, cause int) {
	if s.offer == nil || s.offer.leg() != leg {
		return
	}
	s.offer.gone = true
	switch s.stage {
	case call.Ringing:
		if cause == causeBusy || cause == causeRejected {
			s.board.line.Refuse(s.offer.id)
			return
		}
		s.board.line.Fail(s.offer.id)
	case call.Talking:
		if cause != causeNormal {
			s.loseDesk()
			return
		}
		s.record(call.Disconnected{Offer: s.offer.id, Agent: s.offer.agent, Why: "agent_hung_up"})
		s.board.desks.ended(s.offer.agent, s.id, "agent_hung_up")
		s.board.line.Ended(s.id)
		s.finish(call.Outcome{Result: call.Served, By: call.ByAgent, Stage: call.Talking})
	case call.Arriving, call.Menu, call.Waiting, call.Ended:
	}
}

// loseDesk takes the citizen back in line, at the old place and with a spoken
// word, when the agent's desk vanished in the middle of the conversation.
func (s *session) loseDesk() {
	lost := s.offer
	s.offer = nil
	s.record(call.Disconnected{Offer: lost.id, Agent: lost.agent, Why: "desk_lost"})
	s.board.desks.ended(lost.agent, s.id, "desk_lost")
	s.board.line.DeskLost(lost.agent)
	s.ask("take the citizen out of the bridge", func(ctx context.Context) error {
		return s.board.phones.Part(ctx, s.id.Bridge(), string(s.id))
	})
	if !lost.gone {
		s.phone("hang up the lost desk", s.board.phones.Hangup, lost.leg())
	}
	s.enterLine(s.place, true)
}

// info is what the agent sees of the call.
func (s *session) info() OfferInfo {
	return OfferInfo{
		ID: s.offer.id, Call: s.id, Agent: s.offer.agent, Caller: s.caller, Topic: s.place.topic,
		Language: s.lang, QueuedAt: s.place.arrived, Ticket: s.ticket,
	}
}
