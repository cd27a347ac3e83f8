package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
)

// soundGap is a time in which a softphone that is there sends dozens of packets, muted or
// not.
const soundGap = 700 * time.Millisecond

// listen finds out whether a desk in conversation, whose socket has just closed, still
// sends sound; d.mu is held. If it does, its network is there and the socket will be back,
// and the conversation goes on meanwhile. If not, the browser has gone, and its citizen
// need not sit in silence for the grace time.
func (d *Desks) listen(k *desk) {
	if d.board.sound == nil || k.offer == nil || k.state != call.AgentTalking {
		return
	}
	offer := k.offer.ID
	d.board.background(func(ctx context.Context) {
		if !d.isSilent(ctx, string(offer)) {
			return
		}
		d.mu.Lock()
		same := k.offer != nil && k.offer.ID == offer
		d.mu.Unlock()
		if same {
			d.lose(k) // unless its socket is back
		}
	})
}

// isSilent says whether nothing comes from the leg. What cannot be found out is no
// reason to part anybody.
func (d *Desks) isSilent(ctx context.Context, leg string) bool {
	before, err := d.received(ctx, leg)
	if err != nil {
		return false
	}
	select {
	case <-time.After(soundGap):
	case <-ctx.Done():
		return false
	}
	after, err := d.received(ctx, leg)
	return err == nil && after == before
}

func (d *Desks) received(ctx context.Context, leg string) (packets int, err error) {
	ctx, cancel := context.WithTimeout(ctx, d.board.opts.RequestTimeout)
	defer cancel()
	return d.board.sound.Received(ctx, leg)
}
