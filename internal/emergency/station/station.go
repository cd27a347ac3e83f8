// Package station finds which ambulance station is nearest to a place. What is known of a
// station, whether it is ready and since when that is known, is part of the answer: a
// state that nobody has confirmed for long is told as such and not believed.
//
// Whoever dispatches is asked by the hand-over to 115 as ever; this tells the agent, and
// the sheet, whom to name. Distances come from a Router, so that one who knows the roads
// can take the place of the straight line.
package station

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Station is where ambulances are.
type Station struct {
	Key    string
	Vi, En string
	Number string // telephone
	At     Point
	State  State
	Since  time.Time // when the state was last confirmed; zero for never
}

// Point is a position: WGS 84, degrees.
type Point struct{ Lat, Lon float64 }

// State says whether a station can send somebody.
type State string

// The states.
const (
	Ready  State = "ready"
	Busy   State = "busy" // every vehicle is out
	Closed State = "closed"
)

// States lists every state.
func States() []State { return []State{Ready, Busy, Closed} }

// Found is a station with how far it is.
type Found struct {
	Station
	Metres float64
	Drive  time.Duration // 0 when the router cannot tell
	Stale  bool          // its state has not been confirmed for long
}

// Router tells the way between two points.
type Router interface {
	Way(ctx context.Context, from, to Point) (metres float64, drive time.Duration, err error)
}

// Register is the stations and what is known of them. It may be used by many at once.
type Register struct {
	router Router
	stale  time.Duration // a state that was not confirmed for so long is stale

	mu       sync.Mutex
	stations []Station
}

// NewRegister holds stations. Without a router it is the straight line.
func NewRegister(stations []Station, stale time.Duration, router Router) *Register {
	if router == nil {
		router = StraightLine{}
	}
	return &Register{router: router, stale: stale, stations: slices.Clone(stations)}
}

// ErrUnknown says that there is no such station.
var ErrUnknown = errors.New("there is no such station")

// Confirm notes a station's state as it is at that time; news that are older than what is
// known change nothing.
func (r *Register) Confirm(key string, state State, at time.Time) error {
	if !slices.Contains(States(), state) {
		return fmt.Errorf("a station cannot be %q; write ready, busy or closed", state)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.stations, func(s Station) bool { return s.Key == key })
	if i < 0 {
		return fmt.Errorf("%w: %s", ErrUnknown, key)
	}
	if at.After(r.stations[i].Since) {
		r.stations[i].State, r.stations[i].Since = state, at
	}
	return nil
}

// Nearest lists up to n stations that may send somebody, those first that are known to be
// ready and then those of whom it is not known, the nearest first in each. A station that
// is known to be busy or closed is not among them. What the router cannot tell is told by
// the straight line.
func (r *Register) Nearest(ctx context.Context, to Point, n int, now time.Time) []Found {
	r.mu.Lock()
	stations := slices.Clone(r.stations)
	r.mu.Unlock()
	var found []Found
	for _, s := range stations {
		f := Found{Station: s, Stale: s.Since.IsZero() || now.Sub(s.Since) >= r.stale}
		if !f.Stale && s.State != Ready {
			continue
		}
		var err error
		if f.Metres, f.Drive, err = r.router.Way(ctx, s.At, to); err != nil {
			f.Metres, f.Drive = straight(s.At, to), 0
		}
		found = append(found, f)
	}
	slices.SortStableFunc(found, byWorth)
	return found[:min(n, len(found))]
}

// byWorth orders what is found: by how sure it is, then by whether and how long a drive is
// known, then by distance.
func byWorth(a, b Found) int {
	rank := func(yes bool) int {
		if yes {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(rank(a.Stale), rank(b.Stale)), cmp.Compare(rank(a.Drive == 0), rank(b.Drive == 0)),
		cmp.Compare(a.Drive, b.Drive), cmp.Compare(a.Metres, b.Metres),
	)
}
