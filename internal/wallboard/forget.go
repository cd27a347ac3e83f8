package wallboard

import (
	"slices"
	"time"
)

// forget drops what nobody will ask for any more: days before yesterday, and calls
// of which nothing was heard since. What is told of them later is not taken.
func (f *Figures) forget(now time.Time) {
	f.forgetMinutes(now)
	oldest := f.day(now) - 1
	if oldest <= f.oldest {
		return
	}
	f.oldest = oldest
	for id, v := range f.calls {
		if f.day(v.last.at) < oldest {
			delete(f.calls, id)
			delete(f.open, id)
			delete(f.wrapUps, id)
		}
	}
	f.forgetWrapUps()
	for d := range f.days {
		if d < oldest {
			delete(f.days, d)
		}
	}
	for l := range f.lines {
		if l.day < oldest {
			delete(f.lines, l)
		}
	}
}

// forgetMinutes drops those that nobody looks back to, even if the clock is set back a
// little.
func (f *Figures) forgetMinutes(now time.Time) {
	oldest := minuteOf(now.Add(-2 * lookBack))
	if oldest <= f.oldestMinute {
		return
	}
	f.oldestMinute = oldest
	for m := range f.minutes {
		if m < oldest {
			delete(f.minutes, m)
		}
	}
}

// forgetWrapUps drops those of days before the oldest.
func (f *Figures) forgetWrapUps() {
	for agent, edges := range f.edges {
		f.edges[agent] = slices.DeleteFunc(edges, func(x edge) bool { return f.day(x.at.at) < f.oldest })
		if len(f.edges[agent]) == 0 {
			delete(f.edges, agent)
		}
	}
	for id, parts := range f.wrapUps {
		if f.day(parts[len(parts)-1].began.at) < f.oldest && f.calls[id] == nil {
			delete(f.wrapUps, id)
		}
	}
}
