package call

// Place is where something is, as a citizen told it.
type Place struct {
	Said    string  `json:"said,omitempty"`    // in words
	Located bool    `json:"located,omitempty"` // there is a pin:
	Lat     float64 `json:"lat,omitempty"`     // WGS 84, degrees
	Lon     float64 `json:"lon,omitempty"`
}

// Valid says whether the pin, if there is one, is on the earth.
func (p Place) Valid() bool {
	if !p.Located {
		return p.Lat == 0 && p.Lon == 0
	}
	return -90 <= p.Lat && p.Lat <= 90 && -180 <= p.Lon && p.Lon <= 180
}
