package portal

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"hotline1022/internal/emergency/sheet"
	"hotline1022/internal/phone"
)

// shown is a hand-over sheet as its page has it.
type shown struct {
	sheet.Sheet
	Number, Back string // as people read them
	Address      string // of the place, in one line
	Position     string // latitude, longitude
	Exact        string // how exact the position is
	Acknowledged string // when; "" before
	zone         *time.Location
}

// Clock is a time as the page shows it.
func (s shown) Clock(t time.Time) string { return t.In(s.zone).Format("15:04:05") }

// Day is its date.
func (s shown) Day(t time.Time) string { return t.In(s.zone).Format("02/01/2006") }

// Sheet is the page of a hand-over sheet. It works without JavaScript: a command centre's
// machine may be of any age.
func (p *Portal) Sheet(s sheet.Sheet, link sheet.Link, zone *time.Location) http.Handler {
	of := shown{Sheet: s, Number: phone.Display(s.Caller), Back: phone.Display(s.Callback), zone: zone}
	if strings.HasPrefix(s.Caller, "web:") {
		of.Number = "" // it cannot be called
		of.Caller = ""
	}
	pl := s.Place
	for _, part := range []string{pl.House, pl.Road, pl.Landmark, pl.Commune, pl.Province} {
		if part == "" {
			continue
		}
		if of.Address != "" {
			of.Address += ", "
		}
		of.Address += part
	}
	if pl.Located {
		of.Position = fmt.Sprintf("%.6f,%.6f", pl.Lat, pl.Lon)
	}
	if pl.Accuracy > 0 {
		of.Exact = fmt.Sprintf("±%.0f m", pl.Accuracy)
	}
	if !link.Acknowledged.IsZero() {
		of.Acknowledged = of.Clock(link.Acknowledged)
	}
	return p.page(http.StatusOK, "sheet.html", of)
}

// NoSheet is the page of a link that opens nothing, or nothing any more.
func (p *Portal) NoSheet() http.Handler { return p.page(http.StatusNotFound, "nosheet.html", nil) }
