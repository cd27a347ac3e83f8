package switchboard

import (
	"context"
	"slices"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// offered begins to ring an agent whom the line chose, alone or beside others: bridge,
// leg, and when the leg has entered, ring. So the bridge stands before the answer.
func (s *session) offered(d acd.OfferMade) {
	n := number(s.id, string(d.Offer))
	asked := s.consults(d.Agent)
	if n <= s.offers || !s.inLine() && !asked {
		return // from before the citizen left the line, which the line has been told
	}
	s.offers = n
	p := &party{id: d.Offer, agent: d.Agent}
	s.add(p)
	if asked {
		s.consult.party = p
		s.show()
	} else {
		s.stage = call.Ringing
	}
	if !s.inviteDesk(p) {
		s.board.line.Fail(d.Offer)
	}
}

// inviteDesk makes a desk's leg, and shows the call on its page.
func (s *session) inviteDesk(p *party) bool {
	sipUser, ok := s.board.desks.offered(p.agent, s.infoFor(p))
	return ok && s.makeBridge() && s.ask("invite the desk", func(ctx context.Context) error {
		return s.board.phones.Invite(ctx, p.leg(), sipUser, s.id, s.caller)
	})
}

// current is the party whose leg that is; any other leg came too late and is hung up.
func (s *session) current(leg string) *party {
	if p := s.party(leg); p != nil && !p.gone {
		return p
	}
	s.clear("hang up a late leg", s.board.phones.Hangup, leg)
	return nil
}

func (s *session) legEntered(leg string) {
	p := s.current(leg)
	if p == nil || p.entered {
		return
	}
	p.entered = true
	if p.answered {
		return
	}
	// The line decides how long to ring, and counts anew from the first ring: the
	// phones' own limit is for a controller that is no more.
	atMost := 2 * s.board.opts.RingTime
	if p.number != "" {
		atMost = ringOutside
	}
	if !s.seat(p) || !s.ask("ring", func(ctx context.Context) error {
		return s.board.phones.Ring(ctx, leg, atMost)
	}) {
		s.failed(p, 0)
	}
}

func (s *session) legRings(leg string) {
	if p := s.current(leg); p != nil && !p.answered && !p.rang && s.isOffer(p) {
		p.rang = true
		s.record(call.OfferRang{Offer: p.id, Agent: p.agent})
		s.board.line.Ringing(p.id)
	}
}

// legAnswered asks the line to accept: only the line knows whether the offer is still
// open.
func (s *session) legAnswered(leg string) {
	switch p := s.current(leg); {
	case p == nil || p.answered:
	case s.isOffer(p):
		s.board.line.Accept(p.id)
	default:
		s.guestAnswered(p)
	}
}

// offerClosed is the end of an offer. The first to answer has the call; the line has
// closed the others' offers then, and says so next.
func (s *session) offerClosed(d acd.OfferClosed) {
	p := s.party(string(d.Offer))
	if p == nil || p.answered {
		return
	}
	asked := s.consult != nil && s.consult.party == p
	switch {
	case d.How == call.OfferAccepted && asked:
		p.answered = true
		if p.lost || p.gone {
			s.goesOnWithout(p, "desk_lost")
			return
		}
		s.consultAnswered()
		return
	case d.How == call.OfferAccepted:
		p.answered = true
		s.putFirst(p)
		s.connect()
		return
	}
	if by := takenBy(d); by != "" {
		s.board.desks.taken(p.agent, d.Offer, by)
	} else {
		s.board.desks.offerClosed(p.agent, d.Offer, d.How)
	}
	s.remove(p)
	if asked {
		s.consult.party = nil
		s.notTaken(consultEnd(d.How))
	}
	if s.stage == call.Ringing && !slices.ContainsFunc(s.parties(), s.isOffer) {
		s.stage = call.Waiting
	}
}

// consultEnd is what an offer's end means for who asked for it.
func consultEnd(how call.OfferEnd) call.ConsultEnd {
	switch how {
	case call.OfferRefused:
		return call.ConsultRefused
	case call.OfferTimedOut:
		return call.ConsultNoAnswer
	case call.OfferRescinded, call.OfferAccepted:
	}
	return call.ConsultNotFree
}

// takenBy is who answered first, where that ended an offer.
func takenBy(d acd.OfferClosed) call.AgentID {
	if d.How == call.OfferRescinded && d.Why.Rule == acd.RuleAnsweredBy {
		return d.Why.Who
	}
	return ""
}

// dropDesk ends the part of the agent whose call it is.
func (s *session) dropDesk() { s.remove(s.offer) }

// makeBridge makes the call's bridge unless it stands.
func (s *session) makeBridge() bool {
	if s.bridge {
		return true
	}
	s.bridged = true
	s.bridge = s.ask("make the bridge", func(ctx context.Context) error {
		return s.board.phones.MakeBridge(ctx, s.id.Bridge())
	})
	return s.bridge
}

// seat puts a leg into the bridge. When that fails the bridge may have vanished, and is
// made anew for the next attempt.
func (s *session) seat(p *party) bool {
	if !p.seated {
		p.seated = s.makeBridge() && s.ask("join the desk", func(ctx context.Context) error {
			return s.board.phones.Join(ctx, s.id.Bridge(), p.leg())
		})
		s.bridge = s.bridge && p.seated
	}
	return p.seated
}
