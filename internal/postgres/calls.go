package postgres

import (
	"context"
	"fmt"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// Calls lists calls, newest first.
func (d *DB) Calls(ctx context.Context, f ticket.CallFilter) ([]ticket.CallRow, error) {
	before := start(f.Before)
	p := db.CallsParams{
		BeforeAt: before.At, BeforeID: clean(before.ID), Stages: []string{}, Result: clean(string(f.Result)), Queue: clean(f.Queue),
		Agent: clean(string(f.Agent)), Line: clean(string(f.Line)), WithinS: f.Within.Seconds(),
		Since: optional(f.Since), Until: optional(f.Until), Most: page(f.Limit),
	}
	for _, stage := range f.Stages {
		p.Stages = append(p.Stages, clean(string(stage)))
	}
	if f.Inbound {
		p.Direction = "inbound"
	}
	return d.calls(ctx, p)
}

// Call reads one call and its events. ErrNotFound when there is none.
func (d *DB) Call(ctx context.Context, id call.ID) (ticket.CallRow, []call.Event, error) {
	if id == "" { // would be no filter at all
		return ticket.CallRow{}, nil, ErrNotFound
	}
	rows, err := d.calls(ctx, db.CallsParams{ID: clean(string(id)), BeforeAt: start(ticket.Cursor{}).At, Stages: []string{}, Most: 1})
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
			ID: call.ID(c.ID), Caller: c.Caller, Dialed: c.Dialed, ArrivedAt: c.ArrivedAt.UTC(), EndedAt: utc(c.EndedAt), Stage: call.Stage(c.Stage),
			Queue: c.Queue, Agent: call.AgentID(c.Agent), Ticket: r.Code, WaitedMS: waited(c).Milliseconds(), TalkedMS: c.TalkedMs,
			Outbound: c.Direction == "outbound",
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
	case c.ConnectedAt != nil && (c.EndedAt == nil || !c.ConnectedAt.After(*c.EndedAt)): // not by a callback
		return max(0, c.ConnectedAt.Sub(*c.QueuedAt))
	case c.EndedAt != nil:
		return max(0, c.EndedAt.Sub(*c.QueuedAt))
	}
	return max(0, time.Since(*c.QueuedAt))
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	in := t.UTC()
	return &in
}
