package switchboard

import (
	"context"
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// SetEmergency takes new destinations into use, for hand-overs that begin from now on. A
// plan without a way out (Trial) begins none.
func (b *Board) SetEmergency(plan emergency.Plan) { b.plan.Store(&plan) }

// serves is the plan by which a service can be handed over; false when there is none, and
// agents have the emergency alone.
func (b *Board) serves(service call.Service) (emergency.Plan, bool) {
	plan := b.plan.Load()
	if plan == nil || plan.Trial || b.destinations == nil || service == "" {
		return emergency.Plan{}, false
	}
	return *plan, len(plan.Ladder(service, "", time.Now())) > 0
}

// beginHandover begins to hand the citizen over to a service; false when that cannot be.
// agent is who asked for it, "" for the citizen's own key.
func (s *session) beginHandover(service call.Service, area string, agent call.AgentID) bool {
	plan, ok := s.serves(service)
	if !ok {
		return false
	}
	s.dropAside()
	if s.hand == nil {
		s.hush() // what plays would hold it up
		s.ask("leave the service to Asterisk", func(ctx context.Context) error {
			return s.board.destinations.Bequeath(ctx, s.id, service)
		})
	}
	s.silenceAt, s.announceAt, s.overdue, s.errand = time.Time{}, time.Time{}, false, nil
	if s.hand == nil {
		s.hand = &handing{ladder: emergency.New(plan), plan: plan, together: agent != ""}
	}
	s.happens(emergency.Begin{Service: service, Area: area, Agent: agent})
	return true
}

// callAgent asks the line for one of us, before all others, or no longer, as the ladder
// wants it.
func (s *session) callAgent() {
	switch {
	case s.drill != nil:
		return
	case s.stage == call.Talking: // who took the call has ended the line's other offers
		return
	case s.hand.calling:
		s.urgent()
		s.board.line.Enqueue(s.waiting()) // which changes nothing for a call that is there
		return
	}
	s.board.line.Leave(s.id)
	s.offers += unseen
	for _, p := range slices.Clone(s.parties()) {
		if s.isOffer(p) && !p.answered {
			s.board.desks.offerClosed(p.agent, p.id, call.OfferRescinded)
			s.remove(p)
		}
	}
	s.stage = call.Waiting
}

// urgent makes the place in line one of the emergency's.
func (s *session) urgent() {
	if s.place.emergency() && s.place.queue.Emergency {
		return
	}
	for _, q := range *s.board.queues.Load() {
		if q.Emergency {
			s.place.queue = q
			return
		}
	}
	s.log.Error("there is no queue for emergencies; the citizen waits where they were")
}

// entersHandover takes one of us in who has answered.
func (s *session) entersHandover(p *party) {
	s.stage = call.Talking
	s.renewAt = time.Time{}
	s.putFirst(p)
	switch {
	case p.lost:
		s.leavesHandover(p, "desk_lost")
		return
	case p.gone:
		s.leavesHandover(p, s.whyGoneInHandover(p))
		return
	}
	s.gather()
	s.board.desks.connected(p.agent, s.infoFor(p))
	s.happens(emergency.Entered{Agent: p.agent})
}

// leavesHandover ends the part of one of us. The citizen stays with who is there.
func (s *session) leavesHandover(p *party, why string) {
	if p.connected {
		s.record(call.Disconnected{Offer: p.id, Agent: p.agent, Number: p.number, Why: why})
	}
	if p.agent != "" {
		s.board.line.EndedFor(s.id, p.agent)
	}
	s.release(p, why)
	if talkers := s.talkers(); len(talkers) > 0 {
		s.putFirst(talkers[0])
	} else {
		s.stage = call.Waiting
	}
	s.happens(emergency.Left{Agent: p.agent})
	if s.stage == call.Waiting && s.hand.calling { // who came had gone before anybody knew
		s.callAgent()
	}
	s.show()
}

// whyGoneInHandover says why a leg of ours has gone. A phone in trouble pauses its agent.
func (s *session) whyGoneInHandover(p *party) string {
	switch p.cause {
	case causeNormal:
		return "agent_hung_up"
	case causeMissing:
	default:
		s.board.desks.trouble(p.agent, p.id, true)
	}
	return "desk_lost"
}

// citizenLeft goes on without the citizen: whoever talks may finish what they say.
func (s *session) citizenLeft(cause int) {
	h := s.hand
	s.left = true
	s.playing, s.overAt, s.renewAt, h.gatherAt = "", time.Time{}, time.Time{}, time.Time{}
	s.music, s.unsure, h.together = false, false, false
	if cause == causeMissing {
		h.outcome = &call.Outcome{By: call.ByUs, Detail: "ended while Asterisk was out of reach"}
	}
	s.happens(emergency.CitizenGone{})
}

// finishHandover ends the call: the citizen has gone, and nobody talks any more.
func (s *session) finishHandover(outcome call.Outcome) {
	if o := s.hand.outcome; o != nil {
		outcome.By, outcome.Detail = o.By, o.Detail
		if outcome.Result == call.Abandoned {
			outcome.Result = call.Failed
		}
	}
	if s.stage == call.Talking {
		s.partAll("citizen_hung_up")
	} else {
		for _, p := range s.parties() {
			s.board.desks.offerClosed(p.agent, p.id, call.OfferRescinded)
			s.unbarge(p)
		}
	}
	s.finish(outcome)
}

// dueInHandover does what the clock has decided.
func (s *session) dueInHandover(now time.Time) {
	h := s.hand
	if passed(&h.gatherAt, now) {
		s.gather()
	}
	if passed(&s.renewAt, now) && !s.left {
		switch {
		case h.together:
			s.unleash(now)
		case s.playing == "":
			s.renew(now)
		}
	}
	if passed(&h.supervise.again, now) {
		s.ringSupervisors()
	}
	if s.stage != call.Ended && passed(&h.tickAt, now) {
		s.happens(emergency.Tick{})
	}
}

// handoverAlarms are the times of it.
func (s *session) handoverAlarms() []time.Time {
	if s.hand == nil {
		return nil
	}
	return []time.Time{s.hand.tickAt, s.hand.gatherAt, s.hand.supervise.again}
}
