package web

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/ticket"
)

// Rows of a page.
const (
	usualRows = 50
	mostRows  = 200
)

// page is the part of a list that is asked for.
type page struct {
	limit  int
	before ticket.Cursor
}

// pageOf reads limit and before.
func pageOf(q url.Values) (page, error) {
	p := page{limit: usualRows}
	if text := q.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > mostRows {
			return page{}, badRequest("Tham số limit phải từ 1 đến 200.", "limit must be from 1 to 200.")
		}
		p.limit = n
	}
	if text := q.Get("before"); text != "" {
		before, ok := readCursor(text)
		if !ok {
			return page{}, badRequest("Tham số before không đúng.", "before must be the \"next\" of an earlier answer.")
		}
		p.before = before
	}
	return p, nil
}

// nextPage is where the page after a full one begins; "" after the last.
func nextPage[T any](p page, rows []T, place func(T) ticket.Cursor) string {
	if len(rows) < p.limit {
		return ""
	}
	return writeCursor(place(rows[len(rows)-1]))
}

// A cursor is time and id of a row, in an envelope that nobody takes for a promise.
func writeCursor(c ticket.Cursor) string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.At.UTC().Format(time.RFC3339Nano) + "|" + c.ID))
}

func readCursor(text string) (ticket.Cursor, bool) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return ticket.Cursor{}, false
	}
	at, id, ok := strings.Cut(string(data), "|")
	if !ok {
		return ticket.Cursor{}, false
	}
	t, err := time.Parse(time.RFC3339Nano, at)
	return ticket.Cursor{At: t, ID: id}, err == nil
}
