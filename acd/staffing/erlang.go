package staffing

import "math"

// ErlangB is the share of calls that find all agents busy when such calls are lost.
// The load is in erlangs. The recursion over agents takes no factorial, so nothing
// overflows; it costs one step per agent.
//
// What is no load (below zero, not a number, infinite) is answered with 1, the
// worst: a broken figure must never say that nobody is needed.
func ErlangB(agents int, load float64) float64 {
	if !isLoad(load) {
		return 1
	}
	b := 1.0
	for n := 1; n <= agents; n++ {
		b = load * b / (float64(n) + load*b)
	}
	return b
}

// ErlangC is the share of calls that find all agents busy when such calls wait. With
// as much load as agents, or more, all of them do: 1. What is no load is answered
// with 1 as well.
func ErlangC(agents int, load float64) float64 {
	if !isLoad(load) || agents < 1 || load >= float64(agents) {
		return 1
	}
	n, b := float64(agents), ErlangB(agents, load)
	return n * b / (n - load*(1-b))
}

func isLoad(load float64) bool { return load >= 0 && !math.IsInf(load, 1) }
