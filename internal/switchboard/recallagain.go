package switchboard

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// deskLost says that the desk that this offer rang is no more. The line closes an offer
// that is open, but for one that was accepted a moment before.
func (r *recall) deskLost(id call.OfferID) {
	switch {
	case r.offer == nil || r.offer.id != id:
	case r.taken:
		r.loseDesk()
	case r.calledBy():
		r.notMade(call.ByUs, "the desk was lost")
	default:
		r.offer.lost = true
	}
}

// loseDesk goes on without the agent whose desk is no more. A citizen who was reached
// is on the telephone, and waits at the old place, with a word; for any other the line
// has put the callback back by itself.
func (r *recall) loseDesk() {
	if r.made != nil && !r.up {
		r.notMade(call.ByUs, "the desk was lost")
		return
	}
	lost := r.offer
	r.held = nil
	if lost.connected {
		r.record(call.Disconnected{Offer: lost.id, Agent: lost.agent, Why: "desk_lost"})
	}
	r.board.desks.ended(lost.agent, r.id, "desk_lost")
	r.dropDesk()
	r.ringBy = time.Time{}
	if !r.up {
		r.board.desks.free(r.id)
		r.dropCitizen()
		return
	}
	r.partCitizen()
	r.offers += unseen // the line may have put the callback back before it heard that it was answered
	r.board.line.Return(r.board.desks.waitFor(lost.agent, r.waiting()))
	r.waitAgain("back_in_line")
}

// waitAgain puts a citizen who is on the telephone in line, unless the line has them, and
// tells them so.
func (r *recall) waitAgain(key string) {
	r.board.line.Enqueue(r.waiting())
	r.tell(key)
}

// tell says something to a citizen who waits, and then music plays.
func (r *recall) tell(key string) {
	paths, _, err := r.board.prompts.Find(r.lang, []string{key})
	r.told++ // the end of what was said before is yet to be told
	r.play = recallPlay(r.id, r.told)
	if err != nil || !r.ask("play", func(ctx context.Context) error {
		return r.board.phones.Play(ctx, r.leg, r.play, paths)
	}) {
		r.play = ""
		r.music()
	}
}

func (r *recall) music() {
	if r.up && (r.offer == nil || !r.offer.connected || r.held != nil) {
		r.ask("music", func(ctx context.Context) error { return r.board.phones.Music(ctx, r.leg, true) })
	}
}

// hush ends what a citizen hears who waits again.
func (r *recall) hush() {
	if play := r.play; play != "" {
		r.play = ""
		r.ask("stop the prompt", func(ctx context.Context) error { return r.board.phones.StopPlay(ctx, play) })
	}
	r.ask("music", func(ctx context.Context) error { return r.board.phones.Music(ctx, r.leg, false) })
}

// check makes up for events that were lost in a gap.
func (r *recall) check(truth Truth) {
	there := func(leg string) bool { return slices.Contains(truth.Legs, leg) }
	if r.leg != "" && !there(r.leg) {
		r.gone(r.leg, causeMissing)
	}
	if !r.over && r.offer != nil && r.invited && !there(r.offer.leg()) {
		r.gone(r.offer.leg(), causeMissing)
	}
	for _, leg := range truth.Legs {
		if id, ok := call.Of(leg); !ok || id != r.id || r.over {
			continue
		}
		r.entered(leg) // which hangs up what is not of this callback
		if truth.Up[leg] && !r.over && (r.isDesk(leg) || leg == r.leg) {
			r.answered(leg)
		}
	}
}

// recallPlay derives the id of what the citizen hears as the n-th.
func recallPlay(id call.ID, n int) string { return string(id) + "-r" + strconv.Itoa(n) }

func isRecallPlay(id call.ID, play string) bool { return strings.HasPrefix(play, string(id)+"-r") }
