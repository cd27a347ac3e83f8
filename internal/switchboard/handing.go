package switchboard

import (
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// handing is the hand-over that a call is in. The ladder says what is to be done; the
// call's owner does it, and tells the ladder what came of it. It goes by the plan that
// stood when it began.
//
// Until somebody is there the citizen hears prompts and music outside the bridge, under the
// lease: a controller that dies leaves them to the dialplan, which walks the same ladder.
// Whoever enters or leaves, those who are there are gathered anew, with the recording's
// next part begun.
type handing struct {
	ladder *emergency.Handover
	plan   emergency.Plan

	legs      []*destination
	calling   bool // one of us is asked for
	together  bool // the citizen is in the bridge, or may be
	supervise supervisorsRung
	outcome   *call.Outcome // of a citizen who is not there any more, when it is not as usual

	tickAt   time.Time // the ladder wants to know that time has passed
	gatherAt time.Time // what could not be gathered is tried again
	events   []emergency.Event
	busy     bool // the ladder is being asked

	info HandoverInfo
}

// destination is a leg to a command centre.
type destination struct {
	party
	attempt int
	atMost  time.Duration
}

// happens tells the ladder what happened, and does what it wants done. What comes of that
// at once is told it after.
func (s *session) happens(e emergency.Event) {
	h := s.hand
	if h == nil || s.stage == call.Ended {
		return
	}
	h.events = append(h.events, e)
	if h.busy {
		return
	}
	h.busy = true
	for len(h.events) > 0 && s.stage != call.Ended {
		next := h.events[0]
		h.events = h.events[1:]
		for _, a := range h.ladder.Apply(time.Now(), next) {
			s.carryOut(a)
		}
	}
	h.busy = false
	if s.stage != call.Ended {
		h.tickAt = h.ladder.Due()
		s.showHandover()
	}
}

// carryOut does one thing that the ladder wants done.
func (s *session) carryOut(a emergency.Action) {
	h := s.hand
	switch a := a.(type) {
	case emergency.BridgeCitizen:
		s.makeBridge()
	case emergency.Hold:
		s.holdInHandover(a.On)
	case emergency.Say:
		s.apart()
		s.say([]string{a.Key()}, 0)
	case emergency.Ring:
		s.ringDestination(a)
	case emergency.Join:
		if d := s.destination(s.id.Destination(a.Attempt)); d != nil {
			there := d.connected && d.seated && h.together // as a restart finds them
			d.answered, d.connected = true, true
			if !there {
				s.gather()
			}
		}
	case emergency.Drop:
		s.dropDestination(s.destination(s.id.Destination(a.Attempt)))
	case emergency.JoinAgent: // who has entered is there
	case emergency.CallAgent:
		h.calling = a.On
		s.callAgent()
	case emergency.CallSupervisors:
		s.callSupervisors(a.On)
	case emergency.LetGo: // their page tells them, by HandoverInfo.MayLeave
	case emergency.Record:
		s.record(a.Fact)
		h.info.note(time.Now(), a.Fact)
	case emergency.Finish:
		s.finishHandover(a.Outcome)
	}
}

// destination is whose leg that is; nil for nobody's.
func (s *session) destination(leg string) *destination {
	if s.hand == nil {
		return nil
	}
	for _, d := range s.hand.legs {
		if d.leg() == leg {
			return d
		}
	}
	return nil
}

// ringDestination makes the leg, which is rung when it has entered.
func (s *session) ringDestination(a emergency.Ring) {
	h := s.hand
	d := &destination{party: party{id: call.OfferID(s.id.Destination(a.Attempt))}, attempt: a.Attempt, atMost: a.AtMost}
	h.legs = append(h.legs, d)
	if !s.ask("call a destination", s.board.dialDestination(s, d.leg(), a.Rung, h.plan)) {
		s.destinationFailed(d)
	}
}

// destinationFailed lets the ladder go on past what could not be called.
func (s *session) destinationFailed(d *destination) {
	s.dropDestination(d)
	s.happens(emergency.Gone{Attempt: d.attempt, How: call.DestinationNoRoute})
}

func (s *session) dropDestination(d *destination) {
	if d == nil {
		return
	}
	s.hand.legs = slices.DeleteFunc(s.hand.legs, func(o *destination) bool { return o == d })
	if !d.gone {
		s.clear("hang up a destination", s.board.phones.Hangup, d.leg())
	}
}

// joined are the destinations that talk with the citizen.
func (h *handing) joined() []*party {
	if h == nil {
		return nil
	}
	var joined []*party
	for _, d := range h.legs {
		if d.answered && !d.gone {
			joined = append(joined, &d.party)
		}
	}
	return joined
}

// holdInHandover fills the ear of a citizen who hears nobody, or ends that.
func (s *session) holdInHandover(on bool) {
	switch {
	case s.left:
	case on:
		s.apart()
		if s.playing == "" {
			s.renew(time.Now())
		}
	case s.hand.together:
		s.unleash(time.Now())
	}
}

// apart takes a citizen who is alone there out of the bridge, to hear something else.
func (s *session) apart() {
	if s.hand.together && !s.left {
		s.hand.together = false
		s.partCitizen()
	}
}

// gather brings the citizen together with everybody who is there for them. What fails is
// tried again in a moment; until then they hear music.
func (s *session) gather() {
	h := s.hand
	h.gatherAt = time.Time{}
	there := append(s.talkers(), h.joined()...)
	switch {
	case len(there) == 0: // who answered has gone meanwhile
		return
	case s.left:
		s.seatAll(there)
		return
	}
	s.hush()
	s.apart()
	h.together = true
	if !s.together() {
		s.log.Error("a citizen in an emergency could not be brought together with who is there, and will be")
		h.gatherAt = time.Now().Add(gatherAgain)
		s.apart()
		s.renew(time.Now())
		return
	}
	s.meet()
	s.unleash(time.Now())
}

// gatherAgain is how soon what the phones refused is tried again.
const gatherAgain = time.Second
