package roster

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// worker is a member of staff in a draft.
type worker struct {
	member  Member
	machine *machine
	start   int32   // the past that they come from
	options [][]int // the choices of each day, and of the days after that the rules look at
	plan    []int   // the choice of each
	there   int64   // how much they are there: days without leave, times weekly hours
}

// hire makes the workers, whose plans hold what is fixed.
func (d *draft) hire() {
	d.choices = [][]int{nil}
	for s := range d.terms.Shifts {
		d.choices = append(d.choices, []int{s})
	}
	pinned := map[call.AgentID]map[date]int{}
	for _, a := range d.fixed {
		s, ok := d.terms.stint(a.Slot())
		if !ok {
			continue
		}
		of := pinned[a.Agent]
		if of == nil {
			of = map[date]int{}
			pinned[a.Agent] = of
		}
		of[s.date] = d.choice(append(slices.Clone(d.choices[of[s.date]]), s.shift))
	}
	machines := map[time.Duration]*machine{}
	staff := slices.SortedFunc(slices.Values(d.terms.Staff), func(a, b Member) int { return cmp.Compare(a.Agent, b.Agent) })
	for _, m := range staff {
		rules := d.terms.Rules
		rules.WeeklyHours = d.terms.weeklyHours(m)
		if machines[rules.WeeklyHours] == nil {
			machines[rules.WeeklyHours] = newMachine(d.terms.Shifts, rules, d.choices)
		}
		d.workers = append(d.workers, d.newWorker(m, machines[rules.WeeklyHours], pinned[m.Agent]))
	}
}

// choice numbers the shifts of one date, in the order in which they begin.
func (d *draft) choice(shifts []int) int {
	slices.SortFunc(shifts, func(a, b int) int { return cmp.Compare(d.terms.Shifts[a].From, d.terms.Shifts[b].From) })
	if i := slices.IndexFunc(d.choices, func(c []int) bool { return slices.Equal(c, shifts) }); i >= 0 {
		return i
	}
	d.choices = append(d.choices, shifts)
	return len(d.choices) - 1
}

func (d *draft) newWorker(m Member, rules *machine, pinned map[date]int) *worker {
	w := &worker{member: m, machine: rules}
	p := rules.rested()
	for at := d.first - memory; at < d.first; at++ {
		p, _ = rules.take(p, pinned[at])
	}
	w.start = rules.state(p)
	free := []int{off}
	for s, shift := range d.terms.Shifts {
		if !slices.Contains(m.Never, shift.Key) {
			free = append(free, s+1)
		}
	}
	var present time.Duration
	for i := range d.days + memory {
		at := d.first + date(i)
		away := slices.ContainsFunc(d.terms.Leaves, func(l Leave) bool { return l.covers(m.Agent, at.String()) })
		if !away && i < d.days {
			present += rules.rules.WeeklyHours
		}
		options := free
		if c, fixed := pinned[at]; fixed || away || i >= d.days {
			options = []int{c} // off, where nothing is fixed
		}
		w.options, w.plan = append(w.options, options), append(w.plan, options[0])
		if len(options) == 1 && i < d.days {
			for _, s := range d.choices[options[0]] {
				d.filled[i][s]++
			}
		}
	}
	w.there = max(1, int64(present/time.Hour))
	return w
}

// set replaces the choice of a day.
func (d *draft) set(w *worker, day, choice int) {
	for _, s := range d.choices[w.plan[day]] {
		d.filled[day][s]--
	}
	w.plan[day] = choice
	for _, s := range d.choices[choice] {
		d.filled[day][s]++
	}
}

// states are the pasts that the worker's days begin with.
func (w *worker) states() []int32 {
	states := make([]int32, len(w.plan)+1)
	states[0] = w.start
	for i, c := range w.plan {
		states[i+1] = w.machine.next[states[i]][c]
	}
	return states
}
