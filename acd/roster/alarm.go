package roster

import (
	"slices"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// AlarmKind says what is wrong with a shift that runs.
type AlarmKind string

// The kinds of alarms.
const (
	SeatEmpty    AlarmKind = "seat_empty"    // fewer people than seats
	BelowMinimum AlarmKind = "below_minimum" // fewer people than there must always be
)

// Alarm calls somebody to a shift. Kind and Slot tell one alarm from another: while
// they stay, it is the same one.
type Alarm struct {
	Kind    AlarmKind
	Slot    Slot
	Since   time.Time // the alarm's earliest moment: the shift's start and the patience
	Want    int       // seats, or the minimum
	Present int
	Absent  []call.AgentID // planned and not there, in the plan's order
	Vi, En  string
}

// Patience is how long a shift may have run before an alarm; later in the shift there
// is none.
type Patience struct {
	Seat    time.Duration
	Minimum time.Duration
}

// Alarms says what is wrong with the shift that runs. Present are all who are at a
// desk and take calls, planned or not: a substitute fills a seat. The terms say how
// many seats the date has.
func (r *Roster) Alarms(t Terms, now time.Time, present []call.AgentID, p Patience) []Alarm {
	shift, _ := r.Current(now)
	slot := r.slot(now)
	span, ok := r.Span(slot)
	if !ok {
		return nil
	}
	base := Alarm{Slot: slot, Present: len(slices.Compact(slices.Sorted(slices.Values(present))))}
	for _, a := range r.planned(now) {
		if !slices.Contains(present, a) {
			base.Absent = append(base.Absent, a)
		}
	}
	var alarms []Alarm
	for _, kind := range []AlarmKind{BelowMinimum, SeatEmpty} {
		a, wait := base, p.Seat
		a.Kind, a.Want = kind, t.Seats(slot)
		if kind == BelowMinimum {
			a.Want, wait = min(a.Want, shift.LeastSeats()), p.Minimum
		}
		a.Since = span.From.Add(wait)
		if a.Present >= a.Want || now.Before(a.Since) {
			continue
		}
		said := a.words(t)
		a.Vi, a.En = said.vi, said.en
		alarms = append(alarms, a)
	}
	return alarms
}

func (a Alarm) words(t Terms) text {
	said := say("%s: %s người trực trên %s ghế.", "%s: %s people at %s seats.", t.words(a.Slot), number(a.Present), number(a.Want))
	if a.Kind == BelowMinimum {
		said = say("%s: chỉ còn %s người trực, tối thiểu %s.", "%s: only %s people there, the minimum is %s.",
			t.words(a.Slot), number(a.Present), number(a.Want))
	}
	if len(a.Absent) == 0 {
		return say("%s Không còn ai trong kế hoạch; gọi người thay.", "%s Nobody else is planned; call a substitute.", said)
	}
	names := make([]string, len(a.Absent))
	for i, agent := range a.Absent {
		m, _ := t.member(agent)
		names[i] = m.shown().vi
	}
	return say("%s Vắng: %s. Gọi cho họ, rồi gọi người thay.", "%s Not there: %s. Ring them, then a substitute.",
		said, word(strings.Join(names, ", ")))
}
