package recording

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// How long things take.
const (
	every     = 100 * time.Millisecond // between two looks at files that settle
	quiet     = 3 * time.Second        // without growth, a file that has no end in its header has one
	absent    = 500 * time.Millisecond // after which a call without files had no conversation
	strange   = time.Minute            // of growth after the call's end: worth a warning
	patient   = 5 * time.Second        // between two looks after that
	toRemove  = 5 * time.Second        // for the fact to reach the journal's disk
	backoff   = time.Second            // after the store refused a file, doubled up to
	backoffTo = time.Minute
)

// source is where finished sound files come from, by name.
type source interface {
	left() ([]string, error)
	meant(string) ([]string, error) // by what Finish was told
	size(string) (size int64, closed bool, err error)
	join(context.Context, string, Store) (call.Recorded, error)
	remove(string) error
}

// Keeper is the one goroutine that keeps recordings of one sort, by their names. Finish of
// a conversation means that one, by its call or leg. Of messages, Finish of a call's own id
// means all of them: at the call's end, when one may not have told that it is complete.
type Keeper struct {
	spool source
	store Store
	tell  func(string, call.Recorded)
	log   *slog.Logger

	mu     sync.Mutex
	queue  []string
	unkept map[string]bool // those of whom nothing is kept
	wake   chan struct{}
	cancel context.CancelFunc
	done   chan struct{}

	tasks map[string]*task // the goroutine's own
}

// task is one call, or one message, on its way.
type task struct {
	due    time.Time
	began  time.Time
	grew   time.Time // when its files last did
	size   int64
	tries  int
	warned bool
	kept   bool // only the spooled files are left to remove
}

// NewKeeper builds a keeper of what Asterisk writes into the folder. tell is called
// for every recording that is kept, by its call or leg, a second time with the same facts
// if we were killed in between.
func NewKeeper(folder string, store Store, tell func(name string, r call.Recorded), log *slog.Logger) *Keeper {
	return newKeeper(spool(folder), store, tell, log)
}

// NewMessageKeeper builds a keeper of messages that citizens left, which ARI recorded
// into the folder as <name>.wav; names are derived from the call's id.
func NewMessageKeeper(folder string, store Store, tell func(name string, r call.Recorded), log *slog.Logger) *Keeper {
	return newKeeper(messages(folder), store, tell, log)
}

func newKeeper(from source, store Store, tell func(string, call.Recorded), log *slog.Logger) *Keeper {
	return &Keeper{
		spool: from, store: store, tell: tell, log: log,
		unkept: map[string]bool{}, wake: make(chan struct{}, 1), done: make(chan struct{}), tasks: map[string]*task{},
	}
}

// Finish says that a call has ended, or that a message has, and its files, if there are
// any, are about to be complete. It does not wait, and may be called before Start and
// twice.
func (k *Keeper) Finish(id string) {
	k.mu.Lock()
	k.queue = append(k.queue, id)
	k.mu.Unlock()
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// Discard is Finish of a call of which nothing is to be kept: its files go once they are
// complete.
func (k *Keeper) Discard(id string) {
	k.mu.Lock()
	k.unkept[id] = true
	k.mu.Unlock()
	k.Finish(id)
}

func (k *Keeper) discards(id string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.unkept[id]
}

// Start keeps what earlier runs left, and then what Finish tells. alive says of a call
// whether it still goes on, so that its files are left alone.
func (k *Keeper) Start(ctx context.Context, alive func(call.ID) bool) error {
	left, err := k.spool.left()
	if err != nil {
		return err
	}
	for _, id := range left {
		if of, ok := call.Of(id); ok && !alive(of) {
			k.Finish(id)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	k.mu.Lock()
	k.cancel = cancel
	k.mu.Unlock()
	go k.run(ctx)
	return nil
}

// Stop ends the goroutine; what it had not kept is kept after the next start. Safe
// twice and before Start.
func (k *Keeper) Stop() {
	k.mu.Lock()
	cancel := k.cancel
	k.mu.Unlock()
	if cancel == nil {
		return
	}
	cancel()
	<-k.done
}

func (k *Keeper) run(ctx context.Context) {
	defer close(k.done)
	defer k.removeKept()
	next := time.NewTimer(0)
	defer next.Stop()
	for {
		select {
		case <-k.wake:
			k.take(time.Now())
		case <-next.C:
		case <-ctx.Done():
			return
		}
		for id, t := range k.tasks {
			if !t.due.After(time.Now()) && ctx.Err() == nil {
				k.advance(ctx, id, t, time.Now())
			}
		}
		if due, ok := k.soonest(); ok {
			next.Reset(time.Until(due))
		}
	}
}

func (k *Keeper) take(now time.Time) {
	k.mu.Lock()
	queue := k.queue
	k.queue = nil
	k.mu.Unlock()
	for _, told := range queue {
		ids, err := k.spool.meant(told)
		if err != nil {
			k.of(told).Error("sound files are not looked for; they are after the next start", slog.Any("error", err))
		}
		for _, id := range ids {
			if k.tasks[id] == nil {
				k.tasks[id] = &task{due: now, began: now, grew: now, size: -1}
			}
		}
	}
}

// of is the log of one call.
func (k *Keeper) of(id string) *slog.Logger {
	of, _ := call.Of(id)
	return k.log.With(slog.String("call", string(of)), slog.String("sound", id))
}

func (k *Keeper) soonest() (time.Time, bool) {
	var due []time.Time
	for _, t := range k.tasks {
		due = append(due, t.due)
	}
	if len(due) == 0 {
		return time.Time{}, false
	}
	return slices.MinFunc(due, time.Time.Compare), true
}

// advance takes one call one step on.
func (k *Keeper) advance(ctx context.Context, id string, t *task, now time.Time) {
	log := k.of(id)
	if t.kept {
		k.remove(log, id)
		return
	}
	size, closed, err := k.spool.size(id)
	switch {
	case err != nil:
		log.ErrorContext(ctx, "a recording cannot be read; its files stay where they are", slog.Any("error", err))
		delete(k.tasks, id)
	case size != t.size:
		t.size, t.grew, t.due = size, now, now.Add(every)
		if now.Sub(t.began) > strange {
			t.due = now.Add(patient)
			if !t.warned {
				log.WarnContext(ctx, "a recording still grows long after its call has ended")
				t.warned = true
			}
		}
	case size == 0 && now.Sub(t.grew) >= absent:
		k.remove(log, id) // no conversation; at most two files without a byte
	case size > 0 && (closed || now.Sub(t.grew) >= quiet):
		k.keep(ctx, log, id, t)
	default:
		t.due = now.Add(every)
	}
}

func (k *Keeper) keep(ctx context.Context, log *slog.Logger, id string, t *task) {
	if k.discards(id) {
		k.remove(log, id)
		return
	}
	recorded, err := k.spool.join(ctx, id, k.store)
	switch {
	case errors.Is(err, errFormat):
		log.ErrorContext(ctx, "a recording cannot be read; its files stay where they are", slog.Any("error", err))
		delete(k.tasks, id)
	case err != nil:
		if ctx.Err() == nil {
			log.ErrorContext(ctx, "a recording is not kept yet; it is tried again", slog.Any("error", err))
		}
		t.due = time.Now().Add(min(backoff<<min(t.tries, 10), backoffTo))
		t.tries++
	case recorded.Duration == 0:
		k.remove(log, id)
	default:
		k.tell(id, recorded)
		t.kept, t.due = true, time.Now().Add(toRemove)
	}
}

func (k *Keeper) remove(log *slog.Logger, id string) {
	delete(k.tasks, id)
	k.mu.Lock()
	delete(k.unkept, id)
	k.mu.Unlock()
	if err := k.spool.remove(id); err != nil {
		log.Warn("spooled sound files stay, and are kept again after the next start", slog.Any("error", err))
	}
}

// removeKept ends an orderly stop: the journal, stopped after us, writes the facts.
func (k *Keeper) removeKept() {
	for id, t := range k.tasks {
		if t.kept {
			k.remove(k.of(id), id)
		}
	}
}
