package switchboard

import (
	"context"

	"hotline1022/internal/call"
)

// Drop takes somebody out of a conference: of a leg that the agent's page shows.
func (d *Desks) Drop(ctx context.Context, agent call.AgentID, leg call.OfferID) error {
	return d.ofLead(ctx, agent, func(s *session) error {
		p := s.party(string(leg))
		if p == nil || p == s.offer || s.consult != nil && s.consult.party == p {
			return ErrNotNow
		}
		s.takeOut(p, "dropped")
		return nil
	})
}

// takeOut ends the part of one of several who talk with the citizen.
func (s *session) takeOut(p *party, why string) {
	if p.connected {
		s.record(call.Disconnected{Offer: p.id, Agent: p.agent, Number: p.number, Why: why})
	}
	if p.agent != "" && p.answered {
		s.board.line.EndedFor(s.id, p.agent) // unless the line has parted them already
	}
	s.release(p, why)
	s.show()
}

// goesOnWithout ends the part of a party who has gone, when others go on with the
// citizen; false when there is nobody else, or somebody has still to bring the citizen
// back.
func (s *session) goesOnWithout(p *party, why string) bool {
	c := s.consult
	switch {
	case c != nil && c.party == p:
		s.notTaken(call.ConsultHungUp)
		return true
	case p != s.offer:
		s.takeOut(p, why)
		return true
	case c != nil && c.answered():
		s.inherit(why)
		return true
	case c != nil:
		if why == "agent_hung_up" { // in the middle of a transfer, by all that can be told
			s.prefer = c.to.Agent
		}
		s.endConsult(call.ConsultCut)
	}
	if len(s.talkers()) == 0 {
		return false
	}
	s.takeOut(p, why)
	s.first()
	return true
}

// inherit gives the call to whom the agent consulted, who has gone.
func (s *session) inherit(why string) {
	s.offer.why = why
	s.complete() //nolint:errcheck // nobody waits for the answer
}

// first makes it the call of somebody who talks with the citizen.
func (s *session) first() {
	if talkers := s.talkers(); len(talkers) > 0 {
		s.putFirst(talkers[0])
	}
	if s.held != nil { // put there by who has gone
		s.takeOffHold() //nolint:errcheck // nobody waits for the answer
		return
	}
	if s.offer.agent != "" {
		s.board.desks.connected(s.offer.agent, s.info())
	}
	s.show()
}
