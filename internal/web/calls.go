package web

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// inTime is how soon a call should be answered (NENA-STA-020.1).
const inTime = 15 * time.Second

// listCalls is also what every number of the wallboard is opened to.
func (s *site) listCalls(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	page, err := pageOf(q)
	if err != nil {
		return err
	}
	f, err := callFilter(q)
	if err != nil {
		return err
	}
	f.Before, f.Limit = page.before, page.limit
	rows, err := s.tickets.Calls(r.Context(), f)
	if err != nil {
		return err
	}
	next := nextPage(page, rows, func(c ticket.CallRow) ticket.Cursor { return ticket.Cursor{At: c.ArrivedAt, ID: string(c.ID)} })
	for i := range rows {
		rows[i] = callInUTC(rows[i])
	}
	writeJSON(w, http.StatusOK, map[string]any{"calls": list(rows), "next": next})
	return nil
}

func callFilter(q url.Values) (ticket.CallFilter, error) {
	f := ticket.CallFilter{
		Result: call.Result(q.Get("result")), Queue: q.Get("queue"), Agent: call.AgentID(q.Get("agent")), Line: ticket.LineFate(q.Get("line")), Within: inTime,
	}
	for _, text := range q["stage"] {
		stage := call.Stage(text)
		if !slices.Contains([]call.Stage{call.Arriving, call.Menu, call.Waiting, call.Ringing, call.Talking, call.Ended}, stage) {
			return f, badRequest("Tham số stage không đúng.", "stage must be arriving, menu, waiting, ringing, talking or ended.")
		}
		f.Stages = append(f.Stages, stage)
	}
	if f.Line != "" && !slices.Contains(ticket.LineFates(), f.Line) {
		return f, badRequest("Tham số line không đúng.", "line must be entered, answered, in_time or abandoned.")
	}
	switch q.Get("direction") {
	case "":
	case "inbound":
		f.Inbound = true
	default:
		return f, badRequest("Tham số direction không đúng.", "direction must be inbound, or left out.")
	}
	if text := q.Get("within"); text != "" {
		within, err := time.ParseDuration(text)
		if err != nil || within < 0 {
			return f, badRequest("Tham số within không đúng.", "within must be a time such as 20s.")
		}
		f.Within = within
	}
	var err error
	f.Since, f.Until, err = span(q)
	return f, err
}

// span reads since and until; what is not there is zero.
func span(q url.Values) (since, until time.Time, err error) {
	for name, at := range map[string]*time.Time{"since": &since, "until": &until} {
		if text := q.Get(name); text != "" {
			if *at, err = time.Parse(time.RFC3339, text); err != nil {
				return since, until, badRequest("Tham số "+name+" không đúng.", name+" must be a time such as 2026-11-24T08:00:00Z.")
			}
		}
	}
	return since, until, nil
}

// longestHistory bounds what one answer sums up.
const longestHistory = 800 * 24 * time.Hour

// history is a line's or an agent's past, by days or weeks.
func (s *site) history(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	h := ticket.HistoryQuery{Unit: q.Get("by"), Queue: q.Get("queue"), Agent: call.AgentID(q.Get("agent"))}
	if h.Unit != "day" && h.Unit != "week" {
		return badRequest("Tham số by không đúng.", "by must be day or week.")
	}
	var err error
	if h.Since, h.Until, err = span(q); err != nil {
		return err
	}
	if h.Since.IsZero() || h.Until.IsZero() || h.Until.Sub(h.Since) > longestHistory {
		return badRequest("Hãy cho biết từ ngày nào đến ngày nào, không quá hai năm.", "since and until are needed, not more than two years apart.")
	}
	periods, err := s.tickets.History(r.Context(), h)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"periods": list(periods)})
	return nil
}
