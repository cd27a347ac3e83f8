package journal

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	shipAtOnce   = 500 // events in one transaction of the store
	firstBackoff = 100 * time.Millisecond
	lastBackoff  = 5 * time.Second
	farewellWait = 3 * time.Second
)

// behind remembers how the store does, for Lag.
type behind struct {
	mu    sync.Mutex
	since time.Time // when shipping began to fail; zero while it works
	err   error
}

// ship moves events from the file to the store until ctx ends.
func (j *Journal) ship(ctx context.Context) {
	backoff := firstBackoff
	for ctx.Err() == nil {
		n, err := j.shipSome(ctx)
		j.note(err)
		switch {
		case err != nil:
			j.opts.Log.Warn("events wait in the journal", slog.Any("error", err))
			select {
			case <-time.After(backoff):
			case <-ctx.Done():
			}
			backoff = min(backoff*2, lastBackoff)
		case n < shipAtOnce:
			backoff = firstBackoff
			select {
			case <-j.shipped:
			case <-ctx.Done():
			}
		}
	}
}

func (j *Journal) shipSome(ctx context.Context) (int, error) {
	events, last, err := j.unshipped(shipAtOnce)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	if err := j.store.Append(ctx, events); err != nil {
		return 0, err
	}
	return len(events), j.markShipped(last)
}

func (j *Journal) note(err error) {
	j.behind.mu.Lock()
	defer j.behind.mu.Unlock()
	switch {
	case err == nil:
		j.behind.since, j.behind.err = time.Time{}, nil
	case j.behind.since.IsZero():
		j.behind.since, j.behind.err = time.Now(), err
	default:
		j.behind.err = err
	}
}

// Behind says since when, and why, events are not reaching the store; a nil error
// means that they are.
func (j *Journal) Behind() (since time.Time, err error) {
	j.behind.mu.Lock()
	defer j.behind.mu.Unlock()
	return j.behind.since, j.behind.err
}

// farewell waits a moment for the store to get the last events.
func (j *Journal) farewell() {
	if j.store == nil {
		return
	}
	nudge(j.shipped)
	deadline := time.After(farewellWait)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if left, _, err := j.unshipped(1); err != nil || len(left) == 0 {
			return
		}
		if _, err := j.Behind(); err != nil {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			return
		}
	}
}
