package staffing

import (
	"math"
	"time"
)

// impatient is Erlang A. The wait that a caller is offered, as if they never gave up,
// is 0 with a chance of its own, and otherwise has the density of [offered]; they
// give up when it is longer than their patience. That is the M/M/n+M queue of
// Garnett, Mandelbaum and Reiman in the form of S. Zeltyn and A. Mandelbaum, "Call
// centers with impatient customers", Queueing Systems 51 (2005), with integrals in
// place of their incomplete gamma functions: no term overflows, and as patience
// grows the figures go to those of Erlang C.
func impatient(t Traffic, agents int, within time.Duration) Service {
	handling, patience := t.Handling.Seconds(), t.Patience.Seconds()
	o := offer(t.Load(), float64(agents), handling/patience)
	before, after := o.integrate(within.Seconds() / handling)
	all := before.plus(after)

	// Odds of waiting: load × density of any wait, over the inverse of Erlang B for
	// one agent less. As a logarithm, since both may be out of a float's range.
	odds := math.Log(o.load) + o.peak + math.Log(all.offered) + math.Log(ErlangB(agents-1, o.load))
	waits := 1 / (1 + math.Exp(-odds))
	free := 1 / (1 + math.Exp(odds))

	answered := free + waits*all.served/all.offered
	soon := free + waits*before.served/all.offered
	late := waits * after.offered / all.offered * math.Exp(-within.Seconds()/patience)
	abandoned := min(waits*all.gone/all.offered, 1)
	return Service{
		Waits: waits, InTime: soon / (soon + late), Late: late, Abandoned: abandoned,
		Answer:    seconds(waits * all.waited / all.offered / answered * handling),
		Wait:      seconds(abandoned * patience), // each waiting caller gives up at the rate 1/patience
		Occupancy: min(o.load*answered/o.n, 1),
	}
}

// offered is the density of the offered wait, for those who wait. Times are in mean
// handling times. Its logarithm is
//
//	load·(1 − e^(−theta·x))/theta − n·x
//
// which has one peak: where the load that is still there at x equals the agents, or
// at 0 without overload.
type offered struct {
	load, n float64
	theta   float64 // handling time over patience
	peakAt  float64
	peak    float64 // the logarithm at peakAt
}

func offer(load, n, theta float64) offered {
	o := offered{load: load, n: n, theta: theta}
	if over := (load - n) / n; over > 0 {
		ln := math.Log1p(over)
		o.peakAt, o.peak = ln/theta, n*(over-ln)/theta
	}
	return o
}

// below is the logarithm at d beyond the peak, less that of the peak: 0 at most.
func (o offered) below(d float64) float64 {
	bend := -math.Expm1(-o.theta*d)/o.theta - d
	if o.peakAt > 0 {
		return o.n * bend // the load that is left at the peak is n
	}
	return o.load*bend - (o.n-o.load)*d
}

// negligible is so far below the peak that what is beyond does not count: e^−45.
const negligible = -45

// support is from where to where, relative to the peak, the density counts.
func (o offered) support() (from, to float64) {
	to = -negligible / o.n
	for o.below(to) > negligible {
		to *= 2
	}
	from = negligible / o.n
	for -from < o.peakAt && o.below(from) > negligible {
		from *= 2
	}
	return max(from, -o.peakAt), to
}

// sums are integrals of the density, unscaled.
type sums struct {
	offered float64 // the density
	served  float64 // of those who wait that long
	gone    float64 // of those who do not
	waited  float64 // the waits of the served
}

func (s sums) plus(t sums) sums {
	return sums{s.offered + t.offered, s.served + t.served, s.gone + t.gone, s.waited + t.waited}
}

// integrate is the integrals up to the time, and from there on.
func (o offered) integrate(within float64) (before, after sums) {
	from, to := o.support()
	cut := min(max(within-o.peakAt, from), to)
	top := min(max(0, from), to)
	if cut < top {
		return o.over(from, cut), o.over(cut, top).plus(o.over(top, to))
	}
	return o.over(from, top).plus(o.over(top, cut)), o.over(cut, to)
}

func (o offered) over(from, to float64) sums {
	var s sums
	if to <= from {
		return s
	}
	for _, p := range rule() {
		d := from + (to-from)*p.at
		x := max(d+o.peakAt, 0)
		density := (to - from) * p.weight * math.Exp(o.below(d))
		stay := math.Exp(-o.theta * x)
		s.offered += density
		s.served += density * stay
		s.gone += density * -math.Expm1(-o.theta*x)
		s.waited += density * stay * x
	}
	return s
}
