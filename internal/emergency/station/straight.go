package station

import (
	"context"
	"math"
	"time"
)

// StraightLine is a router that knows no roads: distances are as the crow flies.
type StraightLine struct{}

// Way tells the distance, and no time.
func (StraightLine) Way(_ context.Context, from, to Point) (float64, time.Duration, error) {
	return straight(from, to), 0, nil
}

// earth is the mean radius in metres (IUGG).
const earth = 6_371_008.8

// straight is the great circle's length in metres, by the haversine formula.
func straight(a, b Point) float64 {
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	lat, lon := math.Sin(rad(b.Lat-a.Lat)/2), math.Sin(rad(b.Lon-a.Lon)/2)
	h := lat*lat + math.Cos(rad(a.Lat))*math.Cos(rad(b.Lat))*lon*lon
	return 2 * earth * math.Asin(math.Sqrt(min(1, h)))
}
