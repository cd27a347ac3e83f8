package staffing

import (
	"fmt"
	"math"
	"time"
)

// Measure is what was seen of a line in the last while, half an hour as a rule.
type Measure struct {
	Over      time.Duration // how long was looked
	Arrived   int           // calls that entered the line
	Answered  int           // calls whose handling was finished
	Handling  time.Duration // of those, in all: talk, hold and wrap-up
	Abandoned int           // calls that gave up in line
	Waited    time.Duration // time in line of all calls in all, whether answered or given up
	Waiting   int           // calls that are in line now
}

// Check says what is wrong with the measure.
func (m Measure) Check() error {
	if m.Over <= 0 {
		return fmt.Errorf("a measure over %s says nothing; give the time that was looked at, 30m as a rule", m.Over)
	}
	if m.Arrived < 0 || m.Answered < 0 || m.Handling < 0 || m.Abandoned < 0 || m.Waited < 0 || m.Waiting < 0 {
		return fmt.Errorf("a measure cannot count below zero: %+v", m)
	}
	return nil
}

// What was known before weighs as much as so many calls seen, and a patience that
// was not known is taken from so many who gave up, not from fewer.
const pastWeighs = 5

// Learn is the line with handling time and patience as they were seen. Where little
// was seen, the past prevails.
func (l Line) Learn(m Measure) (Line, error) {
	if err := l.Check(); err != nil {
		return Line{}, err
	}
	if err := m.Check(); err != nil {
		return Line{}, err
	}
	return m.learn(l), nil
}

// learn is the line with handling time and patience as they are now. Where little was
// seen, the past prevails.
func (m Measure) learn(past Line) Line {
	now := past
	if m.Answered > 0 && m.Handling > 0 { // a sum of nothing is a fault, not a fast agent
		now.Handling = mean(m.Handling, m.Answered, past.Handling)
		now.Handling = min(max(now.Handling, shortHandling), longHandling)
	}
	switch {
	case past.Patience > 0:
		now.Patience = mean(m.Waited, m.Abandoned, past.Patience)
	case m.Abandoned >= pastWeighs:
		// All the time that was waited, over those who gave up: the most likely mean
		// of exponential patience, the answered having had more of it than they
		// needed (Garnett, Mandelbaum, Reiman, equation 2).
		now.Patience = m.Waited / time.Duration(m.Abandoned)
	default:
		return now // Erlang C, which asks for more rather than less
	}
	now.Patience = max(now.Patience, shortPatience)
	return now
}

func mean(sum time.Duration, count int, past time.Duration) time.Duration {
	return seconds((sum.Seconds() + pastWeighs*past.Seconds()) / float64(count+pastWeighs))
}

// perHour is the rate of arrivals when so many came. Who waits in line is counted
// once more, to be worked off within the hour: after a surge the line is what is left
// of it, and no rate tells.
func (m Measure) perHour(arrived float64) float64 {
	return arrived/m.Over.Hours() + float64(m.Waiting)
}

// bounds hold the mean of a Poisson count nine times in ten, in the approximation of
// E. B. Wilson and M. M. Hilferty, PNAS 17 (1931).
func bounds(count int) (low, high float64) {
	const z = 1.645 // leaves out 5 % on either side
	cube := func(n, z float64) float64 {
		root := 1 - 1/(9*n) + z/(3*math.Sqrt(n))
		return n * root * root * root
	}
	if count > 0 {
		low = max(cube(float64(count), -z), 0)
	}
	return low, cube(float64(count)+1, z)
}
