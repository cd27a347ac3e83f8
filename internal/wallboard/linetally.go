package wallboard

import (
	"math"
	"time"
)

// withins are how soon calls are answered, as the wall shows it.
func withins() [3]time.Duration {
	return [3]time.Duration{10 * time.Second, inTime, 20 * time.Second}
}

// LineToday is a queue's sums of the day.
type LineToday struct {
	Entered   int      `json:"entered"`
	Answered  int      `json:"answered"`
	Abandoned int      `json:"abandoned"` // given up in line or while an agent was rung
	Within    []Within `json:"within"`    // 10, 15 and 20 s
}

// Within is how many were answered so soon; the percentage is of all that were
// answered, or given up after at least that time.
type Within struct {
	Ms       int64   `json:"ms"`
	Answered int     `json:"answered"`
	Of       int     `json:"of"`
	Percent  float64 `json:"percent"` // one decimal, 0 of nothing
}

// lineDay is a queue's day.
type lineDay struct {
	day   date
	queue string
}

// lineTally is a queue's sums of a day, or one call's part in them.
type lineTally struct {
	entered, answered, abandoned int
	soon, judged                 [3]int // by withins
}

func (t lineTally) plus(u lineTally, sign int) lineTally {
	t.entered += sign * u.entered
	t.answered += sign * u.answered
	t.abandoned += sign * u.abandoned
	for i := range t.soon {
		t.soon[i] += sign * u.soon[i]
		t.judged[i] += sign * u.judged[i]
	}
	return t
}

// addLine adds a call's part to its queue's day, or takes it out again.
func (f *Figures) addLine(entered time.Time, v *visit, sign int) {
	d := lineDay{f.day(entered), v.queue}
	if d.day < f.oldest {
		return
	}
	if sum := f.lines[d].plus(v.inLine(entered), sign); sum != (lineTally{}) {
		f.lines[d] = sum
	} else {
		delete(f.lines, d) // it has moved to another queue
	}
}

// inLine is the call's part in the day of its queue that it entered the line on.
func (v *visit) inLine(entered time.Time) lineTally {
	t := lineTally{entered: 1}
	answered := v.answered()
	if !answered.IsZero() {
		t.answered = 1
	} else if v.finished() && v.gaveUpInLine() {
		t.abandoned = 1
	}
	for i, soon := range withins() {
		switch {
		case !answered.IsZero():
			t.judged[i] = 1
			if answered.Sub(entered) <= soon {
				t.soon[i] = 1
			}
		case v.finished() && v.notAnswered() && v.ended.at.Sub(entered) >= soon:
			t.judged[i] = 1
		}
	}
	return t
}

func (t lineTally) within() []Within {
	list := make([]Within, len(t.soon))
	for i, soon := range withins() {
		list[i] = Within{Ms: soon.Milliseconds(), Answered: t.soon[i], Of: t.judged[i]}
		if t.judged[i] > 0 {
			list[i].Percent = math.Round(1000*float64(t.soon[i])/float64(t.judged[i])) / 10
		}
	}
	return list
}

// showLines adds the sums of the day to the queues that are shown; the day's own are of all.
func (f *Figures) showLines(today date, live *Live) {
	var all lineTally
	for l, t := range f.lines {
		if l.day == today {
			all = all.plus(t, +1)
		}
	}
	for i := range live.Queues {
		q := &live.Queues[i]
		t := f.lines[lineDay{today, q.Queue}]
		q.Today = LineToday{Entered: t.entered, Answered: t.answered, Abandoned: t.abandoned, Within: t.within()}
	}
	live.Today.Within = all.within()
}
