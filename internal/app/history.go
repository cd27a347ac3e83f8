package app

import (
	"context"
	"errors"
	"io"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/blob"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/ticket"
	"hotline1022/internal/web"
	"hotline1022/ivr/flow"
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
func (h history) Calls(ctx context.Context, before ticket.Cursor, limit int) ([]ticket.CallRow, error) {
	return h.a.db.Calls(ctx, before, limit)
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

// Staff lists everybody who works here.
func (h history) Staff(ctx context.Context) ([]auth.Person, error) { return h.a.db.Staff(ctx) }

// notFound translates the storage's words into the web's.
func notFound(err error) error {
	if errors.Is(err, postgres.ErrNotFound) || errors.Is(err, blob.ErrNotFound) {
		return web.ErrNotFound
	}
	return err
}
