package switchboard

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// legs are those of everybody who is in the conversation.
func (c *OpenCall) legs() []string {
	legs := []string{string(c.Offer)}
	if c.Stage != call.Talking {
		return legs
	}
	for _, o := range c.Others {
		legs = append(legs, string(o.Leg))
	}
	if c.Consult != nil {
		legs = append(legs, string(c.Consult.Leg))
	}
	return legs
}

// revive puts the conversation back as the journal has it, and tells the line of its
// agents who are still there.
func (s *session) revive(p OpenCall, truth Truth) {
	talking := p.Stage == call.Talking
	s.addBack(OpenParty{Leg: p.Offer, Agent: p.Agent, Number: p.Number}, p.Agent, talking, truth)
	if talking {
		for _, o := range p.Others {
			s.addBack(o, p.Agent, true, truth)
		}
	}
	if c := p.Consult; talking && c != nil {
		s.consult = &consult{to: call.Target{Agent: c.Agent, Number: c.Number}, party: s.addBack(*c, p.Agent, false, truth)}
	}
	if talking && p.Held {
		s.held = &hold{since: time.Now(), by: p.Agent}
		if every := s.board.opts.HoldReminder; every > 0 {
			s.held.remindAt = time.Now().Add(every)
		}
	}
	adopted := false
	for _, q := range s.parties() {
		switch {
		case q.agent == "" || !truth.Up[q.leg()]:
		case adopted:
			s.board.line.Join(s.id, q.agent)
		default:
			adopted = true
			s.board.line.Adopt(s.waiting(), q.agent)
		}
		if q != s.offer && q.agent != "" {
			s.board.desks.connected(q.agent, s.infoFor(q))
		}
	}
}

func (s *session) addBack(o OpenParty, by call.AgentID, connected bool, truth Truth) *party {
	members, leg := truth.Bridges[s.id.Bridge()], string(o.Leg)
	p := &party{
		id: o.Leg, agent: o.Agent, outsider: outsider{number: o.Number}, entered: true, rang: true, answered: true, met: true,
		connected: connected, seated: slices.Contains(members, leg), gone: !slices.Contains(truth.Legs, leg),
	}
	if p.number != "" && s.board.policy != nil { // known by its leg, and counted once
		if permit, err := s.board.policy.Ask(time.Now(), by, leg, p.number, true); err == nil {
			p.until = permit.Until
		}
	}
	if slices.Contains(members, string(s.id)) && p.seated {
		if s.heard == nil {
			s.heard = map[call.OfferID]bool{}
		}
		s.heard[o.Leg] = true
	}
	s.add(p)
	return p
}

// buryTheLost ends the parts of those whose legs are not there any more; false when
// nobody is left.
func (s *session) buryTheLost(truth Truth) bool {
	for _, p := range slices.Backward(s.parties()) {
		if truth.Up[p.leg()] || s.party(p.leg()) == nil {
			continue
		}
		p.lost = true
		if !s.goesOnWithout(p, "desk_lost") {
			s.board.desks.expectStill(s.offer.agent, s.info(), time.Now())
			s.loseDesk("desk_lost")
			return false
		}
	}
	return true
}
