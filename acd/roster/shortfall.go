package roster

import (
	"fmt"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Shortfall says what a generated plan could not meet. Filled and the missing seats
// of the gaps add up to Wanted.
type Shortfall struct {
	Wanted, Filled int // seats of the period
	Gaps           []Gap
	// Unavoidable is how many of the empty seats no plan can fill under these terms.
	// It is proved by sums; where it is less than what is missing, another plan
	// might do better, though this one could not be bettered step by step.
	Unavoidable int
	// Staff is how many there are, and Needed how many would fill every seat of the
	// period: the fewest for whom a plan was found, the added ones rested, full-time
	// and always there. 0 when no number of people can, as with a shift that is
	// longer than anybody may work.
	Staff, Needed int
	Vi, En        string // what is missing and what to do; empty when nothing is
}

func (d *draft) shortfall(plan []Assignment) Shortfall {
	s := Shortfall{Staff: len(d.workers), Needed: len(d.workers), Filled: len(plan)}
	for _, seats := range d.seats {
		for _, n := range seats {
			s.Wanted += n
		}
	}
	missing := d.empty()
	if missing == 0 {
		return s
	}
	around := slices.Clone(plan)
	for _, a := range d.fixed {
		if a.Date < d.first.String() || a.Date > d.last().String() {
			around = append(around, a)
		}
	}
	s.Gaps, _ = d.terms.Gaps(around, d.first.String(), d.days) // the date is good
	s.Unavoidable = d.unavoidable()
	s.Needed = d.needed(s.Unavoidable)
	said := s.words(missing)
	s.Vi, s.En = said.vi, said.en
	return s
}

// needed tries with more and more people until every seat is filled, and begins with
// the number that fewer cannot be.
func (d *draft) needed(unavoidable int) int {
	most := 0
	for i := range d.seats {
		for s := range d.terms.Shifts {
			if most = max(most, 3*len(d.terms.Shifts)*d.seats[i][s]); d.impossible(s) && d.seats[i][s] > d.filled[i][s] {
				return 0
			}
		}
	}
	alone := d.alone()
	for more := max(1, (unavoidable+alone-1)/alone); more <= most; more++ {
		with := d.terms
		with.Staff = slices.Clone(with.Staff)
		for i := range more {
			with.Staff = append(with.Staff, Member{Agent: call.AgentID(fmt.Sprintf("~%03d", i))}) // no user name
		}
		next, err := newDraft(with, d.first.String(), d.days, d.fixed)
		if err != nil { // the same terms were good without them
			return 0
		}
		next.fill()
		next.mend()
		if next.empty() == 0 {
			return len(next.workers)
		}
	}
	return 0
}

// alone is how many shifts somebody rested can work in the period.
func (d *draft) alone() int {
	w := d.newWorker(Member{}, newMachine(d.terms.Shifts, d.terms.Rules, d.choices), nil)
	gains := make([][]int64, d.days)
	for i := range gains {
		for range d.terms.Shifts {
			gains[i] = append(gains[i], 1)
		}
	}
	n := 0
	for _, c := range w.best(gains) {
		if c != off {
			n++
		}
	}
	return max(1, n)
}

// impossible says whether not even somebody who is rested may work the shift.
func (d *draft) impossible(shift int) bool {
	m := newMachine(d.terms.Shifts, d.terms.Rules, d.choices)
	_, allowed := m.take(m.rested(), shift+1)
	return !allowed
}

func (s Shortfall) words(missing int) text {
	said := say("Thiếu người cho %s trong %s lượt ghế, ở %s ca.", "%s of %s seats stay empty, on %s shifts.",
		number(missing), number(s.Wanted), number(len(s.Gaps)))
	if s.Needed == 0 {
		return say("%s Không thể xếp đủ dù có bao nhiêu người: ca dài hơn giới hạn cho phép; chia ngắn ca.",
			"%s No number of people can fill them: a shift is longer than anybody may work; make it shorter.", said)
	}
	return say("%s Cần %s người, hiện có %s: tuyển thêm %s, dời ngày nghỉ phép, hoặc bớt ghế.",
		"%s %s people needed, %s there: hire %s, move leaves, or offer fewer seats.",
		said, number(s.Needed), number(s.Staff), number(s.Needed-s.Staff))
}

// PeopleNeeded is how many people the shifts need week after week when nobody is
// ever away: the seats' hours over a person's week, or their days over a person's
// working days, whichever is more. Six seats around the clock are 1008 hours a week:
// 21 people of 48 hours. 0 when a shift is longer than anybody may work.
func PeopleNeeded(shifts []Shift, rules Rules) int {
	rules = rules.withDefaults()
	var work time.Duration
	seats := 0
	for _, s := range shifts {
		if s.Length() > min(rules.DailyHours, rules.WeeklyHours) {
			return 0
		}
		work += 7 * time.Duration(s.Seats) * s.Length()
		seats += 7 * s.Seats
	}
	byHours := int((work + rules.WeeklyHours - 1) / rules.WeeklyHours)
	return max(byHours, (seats+rules.DaysInARow-1)/rules.DaysInARow)
}
