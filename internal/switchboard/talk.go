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
	if s.hand != nil {
		s.entersHandover(s.offer)
		return
	}
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
	s.prefer = ""
	if given := s.given; given != "" {
		s.given = ""
		s.record(call.Transferred{From: given, To: call.Target{Agent: s.offer.agent}})
	}
	s.meet()
	s.unleash(time.Now())
	s.board.desks.free(s.id)
	s.board.desks.connected(s.offer.agent, s.info())
}

// legGone is the end of a leg beside the citizen's, at whatever point.
func (s *session) legGone(leg string, cause int) {
	p := s.party(leg)
	if p == nil || p.gone {
		return
	}
	p.gone, p.cause = true, cause
	switch {
	case !p.answered:
		s.failed(p, cause)
	case s.hand != nil:
		s.leavesHandover(p, s.whyGoneInHandover(p))
	case s.stage != call.Talking:
	case s.goesOnWithout(p, s.whyGone(p)):
		s.board.desks.free(s.id)
	case cause != causeNormal || s.held != nil:
		s.loseLeg()
	default:
		why := s.whyGone(p)
		s.record(call.Disconnected{Offer: p.id, Agent: p.agent, Number: p.number, Why: why})
		s.board.line.Ended(s.id)
		s.board.desks.ended(p.agent, s.id, why)
		s.parted(call.Outcome{Result: call.Served, By: call.ByAgent, Stage: call.Talking})
	}
}

// deskLost says that the desk that this offer rang is no more. The line closes an
// offer that is open, but for one that was accepted a moment before.
func (s *session) deskLost(id call.OfferID) {
	if p := s.party(string(id)); p != nil {
		p.lost = true
		switch {
		case !p.answered && !s.isOffer(p):
			s.failed(p, 0) // the line decides about its own offers
		case p.answered && s.hand != nil:
			s.leavesHandover(p, "desk_lost")
		case !p.answered || s.stage != call.Talking:
		case s.goesOnWithout(p, "desk_lost"):
		default:
			s.loseDesk("desk_lost")
		}
	}
	if s.stage == call.Talking {
		s.board.desks.free(s.id) // a citizen who talks is kept for nobody
	}
}

// whyGone says why a leg has gone that was in the conversation. A phone in trouble pauses
// its agent until they say that it is well, whoever goes on.
func (s *session) whyGone(p *party) string {
	switch {
	case p.cause == causeNormal && p.number != "":
		return "outside_hung_up"
	case p.cause == causeNormal:
		return "agent_hung_up"
	case p.cause != causeMissing && len(s.parties()) > 1:
		s.board.desks.trouble(p.agent, p.id, true)
	}
	return "desk_lost"
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
		s.board.desks.trouble(s.offer.agent, s.offer.id, s.troubled == s.offer.agent)
		s.troubled = s.offer.agent
	}
	s.loseDesk(why)
}

// loseDesk takes the citizen back in line, at the old place and with a spoken word,
// when the agent vanished in the middle of the conversation or before it began.
func (s *session) loseDesk(why string) {
	lost := s.offer
	if lost.connected {
		s.record(call.Disconnected{Offer: lost.id, Agent: lost.agent, Number: lost.number, Why: why})
	}
	if lost.met {
		s.ask("take the citizen out of the bridge", func(ctx context.Context) error {
			return s.board.phones.Part(ctx, s.id.Bridge(), string(s.id))
		})
	}
	s.board.desks.ended(lost.agent, s.id, why)
	s.returns(lost.agent)
	if s.consult != nil {
		s.endConsult(call.ConsultCut)
	}
	s.held = nil
	s.alone("desk_lost")
	s.dropDesk()
	s.backInLine()
}

// info is what the agent sees of the call whose it is.
func (s *session) info() OfferInfo { return s.infoFor(s.offer) }

func (s *session) infoFor(p *party) OfferInfo {
	from, how := s.sentBy(p)
	return OfferInfo{
		From: from, How: how, ID: p.id, Call: s.id, Agent: p.agent, Caller: s.caller, Topic: s.place.topic,
		Language: s.lang, QueuedAt: s.place.arrived, Ticket: s.ticket,
		Recorded: s.board.pauser != nil, RecordingOff: s.pause.until(),
	}
}
