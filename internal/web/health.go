package web

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// checkup is the last look at the parts. Whoever asks again at once is told the same,
// so that asking costs the parts nothing.
type checkup struct {
	mu    sync.Mutex
	at    time.Time
	parts map[string]string
	well  bool
}

const partWell, partUnwell = "ok", "not ok"

func (s *site) health(w http.ResponseWriter, r *http.Request) error {
	// The look is for all who wait for it, also when this one goes away.
	parts, well := s.look(context.WithoutCancel(r.Context()))
	status := http.StatusOK
	if !well {
		status = http.StatusServiceUnavailable
	}
	writeJSON(w, status, map[string]any{"ok": well, "parts": parts})
	return nil
}

// look asks every part. What is wrong is for the log; the public is told where.
func (s *site) look(ctx context.Context) (parts map[string]string, well bool) {
	c := &s.checkup
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.parts != nil && time.Since(c.at) < s.pace.healthy {
		return c.parts, c.well
	}
	c.parts, c.well = map[string]string{}, true
	for name, err := range s.deps.Health(ctx) {
		c.parts[name] = partWell
		if err != nil {
			c.parts[name], c.well = partUnwell, false
			s.log.WarnContext(ctx, "a part is not well", slog.String("part", name), slog.Any("error", err))
		}
	}
	c.at = time.Now()
	return c.parts, c.well
}
