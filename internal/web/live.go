package web

import (
	"bytes"
	"encoding/json"
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
	var last []byte
	var lastAt time.Time
	show := func(now time.Time) error {
		figures := s.deps.Live(now)
		shape, err := steady(figures)
		if err != nil || (bytes.Equal(shape, last) && now.Sub(lastAt) < s.pace.silence) {
			return err
		}
		last, lastAt = shape, now
		return out.send("live", figures)
	}
	if show(time.Now()) != nil {
		return nil
	}
	looks := time.NewTicker(s.pace.look)
	defer looks.Stop()
	pump(s, out, r, looks.C, show)
	return nil
}

// steady is the figures without those that change by themselves as time passes.
func steady(figures any) ([]byte, error) {
	data, err := json.Marshal(figures)
	if err != nil {
		return nil, err
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	delete(all, "at")
	delete(all, "longest_wait_ms")
	if queues, ok := all["queues"].([]any); ok {
		for _, q := range queues {
			if q, ok := q.(map[string]any); ok {
				delete(q, "longest_wait_ms")
			}
		}
	}
	return json.Marshal(all)
}
