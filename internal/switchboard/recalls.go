package switchboard

import (
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// askLine lets the line make a call a callback, at the place of its Arrived, and begins
// its owner. The citizen's session, if it is still there, is told, unless it has called
// it off meanwhile. After a restart calledOff is nil: then it was asked for before.
func (b *Board) askLine(cb acd.Callback, r recall, calledOff *atomic.Bool) {
	r.id, r.number = cb.Call, cb.Number
	b.line.AskCallback(cb, func(taken bool, _ acd.Why) {
		if calledOff != nil && calledOff.Load() {
			return // whoever did has told the line already
		}
		if taken {
			if calledOff != nil {
				b.journal.Append(cb.Call, call.CallbackAsked{Number: cb.Number})
			}
			b.beginRecall(&r, func(*recall) {})
		}
		if !b.deliver(cb.Call, askedBack{taken}) && !taken {
			b.line.Leave(cb.Call)
		}
	})
}

// beginRecall makes an owner for a callback.
func (b *Board) beginRecall(r *recall, take func(*recall)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ctx == nil {
		return // the next start reads of it in the journal
	}
	r.board, r.mail, r.log = b, newMailbox(), b.log.With(slog.String("call", string(r.id)))
	b.recalls[r.id] = r
	ctx := b.ctx
	b.owners.Go(func() {
		defer b.forgetRecall(r)
		take(r)
		r.run(ctx)
	})
}

func (b *Board) forgetRecall(r *recall) {
	b.mu.Lock()
	if b.recalls[r.id] == r {
		delete(b.recalls, r.id)
	}
	b.mu.Unlock()
	for msg, ok := r.mail.next(); ok && r.over; msg, ok = r.mail.next() {
		switch m := msg.(type) {
		case reported:
			b.late(m.signal)
		case command:
			m.done <- ErrNotYourCall
		case recordingAsked:
			m.answer <- ErrNotTalking
		}
	}
}

// dropRecall takes back a callback of which the line is told already: its citizen is on
// the telephone, and has something more urgent.
func (b *Board) dropRecall(id call.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.recalls[id]; r != nil {
		delete(b.recalls, id)
		r.mail.put(takenBack{})
	}
}

// wants says whether a message is for the callback and not for the call that asked
// for it.
func (r *recall) wants(msg message) bool {
	switch m := msg.(type) {
	case reported:
		switch sig := m.signal.(type) {
		case LegEntered:
			return true
		case LegRinging:
			return true
		case LegUp:
			return true
		case LegGone:
			return sig.Leg != string(r.id)
		case PlayDone:
			return isRecallPlay(r.id, sig.Play)
		}
		return false
	case decided, deskLost, command, recordingAsked:
		return true
	}
	return false
}

// restore takes a callback up after a restart: a conversation goes on, a citizen who
// was reached and has no agent any more waits, and everybody else is in line again; but
// who is still there, and is said goodbye to, only after that.
func (b *Board) restore(p OpenCall, truth Truth, there bool) {
	back := p.CallBack
	r := recall{id: p.Call, number: back.Number, ticket: p.Ticket, lang: p.Language, offers: p.Offers, last: back.Agent, outside: outsideNumber(p.Call, back.Leg)}
	r.place = place{topic: p.Topic, arrived: p.QueuedAt}
	r.place.queue, _ = b.queue(p.Queue)
	r.place.queue.Name = p.Queue
	if back.Made {
		r.place.queue, r.made = b.queueFor(p.Topic), &made{begun: true, want: WantedCall{Number: back.Number, Urgent: true}}
	}
	if !p.RecordingOff.IsZero() && b.pauser != nil {
		r.pause = pausing{at: p.RecordingOff.Add(longestPause), off: true}
	}
	r.given = p.GivenBy
	_, r.bridged = truth.Bridges[recallBridge(p.Call)]
	var legs []string
	for _, leg := range truth.Legs {
		if id, ok := call.Of(leg); !ok || id != p.Call {
			continue
		}
		legs = append(legs, leg)
		r.offers = max(r.offers, number(p.Call, leg))
		if n := outsideNumber(p.Call, leg); n > 0 {
			r.outside = max(r.outside, n)
			if truth.Up[leg] {
				r.leg, r.rung, r.up = leg, true, true
			}
		}
	}
	desk := ""
	if r.up && truth.Up[string(back.Offer)] {
		desk = string(back.Offer)
	}
	for _, leg := range legs {
		if leg != desk && leg != r.leg {
			b.insist("hang up a leg of before", b.phones.Hangup, leg)
		}
	}
	switch {
	case r.up:
		b.beginRecall(&r, func(r *recall) { r.takeUp(*back, desk, p.Held, truth) })
		return
	case back.Reached || back.Made: // and has hung up meanwhile, or was not reached
		if back.Talking {
			b.journal.Append(p.Call, call.Disconnected{Offer: back.Offer, Agent: back.Agent, Why: "citizen_hung_up"})
		}
		if back.Made {
			b.journal.Append(p.Call, call.Finished{Outcome: back.lost()})
		}
		b.recordings.FinishOutside(back.Leg)
	default:
		cb := acd.Callback{Waiting: r.waiting(), Number: back.Number, Tries: back.Tries, NotBefore: back.NotBefore}
		if goodbye := b.saidGoodbye(p.Language, backKeys()); there && goodbye.After(cb.NotBefore) {
			cb.NotBefore = goodbye
		}
		b.askLine(cb, r, nil)
	}
	if r.bridged {
		b.insist("remove the bridge", b.phones.RemoveBridge, recallBridge(p.Call))
	}
}

// takeUp goes on with a citizen who was reached.
func (r *recall) takeUp(back OpenCallback, desk string, held bool, truth Truth) {
	if !back.Reached && r.made == nil {
		r.record(call.CallbackClosed{How: call.CallbackReached, Tries: back.Tries + 1})
	}
	r.connected, r.parts = true, max(back.Parts, 1)
	if desk == "" {
		if back.Talking {
			r.record(call.Disconnected{Offer: back.Offer, Agent: back.Agent, Why: "desk_lost"})
		}
		r.partCitizen()
		r.waitAgain("back_in_line")
		return
	}
	r.offer = &party{id: back.Offer, agent: back.Agent, entered: true, rang: true, answered: true, connected: true}
	r.taken, r.invited = true, true
	r.board.line.Adopt(r.waiting(), back.Agent)
	if held {
		r.hush() // they are joined again below
		r.record(call.Resumed{Agent: back.Agent})
	}
	for _, leg := range []string{desk, r.leg} {
		if !slices.Contains(truth.Bridges[recallBridge(r.id)], leg) {
			r.bridged = true
			r.join(leg)
		}
	}
	if !back.Talking {
		r.record(call.Connected{Offer: back.Offer, Agent: back.Agent})
	}
	r.board.desks.connected(back.Agent, r.info())
}

// OpenCallback is what the journal knows of a callback that is not over.
type OpenCallback struct {
	Number    string
	Tries     int
	NotBefore time.Time
	Offer     call.OfferID // the last one
	Agent     call.AgentID
	Leg       string // of the citizen, the last one
	Parts     int    // of its recording
	Reached   bool
	Talking   bool
	Made      bool // it is none, but a call that an agent made
}

// lost is the outcome of a call that an agent made and that ended while nobody was there.
func (c *OpenCallback) lost() call.Outcome {
	outcome := call.Outcome{Result: call.NotReached, By: call.ByUs, Stage: call.Ringing, Detail: "ended while the controller was away"}
	if c.Reached {
		outcome.Result, outcome.Stage = call.Served, call.Talking
	}
	return outcome
}

// apply adds a fact; false when the callback is over.
func (c *OpenCallback) apply(fact call.Fact) bool {
	switch f := fact.(type) {
	case call.Offered:
		c.Offer, c.Agent = f.Offer, f.Agent
	case call.CallbackTried:
		c.Tries, c.NotBefore = f.Tries, f.Again
	case call.CallbackClosed:
		c.Reached = f.How == call.CallbackReached
		return c.Reached
	case call.CalledOut:
		c.Leg = f.Leg
	case call.Connected:
		c.Offer, c.Agent, c.Talking = f.Offer, f.Agent, true
		c.Reached = c.Reached || c.Made
		c.Parts++
	case call.Disconnected:
		c.Talking = false
		return c.Made || f.Why == "desk_lost" || f.Why == "transferred"
	case call.Finished:
		return !c.Made // else of the call in which it was asked for
	}
	return true
}
