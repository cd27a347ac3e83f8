package journal

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"go.etcd.io/bbolt"

	"hotline1022/internal/call"
)

// Buckets and keys of the file.
var (
	eventsBucket = []byte("events") // sequence, big-endian → event as JSON
	stateBucket  = []byte("state")
	shippedKey   = []byte("shipped") // sequence of the last event that the store has
	codesKey     = []byte("codes")   // "<yyddd>:<reserved up to>"
)

// retryDisk is how long a refused write waits before it is tried again.
const retryDisk = time.Second

// keep is how long shipped events stay on disk, for a restart to fold.
const keep = 48 * time.Hour

func (j *Journal) load() error {
	return j.db.Update(func(tx *bbolt.Tx) error {
		events, err := tx.CreateBucketIfNotExists(eventsBucket)
		if err != nil {
			return err
		}
		state, err := tx.CreateBucketIfNotExists(stateBucket)
		if err != nil {
			return err
		}
		if k, _ := events.Cursor().Last(); k != nil {
			j.seq = binary.BigEndian.Uint64(k)
		}
		// Shipped events may have been pruned, but their numbers are not used again.
		if s := state.Get(shippedKey); s != nil {
			j.seq = max(j.seq, binary.BigEndian.Uint64(s))
		}
		j.codes = newCodes(j.db, string(state.Get(codesKey)))
		return nil
	})
}

// write is the writer: it takes whatever has gathered and syncs it in one go.
func (j *Journal) write() {
	for {
		select {
		case <-j.wake:
			for !j.flush() {
				select {
				case <-time.After(retryDisk):
				case <-j.stop:
					j.flush()
					return
				}
			}
			nudge(j.shipped)
		case <-j.stop:
			j.flush()
			return
		}
	}
}

// flush writes what is pending; on an error it stays pending.
func (j *Journal) flush() bool {
	j.mu.Lock()
	batch := j.pending
	j.mu.Unlock()
	if len(batch) == 0 {
		return true
	}
	err := j.db.Update(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket(eventsBucket)
		bucket.FillPercent = 0.95 // keys only grow
		for _, e := range batch {
			data, err := json.Marshal(e.event)
			if err != nil {
				return err
			}
			if err := bucket.Put(sequence(e.seq), data); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		j.opts.Log.Error("the journal cannot be written; events wait in memory; is the disk full?",
			slog.Int("events", len(batch)), slog.Any("error", err))
		return false
	}
	j.mu.Lock()
	j.pending = append([]entry(nil), j.pending[len(batch):]...)
	more := len(j.pending) > 0
	j.mu.Unlock()
	if more {
		nudge(j.wake)
	}
	return true
}

// unshipped reads up to limit events after the last that the store has.
func (j *Journal) unshipped(limit int) (events []call.Event, last uint64, err error) {
	err = j.db.View(func(tx *bbolt.Tx) error {
		var from uint64
		if s := tx.Bucket(stateBucket).Get(shippedKey); s != nil {
			from = binary.BigEndian.Uint64(s)
		}
		cursor := tx.Bucket(eventsBucket).Cursor()
		for k, v := cursor.Seek(sequence(from + 1)); k != nil && len(events) < limit; k, v = cursor.Next() {
			var e call.Event
			if err := json.Unmarshal(v, &e); err != nil {
				return fmt.Errorf("reading the journal: %w", err)
			}
			events, last = append(events, e), binary.BigEndian.Uint64(k)
		}
		return nil
	})
	return events, last, err
}

// markShipped remembers how far the store is, and drops what is old and safe there.
func (j *Journal) markShipped(last uint64) error {
	return j.db.Update(func(tx *bbolt.Tx) error {
		if err := tx.Bucket(stateBucket).Put(shippedKey, sequence(last)); err != nil {
			return err
		}
		return prune(tx.Bucket(eventsBucket), last, time.Now().Add(-keep))
	})
}

// prune removes a bounded number of events, so that no transaction grows long.
func prune(bucket *bbolt.Bucket, last uint64, before time.Time) error {
	cursor := bucket.Cursor()
	n := 0
	for k, v := cursor.First(); k != nil && n < 1000; k, v = cursor.Next() {
		var head struct {
			At time.Time `json:"at"`
		}
		if err := json.Unmarshal(v, &head); err != nil {
			return err
		}
		if binary.BigEndian.Uint64(k) > last || !head.At.Before(before) {
			return nil
		}
		if err := cursor.Delete(); err != nil {
			return err
		}
		n++
	}
	return nil
}

func sequence(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
