package switchboard

import (
	"cmp"
	"context"
	"time"

	"hotline1022/internal/call"
)

// consult is somebody whom the agent calls in while the citizen is on hold.
//
//	asked ─▶ ringing ─▶ answered ─▶ back, transferred or joined
//	   └────────┴───▶ not taken: the citizen is back with the agent
type consult struct {
	to    call.Target
	blind bool      // they have the call as soon as they answer
	party *party    // nil until the line has reserved them
	endBy time.Time // not answered by then is never
}

func (c *consult) answered() bool { return c.party != nil && c.party.answered }

// Consult puts the citizen on hold and calls in a colleague, who has to be available, or
// an outside number.
func (d *Desks) Consult(ctx context.Context, agent call.AgentID, to call.Target) error {
	if to.Queue != "" {
		return ErrNoTarget
	}
	if err := d.reachable(agent, to); err != nil {
		return err
	}
	if k, _ := d.State(to.Agent); to.Agent != "" && k.State != call.Available {
		return ErrNotFree
	}
	return d.ofLead(ctx, agent, func(s *session) error {
		if s.consult != nil || len(s.talkers()) > 1 {
			return ErrNotNow
		}
		return s.callIn(to, false)
	})
}

// Complete gives the call to whom the agent talks with.
func (d *Desks) Complete(ctx context.Context, agent call.AgentID) error {
	return d.consulting(ctx, agent, (*session).complete)
}

// Conference brings the citizen to both.
func (d *Desks) Conference(ctx context.Context, agent call.AgentID) error {
	return d.consulting(ctx, agent, (*session).conference)
}

// Back ends a consultation, answered or not, and brings the citizen back.
func (d *Desks) Back(ctx context.Context, agent call.AgentID) error {
	return d.ofLead(ctx, agent, func(s *session) error {
		if s.consult == nil {
			return ErrNotNow
		}
		s.endConsult(call.ConsultBack)
		return s.takeOffHold()
	})
}

func (d *Desks) consulting(ctx context.Context, agent call.AgentID, do func(*session) error) error {
	return d.ofLead(ctx, agent, func(s *session) error {
		if s.consult == nil || !s.consult.answered() {
			return ErrNotNow
		}
		return do(s)
	})
}

// callIn begins a consultation.
func (s *session) callIn(to call.Target, blind bool) error {
	var guest *party
	if to.Number != "" {
		var err error
		if guest, err = s.permitted(to.Number); err != nil {
			return err
		}
		to.Number = guest.number
	}
	if s.held == nil {
		if err := s.putOnHold(); err != nil {
			s.refund(guest)
			return err
		}
	}
	s.consult = &consult{to: to, blind: blind, party: guest, endBy: time.Now().Add(ringOutside + s.board.opts.RingTime)}
	if blind {
		s.record(call.TransferAsked{Agent: s.offer.agent, To: to})
	}
	s.record(call.ConsultBegan{Agent: s.offer.agent, To: to})
	if guest == nil {
		s.board.line.Consult(s.id, to.Agent)
	} else {
		s.others = append(s.others, guest)
		if !s.inviteOutside(guest) {
			s.notTaken(call.ConsultNotFree)
			return ErrPhones
		}
	}
	s.show()
	return nil
}

// consults says whether the line reserves the agent for us because we asked.
func (s *session) consults(agent call.AgentID) bool {
	return s.stage == call.Talking && s.consult != nil && s.consult.party == nil && s.consult.to.Agent == agent
}

// consultAnswered lets the two talk, or goes on to what the agent wanted anyway.
func (s *session) consultAnswered() {
	c := s.consult
	s.record(call.ConsultAnswered{Agent: s.offer.agent, To: c.to, Leg: c.party.id})
	if c.blind {
		s.complete() //nolint:errcheck // nobody waits for the answer
		return
	}
	if c.party.agent != "" {
		s.board.desks.connected(c.party.agent, s.infoFor(c.party))
	}
	s.show()
}

// complete gives the call to whom the agent consulted, and lets the agent go.
func (s *session) complete() error {
	c, lead := s.consult, s.offer
	s.consult, s.held = nil, nil
	s.putFirst(c.party)
	s.remove(lead)
	s.board.line.EndedFor(s.id, lead.agent)
	why := cmp.Or(lead.why, "transferred")
	s.board.desks.ended(lead.agent, s.id, why)
	facts := []call.Fact{
		call.ConsultEnded{Agent: lead.agent, To: c.to, Why: call.ConsultTransferred},
		call.Transferred{From: lead.agent, To: c.to},
	}
	parted := call.Disconnected{Offer: lead.id, Agent: lead.agent, Number: lead.number, Why: why}
	s.hush()
	if !s.together() {
		s.record(append(facts, parted)...)
		s.loseDesk("desk_lost")
		return ErrPhones
	}
	s.record(facts...)
	s.meet() // before the agent parts, so that somebody always has the call
	s.record(parted)
	s.unleash(time.Now())
	if c.party.agent != "" {
		s.board.desks.connected(c.party.agent, s.info())
	}
	s.show()
	return nil
}

// conference lets the citizen talk with both.
func (s *session) conference() error {
	c := s.consult
	s.consult, s.held = nil, nil
	s.record(call.ConsultEnded{Agent: s.offer.agent, To: c.to, Why: call.ConsultJoined})
	if !s.regain() {
		return ErrPhones
	}
	s.record(call.Conferenced{Agent: s.offer.agent, With: c.to})
	s.meet()
	s.show()
	return nil
}

// endConsult takes whoever was called in out again; the citizen is still on hold.
func (s *session) endConsult(why call.ConsultEnd) {
	c := s.consult
	s.consult = nil
	s.record(call.ConsultEnded{Agent: s.offer.agent, To: c.to, Why: why})
	switch {
	case c.to.Agent == "":
	case c.answered():
		s.board.line.EndedFor(s.id, c.to.Agent)
	default:
		s.board.line.CancelConsult(s.id)
		if c.party == nil { // the line may have made the offer already
			s.offers += unseen
		}
	}
	if c.party != nil {
		s.release(c.party, "consult_over")
	}
}

// notTaken ends a consultation that came to nothing, and brings the citizen back to the
// agent.
func (s *session) notTaken(why call.ConsultEnd) {
	s.endConsult(why)
	s.takeOffHold() //nolint:errcheck // nobody waits for the answer
}
