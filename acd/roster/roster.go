// Package roster says which shift it is and who is on it. Times are wall-clock
// times in Asia/Ho_Chi_Minh, which has no daylight saving.
package roster

import (
	"sync/atomic"
	"time"
	_ "time/tzdata" // the zone must be there on any machine

	"hotline1022/internal/call"
)

// Shift is a part of every day. It may cross midnight.
type Shift struct {
	Key    string
	Vi, En string
	From   time.Duration // since midnight
	To     time.Duration // since midnight; not after From when it crosses midnight
	Seats  int
}

// Assignment puts an agent on a shift that begins on a date.
type Assignment struct {
	Date  string // 2006-01-02
	Shift string
	Agent call.AgentID
}

// Roster answers who is on shift. It may be replaced while it is asked.
type Roster struct {
	shifts []Shift
	zone   *time.Location
	always map[call.AgentID]bool // supervisors: on any shift
	plan   atomic.Pointer[map[Assignment]bool]
}

// New builds a roster without assignments. Those in always are on every shift.
func New(shifts []Shift, zone *time.Location, always []call.AgentID) *Roster {
	r := &Roster{shifts: shifts, zone: zone, always: map[call.AgentID]bool{}}
	for _, a := range always {
		r.always[a] = true
	}
	r.SetPlan(nil)
	return r
}

// SetPlan replaces all assignments.
func (r *Roster) SetPlan(assignments []Assignment) {
	plan := make(map[Assignment]bool, len(assignments))
	for _, a := range assignments {
		plan[a] = true
	}
	r.plan.Store(&plan)
}

// Current is the shift that runs now, and the date that it began on. The zero
// Shift when none does.
func (r *Roster) Current(now time.Time) (Shift, string) {
	now = now.In(r.zone)
	clock := time.Duration(now.Hour())*time.Hour + time.Duration(now.Minute())*time.Minute + time.Duration(now.Second())*time.Second
	for _, s := range r.shifts {
		if s.From < s.To && clock >= s.From && clock < s.To {
			return s, now.Format(time.DateOnly)
		}
		if s.From >= s.To && clock >= s.From {
			return s, now.Format(time.DateOnly)
		}
		if s.From >= s.To && clock < s.To {
			return s, now.AddDate(0, 0, -1).Format(time.DateOnly)
		}
	}
	return Shift{}, now.Format(time.DateOnly)
}

// OnShift says whether the agent may take calls now.
func (r *Roster) OnShift(now time.Time, agent call.AgentID) bool {
	if r.always[agent] {
		return true
	}
	shift, date := r.Current(now)
	return (*r.plan.Load())[Assignment{Date: date, Shift: shift.Key, Agent: agent}]
}

// ShiftOf is the key of the shift that the agent is on now, "" when on none.
func (r *Roster) ShiftOf(now time.Time, agent call.AgentID) string {
	shift, date := r.Current(now)
	if (*r.plan.Load())[Assignment{Date: date, Shift: shift.Key, Agent: agent}] {
		return shift.Key
	}
	return ""
}
