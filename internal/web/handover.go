package web

import (
	"context"
	"net/http"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/emergency/sheet"
	"hotline1022/internal/web/portal"
)

// Handovers is the hand-over sheets behind their links. Whoever has a token may see that one
// sheet: a command centre signs in nowhere.
type Handovers interface {
	Open(token string, now time.Time) (sheet.Sheet, sheet.Link, bool)
	// Acknowledge notes that whoever has the link has taken note of the sheet; the first
	// time counts.
	Acknowledge(ctx context.Context, link sheet.Link)
}

// How many sheets may be asked for from one address: a guess every second finds no token
// in the life of the universe, and a command centre's people sit behind one address.
const (
	sheetsOfOne = 120
	perSheets   = time.Minute
)

var errTooManySheets = &problem{http.StatusTooManyRequests, "slow_down", "Quá nhiều yêu cầu; vui lòng đợi một phút.", "Too many requests; please wait a minute."}

// sheetPages is the addresses of hand-over sheets.
func (s *site) sheetPages(public *portal.Portal) []route {
	page := func(pattern string, h func(http.ResponseWriter, *http.Request, sheet.Sheet, sheet.Link) error) route {
		return route{pattern, anyone, s.serve(s.opened(public, h))}
	}
	return []route{
		page("GET /phieu/{token}", func(w http.ResponseWriter, r *http.Request, of sheet.Sheet, link sheet.Link) error {
			public.Sheet(of, link, vietnam()).ServeHTTP(w, r)
			return nil
		}),
		page("POST /phieu/{token}", func(w http.ResponseWriter, r *http.Request, _ sheet.Sheet, link sheet.Link) error {
			if link.Acknowledged.IsZero() {
				s.deps.Handovers.Acknowledge(r.Context(), link)
			}
			http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
			return nil
		}),
		page("GET /phieu/{token}/eido.json", func(w http.ResponseWriter, _ *http.Request, of sheet.Sheet, _ sheet.Link) error {
			text, err := of.EIDO()
			return document(w, "application/json", text, true, err)
		}),
		page("GET /phieu/{token}/place.xml", func(w http.ResponseWriter, _ *http.Request, of sheet.Sheet, _ sheet.Link) error {
			text, known, err := of.PIDFLO()
			return document(w, "application/pidf+xml", text, known, err) // RFC 3863 §5
		}),
	}
}

// opened lets only those through whose token opens a sheet. Nothing of it is kept on the
// way, and its address is told to nobody.
func (s *site) opened(public *portal.Portal, h func(http.ResponseWriter, *http.Request, sheet.Sheet, sheet.Link) error) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("X-Robots-Tag", "noindex")
		if !s.within(r, "sheet:"+address(r), sheetsOfOne, perSheets) {
			return errTooManySheets
		}
		of, link, ok := s.deps.Handovers.Open(r.PathValue("token"), time.Now())
		if !ok {
			public.NoSheet().ServeHTTP(w, r)
			return nil
		}
		w.Header().Set("Cache-Control", "no-store")
		return h(w, r, of, link)
	}
}

func document(w http.ResponseWriter, kind string, text []byte, known bool, err error) error {
	switch {
	case err != nil:
		return err
	case !known:
		return ErrNotFound
	}
	w.Header().Set("Content-Type", kind)
	w.Write(text) //nolint:errcheck // the client has gone
	return nil
}

// vietnam is the zone of the times on pages.
func vietnam() *time.Location {
	zone, err := time.LoadLocation(roster.Zone)
	if err != nil { // never with embedded zones
		return time.FixedZone(roster.Zone, 7*3600)
	}
	return zone
}
