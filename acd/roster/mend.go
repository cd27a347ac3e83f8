package roster

import (
	"math"
	"slices"
)

// What an empty seat costs. That it is filled matters more than all that follows;
// then that no shift has many empty ones; noise chooses among equals.
const (
	costEmpty  = int64(1) << 40
	costSecond = int64(1) << 20 // for each other empty seat of the shift
)

// patience is how many rounds may better nothing. While more seats are empty than
// must be, equal plans are tried too, as one of them may make room.
const (
	patience      = 40
	patienceAtEnd = 2
)

// mend plans one person after the other anew, the others' plans given, until nothing
// gets better: each time the best of all that the person may do is found.
func (d *draft) mend() {
	least := d.unavoidable()
	for idle := 0; d.cost() > 0; {
		before := d.cost()
		for _, i := range d.shuffled() {
			d.replan(d.workers[i])
		}
		if d.cost() < before {
			idle = 0
			continue
		}
		idle++
		if idle >= patience || idle >= patienceAtEnd && d.empty() == least {
			return
		}
	}
}

// empty counts the seats that nobody has.
func (d *draft) empty() int {
	n := 0
	for i, seats := range d.seats {
		for s := range seats {
			n += max(0, seats[s]-d.filled[i][s])
		}
	}
	return n
}

func (d *draft) cost() int64 {
	var cost int64
	for i, seats := range d.seats {
		for s := range seats {
			n := int64(max(0, seats[s]-d.filled[i][s]))
			cost += n*costEmpty + n*(n-1)/2*costSecond
		}
	}
	return cost
}

func (d *draft) shuffled() []int {
	order := make([]int, len(d.workers))
	for i := range order {
		j := int(d.random.Uint64() % uint64(i+1))
		order[i], order[j] = order[j], i
	}
	return order
}

// replan gives the worker the best plan that there is for them alone.
func (d *draft) replan(w *worker) {
	for i := range d.days {
		if len(w.options[i]) > 1 {
			d.set(w, i, off)
		}
	}
	for i, c := range w.best(d.gains()) {
		if i < d.days && c != w.plan[i] {
			d.set(w, i, c)
		}
	}
}

// better replans whom it makes the plan better, until it makes it for nobody. It says
// whether there was anybody: an exchange may have made room.
func (d *draft) better() bool {
	found := false
	for again := d.cost() > 0; again; {
		again = false
		for _, w := range d.workers {
			before, plan := d.cost(), slices.Clone(w.plan)
			d.replan(w)
			if d.cost() < before {
				found, again = true, true
				continue
			}
			for i := range d.days {
				d.set(w, i, plan[i])
			}
		}
	}
	return found
}

// gains is what one more person on each day's shifts is worth; below zero where no
// seat is left.
func (d *draft) gains() [][]int64 {
	gains := make([][]int64, d.days)
	for i, seats := range d.seats {
		gains[i] = make([]int64, len(seats))
		for s := range seats {
			gains[i][s] = -1
			if n := int64(seats[s] - d.filled[i][s]); n > 0 {
				gains[i][s] = costEmpty + (n-1)*costSecond + d.noise()
			}
		}
	}
	return gains
}

// best is the worker's plan that gains most. Shifts that gain less than nothing are
// not taken.
func (w *worker) best(gains [][]int64) []int {
	n := len(w.machine.pasts)
	value, last := make([]int64, n), make([]int64, n)
	picks := make([][]int, len(w.options))
	for i := len(w.options) - 1; i >= 0; i-- {
		picks[i] = make([]int, n)
		for s := range n {
			value[s], picks[i][s] = math.MinInt64, off
			for _, c := range w.options[i] {
				after := w.machine.next[s][c]
				if after < 0 || last[after] == math.MinInt64 {
					continue
				}
				gain := int64(0)
				if c != off && len(w.options[i]) > 1 {
					gain = gains[i][c-1]
				}
				if v := gain + last[after]; gain >= 0 && v > value[s] {
					value[s], picks[i][s] = v, c
				}
			}
		}
		value, last = last, value
	}
	plan := make([]int, len(w.options))
	at := w.start
	for i := range plan {
		plan[i] = picks[i][at]
		at = w.machine.next[at][plan[i]]
	}
	return plan
}
