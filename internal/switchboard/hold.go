package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
)

// hold is a citizen who hears music while their agent does something else. They carry a
// lease as in line; what the agent says meanwhile is neither heard nor recorded.
type hold struct {
	since    time.Time
	by       call.AgentID
	remindAt time.Time
	reminded int
}

// Hold lets the citizen hear music. Twice changes nothing.
func (d *Desks) Hold(ctx context.Context, agent call.AgentID) error {
	return d.ofEither(ctx, agent, func(s *session) error {
		switch {
		case s.held != nil:
			return nil
		case len(s.talkers()) > 1:
			return ErrNotNow // the others would talk on without the citizen
		}
		return s.putOnHold()
	}, (*recall).putOnHold)
}

// Resume brings the citizen back. Twice changes nothing.
func (d *Desks) Resume(ctx context.Context, agent call.AgentID) error {
	return d.ofEither(ctx, agent, func(s *session) error {
		switch {
		case s.consult != nil:
			return ErrNotNow
		case s.held == nil:
			return nil
		}
		return s.takeOffHold()
	}, (*recall).takeOffHold)
}

// putOnHold takes the citizen out of the bridge, in which the agent stays.
func (s *session) putOnHold() error {
	if !s.setAside() {
		return ErrPhones
	}
	s.record(call.Held{Agent: s.offer.agent})
	s.show()
	return nil
}

// setAside is putOnHold without a word to anybody. What the phones refused may have been
// done all the same, so the citizen is joined again then.
func (s *session) setAside() bool {
	if !s.partCitizen() {
		s.regain()
		return false
	}
	now := time.Now()
	s.held = &hold{since: now, by: s.offer.agent}
	if every := s.board.opts.HoldReminder; every > 0 {
		s.held.remindAt = now.Add(every)
	}
	s.renew(now)
	return true
}

// takeOffHold ends a hold.
func (s *session) takeOffHold() error {
	s.held = nil
	if !s.regain() {
		return ErrPhones
	}
	s.record(call.Resumed{Agent: s.offer.agent})
	s.meet()
	s.show()
	return nil
}

// regroup lets the citizen hear whoever has come in.
func (s *session) regroup() bool {
	s.partCitizen()
	return s.regain()
}

// partCitizen takes the citizen out of the bridge; who cannot be taken out is moved by the
// next Join.
func (s *session) partCitizen() bool {
	return s.ask("take the citizen out of the bridge", func(ctx context.Context) error {
		return s.board.phones.Part(ctx, s.id.Bridge(), string(s.id))
	})
}

// regain brings the citizen back into the conversation, or, where that cannot be done,
// back in line.
func (s *session) regain() bool {
	if s.hand != nil {
		s.gather()
		return true
	}
	s.hush()
	if !s.together() {
		s.log.Error("agent and citizen could not be brought together again; the citizen waits")
		s.loseDesk("desk_lost")
		return false
	}
	s.unleash(time.Now())
	return true
}

// remindAt is when the next reminder is due; zero if none is.
func (s *session) remindAt() time.Time {
	if s.held == nil {
		return time.Time{}
	}
	return s.held.remindAt
}

// consultBy is when a consultation is over that nobody has answered.
func (s *session) consultBy() time.Time {
	if s.consult == nil || s.consult.answered() {
		return time.Time{}
	}
	return s.consult.endBy
}

// dueInTalk does what the clock has decided in a conversation.
func (s *session) dueInTalk(now time.Time) {
	if at := s.consultBy(); !at.IsZero() && !at.After(now) {
		s.notTaken(call.ConsultNoAnswer)
	}
	if at := s.limit(); !at.IsZero() && !at.After(now) {
		s.overLimit(now)
	}
	if at := s.remindAt(); !at.IsZero() && !at.After(now) {
		s.remind(now)
	}
}

// remind tells citizen and agent that the one waits for the other.
func (s *session) remind(now time.Time) {
	s.held.remindAt = now.Add(s.board.opts.HoldReminder)
	s.held.reminded++
	s.record(call.HeldLong{Agent: s.held.by, Seconds: int(now.Sub(s.held.since).Seconds())})
	s.say([]string{"hold_wait"}, 0)
	if s.consult == nil { // who talks with somebody else sees it
		if paths, _ := s.find([]string{"hold_agent"}); len(paths) > 0 {
			leg := s.offer.leg()
			s.ask("remind the agent", func(ctx context.Context) error {
				return s.board.phones.Play(ctx, leg, reminderPlay(s.id), paths)
			})
		}
	}
	s.show()
}

// reminderPlay derives the id of what agents hear; they hear one thing at a time.
func reminderPlay(id call.ID) string { return string(id) + "-h1" }
