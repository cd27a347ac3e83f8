package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/blob"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/ticket"
	"hotline1022/internal/web"
	"hotline1022/ivr/flow"
	"hotline1022/recording"
)

// history joins database and file store into what the web reads.
type history struct{ a *App }

var _ web.Tickets = history{}

// Tickets lists tickets.
func (h history) Tickets(ctx context.Context, f ticket.Filter) ([]ticket.Row, error) {
	return h.a.db.Tickets(ctx, f, h.a.opts.Config.Fields)
}

// Ticket reads one ticket.
func (h history) Ticket(ctx context.Context, code string) (ticket.Ticket, error) {
	t, err := h.a.db.Ticket(ctx, code, ticket.Names{Fields: h.a.opts.Config.Fields, Node: h.node})
	return t, notFound(err)
}

// node is what people call a node of the menus that are in use.
func (h history) node(key string) (label string, menu bool) {
	n, ok := h.a.board.Flow().Node(key)
	if !ok {
		return "", false
	}
	_, menu = n.(*flow.Menu)
	return n.Label(), menu
}

// Calls lists calls.
func (h history) Calls(ctx context.Context, f ticket.CallFilter) ([]ticket.CallRow, error) {
	return h.a.db.Calls(ctx, f)
}

// Call reads one call.
func (h history) Call(ctx context.Context, id call.ID) (ticket.CallRow, []call.Event, error) {
	row, events, err := h.a.db.Call(ctx, id)
	return row, events, notFound(err)
}

// Recording opens a call's n-th recording, or with 0 its latest conversation.
func (h history) Recording(ctx context.Context, id call.ID, n int) (io.ReadSeekCloser, time.Time, error) {
	key, err := h.a.db.Recording(ctx, id, n)
	if err != nil {
		return nil, time.Time{}, notFound(err)
	}
	f, modified, err := h.a.blobs.Open(ctx, key)
	return f, modified, notFound(err)
}

// Recordings lists what was kept.
func (h history) Recordings(ctx context.Context, f ticket.RecordingFilter) ([]ticket.RecordingRow, error) {
	return h.a.db.Recordings(ctx, f)
}

// History sums up days or weeks.
func (h history) History(ctx context.Context, q ticket.HistoryQuery) ([]ticket.Period, error) {
	return h.a.db.History(ctx, q)
}

// Peaks is what a recording looks like, and its call's steps. The file is read for it
// once; then the peaks are kept beside it.
func (h history) Peaks(ctx context.Context, id call.ID, n int) (recording.Peaks, []ticket.Marker, error) {
	key, err := h.a.db.Recording(ctx, id, n)
	if err != nil {
		return recording.Peaks{}, nil, notFound(err)
	}
	peaks, err := h.keptPeaks(ctx, key)
	if err != nil {
		if peaks, err = h.readPeaks(ctx, key); err != nil {
			return recording.Peaks{}, nil, notFound(err)
		}
	}
	_, events, err := h.a.db.Call(ctx, id)
	if err != nil {
		return recording.Peaks{}, nil, notFound(err)
	}
	names := ticket.Names{Fields: h.a.opts.Config.Fields, Node: h.node, Agent: h.a.shifts.Name}
	return peaks, ticket.Markers(events, names, milliseconds(peaks.DurationMs)), nil
}

// besideRecording is the end of the key under which a recording's peaks are.
const besideRecording = ".peaks.json"

func (h history) keptPeaks(ctx context.Context, key string) (recording.Peaks, error) {
	f, _, err := h.a.blobs.Open(ctx, key+besideRecording)
	if err != nil {
		return recording.Peaks{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	var peaks recording.Peaks
	err = json.NewDecoder(f).Decode(&peaks)
	return peaks, err
}

func (h history) readPeaks(ctx context.Context, key string) (recording.Peaks, error) {
	f, _, err := h.a.blobs.Open(ctx, key)
	if err != nil {
		return recording.Peaks{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	peaks, err := recording.ReadPeaks(f)
	if err != nil {
		return recording.Peaks{}, err
	}
	err = h.a.blobs.Put(ctx, key+besideRecording, func(w io.Writer) error { return json.NewEncoder(w).Encode(peaks) })
	if err != nil { // they are read again next time
		h.a.log.Warn("what a recording looks like cannot be kept", slog.Any("error", err))
	}
	return peaks, nil
}

// Staff lists everybody who works here.
func (h history) Staff(ctx context.Context) ([]auth.Person, error) { return h.a.db.Staff(ctx) }

// notFound translates the storage's words into the web's.
func notFound(err error) error {
	if errors.Is(err, postgres.ErrNotFound) || errors.Is(err, blob.ErrNotFound) {
		return web.ErrNotFound
	}
	return err
}
