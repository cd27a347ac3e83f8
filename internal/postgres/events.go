package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// Append keeps events and brings the calls and tickets that they are about up to
// date, in one transaction. Events that are there already change nothing.
func (d *DB) Append(ctx context.Context, events []call.Event) error {
	if len(events) == 0 {
		return nil
	}
	var p db.AddEventsParams
	var calls []string
	for _, e := range events {
		data, err := json.Marshal(e.Fact)
		if err != nil {
			return fmt.Errorf("event %s: %w", e.ID, err)
		}
		p.Ids, p.Ats, p.Calls = append(p.Ids, e.ID), append(p.Ats, e.At), append(p.Calls, string(e.Call))
		p.Kinds, p.Datas = append(p.Kinds, e.Fact.Kind()), append(p.Datas, data)
		if _, agent := e.Fact.(call.AgentMoved); e.Call != "" && !agent {
			calls = append(calls, string(e.Call))
		}
	}
	slices.Sort(calls)
	calls = slices.Compact(calls)
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		if err := q.AddEvents(ctx, p); err != nil {
			return fmt.Errorf("keeping events: %w", err)
		}
		return project(ctx, q, calls)
	})
}

// project folds the events of each call anew: a call has a few dozen, and a fold of
// all of them cannot be wrong because of what came twice or late.
func project(ctx context.Context, q *db.Queries, calls []string) error {
	rows, err := q.EventsOfCalls(ctx, calls)
	if err != nil {
		return fmt.Errorf("reading events: %w", err)
	}
	byCall := map[string][]call.Event{}
	for _, r := range rows {
		e, err := event(r.ID, r.At, r.Call, r.Kind, r.Data)
		if err != nil {
			return err
		}
		byCall[r.Call] = append(byCall[r.Call], e)
	}
	names, err := names(ctx, q)
	if err != nil {
		return err
	}
	for _, id := range calls {
		if r, ok := ticket.Fold(byCall[id]); ok {
			if err := save(ctx, q, r, names[r.Agent]); err != nil {
				return fmt.Errorf("call %s: %w", id, err)
			}
		}
	}
	return nil
}

func save(ctx context.Context, q *db.Queries, r ticket.Record, agentName string) error {
	c := db.SaveCallParams{
		ID: string(r.Call), Caller: r.Caller, Dialed: r.Dialed, Language: string(r.Language), Stage: string(r.Stage),
		Queue: r.Queue, Agent: string(r.Agent), ArrivedAt: r.Arrived,
		QueuedAt: optional(r.Queued), ConnectedAt: optional(r.Connected), EndedAt: optional(r.Ended), TalkedMs: r.Talked.Milliseconds(),
	}
	if r.Stage == call.Ended {
		result, by, stage := string(r.Outcome.Result), string(r.Outcome.By), string(r.Outcome.Stage)
		c.Result, c.EndedBy, c.EndedStage = &result, &by, &stage
	}
	if err := q.SaveCall(ctx, c); err != nil {
		return err
	}
	row := r.Row("", nil)
	err := q.SaveTicket(ctx, db.SaveTicketParams{
		Code: r.Code, Call: string(r.Call), Channel: row.Channel, OpenedAt: r.Arrived, Group: string(r.Topic.Group),
		Field: r.Topic.Field, Service: string(r.Topic.Service), Status: string(r.Status()), Note: r.Note, Search: r.Search(agentName),
	})
	if err != nil || r.Recorded == nil {
		return err
	}
	return q.SaveRecording(ctx, db.SaveRecordingParams{
		Call: string(r.Call), Path: r.Recorded.Path, Bytes: r.Recorded.Bytes,
		DurationMs: r.Recorded.Duration.Milliseconds(), Sha256: r.Recorded.SHA256,
	})
}

// EventsSince reads every event from then on, for a fold of the day.
func (d *DB) EventsSince(ctx context.Context, since time.Time) ([]call.Event, error) {
	rows, err := d.q.EventsSince(ctx, since)
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

func event(id string, at time.Time, callID, kind string, data []byte) (call.Event, error) {
	fact, err := call.DecodeFact(kind, data)
	if err != nil {
		return call.Event{}, fmt.Errorf("event %s: %w", id, err)
	}
	return call.Event{ID: id, At: at.UTC(), Call: call.ID(callID), Fact: fact}, nil
}

func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func names(ctx context.Context, q *db.Queries) (map[call.AgentID]string, error) {
	staff, err := q.AllStaff(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the staff: %w", err)
	}
	names := make(map[call.AgentID]string, len(staff))
	for _, s := range staff {
		names[call.AgentID(s.ID)] = s.Name
	}
	return names, nil
}
