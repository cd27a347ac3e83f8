package roster

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Generate plans the days from that date on, 2006-01-02. The plan has the fixed
// assignments of those days and what was added to them; every rule is kept, and no
// shift has more people than seats. What cannot be filled is in the shortfall.
//
// Fixed assignments may lie outside of the days too: those before are what people
// come from, those after are what they go to. Give a week of each where there is
// one. A *RuleError says which of the fixed assignments break rules already.
//
// First each date's seats are filled, those coming first who were last off. Then
// every person's days are planned anew around the others', best first, until no
// single person can fill more seats or spread the empty ones better. Then two people
// at a time exchange days until that makes nothing more even: hours, nights,
// weekends, holidays, in relation to the days that each is there. The same terms give
// the same plan.
func (t Terms) Generate(from string, days int, fixed []Assignment) ([]Assignment, Shortfall, error) {
	d, err := newDraft(t, from, days, fixed)
	if err != nil {
		return nil, Shortfall{}, err
	}
	d.fill()
	d.mend()
	d.share()
	for d.better() {
		d.share()
	}
	plan := d.plan()
	return plan, d.shortfall(plan), nil
}

// draft is a plan in the making.
type draft struct {
	terms   Terms
	first   date
	days    int
	fixed   []Assignment // those that matter to the days
	choices [][]int      // what a date may hold: nothing, each shift, and what is fixed
	seats   [][]int      // by day and shift
	filled  [][]int
	workers []*worker
	random  *rand.PCG
}

func newDraft(t Terms, from string, days int, fixed []Assignment) (*draft, error) {
	first, err := parseDate(from)
	if days < 1 && err == nil {
		err = fmt.Errorf("a plan of %d days is none; plan at least one", days)
	}
	if err := errors.Join(err, t.Check()); err != nil {
		return nil, fmt.Errorf("planning shifts: %w", err)
	}
	t.Rules = t.Rules.withDefaults()
	// The same seed for the same days: a plan that changes when it is made again
	// cannot be talked about.
	d := &draft{terms: t, first: first, days: days, random: rand.NewPCG(uint64(first), 1022)}
	d.fixed = d.near(fixed)
	if err := d.checkFixed(); err != nil {
		return nil, err
	}
	for i := range days {
		row := make([]int, len(t.Shifts))
		for s, shift := range t.Shifts {
			row[s] = t.Seats(Slot{(first + date(i)).String(), shift.Key})
		}
		d.seats = append(d.seats, row)
		d.filled = append(d.filled, make([]int, len(t.Shifts)))
	}
	d.hire()
	return d, nil
}

// near are the fixed assignments that the rules can see from the days.
func (d *draft) near(fixed []Assignment) []Assignment {
	from, to := (d.first - memory).String(), (d.last() + memory).String()
	list := slices.DeleteFunc(slices.Clone(fixed), func(a Assignment) bool {
		_, err := parseDate(a.Date)
		return err == nil && (a.Date < from || a.Date > to)
	})
	slices.SortFunc(list, d.terms.compare)
	return slices.Compact(list)
}

func (d *draft) last() date { return d.first + date(d.days) - 1 }

// checkFixed refuses what is fixed against the rules. What was before is as it is,
// and how many people come after the days is no matter of this plan.
func (d *draft) checkFixed() error {
	from, to := d.first.String(), d.last().String()
	return broken(slices.DeleteFunc(CheckPlan(d.terms, d.fixed), func(p Problem) bool {
		past := p.Slot.Date < from && p.Kind != UnknownDate && p.Kind != UnknownShift
		return past || p.Kind == NoSeatLeft && p.Slot.Date > to
	}))
}

// plan is who is on which shift of the days.
func (d *draft) plan() []Assignment {
	var plan []Assignment
	for _, w := range d.workers {
		for i := range d.days {
			for _, s := range d.choices[w.plan[i]] {
				plan = append(plan, Assignment{(d.first + date(i)).String(), d.terms.Shifts[s].Key, w.member.Agent})
			}
		}
	}
	slices.SortFunc(plan, d.terms.compare)
	return plan
}

// noise is a number below 1 << 10, the same in every run.
func (d *draft) noise() int64 { return int64(d.random.Uint64() >> 54) }
