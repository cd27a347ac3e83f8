package roster

// unavoidable is a number of empty seats that no plan can do without: on each date
// for want of people, in each week and in the whole for want of hours. Each person is
// counted with as much as they could do if they were asked first.
func (d *draft) unavoidable() int {
	open, people := d.open(), d.people()
	weeks := 0
	for from := 0; from < d.days; from += 7 {
		to := min(from+7, d.days)
		dates := 0
		for day := from; day < to; day++ {
			dates += max(0, total(open[day:day+1])-people[day])
		}
		weeks += max(dates, d.short(open, from, to))
	}
	return max(weeks, d.short(open, 0, d.days))
}

// short is how many of the seats of those days are more than all people could fill.
func (d *draft) short(open [][]int, from, to int) int {
	gains := make([][]int64, d.days)
	for day := range gains {
		gains[day] = make([]int64, len(open[day]))
		for s, n := range open[day] {
			gains[day][s] = -1
			if n > 0 && from <= day && day < to {
				gains[day][s] = 1
			}
		}
	}
	short := total(open[from:to])
	for _, w := range d.workers {
		for day, c := range w.best(gains)[:d.days] {
			if c != off && len(w.options[day]) > 1 {
				short--
			}
		}
	}
	return max(0, short)
}

// open counts the seats of each day and shift that nothing fixed fills.
func (d *draft) open() [][]int {
	open := make([][]int, d.days)
	for day, seats := range d.seats {
		open[day] = append([]int(nil), seats...)
		for _, w := range d.workers {
			if len(w.options[day]) > 1 {
				continue
			}
			for _, s := range d.choices[w.plan[day]] {
				open[day][s]--
			}
		}
	}
	return open
}

func total(rows [][]int) int {
	n := 0
	for _, row := range rows {
		for _, v := range row {
			n += v
		}
	}
	return n
}

// people counts those who could take some shift of each day, whatever they did in the
// days before.
func (d *draft) people() []int {
	people := make([]int, d.days)
	for _, w := range d.workers {
		reached := map[int32]bool{w.start: true}
		for day := range d.days {
			can, next := false, map[int32]bool{}
			for state := range reached {
				for _, c := range w.options[day] {
					if after := w.machine.next[state][c]; after >= 0 {
						next[after] = true
						can = can || c != off
					}
				}
			}
			if can && len(w.options[day]) > 1 {
				people[day]++
			}
			reached = next
		}
	}
	return people
}
