package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
)

// transferWait is how long a call waits for the colleague whom it was given to, before
// it goes to anybody of its queue.
const transferWait = 20 * time.Second

// Transfer gives the agent's call to a colleague, a queue or an outside number, without
// asking first. For people and queues the agent is out of it at once, and the citizen in
// line at the old place; when nobody takes it there, it is anybody's. The telephone of an
// outside number rings while the citizen hears music, and the agent has the call back
// when it is not answered. A citizen whom we called is given to people and queues only.
func (d *Desks) Transfer(ctx context.Context, agent call.AgentID, to call.Target) error {
	if err := d.reachable(agent, to); err != nil {
		return err
	}
	return d.ofEither(ctx, agent, func(s *session) error {
		if s.consult != nil || len(s.talkers()) > 1 {
			return ErrNotNow
		}
		if to.Number != "" {
			return s.callIn(to, true)
		}
		return s.give(to)
	}, func(r *recall) error {
		if to.Number != "" {
			return ErrNotNow
		}
		return r.give(to)
	})
}

// reachable says whether there is whom a call is to go to.
func (d *Desks) reachable(agent call.AgentID, to call.Target) error {
	switch {
	case to.Agent != "" && to.Agent != agent:
		if _, there := d.State(to.Agent); !there {
			return ErrNotFree
		}
	case to.Queue != "":
		if _, ok := d.board.queue(to.Queue); !ok {
			return ErrNoTarget
		}
	case to.Number != "":
		if d.board.outside == nil || d.board.policy == nil {
			return ErrNoWayOut
		}
	default:
		return ErrNoTarget
	}
	return nil
}

// give puts the citizen in line for whom the call is given to.
func (s *session) give(to call.Target) error {
	lead := s.offer
	if s.held == nil {
		s.partCitizen()
	}
	if q, ok := s.board.queue(to.Queue); ok {
		s.place.queue = q
	}
	s.record(call.TransferAsked{Agent: lead.agent, To: to},
		call.Disconnected{Offer: lead.id, Agent: lead.agent, Why: "transferred"},
		call.Queued{Queue: s.place.queue.Name, Topic: s.place.topic, Again: true}) // before the line offers it
	s.given = lead.agent
	s.prefer = to.Agent
	s.alone("transferred") // a supervisor whose desk only rings
	s.board.line.Transfer(lead.agent, s.waiting())
	s.board.desks.ended(lead.agent, s.id, "transferred")
	s.held = nil
	s.dropDesk()
	s.stage = call.Waiting
	s.wait([]string{"transfer"})
	return nil
}
