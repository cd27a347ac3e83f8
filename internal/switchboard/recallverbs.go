package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
)

// What an agent may do with a citizen whom we called, as with one who called us: hold,
// transfer to people and queues, and a pause of the recording. Nobody is consulted or
// brought in here.

// talksWith says that the agent talks with the citizen, who may be on hold.
func (r *recall) talksWith(agent call.AgentID) bool {
	return r.up && r.offer != nil && r.offer.agent == agent && r.offer.connected && !r.offer.gone
}

// putOnHold takes the citizen out of the bridge, in which the agent stays. What the phones
// refused may have been done all the same, so the citizen is joined again then.
func (r *recall) putOnHold() error {
	if r.held != nil {
		return nil
	}
	if !r.partCitizen() {
		if !r.join(r.leg) {
			r.loseDesk()
		}
		return ErrPhones
	}
	now := time.Now()
	r.held = &hold{since: now, by: r.offer.agent}
	if every := r.board.opts.HoldReminder; every > 0 {
		r.held.remindAt = now.Add(every)
	}
	r.record(call.Held{Agent: r.offer.agent})
	r.music()
	r.show()
	return nil
}

// takeOffHold ends a hold. A citizen who cannot be brought back waits in line.
func (r *recall) takeOffHold() error {
	if r.held == nil {
		return nil
	}
	r.held = nil
	r.hush()
	if !r.join(r.leg) {
		r.loseDesk()
		return ErrPhones
	}
	r.record(call.Resumed{Agent: r.offer.agent})
	r.show()
	return nil
}

// remind tells citizen and agent that the one waits for the other.
func (r *recall) remind(now time.Time) {
	r.held.remindAt = now.Add(r.board.opts.HoldReminder)
	r.held.reminded++
	r.record(call.HeldLong{Agent: r.held.by, Seconds: int(now.Sub(r.held.since).Seconds())})
	r.hush()
	r.tell("hold_wait")
	if paths, _, err := r.board.prompts.Find(r.lang, []string{"hold_agent"}); err == nil {
		leg := r.offer.leg()
		r.ask("remind the agent", func(ctx context.Context) error {
			return r.board.phones.Play(ctx, leg, reminderPlay(r.id), paths)
		})
	}
	r.show()
}

// remindAt is when the next reminder is due; zero if none is.
func (r *recall) remindAt() time.Time {
	if r.held == nil {
		return time.Time{}
	}
	return r.held.remindAt
}

// give puts the citizen in line for whom the call is given to.
func (r *recall) give(to call.Target) error {
	lead := r.offer
	if r.held == nil {
		r.partCitizen()
	}
	r.held = nil
	r.record(call.TransferAsked{Agent: lead.agent, To: to},
		call.Disconnected{Offer: lead.id, Agent: lead.agent, Why: "transferred"})
	if q, ok := r.board.queue(to.Queue); ok {
		r.place.queue = q
	}
	r.given, r.prefer = lead.agent, to.Agent
	r.offers += unseen // a call that an agent made has had no offer of the line's
	r.board.line.Ended(r.id)
	r.board.desks.ended(lead.agent, r.id, "transferred")
	r.dropDesk()
	r.waitAgain("transfer")
	return nil
}

// partCitizen takes the citizen out of the bridge.
func (r *recall) partCitizen() bool {
	return r.ask("take the citizen out of the bridge", func(ctx context.Context) error {
		return r.board.phones.Part(ctx, recallBridge(r.id), r.leg)
	})
}

// show tells the agent's page how the conversation stands.
func (r *recall) show() {
	info := TalkInfo{Call: r.id, Lead: true}
	if r.held != nil {
		info.Held, info.HeldSince, info.Reminded = true, r.held.since, r.held.reminded
	}
	r.board.desks.stands(r.offer.agent, info)
}

// sentBy says how the call comes to the desk that is rung.
func (r *recall) sentBy() OfferHow {
	if r.given == "" {
		return FromLine
	}
	return GivenAway
}
