package switchboard

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"hotline1022/internal/call"
)

// late tidies up after a call that has ended: a desk's leg that came to life when
// nobody wanted it any more.
func (b *Board) late(signal Signal) {
	var leg string
	switch sig := signal.(type) {
	case LegEntered:
		leg = sig.Leg
	case LegRinging:
		leg = sig.Leg
	case LegUp:
		leg = sig.Leg
	default:
		return
	}
	b.insist("hang up a late leg", b.phones.Hangup, leg)
}

// Pauses between requests that are asked for until they go through.
const (
	firstPause = time.Second
	longPause  = 30 * time.Second
)

// insist makes a request beside the owners, again and again until it goes through or
// what it is about is gone. Of two that are about the same thing one is made.
func (b *Board) insist(what string, request func(context.Context, string) error, id string) {
	b.mu.Lock()
	busy := b.insisting[id]
	b.insisting[id] = true
	b.mu.Unlock()
	if busy {
		return
	}
	running := b.background(func(ctx context.Context) {
		for pause := firstPause; ; pause = min(2*pause, longPause) {
			err := b.once(ctx, request, id)
			if err == nil || errors.Is(err, ErrGone) || ctx.Err() != nil {
				break
			}
			b.log.Error("the phones refused, and are asked again", slog.String("to", what), slog.String("id", id),
				slog.Duration("in", pause), slog.Any("error", err))
			select {
			case <-time.After(pause):
			case <-ctx.Done():
			}
		}
		b.insisted(id)
	})
	if !running {
		b.insisted(id)
	}
}

func (b *Board) insisted(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.insisting, id)
}

// once makes one request, bounded in time.
func (b *Board) once(ctx context.Context, request func(context.Context, string) error, id string) error {
	ctx, cancel := context.WithTimeout(ctx, b.opts.RequestTimeout)
	defer cancel()
	return request(ctx, id)
}

// background runs f beside the owners; Stop ends its context and waits for it. It is
// false when the switchboard does not run.
func (b *Board) background(f func(context.Context)) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ctx == nil {
		return false
	}
	ctx := b.ctx
	b.owners.Go(func() { f(ctx) })
	return true
}

// over says that the call has ended, and its citizen is not to be taken on again; b.mu
// is held.
func (b *Board) over(id call.ID) bool { return b.ended.has(id) || b.insisting[string(id)] }

// endings remembers which calls have ended, so that a citizen who is announced late or
// once more does not begin a second call under the same id.
type endings struct {
	known map[call.ID]struct{}
	order []ending
}

type ending struct {
	id call.ID
	at time.Time
}

// endingsLast is longer than anything of a call is on its way after its end.
const endingsLast = 2 * time.Minute

func newEndings() endings { return endings{known: map[call.ID]struct{}{}} }

func (e *endings) add(id call.ID, now time.Time) {
	for len(e.order) > 0 && now.Sub(e.order[0].at) > endingsLast {
		delete(e.known, e.order[0].id)
		e.order = e.order[1:]
	}
	e.known[id] = struct{}{}
	e.order = append(e.order, ending{id, now})
}

func (e *endings) has(id call.ID) bool {
	_, ok := e.known[id]
	return ok
}
