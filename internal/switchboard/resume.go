package switchboard

import (
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr"
)

// resume takes a call up where the journal left it.
func (s *session) resume(p OpenCall, truth Truth) {
	s.ticket, s.lang, s.greeted = p.Ticket, p.Language, true
	s.offers = p.Offers
	for _, leg := range truth.Legs { // the last facts may not have reached the disk
		s.offers = max(s.offers, number(s.id, leg))
	}
	_, s.bridge = truth.Bridges[s.id.Bridge()]
	s.bridged = s.bridge
	if !p.RecordingOff.IsZero() && s.board.pauser != nil {
		s.recordAt, s.unrecorded = p.RecordingOff.Add(longestPause), true
	}
	s.place = place{topic: p.Topic, arrived: p.QueuedAt}
	s.place.queue, _ = s.board.queue(p.Queue)
	s.place.queue.Name = p.Queue // which the line knows what to do with, if it is no more

	answered := truth.Up[string(p.Offer)]
	if p.Stage != call.Talking {
		s.hushBefore()
	}
	switch {
	case p.Beside != Nothing:
		s.sweepDesks(truth, "")
		s.resumeBeside(p)
	case p.Stage == call.Talking || p.Stage == call.Ringing && answered:
		s.sweepDesks(truth, string(p.Offer))
		s.stand(p)
		s.rejoin(p, truth)
	case p.Stage == call.Ringing || p.Stage == call.Waiting:
		s.sweepDesks(truth, "")
		s.stand(p)
		if p.Stage == call.Ringing && !p.Accepted {
			s.record(call.OfferClosed{Offer: p.Offer, Agent: p.Agent, How: call.OfferRescinded})
		}
		s.stage = call.Waiting
		s.wait(nil)
	default:
		s.sweepDesks(truth, "")
		s.enterMenu(ivr.Resume(s.board.flow.Load(), p.Node, p.Language))
	}
}

// stand puts the menus where a citizen in line has left them, so that the emergency
// key is alive. In a flow that has no such place any more it is as if the citizen had
// chosen nothing.
func (s *session) stand(p OpenCall) {
	f := s.board.flow.Load()
	s.walk, s.step = ivr.Resume(f, p.Node, p.Language)
	if s.step.Done == nil {
		s.walk, s.step = ivr.Resume(f, f.Human, p.Language)
	}
}

// rejoin goes on with a conversation, or begins one that was answered while nobody
// was there to join the citizen.
func (s *session) rejoin(p OpenCall, truth Truth) {
	s.stage = call.Talking
	s.offer = &offer{id: p.Offer, agent: p.Agent, entered: true, rang: true, met: true, connected: p.Stage == call.Talking}
	members := truth.Bridges[s.id.Bridge()]
	s.offer.seated = slices.Contains(members, s.offer.leg())
	if !truth.Up[s.offer.leg()] {
		s.offer.gone = !slices.Contains(truth.Legs, s.offer.leg())
		s.loseDesk("desk_lost")
		return
	}
	if !s.offer.connected && !p.Accepted {
		s.record(call.OfferClosed{Offer: p.Offer, Agent: p.Agent, How: call.OfferAccepted})
	}
	s.board.line.Adopt(s.waiting(), p.Agent)
	if !s.offer.connected || !s.offer.seated || !slices.Contains(members, string(s.id)) {
		s.music = true // it may play
		s.connect()
		return
	}
	s.unleash(time.Now()) // we may have been ended just before
	s.board.desks.connected(p.Agent, s.info())
}

// sweepDesks hangs up desks' legs of this call but the one that is wanted.
func (s *session) sweepDesks(truth Truth, wanted string) {
	for _, leg := range truth.Legs {
		if id, ok := call.Of(leg); ok && id == s.id && leg != wanted {
			s.clear("hang up a leg of before", s.board.phones.Hangup, leg)
		}
	}
}

// check makes up for the events that were lost in a gap. The end of a prompt is none
// of them: its time comes anyway.
func (s *session) check(truth Truth) {
	if !slices.ContainsFunc(truth.Citizens, func(c CitizenEntered) bool { return c.Call == s.id }) {
		s.citizenGone(causeMissing)
		return
	}
	if s.offer == nil || s.offer.gone {
		s.sweepDesks(truth, "")
		return
	}
	leg := s.offer.leg()
	s.sweepDesks(truth, leg)
	if !slices.Contains(truth.Legs, leg) {
		// Or made after the truth was read: then it is hung up when it comes to life.
		s.agentGone(leg, causeMissing)
		return
	}
	s.agentEntered(leg)
	if truth.Up[leg] {
		s.agentAnswered(leg)
	}
}
