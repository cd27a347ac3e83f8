package staffing

import (
	"math"
	"sync"
)

// point is where a function on 0 to 1 is asked, and what the answer counts.
type point struct{ at, weight float64 }

// rule integrates functions on 0 to 1 that may change fast near the ends, as the
// chance to be still in line does when patience is short: points are doubly
// exponentially dense there. H. Takahasi, M. Mori, "Double exponential formulas for
// numerical integration", Publ. RIMS 9 (1974).
var rule = sync.OnceValue(func() []point {
	const (
		step = 1.0 / 32
		ends = 3.25 // where the weights fall below a float's precision
	)
	var points []point
	for t := -ends; t <= ends; t += step {
		s := math.Pi * math.Sinh(t)
		at, rest := 1/(1+math.Exp(-s)), 1/(1+math.Exp(s))
		points = append(points, point{at: at, weight: step * at * rest * math.Pi * math.Cosh(t)})
	}
	return points
})
