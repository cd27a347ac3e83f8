// Package recording takes a conversation's two finished sound files, the citizen's
// and the agent's, to one two-channel file that is kept: citizen left, agent right.
//
// Asterisk writes <call>-rx.wav and <call>-tx.wav into a spool folder while citizen
// and agent are bridged, whether we are there or not. When the call has ended the
// files are joined, off the call path; what an earlier run left behind is joined at
// the start. The two files are removed only when the one is safe.
package recording

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// Store keeps a file under a key, whole or not at all.
type Store interface {
	Put(ctx context.Context, key string, write func(io.Writer) error) error
}

// Keeper is the one goroutine that keeps recordings.
type Keeper struct {
	spool string
	store Store
	tell  func(call.ID, call.Recorded)
	log   *slog.Logger

	mu     sync.Mutex
	queue  []call.ID
	wake   chan struct{}
	cancel context.CancelFunc
	done   chan struct{}
}

// NewKeeper builds a keeper; tell is called for every recording that is kept.
func NewKeeper(spool string, store Store, tell func(call.ID, call.Recorded), log *slog.Logger) *Keeper {
	return &Keeper{spool: spool, store: store, tell: tell, log: log, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// Finish says that the call has ended and its files are about to be complete. It
// does not wait.
func (k *Keeper) Finish(id call.ID) {
	k.mu.Lock()
	k.queue = append(k.queue, id)
	k.mu.Unlock()
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// Start keeps what earlier runs left, and then what Finish tells. alive says of a call
// whether it still goes on, so that its files are left alone.
func (k *Keeper) Start(ctx context.Context, alive func(call.ID) bool) error {
	left, err := filepath.Glob(filepath.Join(k.spool, "*-rx.wav"))
	if err != nil {
		return fmt.Errorf("looking for recordings: %w", err)
	}
	for _, path := range left {
		id := call.ID(strings.TrimSuffix(filepath.Base(path), "-rx.wav"))
		if !alive(id) {
			k.Finish(id)
		}
	}
	ctx, k.cancel = context.WithCancel(ctx)
	go k.run(ctx)
	return nil
}

// Stop ends the goroutine; what it had not kept is kept after the next start.
func (k *Keeper) Stop() {
	if k.cancel == nil {
		return
	}
	k.cancel()
	<-k.done
}

func (k *Keeper) run(ctx context.Context) {
	defer close(k.done)
	for {
		select {
		case <-k.wake:
			k.mu.Lock()
			queue := k.queue
			k.queue = nil
			k.mu.Unlock()
			for _, id := range queue {
				k.keep(ctx, id)
			}
		case <-ctx.Done():
			return
		}
	}
}

func (k *Keeper) keep(ctx context.Context, id call.ID) {
	log := k.log.With(slog.String("call", string(id)))
	rx, tx := k.path(id, "rx"), k.path(id, "tx")
	if err := settled(ctx, rx, tx); err != nil {
		if !errors.Is(err, fs.ErrNotExist) && ctx.Err() == nil {
			log.Error("a recording cannot be read", slog.Any("error", err))
		}
		return
	}
	recorded, err := k.join(ctx, id, rx, tx)
	if err != nil {
		log.Error("a recording is not kept yet; it is tried again at the next start", slog.Any("error", err))
		return
	}
	for _, path := range []string{rx, tx} {
		if err := os.Remove(path); err != nil {
			log.Warn("a spooled recording stays", slog.Any("error", err))
		}
	}
	if recorded.Duration > 0 {
		k.tell(id, recorded)
	}
}

func (k *Keeper) path(id call.ID, side string) string {
	return filepath.Join(k.spool, string(id)+"-"+side+".wav")
}

// join writes the two-channel file.
func (k *Keeper) join(ctx context.Context, id call.ID, rx, tx string) (call.Recorded, error) {
	citizen, err := openMono(rx)
	if err != nil {
		return call.Recorded{}, err
	}
	defer citizen.Close() //nolint:errcheck // only read
	agent, err := openMono(tx)
	if err != nil {
		return call.Recorded{}, err
	}
	defer agent.Close() //nolint:errcheck // only read
	frames := max(citizen.samples, agent.samples)
	if frames == 0 { // nobody was ever connected
		return call.Recorded{}, nil
	}
	day := time.Now().UTC().Format("2006/01/02")
	key := day + "/" + string(id) + ".wav"
	sum := sha256.New()
	err = k.store.Put(ctx, key, func(w io.Writer) error {
		return writeStereo(io.MultiWriter(w, sum), citizen, agent, frames)
	})
	if err != nil {
		return call.Recorded{}, err
	}
	return call.Recorded{
		Path: key, Bytes: int64(headerSize + 4*frames),
		Duration: time.Duration(frames) * time.Second / sampleRate, SHA256: hex.EncodeToString(sum.Sum(nil)),
	}, nil
}

// settled waits until the files are there and have stopped growing: Asterisk closes
// them a moment after the channel has ended.
func settled(ctx context.Context, paths ...string) error {
	const every, enough = 100 * time.Millisecond, 3
	tick := time.NewTicker(every)
	defer tick.Stop()
	var last int64 = -1
	for same := 0; same < enough; {
		size := int64(0)
		for _, p := range paths {
			info, err := os.Stat(p)
			if err != nil {
				return err
			}
			size += info.Size()
		}
		if size == last {
			same++
		} else {
			same, last = 0, size
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
