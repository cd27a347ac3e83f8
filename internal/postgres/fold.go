package postgres

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// fault is a call whose row the checks refused.
type fault struct {
	call call.ID
	err  error
}

// fold writes the calls anew from all their events: a call has a few dozen, and a
// fold of all of them cannot be wrong because of what came twice or late.
func (d *DB) fold(ctx context.Context, tx pgx.Tx, calls []string) ([]fault, error) {
	if len(calls) == 0 {
		return nil, nil
	}
	q := d.q.WithTx(tx)
	kept, err := q.EventsOfCalls(ctx, calls)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	events := make([]call.Event, 0, len(kept))
	for _, r := range kept {
		if e, ok := d.event(ctx, r.ID, r.At, r.Call, r.Kind, r.Data); ok {
			events = append(events, e)
		}
	}
	names, err := namesOf(ctx, q)
	if err != nil {
		return nil, err
	}
	records := ticket.Project(events)
	err = pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { return save(ctx, d.q.WithTx(tx), names, records...) })
	if err == nil {
		return nil, q.ClearFaults(ctx, calls)
	}
	if !refusedByChecks(err) {
		return nil, err
	}
	// One at a time, to find the one that is refused.
	var faults []fault
	for _, r := range records {
		err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { return save(ctx, d.q.WithTx(tx), names, r) })
		switch {
		case refusedByChecks(err):
			faults = append(faults, fault{r.Call, err})
			if err := q.AddFault(ctx, db.AddFaultParams{Call: string(r.Call), Why: err.Error()}); err != nil {
				return nil, fmt.Errorf("noting a fault: %w", err)
			}
		case err != nil:
			return nil, err
		}
	}
	return faults, nil
}

// save writes records in a few round trips, however many there are.
func save(ctx context.Context, q *db.Queries, names map[call.AgentID]string, records ...ticket.Record) error {
	var (
		calls      []db.SaveCallParams
		tickets    []db.SaveTicketParams
		recordings []db.SaveRecordingParams
		answered   []string
	)
	for _, r := range records {
		calls = append(calls, callRow(r))
		if r.Code != "" {
			tickets = append(tickets, ticketRow(r, names[r.Agent]))
		}
		if r.For != "" && r.Outcome.Result == call.Served {
			answered = append(answered, r.For)
		}
		for _, f := range r.Recordings {
			recordings = append(recordings, db.SaveRecordingParams{
				Call: string(r.Call), Path: f.Path, What: string(f.What), Bytes: f.Bytes, DurationMs: f.Duration.Milliseconds(), Sha256: f.SHA256, At: f.At,
			})
		}
	}
	if err := all(q.SaveCall(ctx, calls)); err != nil {
		return fmt.Errorf("writing calls: %w", err)
	}
	if err := all(q.SaveTicket(ctx, tickets)); err != nil {
		return fmt.Errorf("writing tickets: %w", err)
	}
	if len(answered) > 0 {
		if err := all(q.AnswerTicket(ctx, answered)); err != nil {
			return fmt.Errorf("writing tickets: %w", err)
		}
	}
	if len(recordings) > 0 {
		if err := all(q.SaveRecording(ctx, recordings)); err != nil {
			return fmt.Errorf("writing recordings: %w", err)
		}
	}
	return nil
}

// all is the first error of a batch.
func all(batch interface{ Exec(func(int, error)) }) error {
	var first error
	batch.Exec(func(_ int, err error) {
		if first == nil {
			first = err
		}
	})
	return first
}

func callRow(r ticket.Record) db.SaveCallParams {
	c := db.SaveCallParams{
		ID: string(r.Call), Caller: r.Caller, Dialed: r.Dialed, Language: string(r.Language), Stage: string(r.Stage),
		Queue: r.Queue, Agent: string(r.Agent), ArrivedAt: r.Arrived, Direction: "inbound",
		QueuedAt: optional(r.Queued), ConnectedAt: optional(r.Connected), EndedAt: optional(r.Ended), TalkedMs: r.Talked.Milliseconds(),
	}
	if r.Outbound {
		c.Direction = "outbound"
	}
	if r.For != "" {
		c.ForTicket = &r.For
	}
	if r.Stage == call.Ended {
		result, by, stage := string(r.Outcome.Result), string(r.Outcome.By), string(r.Outcome.Stage)
		c.Result, c.EndedBy, c.EndedStage = &result, &by, &stage
	}
	return c
}

func ticketRow(r ticket.Record, agentName string) db.SaveTicketParams {
	var rating *int16
	if r.Rated != 0 {
		score := int16(r.Rated)
		rating = &score
	}
	var lat, lon *float64
	if r.Place.Located {
		lat, lon = &r.Place.Lat, &r.Place.Lon
	}
	return db.SaveTicketParams{
		Code: r.Code, Call: string(r.Call), Channel: string(r.Channel()), OpenedAt: r.Arrived, Group: string(r.Topic.Group),
		Field: r.Topic.Field, Service: string(r.Topic.Service), Status: string(r.Status()), Note: r.Note, Search: r.Search(agentName),
		Rating: rating, Citizen: clean(r.Citizen), Place: clean(r.Place.Said), PlaceLat: lat, PlaceLon: lon,
	}
}

// refold tries the calls again that were refused before.
func (d *DB) refold(ctx context.Context) error {
	faults, err := d.q.Faults(ctx)
	if err != nil {
		return fmt.Errorf("reading faults: %w", err)
	}
	if len(faults) == 0 {
		return nil
	}
	calls := make([]string, len(faults))
	for i, f := range faults {
		calls[i] = f.Call
	}
	var left []fault
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		if err := d.q.WithTx(tx).ClearFaults(ctx, calls); err != nil {
			return fmt.Errorf("folding calls again: %w", err)
		}
		left, err = d.fold(ctx, tx, calls)
		return err
	})
	d.logFaults(ctx, left)
	return err
}

func (d *DB) logFaults(ctx context.Context, faults []fault) {
	for _, f := range faults {
		d.log.ErrorContext(ctx, "a call is not shown as its row was refused; its events are kept",
			slog.String("call", string(f.call)), slog.Any("error", f.err))
	}
}

// Faults lists calls whose events are kept but whose row the checks refused, each
// with the reason. There should be none.
func (d *DB) Faults(ctx context.Context) (map[call.ID]string, error) {
	rows, err := d.q.Faults(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading faults: %w", err)
	}
	faults := make(map[call.ID]string, len(rows))
	for _, r := range rows {
		faults[call.ID(r.Call)] = r.Why
	}
	return faults, nil
}
