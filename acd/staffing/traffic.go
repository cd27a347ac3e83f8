package staffing

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Traffic is what comes to a line.
type Traffic struct {
	PerHour  float64       // calls that enter the line, those that will give up included
	Handling time.Duration // mean time that a call keeps an agent busy, wrap-up included
	Patience time.Duration // mean time that a caller is ready to wait; 0 when nobody gives up
}

// What is beyond these is a mistake in the figures, not a hotline.
const (
	mostLoad      = 10_000 // erlangs
	longHandling  = 24 * time.Hour
	shortHandling = time.Second
	shortPatience = time.Second
)

// Load is the load offered, in erlangs.
func (t Traffic) Load() float64 { return t.PerHour * t.Handling.Hours() }

// Check says what is wrong with the figures.
func (t Traffic) Check() error {
	switch {
	case !isLoad(t.PerHour):
		return fmt.Errorf("%v calls per hour cannot be; give 0 or more", t.PerHour)
	case t.Handling < shortHandling || t.Handling > longHandling:
		return fmt.Errorf("a handling time of %s cannot be; give the mean time an agent is busy with a call, 1s to 24h", t.Handling)
	case t.Patience < 0 || t.Patience > 0 && t.Patience < shortPatience:
		return fmt.Errorf("a patience of %s cannot be; give the mean time that callers wait before they give up, at least 1s, or 0 when it is not known", t.Patience)
	case t.Load() > mostLoad:
		return fmt.Errorf("%.0f calls per hour of %s each would keep %.0f agents busy; check the figures, at most %d can be computed",
			t.PerHour, t.Handling, t.Load(), mostLoad)
	}
	return nil
}

// Target is what the line promises: that many percent of the calls are answered
// within that time, and no more than some are lost. See the package comment for what
// is judged. While patience is not known, no call is taken to be lost.
type Target struct {
	Percent float64 // above 0, below 100
	Within  time.Duration
	Lost    float64 // percent of all calls that may give up; 0 is no limit
}

// String is how people say it: 80/20, with the time in seconds. It leaves Lost out.
func (g Target) String() string { return fmt.Sprintf("%g/%g", g.Percent, g.Within.Seconds()) }

// Check says what is wrong with the target.
func (g Target) Check() error {
	switch {
	case !(g.Percent > 0) || math.IsInf(g.Percent, 1):
		return fmt.Errorf("a target of %v percent cannot be; give more than 0, for example 80", g.Percent)
	case g.Percent >= 100:
		return errors.New("no number of agents can promise 100 percent; give less, for example 95")
	case g.Within < 0:
		return fmt.Errorf("calls cannot be answered within %s; give 0s or more, for example 20s", g.Within)
	case !(g.Lost >= 0 && g.Lost < 100):
		return fmt.Errorf("%v percent lost cannot be a target; give less than 100, for example 5, or 0 for no limit", g.Lost)
	}
	return nil
}

// Targets are the usual ones: 80/20, a habit and no standard; 90/15, half of
// NENA-STA-020.1-2020 for emergency calls; 90/10 of NFPA 1225 (2022); 95/20, the
// other half of NENA's.
func Targets() []Target {
	return []Target{
		{Percent: 80, Within: 20 * time.Second},
		{Percent: 90, Within: 15 * time.Second},
		{Percent: 90, Within: 10 * time.Second},
		{Percent: 95, Within: 20 * time.Second},
	}
}
