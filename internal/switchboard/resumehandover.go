package switchboard

import (
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// ofHandover says whether a hand-over is taken up by that fact.
func ofHandover(fact call.Fact) bool {
	switch fact.(type) {
	case call.HandoverBegan, call.DestinationTried, call.DestinationRang, call.DestinationAnswered, call.DestinationClosed,
		call.LadderRestarted, call.HandoverConfirmed:
		return true
	default:
		return false
	}
}

// resumeHandover takes up the hand-over that the call was in; false when it was in none,
// or nobody can be called any more.
func (s *session) resumeHandover(p OpenCall, truth Truth) bool {
	plan := s.board.plan.Load()
	past := s.pastOf(p, truth)
	if len(past) == 0 || plan == nil || s.board.destinations == nil {
		return false
	}
	s.hand = &handing{plan: *plan, together: slices.Contains(truth.Bridges[s.id.Bridge()], string(s.id))}
	found := s.findDestinations(truth)
	wanted := make([]string, 0, len(s.hand.legs))
	for _, d := range s.hand.legs {
		wanted = append(wanted, d.leg())
	}
	answered := p.Stage == call.Talking || p.Stage == call.Ringing && truth.Up[string(p.Offer)]
	if answered {
		wanted = append(wanted, p.legs()...)
	}
	s.sweepDesks(truth, wanted...)
	s.hushBefore()
	s.stand(p)
	s.stage, s.unsure = call.Waiting, true // music may play
	s.takeBack(p, answered, truth)
	for _, q := range s.parties() {
		found.Here = append(found.Here, q.agent)
	}
	for _, e := range past {
		s.hand.info.note(e.At, e.Fact)
	}
	ladder, actions, _ := emergency.Resume(*plan, past, found, time.Now())
	s.hand.ladder, s.hand.busy = ladder, true
	for _, a := range actions {
		s.carryOut(a)
	}
	s.hand.busy = false
	s.regather()
	s.happens(emergency.Tick{}) // … and what came of it at once
	return true
}

// pastOf is what the journal tells of the hand-over. Of one that began in the controller's
// last moment the legs tell, and the service that the citizen chose.
func (s *session) pastOf(p OpenCall, truth Truth) []call.Event {
	if len(p.Handing) > 0 || p.Topic.Service == "" {
		return p.Handing
	}
	for _, leg := range truth.Legs {
		if destinationNumber(s.id, leg) > 0 {
			began := call.HandoverBegan{Service: p.Topic.Service}
			s.record(began)
			return []call.Event{{At: time.Now(), Call: s.id, Fact: began}}
		}
	}
	return nil
}

// findDestinations takes the legs to command centres back that are there.
func (s *session) findDestinations(truth Truth) (found emergency.Found) {
	members := truth.Bridges[s.id.Bridge()]
	for _, leg := range truth.Legs {
		n := destinationNumber(s.id, leg)
		if n == 0 {
			continue
		}
		up := truth.Up[leg]
		// One that does not ring yet, for nobody was there to let it, is rung now.
		d := &destination{attempt: n, atMost: s.hand.plan.Timing.Ring, party: party{
			id: call.OfferID(leg), entered: true, answered: up, connected: up, met: up, seated: slices.Contains(members, leg),
		}}
		s.hand.legs = append(s.hand.legs, d)
		if up {
			found.Live = append(found.Live, n)
			if s.heard == nil {
				s.heard = map[call.OfferID]bool{}
			}
			s.heard[d.id] = d.seated && s.hand.together
		} else {
			found.Ringing = append(found.Ringing, n)
		}
	}
	return found
}

// takeBack puts those of us back who talk, and parts those whose legs have gone.
func (s *session) takeBack(p OpenCall, answered bool, truth Truth) {
	if !answered {
		if p.Stage == call.Ringing {
			s.record(call.OfferClosed{Offer: p.Offer, Agent: p.Agent, How: call.OfferRescinded})
			s.rescindOthers(p)
		}
		return
	}
	s.revive(p, truth)
	if p.Stage == call.Ringing && !p.Accepted {
		s.record(call.OfferClosed{Offer: p.Offer, Agent: p.Agent, How: call.OfferAccepted})
	}
	s.rescindOthers(p)
	for _, q := range slices.Clone(s.parties()) {
		if truth.Up[q.leg()] {
			continue
		}
		if q.connected {
			s.record(call.Disconnected{Offer: q.id, Agent: q.agent, Number: q.number, Why: "desk_lost"})
		}
		s.release(q, "desk_lost")
	}
	if s.offer != nil {
		s.stage = call.Talking
		s.board.desks.connected(s.offer.agent, s.info())
	}
}

// regather brings those together who were about to be.
func (s *session) regather() {
	talkers := append(s.talkers(), s.hand.joined()...)
	switch {
	case len(talkers) == 0:
	case !s.hand.together || slices.ContainsFunc(talkers, func(p *party) bool { return !p.seated || !p.connected }):
		s.gather()
	default:
		s.unleash(time.Now()) // we may have been ended just before
	}
}
