package emergency

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// take changes what is known by what happened.
func (h *Handover) take(now time.Time, e Event) {
	switch e := e.(type) {
	case Begin:
		h.addService(now, AddService(e))
	case AddService:
		h.addService(now, e)
	case Advance:
		h.advance(now, e.Service)
	case Rings:
		if l, t := h.attempt(e.Attempt); t != nil && !t.live && !t.rang {
			t.rang = true
			h.do(Record{call.DestinationRang{Attempt: e.Attempt, Service: l.service}})
		}
	case Answered:
		h.answered(e.Attempt)
	case Gone:
		h.gone(now, e)
	case Entered:
		h.entered(e.Agent)
	case Left:
		h.left(now, e.Agent)
	case NobodyFree:
		h.nobody = h.citizen
	case Confirm:
		h.confirm(e)
	case Acknowledged:
		if h.ladder(e.Service) != nil {
			h.do(Record{call.SheetAcknowledged(e)})
		}
	case CitizenGone:
		h.citizenGone()
	case Tick:
	}
}

func (h *Handover) addService(now time.Time, e AddService) {
	switch {
	case !h.citizen:
	case h.ladder(e.Service) != nil:
		h.advance(now, e.Service)
	default:
		h.add(now, e.Service, e.Area, e.Agent)
	}
}

// advance calls one more destination; from the last one it begins again.
func (h *Handover) advance(now time.Time, service call.Service) {
	l := h.ladder(service)
	if l == nil || !h.citizen || l.confirmed != 0 {
		return
	}
	h.climb(l, now)
	if l.ended {
		h.again(l, now)
	}
}

func (h *Handover) answered(attempt int) {
	l, t := h.attempt(attempt)
	if t == nil || t.live {
		return
	}
	t.live, h.talked = true, true
	l.answers = append(l.answers, attempt)
	h.do(Join{attempt}, Record{call.DestinationAnswered{Attempt: attempt, Service: l.service, Name: t.name}})
	// It has the citizen: nobody else is to be fetched. Who has answered at the same time stays.
	h.drop(l, func(t try) bool { return t.live })
}

func (h *Handover) gone(now time.Time, e Gone) {
	l, t := h.attempt(e.Attempt)
	if t == nil {
		return
	}
	how := e.How
	if t.live {
		how = call.DestinationHungUp
	}
	name := t.name
	l.forget(e.Attempt)
	h.do(Record{call.DestinationClosed{Attempt: e.Attempt, Service: l.service, Name: name, How: how}})
	switch {
	case !h.citizen:
	case l.confirmed == e.Attempt:
		l.over = now
		h.say(SayAfter, l.service, now)
	case l.open():
		h.climb(l, now)
		h.say(SayOther, l.service, now)
	}
}

func (h *Handover) entered(agent call.AgentID) {
	h.nobody = false
	if agent == "" || slices.Contains(h.here, agent) {
		return
	}
	h.here, h.talked = append(h.here, agent), true
	h.do(JoinAgent{agent})
}

func (h *Handover) left(now time.Time, agent call.AgentID) {
	h.here = slices.DeleteFunc(h.here, func(a call.AgentID) bool { return a == agent })
	if len(h.here) == 0 {
		h.alone = now
	}
}

// confirm keeps the destination that has taken over: the one named, or who answered last,
// for it was asked for because the one before did not.
func (h *Handover) confirm(e Confirm) {
	l := h.ladder(e.Service)
	if l == nil || l.confirmed != 0 || !slices.Contains(h.here, e.Agent) {
		return
	}
	var by *try
	for _, attempt := range l.answers {
		if t := l.find(attempt); t != nil && (e.Attempt == 0 || e.Attempt == attempt) {
			by = t
		}
	}
	if by == nil {
		return
	}
	l.confirmed = by.attempt
	h.do(Record{call.HandoverConfirmed{Service: e.Service, Attempt: l.confirmed, Agent: e.Agent}})
	h.drop(l, func(t try) bool { return t.attempt == l.confirmed })
	if h.citizen && !h.unconfirmed() {
		for _, agent := range h.here {
			h.do(LetGo{agent})
		}
	}
}
