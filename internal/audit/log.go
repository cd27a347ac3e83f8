package audit

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// Store keeps entries for ever. One that is there already changes nothing.
type Store interface {
	AddAudit(ctx context.Context, entries []Entry) error
}

// Options say where a log is.
type Options struct {
	Path  string // the file of what the store does not have yet
	Node  string
	Store Store
	Log   *slog.Logger
}

const (
	atOnce       = 200
	firstBackoff = 100 * time.Millisecond
	lastBackoff  = 10 * time.Second
	storeWait    = 10 * time.Second
)

func bucket() []byte { return []byte("audit") }

// Log takes entries from many and gives them to the store in order. One goroutine
// ships; Stop ends it after a last try.
type Log struct {
	opts Options
	file *bbolt.DB
	wake chan struct{}

	start, end sync.Once
	stop       context.CancelFunc
	done       sync.WaitGroup
}

// Open opens the file, and finds what an earlier run left.
func Open(o Options) (*Log, error) {
	file, err := bbolt.Open(o.Path, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return nil, fmt.Errorf("opening %s; does another controller use it? %w", o.Path, err)
	}
	err = file.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists(bucket())
		return err
	})
	if err != nil {
		file.Close() //nolint:errcheck // it is of no use
		return nil, fmt.Errorf("preparing %s: %w", o.Path, err)
	}
	return &Log{opts: o, file: file, wake: make(chan struct{}, 1), stop: func() {}}, nil
}

// Start begins to ship.
func (l *Log) Start(ctx context.Context) {
	l.start.Do(func() {
		ctx, l.stop = context.WithCancel(ctx)
		l.done.Go(func() { l.ship(ctx) })
	})
}

// Stop ships what is there once more, and closes the file. Safe twice, and before Start.
func (l *Log) Stop() {
	l.end.Do(func() {
		l.start.Do(func() {}) // it shall not begin after this
		l.stop()
		l.done.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := l.some(ctx); err != nil {
			l.opts.Log.Warn("audit entries wait on disk for the next start", slog.Any("error", err))
		}
		l.file.Close() //nolint:errcheck // all is synced
	})
}

// Write keeps an entry, and comes back when it is on disk. An act that cannot be kept
// there is told in the process's log, whole: it has been done, and must leave a trace.
func (l *Log) Write(e Entry) {
	e = New(e, l.opts.Node)
	data, err := json.Marshal(e)
	if err == nil {
		err = l.file.Update(func(tx *bbolt.Tx) error {
			entries := tx.Bucket(bucket())
			n, err := entries.NextSequence()
			if err != nil {
				return err
			}
			return entries.Put(binary.BigEndian.AppendUint64(nil, n), data)
		})
	}
	if err != nil {
		l.opts.Log.Error("an act is not in the audit log; is the disk full?", slog.String("entry", string(data)), slog.Any("error", err))
		return
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Waiting is how many entries the store does not have yet.
func (l *Log) Waiting() int {
	n := 0
	l.file.View(func(tx *bbolt.Tx) error { //nolint:errcheck // a closed file holds nothing that waits
		n = tx.Bucket(bucket()).Stats().KeyN
		return nil
	})
	return n
}

func (l *Log) ship(ctx context.Context) {
	backoff := firstBackoff
	for ctx.Err() == nil {
		n, err := l.some(ctx)
		switch {
		case err != nil:
			if ctx.Err() == nil {
				l.opts.Log.Warn("audit entries wait on disk", slog.Any("error", err))
			}
			select {
			case <-time.After(backoff):
			case <-ctx.Done():
			}
			backoff = min(2*backoff, lastBackoff)
		case n < atOnce:
			backoff = firstBackoff
			select {
			case <-l.wake:
			case <-ctx.Done():
			}
		}
	}
}

// some gives the store the oldest entries, and then forgets them.
func (l *Log) some(ctx context.Context) (int, error) {
	var keys [][]byte
	var entries []Entry
	err := l.file.View(func(tx *bbolt.Tx) error {
		cursor := tx.Bucket(bucket()).Cursor()
		for k, v := cursor.First(); k != nil && len(keys) < atOnce; k, v = cursor.Next() {
			var e Entry
			if err := json.Unmarshal(v, &e); err != nil {
				return fmt.Errorf("reading %s: %w", l.opts.Path, err)
			}
			keys, entries = append(keys, append([]byte(nil), k...)), append(entries, e)
		}
		return nil
	})
	if err != nil || len(keys) == 0 {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, storeWait)
	defer cancel()
	if err := l.opts.Store.AddAudit(ctx, entries); err != nil {
		return 0, err
	}
	return len(keys), l.file.Update(func(tx *bbolt.Tx) error {
		for _, k := range keys {
			if err := tx.Bucket(bucket()).Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
}
