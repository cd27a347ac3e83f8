package staffing

import (
	"math"
	"sort"
	"time"
)

// Needed is the smallest number of agents with which the traffic meets the target;
// 0 when no call comes.
func Needed(t Traffic, g Target) (int, error) {
	if err := t.Check(); err != nil {
		return 0, err
	}
	if err := g.Check(); err != nil {
		return 0, err
	}
	return needed(t, g), nil
}

// needed searches by halves: more agents never make it worse.
func needed(t Traffic, g Target) int {
	enough := 1
	for !meets(t, enough, g) {
		enough *= 2
	}
	return sort.Search(enough, func(agents int) bool { return meets(t, agents, g) })
}

func meets(t Traffic, agents int, g Target) bool {
	s := expect(t, agents, g.Within)
	return s.InTime >= g.Percent/100 && (g.Lost == 0 || s.Abandoned <= g.Lost/100)
}

// Capacity is the most calls per hour with which so many agents meet the target,
// 10,000 erlangs at most. It is the inverse of Needed: so many calls need so many
// agents, and a few more calls need one more.
func Capacity(agents int, handling, patience time.Duration, g Target) (float64, error) {
	t := Traffic{Handling: handling, Patience: patience}
	if err := t.Check(); err != nil {
		return 0, err
	}
	if err := g.Check(); err != nil {
		return 0, err
	}
	if agents < 1 {
		return 0, nil
	}
	with := func(perHour float64) bool {
		t.PerHour = perHour
		return meets(t, agents, g)
	}
	low, high := 0.0, math.Nextafter(mostLoad/handling.Hours(), 0)
	if with(high) {
		return high, nil
	}
	for range 200 { // halves until there is no number between
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if with(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low, nil
}

// Row is one line of the capacity table.
type Row struct {
	Handling time.Duration
	Agents   int
	Calls    []int // most whole calls per hour, by target
}

// Table is how many calls per hour so many agents can carry, by handling time, then
// agents, as they are given. Nobody gives up in it (Erlang C), so the line can carry
// a little more than it says.
func Table(handling []time.Duration, agents []int, targets []Target) ([]Row, error) {
	rows := make([]Row, 0, len(handling)*len(agents))
	for _, h := range handling {
		for _, n := range agents {
			row := Row{Handling: h, Agents: n, Calls: make([]int, len(targets))}
			for i, g := range targets {
				most, err := Capacity(n, h, 0, g)
				if err != nil {
					return nil, err
				}
				row.Calls[i] = int(most)
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}
