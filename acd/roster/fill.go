package roster

import (
	"cmp"
	"slices"
)

// fill gives the seats of each date in turn to as many people as can take them.
//
// Where nobody is away this alone fills 3 × 6 seats with 21 people for ever: those
// who worked longest without a day off are left over, three a day; everybody else
// can stay on their shift; and the three who come back can take any shift, so they
// take those that were left.
func (d *draft) fill() {
	alive := make([][][]bool, len(d.workers))
	states := make([]int32, len(d.workers))
	for i, w := range d.workers {
		alive[i], states[i] = w.alive(), w.start
	}
	for today := range d.days {
		m := d.matching(today, states, alive)
		for _, i := range d.byRest(today) {
			if len(d.workers[i].options[today]) > 1 {
				m.seat(i, make([]bool, len(m.free)))
			}
		}
		for s, taken := range m.taken {
			for _, i := range taken {
				d.set(d.workers[i], today, s+1)
			}
		}
		for i, w := range d.workers {
			states[i] = w.machine.next[states[i]][w.plan[today]]
		}
	}
}

// alive says from which pasts each day can be begun so that what is fixed later can
// still be done.
func (w *worker) alive() [][]bool {
	alive := make([][]bool, len(w.plan)+1)
	n := len(w.machine.pasts)
	alive[len(w.plan)] = make([]bool, n)
	for s := range n {
		alive[len(w.plan)][s] = true
	}
	for i := len(w.plan) - 1; i >= 0; i-- {
		alive[i] = make([]bool, n)
		for s := range n {
			for _, c := range w.options[i] {
				after := w.machine.next[s][c]
				alive[i][s] = alive[i][s] || after >= 0 && alive[i+1][after]
			}
		}
	}
	return alive
}

// byRest orders the workers: who was off last comes first, then who worked least.
// Among equals another begins each day.
func (d *draft) byRest(today int) []int {
	type place struct{ run, shifts, turn int }
	places := make([]place, len(d.workers))
	order := make([]int, len(d.workers))
	for i, w := range d.workers {
		p := place{turn: (i + today + int(d.first)) % len(d.workers)}
		for back, c := range slices.Backward(w.plan[:today]) {
			if c != off {
				p.shifts++
			}
			if c != off && p.run == today-1-back {
				p.run++
			}
		}
		places[i], order[i] = p, i
	}
	slices.SortFunc(order, func(a, b int) int {
		p, q := places[a], places[b]
		return cmp.Or(cmp.Compare(p.run, q.run), cmp.Compare(p.shifts, q.shifts), cmp.Compare(p.turn, q.turn))
	})
	return order
}

// matching seats people one after the other: one who is seated stays seated, but may
// be moved to another shift for the next. As many are seated as can be (Kuhn 1955),
// and those who came first.
type matching struct {
	free  []int   // seats by shift
	taken [][]int // workers by shift
	can   [][]int // shifts by worker, the one that they were on before first
}

func (d *draft) matching(today int, states []int32, alive [][][]bool) *matching {
	m := &matching{taken: make([][]int, len(d.terms.Shifts)), can: make([][]int, len(d.workers))}
	for s, seats := range d.seats[today] {
		m.free = append(m.free, max(0, seats-d.filled[today][s]))
	}
	for i, w := range d.workers {
		for _, c := range w.options[today] {
			if after := w.machine.next[states[i]][c]; c != off && after >= 0 && alive[i][today+1][after] {
				m.can[i] = append(m.can[i], c-1)
			}
		}
		if today > 0 {
			before := w.plan[today-1] - 1
			slices.SortStableFunc(m.can[i], func(a, b int) int { return cmp.Compare(differs(a, before), differs(b, before)) })
		}
	}
	return m
}

func differs(a, b int) int {
	if a == b {
		return 0
	}
	return 1
}

// seat finds the worker a seat; tried are the shifts that were asked already.
func (m *matching) seat(worker int, tried []bool) bool {
	for _, s := range m.can[worker] {
		if tried[s] {
			continue
		}
		tried[s] = true
		if len(m.taken[s]) < m.free[s] {
			m.taken[s] = append(m.taken[s], worker)
			return true
		}
		for i, other := range m.taken[s] {
			if m.seat(other, tried) {
				m.taken[s][i] = worker
				return true
			}
		}
	}
	return false
}
