package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/web"
)

// releaseLife is how long an agent may wait with going after a lead has agreed.
const releaseLife = 15 * time.Minute

// guard is what the owner of the roster remembers of those who go. The desks hear of a
// pause a moment after it was allowed, and a pause that is asked for in a call comes
// after it: until the desk has moved, who may go is counted as gone, or two who ask at
// once would both be let go.
type guard struct {
	mu       sync.Mutex
	going    map[call.AgentID]time.Time // since when the desk stood as it did then
	released map[call.AgentID]time.Time // until when
}

// MayGo says whether the agent may pause or leave. Whose shift is over may always.
func (s *shifts) MayGo(agent call.AgentID, what roster.Going) roster.Answer {
	now := s.now()
	if !s.conf.Guard || s.desks == nil {
		return roster.Answer{Verdict: roster.MayGo}
	}
	switch s.roster.Standing(now, agent) {
	case roster.Outgoing, roster.OffShift:
		return roster.Answer{Verdict: roster.MayGo}
	case roster.On, roster.Early, roster.AnyShift:
	}
	s.guard.mu.Lock()
	defer s.guard.mu.Unlock()
	floor, since := s.floor(agent)
	answer := roster.MinimumGuard{Minimum: s.minimum(s.running(now)), Escalate: true}.May(agent, what, floor, false)
	if until := s.guard.released[agent]; answer.Verdict != roster.MayGo && now.Before(until) {
		delete(s.guard.released, agent)
		answer = roster.Answer{Verdict: roster.MayGo, Left: answer.Left}
	}
	if answer.Verdict == roster.MayGo {
		s.guard.going[agent] = since
	}
	return answer
}

// floor is who is there beside those who were let go a moment ago, and since when the
// agent's desk stands as it does; s.guard.mu is held.
func (s *shifts) floor(agent call.AgentID) (floor roster.Floor, since time.Time) {
	going := map[call.AgentID]time.Time{}
	for _, d := range s.desks.Seated() {
		if d.Agent == agent {
			since = d.Since
		} else if at, gone := s.guard.going[d.Agent]; gone && at.Equal(d.Since) {
			going[d.Agent] = at
			continue
		}
		switch {
		case !there(d.State, d.Reason):
		case d.State == call.Paused:
			floor.Paused = append(floor.Paused, d.Agent)
		default:
			floor.Working = append(floor.Working, d.Agent)
		}
	}
	s.guard.going = going
	return floor, since
}

// minimum is how few people may be on the shift.
func (s *shifts) minimum(slot roster.Slot) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.index(slot.Shift)
	if i < 0 {
		return 0
	}
	return min(s.terms.Seats(slot), s.list[i].LeastSeats())
}

// Release lets the agent go once, though too few are left.
func (s *shifts) Release(ctx context.Context, agent, by call.AgentID) error {
	if !s.staffed(agent) {
		return web.ErrNotFound
	}
	s.guard.mu.Lock()
	defer s.guard.mu.Unlock()
	s.guard.released[agent] = s.now().Add(releaseLife)
	s.log.InfoContext(ctx, "an agent may go though too few are left", slog.String("agent", string(agent)), slog.String("by", string(by)))
	return nil
}
