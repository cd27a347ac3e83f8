package switchboard

import (
	"context"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// enterLine puts the citizen in line; again is for one whose desk was lost, who
// has their old place.
func (s *session) enterLine(at place, again bool) {
	s.stage, s.place = call.Waiting, at
	s.silenceAt = time.Time{}
	s.record(call.Queued{Queue: at.queue.Name, Topic: at.topic, Again: again})
	s.board.line.Enqueue(acd.Waiting{Call: s.id, Queue: at.queue.Name, Arrived: at.arrived, Emergency: at.queue.Emergency, Offers: s.offers})
	s.announceAt = time.Now().Add(s.board.opts.FirstPosition)
	switch {
	case again:
		s.say([]string{"back_in_line"}, 0)
	case at.queue.Emergency:
		s.say([]string{"emg_hold"}, 0)
	default:
		s.renew(time.Now())
		s.hold(true)
	}
}

// leaveLine takes the citizen back into the menus.
func (s *session) leaveLine() {
	s.board.line.Leave(s.id)
	if s.offer != nil {
		s.board.desks.offerClosed(s.offer.agent, s.offer.id, call.OfferRescinded)
		s.phone("stop ringing the desk", s.board.phones.Hangup, s.offer.leg())
		s.offer = nil
	}
	s.renewAt, s.announceAt = time.Time{}, time.Time{}
	s.stage = call.Menu
}

// announce tells the citizen the position, while nobody is being rung for them.
func (s *session) announce(now time.Time) {
	s.announceAt = now.Add(s.place.queue.PositionEvery)
	if s.stage != call.Waiting || s.playing != "" {
		return
	}
	keys := []string{"comfort"}
	if s.place.queue.Emergency {
		keys = []string{"emg_hold"}
	} else if n, ok := s.board.line.Position(s.id); ok {
		keys = append(prompt.Position(n), "comfort")
	}
	s.say(keys, 0)
}

func (s *session) renew(now time.Time) {
	s.renewAt = now.Add(s.board.opts.Lease / 3)
	s.lease(s.board.opts.Lease)
}

// untilNext is the time to the next thing that the clock decides.
func (s *session) untilNext(now time.Time) time.Duration {
	next := now.Add(time.Hour)
	for _, at := range []time.Time{s.silenceAt, s.renewAt, s.announceAt} {
		if !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	return max(next.Sub(now), 0)
}

// due does what the clock has decided.
func (s *session) due(now time.Time) {
	if passed(&s.silenceAt, now) && s.stage == call.Menu {
		s.take(s.walk.Silence())
	}
	inLine := s.stage == call.Waiting || s.stage == call.Ringing
	if passed(&s.announceAt, now) && inLine {
		s.announce(now)
	}
	if passed(&s.renewAt, now) && inLine && s.playing == "" {
		s.renew(now)
	}
}

// passed clears the alarm and says so when its time has come.
func passed(alarm *time.Time, now time.Time) bool {
	if alarm.IsZero() || alarm.After(now) {
		return false
	}
	*alarm = time.Time{}
	return true
}

// offered begins to ring the agent that the line chose: bridge, leg, and when the
// leg has entered, ring. So the bridge stands before the answer.
func (s *session) offered(d acd.OfferMade) {
	if s.stage != call.Waiting {
		return // the line has been told that the citizen left
	}
	s.stage = call.Ringing
	s.offers++
	s.offer = &offer{id: d.Offer, agent: d.Agent}
	sipUser, ok := s.board.desks.offered(d.Agent, s.info())
	if !ok {
		s.board.line.Fail(d.Offer)
		return
	}
	if !s.bridge {
		s.bridge = s.phone("make the bridge", s.board.phones.MakeBridge, s.id.Bridge())
	}
	if !s.ask("invite the desk", func(ctx context.Context) error {
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
	s.phone("hang up a late leg", s.board.phones.Hangup, leg)
	return false
}

func (s *session) agentEntered(leg string) {
	if !s.current(leg) || s.stage != call.Ringing {
		return
	}
	ok := s.ask("join the desk", func(ctx context.Context) error {
		return s.board.phones.Join(ctx, s.id.Bridge(), leg)
	}) && s.ask("ring the desk", func(ctx context.Context) error {
		return s.board.phones.Ring(ctx, leg, s.board.opts.RingTime+2*time.Second)
	})
	if !ok {
		s.board.line.Fail(s.offer.id)
	}
}

func (s *session) agentRings(leg string) {
	if s.current(leg) && s.stage == call.Ringing {
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
	if !s.offer.gone {
		s.phone("stop ringing the desk", s.board.phones.Hangup, s.offer.leg())
	}
	s.offer = nil
	s.stage = call.Waiting
}
