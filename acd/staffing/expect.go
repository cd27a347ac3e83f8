package staffing

import (
	"fmt"
	"math"
	"time"
)

// Endless is a wait without a mean: the line grows for ever, or nobody is there to
// answer. It is longer than any other.
const Endless = time.Duration(math.MaxInt64)

// Service is what callers and agents will find in the long run. Every share is
// between 0 and 1, whatever the traffic.
type Service struct {
	Waits     float64       // share of calls that find no agent free
	InTime    float64       // share answered within the time, of those judged
	Late      float64       // share of all calls that are still in line after the time
	Abandoned float64       // share of all calls that give up
	Answer    time.Duration // mean wait of the calls that are answered (ASA); Endless when it has no mean
	Wait      time.Duration // mean time in line of all calls; Endless when it has no mean
	Occupancy float64       // share of their time that agents are busy with calls
	Overload  bool          // nobody gives up, and the line grows without end
}

// Expect is the service that so many agents give this traffic, judged by that time.
// Agents are those who take calls: who pauses is not among them.
func Expect(t Traffic, agents int, within time.Duration) (Service, error) {
	if err := t.Check(); err != nil {
		return Service{}, err
	}
	if within < 0 {
		return Service{}, fmt.Errorf("calls cannot be answered within %s; give 0s or more", within)
	}
	return expect(t, max(agents, 0), within), nil
}

func expect(t Traffic, agents int, within time.Duration) Service {
	switch {
	case t.PerHour == 0:
		return Service{InTime: 1} // nobody is kept waiting
	case agents == 0:
		return nobody(t, within)
	case t.Patience == 0:
		return patient(t, agents, within)
	default:
		return impatient(t, agents, within)
	}
}

// nobody is what callers find when there is no agent.
func nobody(t Traffic, within time.Duration) Service {
	s := Service{Waits: 1, Late: 1, Answer: Endless, Wait: Endless, Overload: true}
	if t.Patience > 0 {
		s.Late = math.Exp(-within.Seconds() / t.Patience.Seconds())
		s.Abandoned, s.Wait, s.Overload = 1, t.Patience, false
	}
	return s
}

// patient is Erlang C. The waits of those who wait are exponential, with the rate of
// the agents that the load leaves over.
func patient(t Traffic, agents int, within time.Duration) Service {
	load, n := t.Load(), float64(agents)
	if load >= n {
		return Service{Waits: 1, Late: 1, Answer: Endless, Wait: Endless, Occupancy: 1, Overload: true}
	}
	handling, waits := t.Handling.Seconds(), ErlangC(agents, load)
	late := waits * math.Exp(-(n-load)*within.Seconds()/handling)
	mean := seconds(waits * handling / (n - load))
	return Service{Waits: waits, InTime: 1 - late, Late: late, Answer: mean, Wait: mean, Occupancy: load / n}
}

// seconds is that time, Endless when it is too long to be said.
func seconds(s float64) time.Duration {
	if !(s < Endless.Seconds()/2) {
		return Endless
	}
	return time.Duration(s * float64(time.Second))
}
