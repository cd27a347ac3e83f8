package switchboard

import (
	"context"
	"strconv"
	"strings"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// offer is the agent's side of a call.
type offer struct {
	id    call.OfferID
	agent call.AgentID

	entered   bool // the leg is there
	seated    bool // … and in the bridge
	rang      bool
	met       bool // the citizen is in the bridge too, or may be
	connected bool // … for certain
	gone      bool // the leg ended
	cause     int  // … of this
	lost      bool // the desk is no more
}

func (o *offer) leg() string { return string(o.id) }

// number is n of the call's n-th offer or its leg; 0 for what is neither.
func number(id call.ID, offer string) int {
	tail, ok := strings.CutPrefix(offer, string(id)+"-o")
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(tail)
	if err != nil {
		return 0
	}
	return n
}

// offered begins to ring the agent that the line chose: bridge, leg, and when the
// leg has entered, ring. So the bridge stands before the answer.
func (s *session) offered(d acd.OfferMade) {
	n := number(s.id, string(d.Offer))
	if s.stage != call.Waiting || n <= s.offers {
		return // from before the citizen left the line, which the line has been told
	}
	s.stage, s.offers = call.Ringing, n
	s.offer = &offer{id: d.Offer, agent: d.Agent}
	sipUser, ok := s.board.desks.offered(d.Agent, s.info())
	if !ok || !s.makeBridge() || !s.ask("invite the desk", func(ctx context.Context) error {
		return s.board.phones.Invite(ctx, s.offer.leg(), sipUser, s.id, s.caller)
	}) {
		s.board.line.Fail(d.Offer)
	}
}

// current says whether leg belongs to the offer that is open now; any other leg
// came too late and is hung up.
func (s *session) current(leg string) bool {
	if s.offer != nil && s.offer.leg() == leg && !s.offer.gone {
		return true
	}
	s.clear("hang up a late leg", s.board.phones.Hangup, leg)
	return false
}

func (s *session) agentEntered(leg string) {
	if !s.current(leg) || s.offer.entered {
		return
	}
	s.offer.entered = true
	if s.stage != call.Ringing {
		return
	}
	// The line decides how long to ring, and counts anew from the first ring: the
	// phones' own limit is for a controller that is no more.
	if !s.seat() || !s.ask("ring the desk", func(ctx context.Context) error {
		return s.board.phones.Ring(ctx, leg, 2*s.board.opts.RingTime)
	}) {
		s.board.line.Fail(s.offer.id)
	}
}

func (s *session) agentRings(leg string) {
	if s.current(leg) && s.stage == call.Ringing && !s.offer.rang {
		s.offer.rang = true
		s.record(call.OfferRang{Offer: s.offer.id, Agent: s.offer.agent})
		s.board.line.Ringing(s.offer.id)
	}
}

// agentAnswered asks the line to accept: only the line knows whether the offer is
// still open.
func (s *session) agentAnswered(leg string) {
	if s.current(leg) && s.stage == call.Ringing {
		s.board.line.Accept(s.offer.id)
	}
}

func (s *session) offerClosed(d acd.OfferClosed) {
	if s.offer == nil || s.offer.id != d.Offer || s.stage != call.Ringing {
		return
	}
	if d.How == call.OfferAccepted {
		s.connect()
		return
	}
	s.board.desks.offerClosed(d.Agent, d.Offer, d.How)
	s.dropDesk()
	s.stage = call.Waiting
}

// dropDesk ends the agent's side.
func (s *session) dropDesk() {
	if !s.offer.gone {
		s.clear("hang up the desk", s.board.phones.Hangup, s.offer.leg())
	}
	s.offer = nil
}

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

// seat puts the desk's leg into the bridge. When that fails the bridge may have
// vanished, and is made anew for the next attempt.
func (s *session) seat() bool {
	if !s.offer.seated {
		s.offer.seated = s.makeBridge() && s.ask("join the desk", func(ctx context.Context) error {
			return s.board.phones.Join(ctx, s.id.Bridge(), s.offer.leg())
		})
		s.bridge = s.bridge && s.offer.seated
	}
	return s.offer.seated
}
