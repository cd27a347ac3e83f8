package switchboard

import (
	"context"
	"errors"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// Errors of what people ask of a hand-over.
var (
	// ErrNoService says that there is no destination for that service, or no way out to it.
	ErrNoService = errors.New("there is no command centre to call for that service; see configs/emergency.yaml")
	// ErrNotHandedOver says that the call is not being handed over.
	ErrNotHandedOver = errors.New("this call is not being handed over")
	// ErrNotAnswered says that no destination of that service has answered, or that another
	// one was confirmed.
	ErrNotAnswered = errors.New("no command centre of that service is on the line")
)

// Emergency hands the citizen whom the agent talks with over to a service, whatever the
// call is about. Of one that is being handed over it asks for one more service; for one
// that is there already, for its next destination.
func (d *Desks) Emergency(ctx context.Context, agent call.AgentID, service call.Service, area string) error {
	return d.inTalk(ctx, agent, func(s *session) error { return s.toService(service, area, agent) })
}

// AdvanceEmergency calls the next destination of a service, whoever has answered.
func (d *Desks) AdvanceEmergency(ctx context.Context, agent call.AgentID, service call.Service) error {
	return d.inTalk(ctx, agent, func(s *session) error { return s.advance(service) })
}

// ConfirmEmergency says that the agent has heard the command centre take over: that of the
// attempt, or with 0 who answered last. Twice changes nothing.
func (d *Desks) ConfirmEmergency(ctx context.Context, agent call.AgentID, service call.Service, attempt int) error {
	return d.inTalk(ctx, agent, func(s *session) error { return s.confirm(service, attempt, agent) })
}

// SuperviseEmergency is Emergency by a supervisor, who need not be in the call.
func (b *Board) SuperviseEmergency(ctx context.Context, id call.ID, by call.AgentID, service call.Service, area string) error {
	return b.command(ctx, id, func(s *session) error { return s.toService(service, area, by) })
}

// SuperviseAdvance is AdvanceEmergency by a supervisor.
func (b *Board) SuperviseAdvance(ctx context.Context, id call.ID, service call.Service) error {
	return b.command(ctx, id, func(s *session) error { return s.advance(service) })
}

// inTalk is a command of an agent who talks with the citizen, whoever has the call.
func (d *Desks) inTalk(ctx context.Context, agent call.AgentID, do func(*session) error) error {
	d.mu.Lock()
	k, ok := d.byAgent[agent]
	var id call.ID
	if ok && k.offer != nil {
		id = k.offer.Call
	}
	d.mu.Unlock()
	switch {
	case !ok:
		return ErrNotSignedIn
	case id == "":
		return ErrNotYourCall
	}
	return d.board.command(ctx, id, func(s *session) error {
		for _, p := range s.parties() {
			if s.stage == call.Talking && p.agent == agent && p.answered && !p.gone {
				return do(s)
			}
		}
		return ErrNotYourCall
	})
}

// toService begins a hand-over, or asks for one more service in it.
func (s *session) toService(service call.Service, area string, by call.AgentID) error {
	switch _, ok := s.board.serves(service); {
	case !ok:
		return ErrNoService
	case s.left:
		return ErrNotNow
	case s.hand != nil:
		s.happens(emergency.AddService{Service: service, Area: area, Agent: by})
		return nil
	case s.stage == call.Talking:
		return s.fromTalk(service, area)
	case s.inLine():
		s.fromLine(service, area, by)
		return nil
	}
	return ErrNotNow // in the menus the citizen has keys
}

// fromTalk hands over a citizen who talks with one of us, or was put on hold by them.
func (s *session) fromTalk(service call.Service, area string) error {
	if s.consult != nil {
		s.endConsult(call.ConsultBack)
	}
	if s.held != nil {
		if err := s.takeOffHold(); err != nil {
			return err
		}
	}
	s.beginHandover(service, area, s.offer.agent)
	for _, p := range s.parties() {
		if p != s.offer && p.agent != "" && p.answered {
			s.happens(emergency.Entered{Agent: p.agent})
		}
	}
	return nil
}

// fromLine hands over a citizen who waits: what a supervisor has seen or heard of them
// cannot wait. The agent who is rung for them is kept.
func (s *session) fromLine(service call.Service, area string, by call.AgentID) {
	s.leaveLine()
	s.stage = call.Waiting
	s.log.Info("a citizen in line is handed over")
	s.record(call.Steered{By: by, Queue: s.place.queue.Name, Front: true, Reason: "emergency " + string(service)})
	s.beginHandover(service, area, "")
}

func (s *session) advance(service call.Service) error {
	if s.hand == nil || s.hand.info.service(service) == nil {
		return ErrNotHandedOver
	}
	s.happens(emergency.Advance{Service: service})
	return nil
}

func (s *session) confirm(service call.Service, attempt int, by call.AgentID) error {
	if s.hand == nil || s.hand.info.service(service) == nil {
		return ErrNotHandedOver
	}
	s.happens(emergency.Confirm{Service: service, Attempt: attempt, Agent: by})
	stands := s.hand.info.service(service)
	if stands.Confirmed.IsZero() || attempt != 0 && stands.Attempt != attempt {
		return ErrNotAnswered
	}
	return nil
}
