package roster

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Relief is how far shifts reach over each other at a change.
type Relief struct {
	Early time.Duration // before the change, those who come may sign in and take calls
	Late  time.Duration // after it, those who go are still known, to finish their call
}

// Standing says what an agent is to the shifts at a moment.
type Standing string

// The standings, by what the agent may do.
const (
	OffShift Standing = "off"      // neither sign in nor take calls
	Early    Standing = "early"    // of the next shift, within the relief: take calls
	On       Standing = "on"       // of the shift that runs: take calls
	Outgoing Standing = "outgoing" // of the last shift, within the relief: no new calls, finish the one there is
	AnyShift Standing = "any"      // a supervisor, who may always work
)

// SetRelief sets the overlap; there is none before.
func (r *Roster) SetRelief(relief Relief) { r.relief.Store(&relief) }

// Standing is what the agent is to the shifts now. Who is on a shift is on, even if
// they were on the one before as well.
func (r *Roster) Standing(now time.Time, agent call.AgentID) Standing {
	relief := *r.relief.Load()
	switch {
	case slices.Contains(r.planned(now), agent):
		return On
	case (*r.always.Load())[agent]:
		return AnyShift
	case slices.Contains(r.coming(now, relief.Early), agent):
		return Early
	case slices.Contains(r.going(now, relief.Late), agent):
		return Outgoing
	}
	return OffShift
}

// coming are those of the shift that begins within the time.
func (r *Roster) coming(now time.Time, within time.Duration) []call.AgentID {
	next, ok := r.NextChange(now)
	if !ok || next.Sub(now) > within {
		return nil
	}
	return r.planned(next)
}

// going are those of the shift that ended within the time.
func (r *Roster) going(now time.Time, within time.Duration) []call.AgentID {
	last, ok := r.lastChange(now)
	if !ok || now.Sub(last) >= within {
		return nil
	}
	return r.planned(last.Add(-time.Nanosecond))
}

// lastChange is when the shift that runs began.
func (r *Roster) lastChange(now time.Time) (time.Time, bool) {
	i, began, ok := r.running(now)
	if !ok {
		return time.Time{}, false
	}
	return began.Add(r.shifts[i].From), true
}

// MayStay says whether the agent may have a desk now: whoever may take calls, and
// whoever still talks at the end of their shift. Ask it, not OnShift, before a desk
// is opened anew for a call that goes on: a browser that reloads a minute after the
// change must find its citizen again.
func (r *Roster) MayStay(now time.Time, agent call.AgentID, talking bool) bool {
	switch r.Standing(now, agent) {
	case On, Early, AnyShift:
		return true
	case Outgoing:
		return talking
	case OffShift:
		return false
	}
	return false
}
