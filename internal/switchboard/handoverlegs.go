package switchboard

import (
	"context"
	"slices"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// destinationNumber is n of a leg to a destination; 0 for what is none.
func destinationNumber(id call.ID, leg string) int { return numbered(id, "-h", leg) }

// ofDestination takes what the phones saw of a leg to a command centre; false for others.
func (s *session) ofDestination(signal Signal) bool {
	switch sig := signal.(type) {
	case LegEntered:
		return s.ofLeg(sig.Leg, s.destinationEntered)
	case LegRinging:
		return s.ofLeg(sig.Leg, func(d *destination) { s.happens(emergency.Rings{Attempt: d.attempt}) })
	case LegUp:
		return s.ofLeg(sig.Leg, func(d *destination) { s.happens(emergency.Answered{Attempt: d.attempt}) })
	case LegGone:
		if destinationNumber(s.id, sig.Leg) == 0 {
			return false
		}
		if d := s.destination(sig.Leg); d != nil {
			s.destinationGone(d, emergency.End(sig.Cause))
		}
		return true
	}
	return false
}

// ofLeg finds whose leg it is; one that nobody wants any more is hung up.
func (s *session) ofLeg(leg string, do func(*destination)) bool {
	if destinationNumber(s.id, leg) == 0 {
		return false
	}
	if d := s.destination(leg); d != nil {
		do(d)
	} else {
		s.clear("hang up a late leg", s.board.phones.Hangup, leg)
	}
	return true
}

func (s *session) destinationEntered(d *destination) {
	if d.entered {
		return
	}
	d.entered = true
	if !s.ask("ring a destination", func(ctx context.Context) error {
		return s.board.phones.Ring(ctx, d.leg(), d.atMost)
	}) {
		s.destinationFailed(d)
	}
}

func (s *session) destinationGone(d *destination, how call.DestinationEnd) {
	d.gone = true
	s.dropDestination(d)
	s.happens(emergency.Gone{Attempt: d.attempt, How: how})
}

// checkDestinations makes up for the events of destinations that were lost in a gap.
func (s *session) checkDestinations(truth Truth) {
	for _, d := range slices.Clone(s.destinations()) {
		switch {
		case !slices.Contains(truth.Legs, d.leg()):
			s.destinationGone(d, call.DestinationNoAnswer)
		case truth.Up[d.leg()]:
			d.entered = true
			s.happens(emergency.Answered{Attempt: d.attempt})
		default:
			s.destinationEntered(d)
		}
	}
}

func (s *session) destinations() []*destination {
	if s.hand == nil {
		return nil
	}
	return s.hand.legs
}
