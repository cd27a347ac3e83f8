package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/outside"
)

// permitted is a party for an outside number that the agent may call.
func (s *session) permitted(typed string) (*party, error) {
	n := s.guests + 1
	p := &party{id: guestLeg(s.id, n)}
	permit, err := s.board.policy.Ask(time.Now(), s.offer.agent, p.leg(), typed, s.place.emergency())
	if err != nil {
		return nil, err
	}
	s.guests = n
	p.number, p.dial, p.until = permit.Number, permit.Dial, permit.Until
	return p, nil
}

// refund takes a permit back that came to nothing.
func (s *session) refund(p *party) {
	if p != nil && p.number != "" && s.board.policy != nil {
		s.board.policy.Ended(p.leg())
	}
}

func (s *session) inviteOutside(p *party) bool {
	return s.makeBridge() && s.ask("invite an outside number", func(ctx context.Context) error {
		return s.board.dialOutside(ctx, s.offer.agent, p.leg(), outside.Permit{Number: p.number, Dial: p.dial})
	})
}

// isOffer says whether the line made the party's leg, and decides about it.
func (s *session) isOffer(p *party) bool { return number(s.id, p.leg()) > 0 }

// failed says that a party could not be rung, or let it ring.
func (s *session) failed(p *party, cause int) {
	refused := cause == causeBusy || cause == causeRejected
	switch {
	case s.isOffer(p) && refused:
		s.board.line.Refuse(p.id)
	case s.isOffer(p):
		s.board.line.Fail(p.id)
	case s.consult != nil && s.consult.party == p && refused:
		s.notTaken(call.ConsultRefused)
	case s.consult != nil && s.consult.party == p:
		s.notTaken(call.ConsultNoAnswer)
	default:
		s.release(p, "not_taken")
		s.show()
	}
}

// guestAnswered takes in a party whom the line did not choose.
func (s *session) guestAnswered(p *party) {
	p.answered = true
	if p.number != "" {
		s.seatAgain(p)
	}
	if s.hand != nil {
		s.supervisorEnters(p)
		return
	}
	if s.consult != nil && s.consult.party == p {
		s.consultAnswered()
		return
	}
	s.bargedIn(p)
}

// seatAgain joins a telephone outside anew that has answered: what is said may come from
// another place than what rang, and would not be heard by more than one.
func (s *session) seatAgain(p *party) {
	s.ask("take out what rang", func(ctx context.Context) error {
		return s.board.phones.Part(ctx, s.id.Bridge(), p.leg())
	})
	p.seated = false
	s.seat(p) // or later, with the citizen
}

// release ends a party's part, and tells their desk why.
func (s *session) release(p *party, why string) {
	switch {
	case p.agent == "":
	case p.answered:
		s.board.desks.ended(p.agent, s.id, why)
	default:
		s.board.desks.offerClosed(p.agent, p.id, call.OfferRescinded)
		s.unbarge(p)
	}
	s.remove(p)
}

// unbarge lets a supervisor go who did not come to talk, and has nothing to wrap up.
func (s *session) unbarge(p *party) {
	if !s.isOffer(p) && p.agent != "" && !p.answered {
		s.board.line.EndedFor(s.id, p.agent)
		s.board.line.WrappedUp(p.agent, false)
	}
}

// limit is when the first of the outside numbers has talked for as long as is allowed.
func (s *session) limit() time.Time {
	var first time.Time
	for _, p := range s.others {
		if !p.until.IsZero() && (first.IsZero() || p.until.Before(first)) {
			first = p.until
		}
	}
	if s.offer != nil && !s.offer.until.IsZero() && (first.IsZero() || s.offer.until.Before(first)) {
		first = s.offer.until
	}
	return first
}

// overLimit hangs those up whose time is over; that they are gone is told by their legs.
func (s *session) overLimit(now time.Time) {
	for _, p := range s.parties() {
		if !p.until.IsZero() && !p.until.After(now) {
			p.until = time.Time{}
			s.clear("hang up an outside number after its time", s.board.phones.Hangup, p.leg())
		}
	}
}
