package emergency

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// settle brings what is asked for into line with who is there.
func (h *Handover) settle(now time.Time) {
	if !h.citizen {
		h.aftermath()
		return
	}
	for _, l := range h.ladders {
		h.on(l, now)
	}
	h.callUs(now)
	alone := !h.heard()
	if alone != h.hold {
		h.hold = alone
		h.do(Hold{alone})
		h.told = later(h.told, now)
	}
	if h.hold && !now.Before(h.told.Add(h.plan.Timing.Say)) {
		h.say(SayHold, h.ladders[0].service, now)
	}
}

// callUs rings agents and supervisors, or stops.
func (h *Handover) callUs(now time.Time) {
	wanted := h.wanted(now)
	if h.calling != wanted {
		h.calling = wanted
		h.do(CallAgent{wanted})
	}
	why := ""
	switch {
	case !wanted && !h.unanswered():
	case h.unanswered() && len(h.here) < 2:
		why = "ladder_ended"
	case wanted && h.nobody:
		why = "nobody_free"
	case wanted && !now.Before(h.alone.Add(h.plan.Timing.Alone)):
		why = "alone"
	case wanted && h.supervising: // until one of us is there
		return
	}
	switch {
	case why != "" && !h.supervising:
		h.do(CallSupervisors{true}, Record{call.SupervisorsCalled{Why: why}})
	case why == "" && h.supervising:
		h.do(CallSupervisors{false})
	}
	h.supervising = why != ""
}

// wanted says whether one of us is needed: none is there, and there is something to
// confirm or a citizen whom the command centre has left, and who stays on.
func (h *Handover) wanted(now time.Time) bool {
	return len(h.here) == 0 && (h.unconfirmed() || slices.ContainsFunc(h.ladders, func(l *ladder) bool {
		return !l.over.IsZero() && !now.Before(l.over.Add(grace))
	}))
}

// grace is how long a citizen may need to hang up after the command centre has.
const grace = 8 * time.Second

// breath is the least time between two things that are said: no prompt is cut by another.
const breath = 6 * time.Second

func (h *Handover) unconfirmed() bool {
	return slices.ContainsFunc(h.ladders, func(l *ladder) bool { return l.confirmed == 0 })
}

// unanswered says whether a ladder has been walked to its end in vain.
func (h *Handover) unanswered() bool {
	return slices.ContainsFunc(h.ladders, func(l *ladder) bool { return l.open() && (l.round > 1 || l.ended) })
}

// heard says whether the citizen hears somebody.
func (h *Handover) heard() bool {
	return len(h.here) > 0 || slices.ContainsFunc(h.ladders, (*ladder).live)
}

// say speaks to a citizen who hears nobody; two who talk are not interrupted.
func (h *Handover) say(p Prompt, service call.Service, now time.Time) {
	first := p == SayCalling || p == SayAfter
	if h.citizen && !h.heard() && (first || !now.Before(h.told.Add(breath))) {
		h.told = now
		h.do(Say{p, service})
	}
}

// citizenGone stops what rings. One of us and a command centre may go on talking.
func (h *Handover) citizenGone() {
	if !h.citizen {
		return
	}
	h.citizen = false
	for _, l := range h.ladders {
		h.drop(l, func(t try) bool { return t.live })
	}
	if h.calling {
		h.do(CallAgent{false})
	}
	if h.supervising {
		h.do(CallSupervisors{false})
	}
	if h.hold {
		h.do(Hold{false})
	}
	h.calling, h.supervising, h.hold = false, false, false
	if !slices.ContainsFunc(h.ladders, func(l *ladder) bool { return l.confirmed != 0 }) {
		h.do(Record{call.CallbackOwed{Service: h.ladders[0].service}})
	}
}

// aftermath ends the hand-over when nobody is left to talk with: without one of us a
// command centre has no one, and one of us without a command centre neither.
func (h *Handover) aftermath() {
	if len(h.here) > 0 && slices.ContainsFunc(h.ladders, (*ladder).live) {
		return
	}
	for _, l := range h.ladders {
		h.drop(l, func(try) bool { return false })
	}
	h.finished = true
	h.do(Finish{h.outcome()})
}

// outcome is how the call ended: by the citizen, who alone may end it. What was answered
// and never confirmed was a talk, and no hand-over.
func (h *Handover) outcome() call.Outcome {
	o := call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Talking}
	switch {
	case slices.ContainsFunc(h.ladders, func(l *ladder) bool { return l.confirmed != 0 }):
		o.Result = call.HandedOver
	case h.talked:
		o.Result = call.Served
	default:
		o.Stage = call.Ringing
	}
	return o
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
