// Package roster says which shift it is, who is on it, and when that changes; plans
// shifts by the rules of work; and tells from sign-ins what became of a plan.
//
// Shifts are parts of every day in wall-clock time of [Zone], which has no daylight
// saving. A shift may cross midnight; it belongs to the date that it begins on, so
// the night from Monday to Tuesday is Monday's. Who is on a shift is planned for a
// date; a shift of a date without a plan of its own follows the weekly default.
//
//	Terms   what a plan is made under: shifts, rules, staff, leaves, holidays
//	        Generate, CheckPlan, Gaps, Substitutes, Propose and TakeSwap
//	Roster  the plan as it is lived: OnShift, Standing, ChangeAt, Attend, Alarms
//	Sheet   what one shift hands over to the next
//
// Everything is told the time and what there is, and gives back what follows; nothing
// is kept here but the roster's plans.
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
	always atomic.Pointer[map[call.AgentID]bool] // supervisors: on any shift
	dated  atomic.Pointer[map[Slot][]call.AgentID]
	weekly atomic.Pointer[map[weekly][]call.AgentID]
	relief atomic.Pointer[Relief]
}

type weekly struct {
	day   time.Weekday
	shift string
}

// New builds a roster without plans. Those in always may work on every shift.
func New(shifts []Shift, zone *time.Location, always []call.AgentID) *Roster {
	r := &Roster{shifts: slices.Clone(shifts), zone: zone}
	r.SetAlways(always)
	r.SetPlan(nil)
	r.SetWeekly(nil)
	r.SetRelief(Relief{})
	return r
}

// SetAlways replaces those who may work on every shift.
func (r *Roster) SetAlways(agents []call.AgentID) {
	always := map[call.AgentID]bool{}
	for _, a := range agents {
		always[a] = true
	}
	r.always.Store(&always)
}

// SetPlan replaces the plan of all dates.
func (r *Roster) SetPlan(assignments []Assignment) {
	plan := map[Slot][]call.AgentID{}
	for _, a := range assignments {
		add(plan, a.Slot(), a.Agent)
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

// OnShift says whether the agent may take new calls now: those of the shift that
// runs, and those who come to relieve it. Those who go may not; see MayStay.
func (r *Roster) OnShift(now time.Time, agent call.AgentID) bool {
	return r.MayStay(now, agent, false)
}

// ShiftOf is the key of the shift that the agent works on now, "" when on none: of
// the next one for those who come early, of the last one for those who go late.
func (r *Roster) ShiftOf(now time.Time, agent call.AgentID) string {
	at := now
	switch r.Standing(now, agent) {
	case On:
	case Early:
		at, _ = r.NextChange(now)
	case Outgoing:
		began, _ := r.lastChange(now)
		at = began.Add(-time.Nanosecond)
	case OffShift, AnyShift:
		return ""
	}
	shift, _ := r.Current(at)
	return shift.Key
}

// Plan is who is on each shift of the days from that date on, the weekly default in
// it; empty for a date that is none.
func (r *Roster) Plan(from string, days int) []Assignment {
	first, err := parseDate(from)
	if err != nil {
		return nil
	}
	var plan []Assignment
	for i := range days {
		for _, s := range r.shifts {
			slot := Slot{(first + date(i)).String(), s.Key}
			for _, agent := range r.of(slot) {
				plan = append(plan, Assignment{slot.Date, slot.Shift, agent})
			}
		}
	}
	return plan
}

// Planned is who is on the shift that runs now, in the plan's order. Those who may
// always work are in it only if they are planned.
func (r *Roster) Planned(now time.Time) []call.AgentID { return slices.Clone(r.planned(now)) }

func (r *Roster) planned(now time.Time) []call.AgentID {
	i, day, ok := r.running(now)
	if !ok {
		return nil
	}
	return r.of(Slot{day.Format(time.DateOnly), r.shifts[i].Key})
}

// of is who is on that shift, whether it runs or not.
func (r *Roster) of(s Slot) []call.AgentID {
	if agents, own := (*r.dated.Load())[s]; own {
		return agents
	}
	d, err := parseDate(s.Date)
	if err != nil {
		return nil
	}
	return (*r.weekly.Load())[weekly{d.weekday(), s.Shift}]
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
