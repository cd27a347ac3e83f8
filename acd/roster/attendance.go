package roster

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Attendance is what became of one agent's part in a shift, as known at a moment.
// Late, Worked, Away, Early and Ahead add up to the length of the shift.
type Attendance struct {
	Agent    call.AgentID
	Slot     Slot
	Planned  bool // false for somebody who helped out
	State    AttendanceState
	From, To time.Time     // first and last moment at the desk within the shift; zero when never
	Late     time.Duration // from the start until they came; all that has passed when they did not
	Worked   time.Duration // at the desk
	Away     time.Duration // between times at the desk
	Early    time.Duration // since they left for good, as far as known
	Ahead    time.Duration // of the shift still to come
	Extra    time.Duration // at the desk right before and after the shift, within the relief
}

// AttendanceState says where it stands.
type AttendanceState string

// The states of an attendance.
const (
	Expected AttendanceState = "expected" // the shift has not begun, and they are not there
	Missing  AttendanceState = "missing"  // it runs, and they have not come
	Present  AttendanceState = "present"  // at the desk
	Left     AttendanceState = "left"     // it runs, they were there and are not
	Attended AttendanceState = "attended" // it is over, and they were there
	Absent   AttendanceState = "absent"   // it is over, and they never came
)

// Attend says who of the shift came when, and who else worked in it, as known at now;
// those who were planned first, in the plan's order. Nil for a shift that does not
// exist. Those of the shift before or after are no helpers in their own relief.
func (r *Roster) Attend(slot Slot, presences map[call.AgentID][]Span, now time.Time) []Attendance {
	span, ok := r.Span(slot)
	if !ok {
		return nil
	}
	planned := r.of(slot)
	var list []Attendance
	for _, agent := range planned {
		list = append(list, r.attendance(agent, slot, true, span, presences[agent], now))
	}
	var helpers []call.AgentID
	for agent := range presences {
		if !slices.Contains(planned, agent) {
			helpers = append(helpers, agent)
		}
	}
	slices.Sort(helpers)
	for _, agent := range helpers {
		a := r.attendance(agent, slot, false, span, r.besides(agent, span, presences[agent]), now)
		if a.Worked > 0 {
			list = append(list, a)
		}
	}
	return list
}

// Span is when the shift of that date begins and ends, UTC; false for one that does not
// exist.
func (r *Roster) Span(s Slot) (Span, bool) {
	d, err := parseDate(s.Date)
	i := slices.IndexFunc(r.shifts, func(shift Shift) bool { return shift.Key == s.Shift })
	if err != nil || i < 0 {
		return Span{}, false
	}
	from := d.midnight(r.zone).Add(r.shifts[i].From).UTC()
	return Span{from, from.Add(r.shifts[i].Length())}, true
}

func (r *Roster) attendance(agent call.AgentID, slot Slot, planned bool, shift Span, at []Span, now time.Time) Attendance {
	a := Attendance{Agent: agent, Slot: slot, Planned: planned}
	soFar := Span{shift.From, earlier(later(now, shift.From), shift.To)}
	a.Ahead = shift.To.Sub(soFar.To)
	for _, s := range at {
		in := s.within(soFar)
		if in.length() == 0 {
			continue
		}
		if a.From.IsZero() {
			a.From, a.Late = in.From, in.From.Sub(shift.From)
		} else {
			a.Away += in.From.Sub(a.To)
		}
		a.Worked += in.length()
		a.To = in.To
		a.Extra += r.extra(shift, s)
	}
	if a.From.IsZero() {
		a.Late = soFar.length()
	} else {
		a.Early = soFar.To.Sub(a.To)
	}
	here := slices.ContainsFunc(at, func(s Span) bool { return !now.Before(s.From) && !now.After(s.To) })
	a.State = attendanceState(now, shift, here, !a.From.IsZero())
	return a
}

func attendanceState(now time.Time, shift Span, here, came bool) AttendanceState {
	over := !now.Before(shift.To)
	switch {
	case over && came:
		return Attended
	case over:
		return Absent
	case here:
		return Present
	case came:
		return Left
	case now.Before(shift.From):
		return Expected
	}
	return Missing
}

// extra is how much of a presence that reaches over the shift's ends is relief.
func (r *Roster) extra(shift, at Span) time.Duration {
	relief := *r.relief.Load()
	before := at.within(Span{shift.From.Add(-relief.Early), shift.From})
	after := at.within(Span{shift.To, shift.To.Add(relief.Late)})
	return before.length() + after.length()
}

// besides are the presences without the agent's own shifts around that time, relief
// included.
func (r *Roster) besides(agent call.AgentID, around Span, at []Span) []Span {
	relief := *r.relief.Load()
	first := r.midnight(around.From).AddDate(0, 0, -2).Format(time.DateOnly)
	for _, p := range r.Plan(first, 5) {
		if p.Agent != agent {
			continue
		}
		own, _ := r.Span(p.Slot()) // the roster's own plan
		at = without(at, Span{own.From.Add(-relief.Early), own.To.Add(relief.Late)})
	}
	return at
}
