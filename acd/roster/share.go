package roster

import (
	"slices"
	"time"
)

// Burdens, in squared shifts of eight hours: sums of squares are least when shares
// are even. A holiday weighs more, as there are few.
const (
	weighHours    = 2
	weighNights   = 2
	weighWeekends = 1
	weighHolidays = 3
)

// longestExchange is how many days two people exchange at most, and rounds how often
// all exchanges are tried: a bound on the time for very large staffs.
const (
	longestExchange = 14
	rounds          = 12
)

// share lets two people exchange the same days of their plans as long as that makes
// the plan fairer. Each shift keeps its people's number.
func (d *draft) share() {
	s := d.newShares()
	for range rounds {
		changed := false
		for a := range d.workers {
			for b := a + 1; b < len(d.workers); b++ {
				for from := range d.days {
					changed = s.exchange(a, b, from) || changed
				}
			}
		}
		if !changed {
			return
		}
	}
}

// shares are what each has now.
type shares struct {
	*draft
	worth  [][]Tally // by day and choice
	sums   []Tally   // by worker, with what they did before
	states [][]int32
}

func (d *draft) newShares() *shares {
	s := &shares{draft: d}
	for i := range d.days {
		row := make([]Tally, len(d.choices))
		for c, shifts := range d.choices {
			for _, shift := range shifts {
				row[c] = row[c].with(d.terms.dateTally(d.first+date(i), d.terms.Shifts[shift]))
			}
		}
		s.worth = append(s.worth, row)
	}
	for _, w := range d.workers {
		sum := w.member.Before
		for i := range d.days {
			sum = sum.with(s.worth[i][w.plan[i]])
		}
		s.sums, s.states = append(s.sums, sum), append(s.states, w.states())
	}
	return s
}

// burden is what the worker carries, in relation to how much they are there.
func (w *worker) burden(y Tally) int64 {
	square := func(n int) int64 { return int64(n) * int64(n) }
	h := int64(y.Hours / time.Minute)
	const minutes = 8 * 60
	sum := weighHours*h*h/(minutes*minutes/64) +
		64*(weighNights*square(y.Nights)+weighWeekends*square(y.Weekends)+weighHolidays*square(y.Holidays))
	return sum * 1024 / w.there
}

// exchange tries the days from that one on, the shortest exchange first.
func (s *shares) exchange(a, b, from int) bool {
	wa, wb := s.workers[a], s.workers[b]
	if wa.plan[from] == wb.plan[from] {
		return false
	}
	ya, yb := s.sums[a], s.sums[b]
	now := wa.burden(ya) + wb.burden(yb)
	for to := from; to < min(from+longestExchange, s.days); to++ {
		ca, cb := wa.plan[to], wb.plan[to]
		if ca != cb && (!slices.Contains(wa.options[to], cb) || !slices.Contains(wb.options[to], ca)) {
			return false
		}
		ya = ya.minus(s.worth[to][ca]).with(s.worth[to][cb])
		yb = yb.minus(s.worth[to][cb]).with(s.worth[to][ca])
		if ca == cb || wa.burden(ya)+wb.burden(yb) >= now {
			continue
		}
		if s.follows(a, b, from, to) && s.follows(b, a, from, to) {
			for i := from; i <= to; i++ {
				wa.plan[i], wb.plan[i] = wb.plan[i], wa.plan[i]
			}
			s.sums[a], s.sums[b] = ya, yb
			s.states[a], s.states[b] = wa.states(), wb.states()
			return true
		}
	}
	return false
}

// follows says whether the rules allow a to have b's days from from to to.
func (s *shares) follows(a, b, from, to int) bool {
	w, at := s.workers[a], s.states[a][from]
	for i := from; i < len(w.plan); i++ {
		c := w.plan[i]
		if i <= to {
			c = s.workers[b].plan[i]
		} else if at == s.states[a][i] {
			return true // from here on all is as it was
		}
		if at = w.machine.next[at][c]; at < 0 {
			return false
		}
	}
	return true
}
