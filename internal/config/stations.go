package config

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/emergency/station"
	"hotline1022/ivr/document"
)

// Stations is configs/stations.yaml: where ambulances are.
type Stations struct {
	List  []station.Station
	Stale time.Duration // a state that was not confirmed for so long is not believed
}

// stations reads the register of ambulance stations. It may be empty.
func (c *Config) stations(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "stale_after", "stations")
	s := Stations{Stale: root.Duration("stale_after", 24*time.Hour, time.Minute, 90*24*time.Hour)}
	list := root.Map("stations", "stations")
	for _, e := range list.Entries() {
		m := list.Sub(e, "station "+e.Key, "vi", "en", "number", "lat", "lon", "state", "confirmed")
		st := station.Station{
			Key: e.Key, Vi: word(k, m, "vi", e), En: word(k, m, "en", e), Number: otherwise(m, "number", ""),
			At:    station.Point{Lat: degrees(k, m, "lat", e, 8, 24), Lon: degrees(k, m, "lon", e, 102, 110)},
			State: station.State(otherwise(m, "state", string(station.Ready))), Since: moment(k, m, "confirmed"),
		}
		if !slices.Contains(station.States(), st.State) {
			k.Addf(m.LineOf("state"), "station %s is %q; write ready, busy or closed", e.Key, st.State)
		}
		if st.Number != "" && !destinationPattern.MatchString(st.Number) {
			k.Addf(m.LineOf("number"), "%q is no number; write digits in quotes", st.Number)
		}
		s.List = append(s.List, st)
	}
	c.Stations = s
	return k.Err()
}

// degrees reads a coordinate that lies in or near Việt Nam, so that two which were
// exchanged are found.
func degrees(k *document.Checker, m *document.Mapping, key string, of document.Entry, low, high float64) float64 {
	text := word(k, m, key, of)
	d, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if text != "" && (err != nil || !(low <= d && d <= high)) { // not a number is not between them either
		k.Addf(m.LineOf(key), "%s of %s is %q; write degrees from %g to %g, such as %g", key, of.Key, text, low, high, (low+high)/2)
	}
	return d
}

// moment is a time of day of a date, by Việt Nam's clocks; zero when it is not given.
func moment(k *document.Checker, m *document.Mapping, key string) time.Time {
	if m == nil || !m.Has(key) {
		return time.Time{}
	}
	t := m.Single(key)
	at, err := time.ParseInLocation("2006-01-02 15:04", t.Value, home())
	if err != nil {
		k.Addf(t.Line, "%q is no time; write a date and a time of day in quotes, such as \"2027-03-01 07:30\"", t.Value)
	}
	return at
}
