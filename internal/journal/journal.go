// Package journal keeps what happened. Append takes facts from the call path without
// ever waiting; readers in this process get them at once, in order; a file on local
// disk gets them in groups, each group synced; and a store, Postgres, gets them from
// the file, in order, however long it was away.
//
//	Append ─▶ queue ─┬─▶ readers (wallboard, …)
//	                 └─▶ disk (bbolt, one fsync for a group) ─▶ store
//
// An event's id is given at birth, so a store that gets it twice changes nothing.
package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"hotline1022/internal/call"
)

// Options configure a journal.
type Options struct {
	Path string // of the file
	Node string // first part of every event id
	Log  *slog.Logger
}

// Store is where events are shipped to. Append must be idempotent by event id and
// all or nothing.
type Store interface {
	Append(ctx context.Context, events []call.Event) error
}

// Journal is one node's events.
type Journal struct {
	opts  Options
	db    *bbolt.DB
	codes *codes

	mu      sync.Mutex
	seq     uint64
	pending []entry // not on disk yet
	readers []*reader
	started bool

	wake    chan struct{} // there is something to write
	shipped chan struct{} // there is something to ship
	cancel  context.CancelFunc
	stop    chan struct{} // asks the writer to flush and end
	running sync.WaitGroup
	writer  sync.WaitGroup
	store   Store
	behind  behind
}

type entry struct {
	seq   uint64
	event call.Event
}

// Open opens or makes the file.
func Open(opts Options) (*Journal, error) {
	db, err := bbolt.Open(opts.Path, 0o600, &bbolt.Options{Timeout: 3 * time.Second})
	if err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", opts.Path, err)
	}
	j := &Journal{
		opts: opts, db: db, wake: make(chan struct{}, 1), shipped: make(chan struct{}, 1), stop: make(chan struct{}),
	}
	if err := j.load(); err != nil {
		db.Close() //nolint:errcheck // the first error is the one to tell
		return nil, err
	}
	return j, nil
}

// Append adds facts that happened now. It never waits and never fails: what the disk
// refuses is kept in memory and tried again.
func (j *Journal) Append(id call.ID, facts ...call.Fact) {
	if len(facts) == 0 {
		return
	}
	now := time.Now().UTC()
	batch := make([]call.Event, len(facts))
	for i, f := range facts {
		batch[i] = call.Event{At: now, Call: id, Fact: f}
	}
	j.Import(batch)
}

// Import adds facts that happened earlier, at the times that they bring; their ids are
// given here. Like Append it never waits and never fails.
func (j *Journal) Import(batch []call.Event) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i := range batch {
		j.seq++
		batch[i].ID = fmt.Sprintf("%s-%012d", j.opts.Node, j.seq)
		j.pending = append(j.pending, entry{j.seq, batch[i]})
	}
	for _, r := range j.readers {
		r.put(batch)
	}
	nudge(j.wake)
}

// Subscribe gives every later event to f, in order, on a goroutine of its own.
func (j *Journal) Subscribe(f func([]call.Event)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	r := &reader{f: f, wake: make(chan struct{}, 1)}
	j.readers = append(j.readers, r)
	if j.started {
		panic("journal: Subscribe after Start")
	}
}

// ShipTo names the store; nil ships nowhere. Call it before Start.
func (j *Journal) ShipTo(store Store) { j.store = store }

// Start begins to write, to read out and to ship.
func (j *Journal) Start(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.started {
		return nil
	}
	j.started = true
	ctx, j.cancel = context.WithCancel(context.WithoutCancel(ctx))
	for _, r := range j.readers {
		j.running.Go(func() { r.run(ctx) })
	}
	j.writer.Go(j.write)
	if j.store != nil {
		j.running.Go(func() { j.ship(ctx) })
	}
	return nil
}

// Stop writes what is pending, ships what can be shipped in a moment, and closes the
// file. Safe twice and before Start.
func (j *Journal) Stop() {
	j.mu.Lock()
	started := j.started
	j.started = false
	j.mu.Unlock()
	if !started {
		j.db.Close() //nolint:errcheck // nothing was written
		return
	}
	close(j.stop)
	j.writer.Wait()
	j.farewell()
	j.cancel()
	j.running.Wait()
	j.codes.noting.Wait()
	if err := j.db.Close(); err != nil {
		j.opts.Log.Error("closing the journal", slog.Any("error", err))
	}
}

// NextTicketCode gives a new ticket code; see Code.
func (j *Journal) NextTicketCode(now time.Time) string { return j.codes.next(now) }

// Replay gives every event since then that is still on disk, in order.
func (j *Journal) Replay(since time.Time, f func(call.Event) error) error {
	return j.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(eventsBucket).ForEach(func(_, v []byte) error {
			var e call.Event
			if err := json.Unmarshal(v, &e); err != nil {
				return fmt.Errorf("replaying the journal: %w", err)
			}
			if e.At.Before(since) {
				return nil
			}
			return f(e)
		})
	})
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
