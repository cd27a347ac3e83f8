package web

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

func (s *site) listTickets(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	limit, before, err := paging(r)
	if err != nil {
		return err
	}
	f := ticket.Filter{
		Search: q.Get("q"), Group: call.Group(q.Get("group")), Status: ticket.Status(q.Get("status")), Before: before, Limit: limit,
	}
	rows, err := s.tickets.Tickets(r.Context(), f)
	if err != nil {
		return err
	}
	next := ""
	if len(rows) == limit {
		last := rows[len(rows)-1]
		next = cursor(last.OpenedAt, last.Code)
	}
	writeJSON(w, http.StatusOK, map[string]any{"tickets": list(rows), "next": next})
	return nil
}

func (s *site) ticket(w http.ResponseWriter, r *http.Request) error {
	t, err := s.tickets.Ticket(r.Context(), r.PathValue("code"))
	if err != nil {
		return err
	}
	t.Earlier, t.Timeline = list(t.Earlier), list(t.Timeline)
	writeJSON(w, http.StatusOK, t)
	return nil
}

func (s *site) listCalls(w http.ResponseWriter, r *http.Request) error {
	limit, before, err := paging(r)
	if err != nil {
		return err
	}
	rows, err := s.tickets.Calls(r.Context(), before, limit)
	if err != nil {
		return err
	}
	next := ""
	if len(rows) == limit {
		last := rows[len(rows)-1]
		next = cursor(last.ArrivedAt, string(last.ID))
	}
	writeJSON(w, http.StatusOK, map[string]any{"calls": list(rows), "next": next})
	return nil
}

func (s *site) call(w http.ResponseWriter, r *http.Request) error {
	row, events, err := s.tickets.Call(r.Context(), call.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"call": row, "events": list(events)})
	return nil
}

// recording plays a conversation. Who listens is logged.
func (s *site) recording(w http.ResponseWriter, r *http.Request) error {
	id := call.ID(r.PathValue("call"))
	f, modified, err := s.tickets.Recording(r.Context(), id)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	s.log.InfoContext(r.Context(), "a recording is listened to", logCall(id), logStaff(person(r)))
	w.Header().Set("Content-Type", "audio/wav")
	http.ServeContent(w, r, "", modified, f)
	return nil
}

func (s *site) agents(w http.ResponseWriter, r *http.Request) error {
	people, err := s.tickets.Staff(r.Context())
	if err != nil {
		return err
	}
	type row struct {
		staff
		State  call.AgentState  `json:"state"`
		Reason call.PauseReason `json:"reason"`
		Since  *time.Time       `json:"since"`
		Call   call.ID          `json:"call"`
	}
	rows := make([]row, len(people))
	for i, p := range people {
		rows[i] = row{staff: staff{p.ID, p.Name, p.Role, s.deps.ShiftOf(time.Now(), call.AgentID(p.ID))}, State: call.Offline}
		if d, ok := s.desks.State(call.AgentID(p.ID)); ok {
			since := d.Since.UTC()
			rows[i].State, rows[i].Reason, rows[i].Since = d.State, d.Reason, &since
			if d.Offer != nil {
				rows[i].Call = d.Offer.Call
			}
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{"agents": rows})
	return nil
}

const usualPage = 50

// paging reads limit and before.
func paging(r *http.Request) (limit int, before ticket.Cursor, err error) {
	limit = usualPage
	if text := r.URL.Query().Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > 200 {
			return 0, before, badRequest("Tham số limit phải từ 1 đến 200.", "limit must be from 1 to 200.")
		}
	}
	text := r.URL.Query().Get("before")
	if text == "" {
		return limit, before, nil
	}
	bad := badRequest("Tham số before không đúng.", "before must be a cursor from an earlier answer.")
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return 0, before, bad
	}
	at, id, _ := strings.Cut(string(data), "|")
	if before.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return 0, before, bad
	}
	before.ID = id
	return limit, before, nil
}

func cursor(at time.Time, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(at.UTC().Format(time.RFC3339Nano) + "|" + id))
}

// list is never null in JSON.
func list[T any](rows []T) []T {
	if rows == nil {
		return []T{}
	}
	return rows
}
