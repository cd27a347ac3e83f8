package switchboard

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// HandoverInfo is how a hand-over stands, as people see it: a fold over its facts.
type HandoverInfo struct {
	Call     call.ID
	Services []HandoverService // in the order in which they were asked for
	Here     []call.AgentID    // those of us who are with the citizen
	Citizen  bool              // is on the line
	MayLeave bool              // every service is confirmed: we may go
	Rings    bool              // every supervisor's desk rings
}

// HandoverService is one service of a hand-over. A time that is zero has not come.
type HandoverService struct {
	Service     call.Service
	Area        string
	Began       time.Time
	Answered    time.Time // the first destination that had the citizen
	Confirmed   time.Time
	ConfirmedBy call.AgentID
	Attempt     int // that was confirmed
	Round       int // in which the ladder is walked, from 1
	Owed        bool
	Attempts    []HandoverAttempt
}

// HandoverAttempt is a destination that was called.
type HandoverAttempt struct {
	Attempt int
	Name    string
	State   AttemptState
	Why     call.DestinationEnd // of one that is gone
	Since   time.Time           // of that state
	Began   time.Time
}

// AttemptState is where an attempt stands.
type AttemptState string

// Where attempts stand.
const (
	AttemptCalled   AttemptState = "called" // its telephone does not ring yet
	AttemptRings    AttemptState = "ringing"
	AttemptAnswered AttemptState = "answered"
	AttemptGone     AttemptState = "gone"
)

// note adds a fact.
func (i *HandoverInfo) note(at time.Time, fact call.Fact) {
	switch f := fact.(type) {
	case call.HandoverBegan:
		if i.service(f.Service) == nil {
			i.Services = append(i.Services, HandoverService{Service: f.Service, Area: f.Area, Began: at, Round: 1})
			i.MayLeave = false
		}
	case call.DestinationTried:
		if s := i.service(f.Service); s != nil {
			s.Round = max(s.Round, f.Round)
			s.Attempts = append(s.Attempts, HandoverAttempt{Attempt: f.Attempt, Name: f.Name, State: AttemptCalled, Since: at, Began: at})
		}
	case call.DestinationRang:
		i.moves(f.Service, f.Attempt, AttemptRings, "", at)
	case call.DestinationAnswered:
		if s := i.service(f.Service); s != nil && s.Answered.IsZero() {
			s.Answered = at
		}
		i.moves(f.Service, f.Attempt, AttemptAnswered, "", at)
	case call.DestinationClosed:
		i.moves(f.Service, f.Attempt, AttemptGone, f.How, at)
	case call.HandoverConfirmed:
		if s := i.service(f.Service); s != nil {
			s.Confirmed, s.ConfirmedBy, s.Attempt = at, f.Agent, f.Attempt
		}
		i.MayLeave = !slices.ContainsFunc(i.Services, func(s HandoverService) bool { return s.Confirmed.IsZero() })
	case call.CallbackOwed:
		if s := i.service(f.Service); s != nil {
			s.Owed = true
		}
	}
}

func (i *HandoverInfo) service(key call.Service) *HandoverService {
	for n := range i.Services {
		if i.Services[n].Service == key {
			return &i.Services[n]
		}
	}
	return nil
}

func (i *HandoverInfo) moves(service call.Service, attempt int, to AttemptState, why call.DestinationEnd, at time.Time) {
	s := i.service(service)
	if s == nil {
		return
	}
	for n := range s.Attempts {
		if s.Attempts[n].Attempt == attempt {
			s.Attempts[n].State, s.Attempts[n].Why, s.Attempts[n].Since = to, why, at
		}
	}
}

// copied is for whoever reads it while the owner goes on.
func (i *HandoverInfo) copied() HandoverInfo {
	c := *i
	c.Here, c.Services = slices.Clone(i.Here), slices.Clone(i.Services)
	for n := range c.Services {
		c.Services[n].Attempts = slices.Clone(c.Services[n].Attempts)
	}
	return c
}

// showHandover tells how the hand-over stands: the pages of everybody in it, and whoever
// asks for all of them.
func (s *session) showHandover() {
	h := s.hand
	h.info.Call, h.info.Citizen, h.info.Rings, h.info.Here = s.id, !s.left, h.supervise.on, nil
	for _, p := range s.talkers() {
		if p.agent != "" {
			h.info.Here = append(h.info.Here, p.agent)
		}
	}
	if s.drill != nil {
		return
	}
	info := h.info.copied()
	s.board.mu.Lock()
	s.board.handovers[s.id] = info
	s.board.mu.Unlock()
	s.show()
}

// Handovers is every hand-over that goes on, the oldest first.
func (b *Board) Handovers() []HandoverInfo {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := make([]HandoverInfo, 0, len(b.handovers))
	for _, info := range b.handovers {
		all = append(all, info.copied())
	}
	slices.SortFunc(all, func(x, y HandoverInfo) int { return x.Services[0].Began.Compare(y.Services[0].Began) })
	return all
}
