package switchboard

import (
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr"
)

// resume takes a call up where the journal left it.
func (s *session) resume(p OpenCall, truth Truth) {
	s.ticket, s.lang, s.greeted = p.Ticket, p.Language, true
	s.offers, s.guests, s.given = p.Offers, p.Guests, p.GivenBy
	for _, leg := range truth.Legs { // the last facts may not have reached the disk
		s.offers, s.guests = max(s.offers, number(s.id, leg)), max(s.guests, guestNumber(s.id, leg))
	}
	if s.part = max(truth.Parts[s.id], p.Talks); s.part > 0 { // … by whom, it is not known any more
		s.heard = map[call.OfferID]bool{"": true}
	}
	_, s.bridge = truth.Bridges[s.id.Bridge()]
	s.bridged = s.bridge
	if !p.RecordingOff.IsZero() && s.board.pauser != nil {
		s.pause = pausing{at: p.RecordingOff.Add(longestPause), off: true}
	}
	s.place = place{topic: p.Topic, arrived: p.QueuedAt}
	s.place.queue, _ = s.board.queue(p.Queue)
	s.place.queue.Name = p.Queue // which the line knows what to do with, if it is no more

	if p.Stage == call.Ringing && !p.Accepted {
		p.answeredOf(truth)
	}
	if p.Beside == Nothing && s.resumeHandover(p, truth) {
		return
	}
	answered := truth.Up[string(p.Offer)]
	if p.Stage != call.Talking || p.Held {
		s.hushBefore()
	}
	switch {
	case p.Beside != Nothing:
		s.sweepDesks(truth)
		s.resumeBeside(p)
	case p.Stage == call.Talking || p.Stage == call.Ringing && answered:
		s.sweepDesks(truth, p.legs()...)
		s.stand(p)
		s.rejoin(p, truth)
	case p.Stage == call.Ringing || p.Stage == call.Waiting:
		s.sweepDesks(truth)
		s.stand(p)
		if p.Stage == call.Ringing && !p.Accepted {
			s.record(call.OfferClosed{Offer: p.Offer, Agent: p.Agent, How: call.OfferRescinded})
		}
		s.rescindOthers(p)
		s.stage = call.Waiting
		s.keepOn(p.Lost)
		s.wait(nil)
	default:
		s.sweepDesks(truth)
		s.enterMenu(ivr.Resume(s.board.flow.Load(), p.Node, p.Language))
	}
}

// stand puts the menus where a citizen in line has left them, so that the emergency
// key is alive. In a flow that has no such place any more it is as if the citizen had
// chosen nothing.
func (s *session) stand(p OpenCall) {
	f := s.board.flow.Load()
	s.walk, s.step = ivr.Resume(f, p.Node, p.Language)
	if s.step.Done == nil {
		s.walk, s.step = ivr.Resume(f, f.Human, p.Language)
	}
}

// answeredOf makes that one the first, of several who are rung, who has answered while
// nobody was there.
func (c *OpenCall) answeredOf(truth Truth) {
	for i, o := range c.Others {
		if !truth.Up[string(c.Offer)] && truth.Up[string(o.Leg)] {
			c.Others = slices.Clone(c.Others)
			c.Others[i] = OpenParty{Leg: c.Offer, Agent: c.Agent}
			c.Offer, c.Agent = o.Leg, o.Agent
		}
	}
}

// rescindOthers ends the offers beside the first.
func (s *session) rescindOthers(p OpenCall) {
	for _, o := range p.Others {
		if p.Stage == call.Ringing {
			s.record(call.OfferClosed{Offer: o.Leg, Agent: o.Agent, How: call.OfferRescinded})
		}
	}
}

// rejoin goes on with a conversation, or begins one that was answered while nobody
// was there to join the citizen.
func (s *session) rejoin(p OpenCall, truth Truth) {
	s.stage, s.music = call.Talking, true // it may play
	members := truth.Bridges[s.id.Bridge()]
	s.revive(p, truth)
	if !s.offer.connected && !p.Accepted && truth.Up[s.offer.leg()] {
		s.record(call.OfferClosed{Offer: p.Offer, Agent: p.Agent, How: call.OfferAccepted})
	}
	s.rescindOthers(p)
	if !s.buryTheLost(truth) || s.stage != call.Talking {
		return
	}
	apart := !slices.Contains(members, string(s.id)) || slices.ContainsFunc(s.talkers(), func(q *party) bool { return !q.seated || !q.connected })
	switch {
	case s.held == nil && apart:
		s.connect()
		return
	case s.held != nil:
		s.music = false
		s.renew(time.Now())
	default:
		s.music = false
		s.unleash(time.Now()) // we may have been ended just before
	}
	s.board.desks.connected(s.offer.agent, s.info())
	if s.held != nil || len(s.others) > 0 {
		s.show()
	}
}

// sweepDesks hangs up the legs of this call, beside the citizen's, but those that are wanted.
func (s *session) sweepDesks(truth Truth, wanted ...string) {
	for _, leg := range truth.Legs {
		if id, ok := call.Of(leg); ok && id == s.id && !slices.Contains(wanted, leg) {
			s.clear("hang up a leg of before", s.board.phones.Hangup, leg)
		}
	}
}

// check makes up for the events that were lost in a gap. The end of a prompt is none
// of them: its time comes anyway.
func (s *session) check(truth Truth) {
	clear(s.unended) // what was lost is not told any more
	if !slices.ContainsFunc(truth.Citizens, func(c CitizenEntered) bool { return c.Call == s.id }) {
		s.citizenGone(causeMissing)
		if s.stage == call.Ended || s.hand == nil {
			return
		}
	}
	s.checkDestinations(truth)
	var wanted []string
	for _, p := range s.parties() {
		if !p.gone {
			wanted = append(wanted, p.leg())
		}
	}
	centres := make([]string, 0, len(s.destinations()))
	for _, d := range s.destinations() {
		centres = append(centres, d.leg())
	}
	s.sweepDesks(truth, append(centres, wanted...)...)
	for _, leg := range wanted {
		if !slices.Contains(truth.Legs, leg) {
			// Or made after the truth was read: then it is hung up when it comes to life.
			s.legGone(leg, causeMissing)
			continue
		}
		s.legEntered(leg)
		if truth.Up[leg] {
			s.legAnswered(leg)
		}
	}
}
