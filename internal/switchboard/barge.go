package switchboard

import (
	"context"
	"errors"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Barge rings a supervisor's desk, or the softphone that they listen with, and joins them
// to a conversation; with takeOver the
// call is theirs then, and its agent is out of it. A supervisor who is in it already
// takes it over at once.
func (d *Desks) Barge(ctx context.Context, supervisor call.AgentID, id call.ID, takeOver bool) error {
	ear, listens := d.board.ears.Phone(supervisor)
	if _, there := d.State(supervisor); !there && !listens {
		return ErrNotSignedIn
	}
	if listens { // a softphone does one thing at a time
		select {
		case <-d.board.ears.End(supervisor, call.ListenBarged):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return d.board.command(ctx, id, func(s *session) error {
		return s.barge(supervisor, ear, takeOver)
	})
}

// barge counts the supervisor into the conversation as soon as their desk is rung.
func (s *session) barge(supervisor call.AgentID, ear string, takeOver bool) error {
	if s.hand != nil && takeOver { // an emergency is joined; who is there stays
		return ErrNotNow
	}
	if s.stage != call.Talking || !s.offer.connected || s.consult != nil || s.offer.agent == supervisor {
		return ErrNotNow
	}
	for _, p := range s.others {
		switch {
		case p.agent != supervisor:
		case p.answered && takeOver:
			s.takeOver(p)
			return nil
		default:
			p.takesOver = takeOver
			return nil
		}
	}
	s.guests++
	p := &party{id: guestLeg(s.id, s.guests), agent: supervisor, takesOver: takeOver}
	sipUser, err := s.board.desks.borrow(supervisor, s.infoFor(p))
	if errors.Is(err, ErrNotSignedIn) && ear != "" {
		sipUser, err = ear, nil
	}
	if err != nil {
		return err
	}
	s.others = append(s.others, p)
	// From now on the line rings them for nobody else. Whose call it is may be no agent.
	s.board.line.Join(s.id, supervisor)
	s.board.line.Adopt(s.waiting(), supervisor)
	s.board.desks.keepPaused(supervisor)
	if !s.makeBridge() || !s.ask("invite the supervisor", func(ctx context.Context) error {
		return s.board.phones.Invite(ctx, p.leg(), sipUser, s.id, s.caller)
	}) {
		s.release(p, "not_taken")
		return ErrPhones
	}
	s.show()
	return nil
}

// borrow takes a desk for a conversation that its agent asked for.
func (d *Desks) borrow(agent call.AgentID, info OfferInfo) (sipUser string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	switch {
	case !ok:
		return "", ErrNotSignedIn
	case k.lines == 0:
		return "", ErrNoPhone
	case k.offer != nil || !slices.Contains([]call.AgentState{call.Available, call.Paused, call.WrapUp}, k.state):
		return "", ErrNotFree // a desk that was just opened may still be in the call of the one before
	}
	k.offer, k.talk = &info, nil
	k.tell(DeskOffer{Offer: info})
	return k.phone.SIPUser, nil
}

// bargedIn takes a supervisor in who has answered.
func (s *session) bargedIn(p *party) {
	if p.takesOver {
		s.takeOver(p)
		return
	}
	s.record(call.BargedIn{Agent: p.agent, Leg: p.id})
	if s.held == nil { // otherwise the citizen hears them when the hold is over
		if !s.regroup() {
			return
		}
		s.meet()
	}
	s.board.desks.connected(p.agent, s.infoFor(p))
	s.show()
}

// takeOver makes it a supervisor's call, who has answered, and lets its agent go.
func (s *session) takeOver(p *party) {
	lead := s.offer
	if s.consult != nil {
		s.endConsult(call.ConsultCut)
	}
	if s.held == nil {
		s.partCitizen()
	}
	s.held = nil
	s.putFirst(p)
	s.remove(lead)
	s.board.line.EndedFor(s.id, lead.agent)
	s.board.desks.ended(lead.agent, s.id, "taken_over")
	s.record(call.TakenOver{Agent: p.agent, From: lead.agent, Leg: p.id})
	parted := call.Disconnected{Offer: lead.id, Agent: lead.agent, Number: lead.number, Why: "taken_over"}
	s.hush()
	if !s.together() {
		s.record(parted)
		s.loseDesk("desk_lost")
		return
	}
	s.meet()
	s.record(parted)
	s.unleash(time.Now())
	s.board.desks.connected(p.agent, s.info())
	s.show()
}
