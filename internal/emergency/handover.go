package emergency

import (
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
