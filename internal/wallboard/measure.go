package wallboard

import "time"

// How far back the measure looks, to the beginning of that minute; and how far at the
// least when events began later, as a few calls in a few seconds are no rate.
const (
	lookBack  = 30 * time.Minute
	lookLeast = 10 * time.Minute
)

// Measure is what was seen of all lines together in the last half hour; see the
// package's comment for what it counts. The sums are of all calls in all.
type Measure struct {
	OverMs     int64 `json:"over_ms"` // how long was looked: up to 31 minutes
	Arrived    int   `json:"arrived"`
	Answered   int   `json:"answered"` // and handled to the end, wrap-up included
	HandlingMs int64 `json:"handling_ms"`
	Abandoned  int   `json:"abandoned"`
	WaitedMs   int64 `json:"waited_ms"`
	Waiting    int   `json:"waiting"` // now
}

// passing is what passed in a minute, or one call's part in it.
type passing struct {
	arrived, answered, abandoned int
	handling, waited             time.Duration
}

func (p passing) plus(q passing, sign int) passing {
	return passing{
		arrived:   p.arrived + sign*q.arrived,
		answered:  p.answered + sign*q.answered,
		abandoned: p.abandoned + sign*q.abandoned,
		handling:  p.handling + time.Duration(sign)*q.handling,
		waited:    p.waited + time.Duration(sign)*q.waited,
	}
}

// minute is a minute, counted from 1970-01-01 00:00 UTC.
type minute int64

func minuteOf(t time.Time) minute { return minute(t.Unix() / 60) }

func (m minute) begin() time.Time { return time.Unix(int64(m)*60, 0) }

// pass adds a call's part to its minutes, or takes it out again.
func (f *Figures) pass(v *visit, entered time.Time, sign int) {
	f.passIn(minuteOf(entered), passing{arrived: 1}, sign)
	switch answered := v.answered(); {
	case !answered.IsZero():
		f.stood(entered, answered, sign)
	case v.finished() && v.gaveUpInLine():
		f.stood(entered, v.ended.at, sign)
		f.passIn(minuteOf(v.ended.at), passing{abandoned: 1}, sign)
	}
	if took, over, done := v.handled(f.wrapUps[v.id]); done {
		f.passIn(minuteOf(over), passing{answered: 1, handling: took}, sign)
	}
}

func (f *Figures) passIn(m minute, part passing, sign int) {
	if m >= f.oldestMinute {
		f.minutes[m] = f.minutes[m].plus(part, sign)
	}
}

// stood shares a time in line out to the minutes that it fell into. What is further
// back than anybody looks is left out, however far a clock was wrong.
func (f *Figures) stood(from, to time.Time, sign int) {
	if earliest := to.Add(-lookBack - time.Minute); from.Before(earliest) {
		from = earliest
	}
	for m := minuteOf(from); m.begin().Before(to); m++ {
		part := overlap(from, to, m.begin(), (m + 1).begin())
		f.passIn(m, passing{waited: part}, sign)
	}
}

// overlap is how much of the first time lies in the second.
func overlap(from, to, begin, end time.Time) time.Duration {
	if from.Before(begin) {
		from = begin
	}
	if to.After(end) {
		to = end
	}
	return max(to.Sub(from), 0)
}

// handled is the agents' time that a call took, wrap-up included, and when the last of
// it was over; false while it goes on, and when nobody ever talked.
func (v *visit) handled(wrapUps []wrapUp) (took time.Duration, over time.Time, done bool) {
	if !v.finished() || v.answered().IsZero() {
		return 0, time.Time{}, false
	}
	took = v.worked()
	for _, o := range v.offers {
		switch {
		case o.connected.IsZero():
		case o.over.IsZero():
			latest(&over, v.ended.at)
		default:
			latest(&over, o.over)
		}
	}
	for _, w := range wrapUps {
		if w.over.IsZero() {
			return 0, time.Time{}, false
		}
		took += w.over.Sub(w.began.at)
		latest(&over, w.over)
	}
	return took, over, true
}

// standing is how long a call that is in line, and was not answered, has stood there
// since then.
func (v *visit) standing(since, now time.Time) time.Duration {
	entered := v.entered()
	if entered.IsZero() || !v.answered().IsZero() {
		return 0
	}
	return overlap(entered, now, since, now)
}

// looksFrom is where the measure begins.
func looksFrom(now time.Time) time.Time { return minuteOf(now.Add(-lookBack)).begin() }

// measure is the last half hour; standing is the time of those who are in line now.
func (f *Figures) measure(now time.Time, waiting int, standing time.Duration) Measure {
	from := looksFrom(now)
	var sum passing
	for m := minuteOf(from); m <= minuteOf(now); m++ {
		sum = sum.plus(f.minutes[m], +1)
	}
	over := now.Sub(from)
	if f.first.IsZero() {
		over = lookLeast
	} else if known := now.Sub(f.first); known < over {
		over = max(known, lookLeast)
	}
	return Measure{
		OverMs: over.Milliseconds(), Arrived: sum.arrived, Answered: sum.answered, HandlingMs: sum.handling.Milliseconds(),
		Abandoned: sum.abandoned, WaitedMs: (sum.waited + standing).Milliseconds(), Waiting: waiting,
	}
}
