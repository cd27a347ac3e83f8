package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"hotline1022/internal/call"
)

// EventsSince reads every event from then on, for a fold of the day.
func (d *DB) EventsSince(ctx context.Context, since time.Time) ([]call.Event, error) {
	rows, err := d.q.EventsSince(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	events := make([]call.Event, 0, len(rows))
	for _, r := range rows {
		if e, ok := d.event(ctx, r.ID, r.At, r.Call, r.Kind, r.Data); ok {
			events = append(events, e)
		}
	}
	return events, nil
}

func (d *DB) eventsOf(ctx context.Context, id call.ID) ([]call.Event, error) {
	rows, err := d.q.EventsOfCalls(ctx, []string{clean(string(id))})
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	events := make([]call.Event, 0, len(rows))
	for _, r := range rows {
		if e, ok := d.event(ctx, r.ID, r.At, r.Call, r.Kind, r.Data); ok {
			events = append(events, e)
		}
	}
	return events, nil
}

// event leaves out what this program does not understand: after a step back to an
// older version the database holds facts of the newer one.
func (d *DB) event(ctx context.Context, id string, at time.Time, callID, kind string, data []byte) (call.Event, bool) {
	fact, err := call.DecodeFact(kind, data)
	if err != nil {
		d.log.WarnContext(ctx, "an event is left out, as this version does not know it",
			slog.String("event", id), slog.String("call", callID), slog.Any("error", err))
		return call.Event{}, false
	}
	return call.Event{ID: id, At: at.UTC(), Call: call.ID(callID), Fact: fact}, true
}

// ForgetEvents removes the events of calls that ended before then, and of agents from
// before then: the only way in which events go. Calls and tickets stay. It gives the
// number of events removed.
func (d *DB) ForgetEvents(ctx context.Context, before time.Time) (int64, error) {
	removed, err := d.q.ForgetEvents(ctx, before)
	if err != nil {
		return 0, fmt.Errorf("removing old events: %w", err)
	}
	return removed, nil
}
