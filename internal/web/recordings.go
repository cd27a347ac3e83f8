package web

import (
	"cmp"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hotline1022/internal/audit"
	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

func (s *site) listRecordings(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	page, err := pageOf(q)
	if err != nil {
		return err
	}
	f := ticket.RecordingFilter{
		Call: call.ID(q.Get("call")), Agent: call.AgentID(q.Get("agent")), Number: plainNumber(q.Get("number")), Group: call.Group(q.Get("group")),
		Before: page.before, Limit: page.limit,
	}
	if f.Group != "" && !f.Group.Valid() {
		return badRequest("Tham số group không đúng.", "group must be procedure, emergency or field.")
	}
	if f.Since, f.Until, err = span(q); err != nil {
		return err
	}
	rows, err := s.tickets.Recordings(r.Context(), f)
	if err != nil {
		return err
	}
	next := nextPage(page, rows, func(row ticket.RecordingRow) ticket.Cursor { return ticket.Cursor{At: row.At, ID: row.Key} })
	writeJSON(w, http.StatusOK, map[string]any{"recordings": list(rows), "next": next})
	return nil
}

// plainNumber is the part of a number that all ways to write it have: no trunk prefix, no
// country code, no signs.
func plainNumber(text string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	return strings.TrimPrefix(strings.TrimPrefix(digits, "84"), "0")
}

// numberOf is the n of a recording; 0 is the latest conversation.
func numberOf(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, badRequest("Tham số n không đúng.", "n must be the number of a recording, from 1.")
	}
	return n, nil
}

func (s *site) peaks(w http.ResponseWriter, r *http.Request) error {
	n, err := numberOf(r.URL.Query().Get("n"))
	if err != nil {
		return err
	}
	peaks, markers, err := s.tickets.Peaks(r.Context(), call.ID(r.PathValue("call")), n)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"duration_ms": peaks.DurationMs, "channels": peaks.Channels, "markers": list(markers)})
	return nil
}

// beginListening asks who wants to hear a recording why, and keeps the answer in the audit
// log before anything is heard.
func (s *site) beginListening(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		N        int    `json:"n"`
		Reason   string `json:"reason"`
		Download bool   `json:"download"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	form.Reason = strings.TrimSpace(form.Reason)
	switch {
	case form.Reason == "":
		return badRequest("Hãy cho biết lý do nghe ghi âm.", "Say why you listen to the recording.")
	case utf8.RuneCountInString(form.Reason) > longestReason:
		return errLongReason
	case form.N < 0:
		return badRequest("Trường n không đúng.", "n must be the number of a recording, from 1.")
	}
	id := call.ID(r.PathValue("call"))
	f, _, err := s.tickets.Recording(r.Context(), id, form.N)
	if err != nil {
		return err
	}
	f.Close() //nolint:errcheck // only read
	who := cmp.Or(person(r).ID, person(r).Name)
	s.log.InfoContext(r.Context(), "a recording is listened to", slog.String("call", string(id)), slog.Int("n", form.N), slog.String("staff", who))
	e := s.entry(r, audit.Listened)
	e.Result, e.Detail["reason"] = audit.Done, form.Reason
	if form.N > 0 {
		e.Detail["n"] = strconv.Itoa(form.N)
	}
	if form.Download {
		e.Detail["download"] = "true"
	}
	s.deps.Audit.Write(*e)
	key := s.heard.begin(who, heardOf(id, form.N), time.Now())
	address := url.URL{Path: "/api/recordings/" + string(id), RawQuery: url.Values{"n": {strconv.Itoa(form.N)}, "listening": {key}}.Encode()}
	if form.N == 0 {
		address.RawQuery = url.Values{"listening": {key}}.Encode()
	}
	writeJSON(w, http.StatusCreated, map[string]any{"url": address.String()})
	return nil
}

func heardOf(id call.ID, n int) string { return string(id) + " " + strconv.Itoa(n) }

// recording plays a conversation to who has said why.
func (s *site) recording(w http.ResponseWriter, r *http.Request) error {
	id := call.ID(r.PathValue("call"))
	q := r.URL.Query()
	n, err := numberOf(q.Get("n"))
	if err != nil {
		return err
	}
	f, modified, err := s.tickets.Recording(r.Context(), id, n)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	if !s.heard.goesOn(q.Get("listening"), cmp.Or(person(r).ID, person(r).Name), heardOf(id, n), time.Now()) {
		return errWhyListen
	}
	// Players take a recording as fast as they play it.
	http.NewResponseController(w).SetWriteDeadline(time.Time{}) //nolint:errcheck // a recorder in a test has none
	w.Header().Set("Content-Type", "audio/wav")
	http.ServeContent(w, r, "", modified, f)
	return nil
}
