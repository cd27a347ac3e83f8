package switchboard

import (
	"log/slog"

	"hotline1022/internal/call"
)

// citizenGone ends the call: the citizen's leg is no more, or no longer ours.
func (s *session) citizenGone(cause int) {
	if s.hand != nil && cause != causeTakenBack {
		if !s.left {
			s.citizenLeft(cause)
		}
		return
	}
	s.left = true
	outcome := call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: s.stage}
	s.leaves(&outcome)
	switch s.stage {
	case call.Talking:
		outcome.Result = call.Served
		s.partAll("citizen_hung_up")
	case call.Waiting, call.Ringing:
		s.quit()
		for _, p := range s.parties() {
			s.board.desks.offerClosed(p.agent, p.id, call.OfferRescinded)
		}
	case call.Arriving, call.Menu, call.Ended:
	}
	switch cause {
	case causeTakenBack:
		outcome.Result, outcome.By, outcome.Detail = call.Failed, call.ByUs, "the lease ran out"
	case causeMissing: // what is unknown counts against us
		outcome.By, outcome.Detail = call.ByUs, "ended while Asterisk was out of reach"
		if outcome.Result == call.Abandoned {
			outcome.Result = call.Failed
		}
	}
	s.finish(outcome)
}

// partAll ends everybody's part in a conversation that is over.
func (s *session) partAll(why string) {
	if c := s.consult; c != nil {
		s.record(call.ConsultEnded{Agent: s.offer.agent, To: c.to, Why: call.ConsultCut})
	}
	for _, p := range s.parties() {
		if p.connected {
			s.record(call.Disconnected{Offer: p.id, Agent: p.agent, Number: p.number, Why: why})
		}
	}
	s.board.line.Ended(s.id)
	for _, p := range s.parties() {
		switch {
		case p.agent == "":
		case p.answered:
			s.board.desks.ended(p.agent, s.id, why)
		default:
			s.board.desks.offerClosed(p.agent, p.id, call.OfferRescinded)
			s.unbarge(p)
		}
	}
	s.held, s.consult = nil, nil
}

// finish is the one way to end a call. It tidies up whatever the call had made. A
// citizen who has left our hands is not hung up: the dialplan may have them.
func (s *session) finish(outcome call.Outcome) {
	s.stage = call.Ended
	s.board.desks.free(s.id)
	s.quit() // a call that has ended waits for nobody, whatever led here
	for _, p := range s.parties() {
		if !p.gone {
			s.clear("hang up the desk", s.board.phones.Hangup, p.leg())
		}
		s.refund(p)
	}
	for _, d := range s.destinations() {
		if !d.gone {
			s.clear("hang up a destination", s.board.phones.Hangup, d.leg())
		}
	}
	if !s.left {
		s.clear("hang up the citizen", s.board.phones.Hangup, string(s.id))
	}
	if s.bridged {
		s.clear("remove the bridge", s.board.phones.RemoveBridge, s.id.Bridge())
	}
	s.record(call.Finished{Outcome: outcome})
	if s.drill != nil {
		s.board.recordings.Discard(s.id)
	} else {
		s.board.recordings.Finish(s.id)
	}
	s.log.Info("call ended", slog.String("result", string(outcome.Result)), slog.String("by", string(outcome.By)),
		slog.String("stage", string(outcome.Stage)), slog.String("detail", outcome.Detail))
}
