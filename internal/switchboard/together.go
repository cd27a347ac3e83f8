package switchboard

import (
	"context"

	"hotline1022/internal/call"
)

// talkers are those whom the citizen talks with, or will when a hold is over: everybody
// who has answered, but for whom the agent consults.
func (s *session) talkers() []*party {
	var talkers []*party
	for _, p := range s.parties() {
		if p.answered && !p.gone && !p.lost && (s.consult == nil || s.consult.party != p) {
			talkers = append(talkers, p)
		}
	}
	return talkers
}

// together brings the talkers and then the citizen into the bridge, the second time into
// a new one.
func (s *session) together() bool {
	talkers := append(s.talkers(), s.hand.joined()...)
	for _, p := range talkers {
		p.met = true
	}
	for range 2 {
		if s.seatAll(talkers) && s.joinCitizen(talkers) {
			return true
		}
		s.bridge = false
		for _, p := range s.parties() {
			p.seated = false
		}
		for _, d := range s.destinations() {
			d.seated = false
		}
	}
	return false
}

func (s *session) seatAll(talkers []*party) bool {
	for _, p := range talkers {
		if !s.seat(p) {
			return false
		}
	}
	return true
}

func (s *session) joinCitizen(talkers []*party) bool {
	s.nextPart(talkers)
	return s.ask("join the citizen", func(ctx context.Context) error {
		return s.board.phones.Join(ctx, s.id.Bridge(), string(s.id))
	})
}

// nextPart lets the recording go on in a part of its own before the citizen hears
// somebody whom they have not heard in this one: what is new would be missing from it.
// A conversation goes before its recording, so a refusal stops nothing.
func (s *session) nextPart(talkers []*party) {
	fresh := false
	for _, p := range talkers {
		fresh = fresh || !s.heard[p.id]
	}
	if fresh && len(s.heard) > 0 {
		s.part = max(s.part, 1) + 1
		s.ask("begin the recording's next part", func(ctx context.Context) error {
			return s.board.phones.NextPart(ctx, s.id, s.part, s.pause.off)
		})
		s.music = false
		clear(s.heard)
	}
	for _, p := range talkers {
		if s.heard == nil {
			s.heard = map[call.OfferID]bool{}
		}
		s.heard[p.id] = true
	}
}

// meet tells of whoever can talk with the citizen from now on.
func (s *session) meet() {
	for _, p := range s.talkers() {
		if !p.connected {
			p.connected = true
			s.record(call.Connected{Offer: p.id, Agent: p.agent, Number: p.number})
		}
	}
}
