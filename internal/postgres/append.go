package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
)

// appendWait is how long a batch may take: a server that hangs must not hold the
// journal for ever on a connection that is dead.
const appendWait = 30 * time.Second

// ErrOtherJournal says that the database holds other events under these ids.
var ErrOtherJournal = errors.New("the database holds other events under the same ids: this node's journal file was removed or " +
	"replaced, or two controllers use one node name; put the old journal back, or give this node a new name in configs/hotline.yaml")

// Append keeps events and brings calls, tickets and agents up to date, in one
// transaction. Events that are there already change nothing, in whatever order events
// come. A call whose row is refused is noted, and its events are kept.
func (d *DB) Append(ctx context.Context, events []call.Event) error {
	if len(events) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, appendWait)
	defer cancel()
	p, err := rows(events)
	if err != nil {
		return err
	}
	calls := touched(events)
	var faults []fault
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		// Two controllers may have had the same call, one after the other.
		if err := q.LockCalls(ctx, calls); err != nil {
			return fmt.Errorf("locking the calls: %w", err)
		}
		added, err := q.AddEvents(ctx, p)
		if err != nil {
			return fmt.Errorf("keeping events: %w", err)
		}
		if added < int64(len(events)) {
			if err := sameEvents(ctx, q, p); err != nil {
				return err
			}
		}
		if faults, err = d.fold(ctx, tx, calls); err != nil {
			return err
		}
		return d.moveAgents(ctx, tx, events)
	})
	if err == nil {
		d.logFaults(ctx, faults)
	}
	return err
}

func rows(events []call.Event) (db.AddEventsParams, error) {
	var p db.AddEventsParams
	for _, e := range events {
		data, err := json.Marshal(e.Fact)
		if err != nil {
			return p, fmt.Errorf("event %s: %w", e.ID, err)
		}
		p.Ids, p.Ats, p.Calls = append(p.Ids, clean(e.ID)), append(p.Ats, e.At), append(p.Calls, clean(string(e.Call)))
		p.Kinds, p.Datas = append(p.Kinds, e.Fact.Kind()), append(p.Datas, withoutNUL(data))
	}
	return p, nil
}

// touched lists the calls that have to be folded anew.
func touched(events []call.Event) []string {
	calls := []string{}
	for _, e := range events {
		if _, agent := e.Fact.(call.AgentMoved); e.Call != "" && !agent {
			calls = append(calls, clean(string(e.Call)))
		}
	}
	slices.Sort(calls)
	return slices.Compact(calls)
}

// sameEvents makes sure that ids which were there already are those of these events:
// taken for duplicates, others would be lost without a word.
func sameEvents(ctx context.Context, q *db.Queries, p db.AddEventsParams) error {
	kept, err := q.EventsByID(ctx, p.Ids)
	if err != nil {
		return fmt.Errorf("comparing events: %w", err)
	}
	byID := make(map[string]db.EventsByIDRow, len(kept))
	for _, k := range kept {
		byID[k.ID] = k
	}
	for i, id := range p.Ids {
		k := byID[id]
		if k.Kind != p.Kinds[i] || k.Call != p.Calls[i] || !k.At.Equal(p.Ats[i].Truncate(time.Microsecond)) {
			return fmt.Errorf("event %s: %w", id, ErrOtherJournal)
		}
	}
	return nil
}

// withoutNUL replaces the escape of the character NUL, which jsonb cannot hold: a
// caller's name may bring one, and must not hold up everybody's events.
func withoutNUL(data []byte) []byte {
	const escape = `\u0000`
	for i := 0; i+len(escape) <= len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		if string(data[i:i+len(escape)]) == escape {
			copy(data[i:], `\ufffd`)
		}
		i++ // the character after a backslash is not the start of another escape
	}
	return data
}
