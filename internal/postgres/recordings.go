package postgres

import (
	"context"
	"fmt"
	"slices"

	"hotline1022/internal/call"
	"hotline1022/internal/phone"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// Recording gives the key of a call's n-th recording in the file store, counted from 1. 0
// is its latest conversation, or, when nobody talked, the message. ErrNotFound when there is
// none.
func (d *DB) Recording(ctx context.Context, id call.ID, n int) (string, error) {
	kept, err := d.q.Recordings(ctx, []string{clean(string(id))})
	if err != nil {
		return "", fmt.Errorf("looking for a recording: %w", err)
	}
	if n == 0 {
		n = latest(kept)
	}
	if n < 1 || n > len(kept) {
		return "", ErrNotFound
	}
	return kept[n-1].Path, nil
}

func latest(kept []db.Recording) int {
	for i := len(kept); i > 0; i-- {
		if kept[i-1].What != string(call.OfMessage) {
			return i
		}
	}
	return len(kept)
}

// recordings lists those of a ticket's calls, each numbered within its call.
func (d *DB) recordings(ctx context.Context, calls []call.ID) ([]ticket.Recording, error) {
	ids := make([]string, len(calls))
	for i, id := range calls {
		ids[i] = string(id)
	}
	kept, err := d.q.Recordings(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("listing recordings: %w", err)
	}
	numbers := map[string]int{}
	list := make([]ticket.Recording, len(kept))
	for i, r := range kept {
		numbers[r.Call]++
		list[i] = ticket.Recording{
			Call: call.ID(r.Call), N: numbers[r.Call], What: call.RecordingKind(r.What), At: r.At.UTC(), DurationMS: r.DurationMs, SHA256: r.Sha256,
		}
	}
	slices.SortStableFunc(list, func(a, b ticket.Recording) int { return a.At.Compare(b.At) })
	return list, nil
}

// Recordings lists kept recordings, the last kept first. The cursor's id is a row's key.
func (d *DB) Recordings(ctx context.Context, f ticket.RecordingFilter) ([]ticket.RecordingRow, error) {
	before := start(f.Before)
	rows, err := d.q.ListRecordings(ctx, db.ListRecordingsParams{
		BeforeAt: before.At, BeforePath: clean(before.ID), Call: clean(string(f.Call)), Since: optional(f.Since), Until: optional(f.Until),
		Group: clean(string(f.Group)), Number: escapeLike(clean(f.Number)), Agent: clean(string(f.Agent)), Most: page(f.Limit),
	})
	if err != nil {
		return nil, fmt.Errorf("listing recordings: %w", err)
	}
	list := make([]ticket.RecordingRow, len(rows))
	for i, r := range rows {
		list[i] = ticket.RecordingRow{
			Recording: ticket.Recording{
				Call: call.ID(r.Recording.Call), N: int(r.N), What: call.RecordingKind(r.Recording.What), At: r.Recording.At.UTC(),
				DurationMS: r.Recording.DurationMs, SHA256: r.Recording.Sha256,
			},
			Ticket: r.Code, Caller: r.Call.Caller, CallerVi: phone.Display(r.Call.Caller), Group: call.Group(r.Group), Queue: r.Call.Queue,
			Agent: call.AgentID(r.Call.Agent), AgentName: r.AgentName, Outbound: r.Call.Direction == "outbound", Key: r.Recording.Path,
		}
	}
	return list, nil
}
