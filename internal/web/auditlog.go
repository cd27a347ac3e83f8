package web

import (
	"net/http"
	"time"

	"hotline1022/internal/audit"
	"hotline1022/internal/ticket"
)

// auditLog answers who did what; the last first.
func (s *site) auditLog(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	page, err := pageOf(q)
	if err != nil {
		return err
	}
	f := audit.Filter{
		Act: audit.Act(q.Get("act")), Who: q.Get("who"), Whom: q.Get("on"), Search: q.Get("q"), Limit: page.limit,
		BeforeAt: page.before.At, BeforeID: page.before.ID,
	}
	for name, into := range map[string]*time.Time{"since": &f.Since, "until": &f.Until} {
		text := q.Get(name)
		if text == "" {
			continue
		}
		if *into, err = time.Parse(time.RFC3339, text); err != nil {
			return badRequest("Tham số "+name+" phải là thời điểm như 2026-11-24T00:00:00Z.", name+" must be a time such as 2026-11-24T00:00:00Z.")
		}
	}
	entries, err := s.deps.Audit.Read(r.Context(), f)
	if err != nil {
		return err
	}
	next := nextPage(page, entries, func(e audit.Entry) ticket.Cursor { return ticket.Cursor{At: e.At, ID: e.ID} })
	writeJSON(w, http.StatusOK, map[string]any{"entries": list(entries), "next": next})
	return nil
}
