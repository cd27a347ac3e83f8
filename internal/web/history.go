package web

import (
	"net/http"
	"slices"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// longestSearch bounds the words that tickets are searched for, in bytes.
const longestSearch = 200

func (s *site) listTickets(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	page, err := pageOf(q)
	if err != nil {
		return err
	}
	f := ticket.Filter{
		Search: q.Get("q"), Group: call.Group(q.Get("group")), Status: ticket.Status(q.Get("status")), Agent: call.AgentID(q.Get("agent")), Before: page.before, Limit: page.limit,
	}
	switch {
	case len(f.Search) > longestSearch:
		return badRequest("Từ khóa quá dài.", "q is too long.")
	case f.Group != "" && !f.Group.Valid():
		return badRequest("Tham số group không đúng.", "group must be procedure, emergency or field.")
	case f.Status != "" && !slices.Contains([]ticket.Status{ticket.New, ticket.Answered, ticket.Missed}, f.Status):
		return badRequest("Tham số status không đúng.", "status must be new, answered or missed.")
	}
	rows, err := s.tickets.Tickets(r.Context(), f)
	if err != nil {
		return err
	}
	next := nextPage(page, rows, func(t ticket.Row) ticket.Cursor { return ticket.Cursor{At: t.OpenedAt, ID: t.Code} })
	writeJSON(w, http.StatusOK, map[string]any{"tickets": inUTC(rows), "next": next})
	return nil
}

func (s *site) ticket(w http.ResponseWriter, r *http.Request) error {
	t, err := s.tickets.Ticket(r.Context(), r.PathValue("code"))
	if err != nil {
		return err
	}
	t.OpenedAt, t.Earlier, t.Timeline, t.Recordings = t.OpenedAt.UTC(), inUTC(t.Earlier), list(t.Timeline), list(t.Recordings)
	t.Attachments = list(t.Attachments)
	writeJSON(w, http.StatusOK, t)
	return nil
}

// inUTC is the rows as the API shows them: never null, all times in UTC.
func inUTC(rows []ticket.Row) []ticket.Row {
	for i := range rows {
		rows[i].OpenedAt = rows[i].OpenedAt.UTC()
	}
	return list(rows)
}

func (s *site) call(w http.ResponseWriter, r *http.Request) error {
	row, events, err := s.tickets.Call(r.Context(), call.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"call": callInUTC(row), "events": list(events)})
	return nil
}

func callInUTC(c ticket.CallRow) ticket.CallRow {
	c.ArrivedAt = c.ArrivedAt.UTC()
	if c.EndedAt != nil {
		ended := c.EndedAt.UTC()
		c.EndedAt = &ended
	}
	return c
}

// colleague is somebody of the staff, with their desk if they have one.
type colleague struct {
	staff
	State  call.AgentState  `json:"state"`
	Reason call.PauseReason `json:"reason"`
	Since  *time.Time       `json:"since"`
	Call   call.ID          `json:"call"`
}

func (s *site) agents(w http.ResponseWriter, r *http.Request) error {
	people, err := s.tickets.Staff(r.Context())
	if err != nil {
		return err
	}
	rows := make([]colleague, len(people))
	for i, p := range people {
		rows[i] = s.colleagueOf(p)
	}
	writeJSON(w, http.StatusOK, map[string]any{"agents": rows})
	return nil
}

func (s *site) colleagueOf(p auth.Person) colleague {
	c := colleague{staff: s.staffOf(p), State: call.Offline}
	d, ok := s.desks.State(call.AgentID(p.ID))
	if !ok {
		return c
	}
	since := d.Since.UTC()
	c.State, c.Reason, c.Since = d.State, d.Reason, &since
	if d.Offer != nil {
		c.Call = d.Offer.Call
	}
	return c
}
