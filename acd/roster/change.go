package roster

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Change is one shift giving way to the next.
type Change struct {
	At       time.Time      `json:"at"`
	From     Slot           `json:"from"` // the shift that ends; zero when none does
	To       Slot           `json:"to"`   // the shift that begins; zero when none does
	Outgoing []call.AgentID `json:"outgoing"`
	Incoming []call.AgentID `json:"incoming"`
	Staying  []call.AgentID `json:"staying"` // on both: they have nothing to hand over
}

// ChangeAt decides who goes and who comes at the change, which is a moment that
// NextChange gave; false at any other moment. Supervisors are in it only where they
// are planned. Each list is in the plan's order.
func (r *Roster) ChangeAt(at time.Time) (Change, bool) {
	before := at.Add(-time.Nanosecond)
	if next, ok := r.NextChange(before); !ok || !next.Equal(at) {
		return Change{}, false
	}
	c := Change{At: at, From: r.slot(before), To: r.slot(at)}
	last, next := r.planned(before), r.planned(at)
	for _, a := range last {
		if slices.Contains(next, a) {
			c.Staying = append(c.Staying, a)
		} else {
			c.Outgoing = append(c.Outgoing, a)
		}
	}
	for _, a := range next {
		if !slices.Contains(last, a) {
			c.Incoming = append(c.Incoming, a)
		}
	}
	return c, true
}

// slot is the shift that runs now; zero when none does.
func (r *Roster) slot(now time.Time) Slot {
	i, began, ok := r.running(now)
	if !ok {
		return Slot{}
	}
	return Slot{began.Format(time.DateOnly), r.shifts[i].Key}
}
