// Package roster says which shift it is, who is on it, and when that changes.
//
// Shifts are parts of every day in wall-clock time of [Zone], which has no daylight
// saving. A shift may cross midnight; it belongs to the date that it begins on, so
// the night from Monday to Tuesday is Monday's. Who is on a shift is planned for a
// date; a shift of a date without a plan of its own follows the weekly default.
package roster

import (
	"slices"
	"sync/atomic"
	"time"
	_ "time/tzdata" // the zone must be there on any machine

	"hotline1022/internal/call"
)

// Zone is where the hotline's clocks hang.
const Zone = "Asia/Ho_Chi_Minh"

// Assignment puts an agent on a shift that begins on a date.
type Assignment struct {
	Date  string // 2006-01-02
	Shift string
	Agent call.AgentID
}

// Weekly puts an agent on a shift that begins on that day of every week.
type Weekly struct {
	Weekday time.Weekday
	Shift   string
	Agent   call.AgentID
}

// Roster answers who is on shift. Its plans may be replaced while it is asked.
type Roster struct {
	shifts []Shift
	zone   *time.Location
	always map[call.AgentID]bool // supervisors: on any shift
	dated  atomic.Pointer[map[dated][]call.AgentID]
	weekly atomic.Pointer[map[weekly][]call.AgentID]
}

type dated struct{ date, shift string }

type weekly struct {
	day   time.Weekday
	shift string
}

// New builds a roster without plans. Those in always may work on every shift.
func New(shifts []Shift, zone *time.Location, always []call.AgentID) *Roster {
	r := &Roster{shifts: slices.Clone(shifts), zone: zone, always: map[call.AgentID]bool{}}
	for _, a := range always {
		r.always[a] = true
	}
	r.SetPlan(nil)
	r.SetWeekly(nil)
	return r
}

// SetPlan replaces the plan of all dates.
func (r *Roster) SetPlan(assignments []Assignment) {
	plan := map[dated][]call.AgentID{}
	for _, a := range assignments {
		add(plan, dated{a.Date, a.Shift}, a.Agent)
	}
	r.dated.Store(&plan)
}

// SetWeekly replaces the weekly default.
func (r *Roster) SetWeekly(assignments []Weekly) {
	plan := map[weekly][]call.AgentID{}
	for _, a := range assignments {
		add(plan, weekly{a.Weekday, a.Shift}, a.Agent)
	}
	r.weekly.Store(&plan)
}

func add[K comparable](plan map[K][]call.AgentID, key K, agent call.AgentID) {
	if !slices.Contains(plan[key], agent) {
		plan[key] = append(plan[key], agent)
	}
}

// OnShift says whether the agent may take calls now.
func (r *Roster) OnShift(now time.Time, agent call.AgentID) bool {
	return r.always[agent] || slices.Contains(r.planned(now), agent)
}

// ShiftOf is the key of the shift that the agent is on now, "" when on none.
func (r *Roster) ShiftOf(now time.Time, agent call.AgentID) string {
	if !slices.Contains(r.planned(now), agent) {
		return ""
	}
	shift, _ := r.Current(now)
	return shift.Key
}

// Planned is who is on the shift that runs now, in the plan's order. Those who may
// always work are in it only if they are planned.
func (r *Roster) Planned(now time.Time) []call.AgentID { return slices.Clone(r.planned(now)) }

func (r *Roster) planned(now time.Time) []call.AgentID {
	i, day, ok := r.running(now)
	if !ok {
		return nil
	}
	key := r.shifts[i].Key
	if agents, own := (*r.dated.Load())[dated{day.Format(time.DateOnly), key}]; own {
		return agents
	}
	return (*r.weekly.Load())[weekly{day.Weekday(), key}]
}

// Present counts the agents of the shift that runs now for whom at says true: who
// has a desk, out of Seats.
func (r *Roster) Present(now time.Time, at func(call.AgentID) bool) int {
	n := 0
	for _, a := range r.planned(now) {
		if at(a) {
			n++
		}
	}
	return n
}
