package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/phone"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// Limits of a page.
const (
	usualPage   = 50
	longestPage = 200
)

func page(n int) int32 {
	if n <= 0 {
		return usualPage
	}
	return int32(min(n, longestPage))
}

// start is the cursor before the newest row.
func start(c ticket.Cursor) ticket.Cursor {
	if c.At.IsZero() {
		return ticket.Cursor{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	return c
}

// Tickets lists tickets, newest first.
func (d *DB) Tickets(ctx context.Context, f ticket.Filter, fields ticket.Fields) ([]ticket.Row, error) {
	before := start(f.Before)
	return d.tickets(ctx, fields, db.TicketsParams{
		Search: escapeLike(ticket.Plain(f.Search)), Group: string(f.Group), Status: string(f.Status), Caller: f.Caller,
		ButNot: f.Except, BeforeAt: before.At, BeforeCode: before.ID, Most: page(f.Limit),
	})
}

func (d *DB) tickets(ctx context.Context, fields ticket.Fields, p db.TicketsParams) ([]ticket.Row, error) {
	rows, err := d.q.Tickets(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("listing tickets: %w", err)
	}
	list := make([]ticket.Row, len(rows))
	for i, r := range rows {
		t := call.Topic{Group: call.Group(r.Ticket.Group), Field: r.Ticket.Field, Service: call.Service(r.Ticket.Service)}
		list[i] = ticket.Row{
			Code: r.Ticket.Code, Call: call.ID(r.Call.ID), OpenedAt: r.Ticket.OpenedAt, Channel: r.Ticket.Channel,
			Caller: r.Call.Caller, CallerVi: phone.Display(r.Call.Caller), Group: t.Group, Field: t.Field, FieldVi: fields.Vi(t),
			Service: t.Service, Status: ticket.Status(r.Ticket.Status), Outcome: outcome(r.Call),
			Agent: call.AgentID(r.Call.Agent), AgentName: r.AgentName, Note: r.Ticket.Note, Recording: r.Recorded,
		}
	}
	return list, nil
}

func outcome(c db.Call) call.Outcome {
	var o call.Outcome
	if c.Result != nil && c.EndedBy != nil && c.EndedStage != nil {
		o = call.Outcome{Result: call.Result(*c.Result), By: call.Doer(*c.EndedBy), Stage: call.Stage(*c.EndedStage)}
	}
	return o
}

// Ticket reads one ticket with its timeline. ErrNotFound when there is none.
func (d *DB) Ticket(ctx context.Context, code string, fields ticket.Fields) (ticket.Ticket, error) {
	rows, err := d.tickets(ctx, fields, db.TicketsParams{Code: code, BeforeAt: start(ticket.Cursor{}).At, Most: 1})
	if err != nil {
		return ticket.Ticket{}, err
	}
	if len(rows) == 0 {
		return ticket.Ticket{}, ErrNotFound
	}
	t := ticket.Ticket{Row: rows[0]}
	events, err := d.eventsOf(ctx, t.Call)
	if err != nil {
		return ticket.Ticket{}, err
	}
	names, err := names(ctx, d.q)
	if err != nil {
		return ticket.Ticket{}, err
	}
	if t.Timeline, err = timeline(events, names); err != nil {
		return ticket.Ticket{}, err
	}
	if record, ok := ticket.Fold(events); ok {
		t.WaitedMS, t.TalkedMS = record.Waited(time.Now()).Milliseconds(), record.Talked.Milliseconds()
	}
	if t.Caller != "" && t.Channel == "phone" {
		t.Earlier, err = d.Tickets(ctx, ticket.Filter{Caller: t.Caller, Except: code, Before: ticket.Cursor{At: t.OpenedAt, ID: code}, Limit: 10}, fields)
	}
	return t, err
}

func timeline(events []call.Event, names map[call.AgentID]string) ([]ticket.Entry, error) {
	name := func(id call.AgentID) string {
		if n := names[id]; n != "" {
			return n
		}
		return string(id)
	}
	var entries []ticket.Entry
	for _, e := range events {
		if _, agent := e.Fact.(call.AgentMoved); agent {
			continue
		}
		data, err := json.Marshal(e.Fact)
		if err != nil {
			return nil, err
		}
		vi, en := ticket.Sentence(e.Fact, name)
		entries = append(entries, ticket.Entry{At: e.At, Kind: e.Fact.Kind(), Data: data, Vi: vi, En: en})
	}
	return entries, nil
}

func (d *DB) eventsOf(ctx context.Context, id call.ID) ([]call.Event, error) {
	rows, err := d.q.EventsOfCalls(ctx, []string{string(id)})
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	events := make([]call.Event, len(rows))
	for i, r := range rows {
		if events[i], err = event(r.ID, r.At, r.Call, r.Kind, r.Data); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// Calls lists calls, newest first.
func (d *DB) Calls(ctx context.Context, before ticket.Cursor, limit int) ([]ticket.CallRow, error) {
	before = start(before)
	return d.calls(ctx, db.CallsParams{BeforeAt: before.At, BeforeID: before.ID, Most: page(limit)})
}

// Call reads one call and its events. ErrNotFound when there is none.
func (d *DB) Call(ctx context.Context, id call.ID) (ticket.CallRow, []call.Event, error) {
	rows, err := d.calls(ctx, db.CallsParams{ID: string(id), BeforeAt: start(ticket.Cursor{}).At, Most: 1})
	if err != nil {
		return ticket.CallRow{}, nil, err
	}
	if len(rows) == 0 {
		return ticket.CallRow{}, nil, ErrNotFound
	}
	events, err := d.eventsOf(ctx, id)
	return rows[0], events, err
}

func (d *DB) calls(ctx context.Context, p db.CallsParams) ([]ticket.CallRow, error) {
	rows, err := d.q.Calls(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("listing calls: %w", err)
	}
	list := make([]ticket.CallRow, len(rows))
	for i, r := range rows {
		c := r.Call
		list[i] = ticket.CallRow{
			ID: call.ID(c.ID), Caller: c.Caller, Dialed: c.Dialed, ArrivedAt: c.ArrivedAt, EndedAt: c.EndedAt, Stage: call.Stage(c.Stage),
			Queue: c.Queue, Agent: call.AgentID(c.Agent), Ticket: r.Code, WaitedMS: waited(c).Milliseconds(), TalkedMS: c.TalkedMs,
		}
		if c.Result != nil {
			o := outcome(c)
			list[i].Outcome = &o
		}
	}
	return list, nil
}

func waited(c db.Call) time.Duration {
	switch {
	case c.QueuedAt == nil:
		return 0
	case c.ConnectedAt != nil:
		return c.ConnectedAt.Sub(*c.QueuedAt)
	case c.EndedAt != nil:
		return c.EndedAt.Sub(*c.QueuedAt)
	}
	return time.Since(*c.QueuedAt)
}

// Recording gives the key of a call's recording in the file store. ErrNotFound when
// there is none.
func (d *DB) Recording(ctx context.Context, id call.ID) (string, error) {
	r, err := d.q.Recording(ctx, string(id))
	return r.Path, notFound(err)
}

// escapeLike makes text that means itself in a LIKE pattern.
func escapeLike(text string) string {
	var out []rune
	for _, r := range text {
		if r == '%' || r == '_' || r == '\\' {
			out = append(out, '\\')
		}
		out = append(out, r)
	}
	return string(out)
}
