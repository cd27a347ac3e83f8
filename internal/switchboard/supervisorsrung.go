package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// supervisorsRung is whether every supervisor's desk is to ring for a hand-over.
type supervisorsRung struct {
	on    bool
	again time.Time // they are rung once more then
}

// supervisorsEvery is how often supervisors are rung again who did not answer, and others
// who have become free.
const supervisorsEvery = 10 * time.Second

// callSupervisors rings every supervisor's desk until one enters, or no longer.
func (s *session) callSupervisors(on bool) {
	h := s.hand
	if s.drill != nil {
		return
	}
	h.supervise = supervisorsRung{on: on}
	if on {
		s.ringSupervisors()
		return
	}
	for _, p := range s.parties() {
		if !s.isOffer(p) && !p.answered {
			s.release(p, "not_taken")
		}
	}
}

// ringSupervisors rings those who do not ring already and are in no conversation.
func (s *session) ringSupervisors() {
	h := s.hand
	if !h.supervise.on || s.board.supervisors == nil {
		return
	}
	h.supervise.again = time.Now().Add(supervisorsEvery)
	for _, supervisor := range s.board.supervisors.Supervisors() {
		if !s.has(supervisor) {
			s.ringSupervisor(supervisor)
		}
	}
}

func (s *session) has(agent call.AgentID) bool {
	for _, p := range s.parties() {
		if p.agent == agent {
			return true
		}
	}
	return false
}

func (s *session) ringSupervisor(supervisor call.AgentID) {
	n := s.guests + 1
	p := &party{id: guestLeg(s.id, n), agent: supervisor}
	sipUser, err := s.board.desks.borrow(supervisor, s.infoFor(p))
	if err != nil {
		return // not there, or in a conversation
	}
	s.guests = n
	s.add(p)
	s.board.desks.keepPaused(supervisor) // the line offers them nothing else meanwhile
	if !s.makeBridge() || !s.ask("invite a supervisor", func(ctx context.Context) error {
		return s.board.phones.Invite(ctx, p.leg(), sipUser, s.id, s.caller)
	}) {
		s.release(p, "not_taken")
	}
}

// supervisorEnters takes a supervisor in who has answered, beside whoever is there.
func (s *session) supervisorEnters(p *party) {
	s.record(call.BargedIn{Agent: p.agent, Leg: p.id})
	if s.stage == call.Talking {
		s.board.line.Join(s.id, p.agent)
		s.gather()
		s.board.desks.connected(p.agent, s.infoFor(p))
		s.happens(emergency.Entered{Agent: p.agent})
		s.show()
		return
	}
	s.hand.calling = false
	s.callAgent()
	s.board.line.Adopt(s.waiting(), p.agent)
	s.entersHandover(p)
}
