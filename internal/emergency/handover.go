package emergency

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Handover is one call's hand-over. It is not safe for use by several goroutines: the
// call's owner is the only one to use it.
type Handover struct {
	plan     Plan
	ladders  []*ladder
	attempts int

	citizen bool // is there
	here    []call.AgentID
	alone   time.Time // since when none of us is there
	told    time.Time // when the citizen was last spoken to
	nobody  bool      // no agent can be rung
	talked  bool      // somebody has been heard

	hold, calling, supervising bool // what was last asked for
	finished                   bool

	out []Action
}

// New makes a hand-over by the plan that stands when it begins: a later one is for later
// hand-overs.
func New(plan Plan) *Handover { return &Handover{plan: plan} }

// Apply takes what happened and says what is to be done, in that order. Before Begin, and
// after Finish, nothing is.
func (h *Handover) Apply(now time.Time, e Event) []Action {
	h.out = nil
	if begin, ok := e.(Begin); ok && !h.began() {
		h.begin(now, begin)
	} else if h.began() && !h.finished {
		h.take(now, e)
	}
	if h.began() && !h.finished {
		h.settle(now)
	}
	return h.out
}

// Due is when a Tick is needed, if nothing else happens until then; zero for never.
func (h *Handover) Due() time.Time {
	if !h.began() || h.finished || !h.citizen {
		return time.Time{}
	}
	var due time.Time
	sooner := func(t time.Time) {
		if !t.IsZero() && (due.IsZero() || t.Before(due)) {
			due = t
		}
	}
	for _, l := range h.ladders {
		sooner(l.due(h.plan.Timing))
	}
	if h.hold {
		sooner(h.told.Add(h.plan.Timing.Say))
	}
	for _, l := range h.ladders {
		if len(h.here) == 0 && !h.calling && !l.over.IsZero() {
			sooner(l.over.Add(grace))
		}
	}
	if h.calling && !h.supervising {
		sooner(h.alone.Add(h.plan.Timing.Alone))
	}
	return due
}

func (h *Handover) began() bool { return len(h.ladders) > 0 }

func (h *Handover) do(actions ...Action) { h.out = append(h.out, actions...) }

func (h *Handover) begin(now time.Time, b Begin) {
	h.citizen, h.alone = true, now
	if b.Agent != "" {
		h.here, h.talked = []call.AgentID{b.Agent}, true
	}
	h.do(BridgeCitizen{})
	h.add(now, b.Service, b.Area, b.Agent)
}

// add begins a service's ladder.
func (h *Handover) add(now time.Time, service call.Service, area string, by call.AgentID) {
	l := &ladder{service: service, rungs: h.plan.Ladder(service, area, now), round: 1, since: now}
	h.ladders = append(h.ladders, l)
	h.do(Record{call.HandoverBegan{Service: service, Area: area, Agent: by}})
	h.climb(l, now)
	h.say(SayCalling, service, now)
}

func (h *Handover) take(now time.Time, e Event) {
	switch e := e.(type) {
	case Begin:
		h.addService(now, AddService(e))
	case AddService:
		h.addService(now, e)
	case Advance:
		h.advance(now, e.Service)
	case Rings:
		if l, t := h.attempt(e.Attempt); t != nil && !t.live {
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
	h.do(Join{attempt}, Record{call.DestinationAnswered{Attempt: attempt, Service: l.service, Name: l.rungs[t.rung].Name}})
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
	name := l.rungs[t.rung].Name
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

func (h *Handover) ladder(service call.Service) *ladder {
	for _, l := range h.ladders {
		if l.service == service {
			return l
		}
	}
	return nil
}

func (h *Handover) attempt(attempt int) (*ladder, *try) {
	for _, l := range h.ladders {
		if t := l.find(attempt); t != nil {
			return l, t
		}
	}
	return nil, nil
}
