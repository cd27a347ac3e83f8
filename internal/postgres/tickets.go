package postgres

import (
	"context"
	"fmt"
	"strings"
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

	earlierTickets = 10 // of the same caller, shown with a ticket
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
	p := db.TicketsParams{
		Patterns: []string{}, Group: clean(string(f.Group)), Status: clean(string(f.Status)), Caller: clean(f.Caller), Agent: clean(string(f.Agent)),
		ButNot: clean(f.Except), BeforeAt: before.At, BeforeCode: clean(before.ID), Most: page(f.Limit),
	}
	for _, word := range ticket.Words(f.Search) {
		p.Patterns = append(p.Patterns, "%"+escapeLike(word)+"%")
	}
	if len(p.Patterns) > 0 {
		p.Longest = p.Patterns[0]
	}
	return d.tickets(ctx, fields, p)
}

func (d *DB) tickets(ctx context.Context, fields ticket.Fields, p db.TicketsParams) ([]ticket.Row, error) {
	rows, err := d.q.Tickets(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("listing tickets: %w", err)
	}
	list := make([]ticket.Row, len(rows))
	for i, r := range rows {
		list[i] = row(r, fields)
	}
	return list, nil
}

func row(r db.TicketsRow, fields ticket.Fields) ticket.Row {
	t := call.Topic{Group: call.Group(r.Ticket.Group), Field: r.Ticket.Field, Service: call.Service(r.Ticket.Service)}
	var rating call.Score
	if r.Ticket.Rating != nil {
		rating = call.Score(*r.Ticket.Rating)
	}
	return ticket.Row{
		Code: r.Ticket.Code, Call: call.ID(r.Call.ID), OpenedAt: r.Ticket.OpenedAt.UTC(), Channel: ticket.Channel(r.Ticket.Channel),
		Caller: r.Call.Caller, CallerVi: phone.Display(r.Call.Caller), Group: t.Group, Field: t.Field, FieldVi: fields.Vi(t),
		Service: t.Service, Status: ticket.Status(r.Ticket.Status), Outcome: outcome(r.Call),
		Agent: call.AgentID(r.Call.Agent), AgentName: r.AgentName, Note: r.Ticket.Note, Citizen: r.Ticket.Citizen,
		Place: place(r.Ticket), Recording: r.Recorded, Rating: rating,
	}
}

func place(t db.Ticket) call.Place {
	p := call.Place{Said: t.Place}
	if t.PlaceLat != nil && t.PlaceLon != nil {
		p.Located, p.Lat, p.Lon = true, *t.PlaceLat, *t.PlaceLon
	}
	return p
}

func outcome(c db.Call) call.Outcome {
	var o call.Outcome
	if c.Result != nil && c.EndedBy != nil && c.EndedStage != nil {
		o = call.Outcome{Result: call.Result(*c.Result), By: call.Doer(*c.EndedBy), Stage: call.Stage(*c.EndedStage)}
	}
	return o
}

// Ticket reads one ticket with its timeline. ErrNotFound when there is none.
// names says what is not in the database.
func (d *DB) Ticket(ctx context.Context, code string, names ticket.Names) (ticket.Ticket, error) {
	if code == "" { // would be no filter at all
		return ticket.Ticket{}, ErrNotFound
	}
	rows, err := d.q.Tickets(ctx, db.TicketsParams{Code: clean(code), Patterns: []string{}, BeforeAt: start(ticket.Cursor{}).At, Most: 1})
	if err != nil {
		return ticket.Ticket{}, fmt.Errorf("reading a ticket: %w", err)
	}
	if len(rows) == 0 {
		return ticket.Ticket{}, ErrNotFound
	}
	c := rows[0].Call
	t := ticket.Ticket{Row: row(rows[0], names.Fields), WaitedMS: waited(c).Milliseconds(), TalkedMS: c.TalkedMs}
	calls, err := d.callsOf(ctx, t)
	if err != nil {
		return ticket.Ticket{}, err
	}
	var events []call.Event
	for _, id := range calls {
		of, err := d.eventsOf(ctx, id)
		if err != nil {
			return ticket.Ticket{}, err
		}
		events = append(events, of...)
	}
	if t.Recordings, err = d.recordings(ctx, calls); err != nil {
		return ticket.Ticket{}, err
	}
	if t.Attachments, err = d.Attachments(ctx, t.Code); err != nil {
		return ticket.Ticket{}, err
	}
	people, err := namesOf(ctx, d.q)
	if err != nil {
		return ticket.Ticket{}, err
	}
	names.Agent = func(id call.AgentID) string { return people[id] }
	t.Timeline, err = ticket.Timeline(events, names)
	if err != nil {
		return ticket.Ticket{}, err
	}
	if t.Caller != "" && t.Channel == ticket.ByPhone {
		t.Earlier, err = d.Tickets(ctx, ticket.Filter{Caller: t.Caller, Before: ticket.Cursor{At: t.OpenedAt, ID: t.Code}, Limit: earlierTickets}, names.Fields)
	}
	return t, err
}

// callsOf are the call that opened a ticket, and those that were made for it.
func (d *DB) callsOf(ctx context.Context, t ticket.Ticket) ([]call.ID, error) {
	more, err := d.q.CallsForTicket(ctx, t.Code)
	if err != nil {
		return nil, fmt.Errorf("listing a ticket's calls: %w", err)
	}
	calls := []call.ID{t.Call}
	for _, id := range more {
		calls = append(calls, call.ID(id))
	}
	return calls, nil
}

// escapeLike makes text that means itself in a LIKE pattern.
func escapeLike(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}
