package web

import (
	"net/http"
	"time"
)

func (s *site) live(w http.ResponseWriter, _ *http.Request) error {
	writeJSON(w, http.StatusOK, s.deps.Live(time.Now()))
	return nil
}

// liveEvents sends the figures when they change. A slow screen gets fewer of them,
// and always the newest.
func (s *site) liveEvents(w http.ResponseWriter, r *http.Request) error {
	out, err := s.openStream(w)
	if err != nil {
		return nil //nolint:nilerr // the client has gone
	}
	texts, leave := s.feed.watch()
	defer leave()
	pump(s, out, r, texts, out.write)
	return nil
}
