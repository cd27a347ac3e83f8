package staffing

import (
	"fmt"
	"math"
	"time"
)

// Line is what is known of a line beforehand, for advice and for plans.
type Line struct {
	Target   Target
	Handling time.Duration // mean, of the past: the fallback while few calls were seen
	Patience time.Duration // mean, of the past; 0 when it is not known
	Least    int           // agents at any hour, whatever the calls
	Away     float64       // share of a shift that agents are not at their desks: breaks, meals, training; 0 to 0.9
}

// Check says what is wrong with the line.
func (l Line) Check() error {
	if err := l.Target.Check(); err != nil {
		return err
	}
	if err := (Traffic{Handling: l.Handling, Patience: l.Patience}).Check(); err != nil {
		return err
	}
	switch {
	case l.Least < 0:
		return fmt.Errorf("at least %d agents cannot be; give 0 or more", l.Least)
	case !(l.Away >= 0 && l.Away <= 0.9):
		return fmt.Errorf("agents cannot be away %v of a shift; give a share from 0 to 0.9", l.Away)
	}
	return nil
}

// needed is the agents for so many calls per hour. They are more than the calls would
// keep busy: a target that is met because callers give up is not met.
func (l Line) needed(perHour float64) int {
	t := l.traffic(perHour)
	if t.PerHour == 0 {
		return l.Least
	}
	return max(needed(t, l.Target), int(t.Load())+1, l.Least)
}

// traffic is that of so many calls per hour. More than can be computed are as many as
// can.
func (l Line) traffic(perHour float64) Traffic {
	return Traffic{
		PerHour:  min(perHour, math.Nextafter(mostLoad/l.Handling.Hours(), 0)),
		Handling: l.Handling, Patience: l.Patience,
	}
}

// seats is how many must be on a shift so that so many are at their desks.
func (l Line) seats(need int) int {
	return int(math.Ceil(float64(need)/(1-l.Away) - 1e-9)) // 9/0.9 is 10, not a bit more
}
