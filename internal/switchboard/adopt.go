package switchboard

import (
	"context"
	"log/slog"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/ivr"
)

// Adopt compares what the switchboard believes with what is really there, after
// every connect and before any signal. past is what the journal knows of calls
// that were never finished; it matters at the first connect only.
//
// Calls that have an owner check themselves. Citizens without one are taken on
// where they stood, or from the first menu when nothing is known of them. Legs and
// bridges that belong to nobody are removed.
func (b *Board) Adopt(ctx context.Context, truth Truth, past []OpenCall) error {
	first := past != nil
	open := make(map[call.ID]OpenCall, len(past))
	for _, p := range past {
		open[p.Call] = p
	}
	if err := b.desks.renew(ctx); err != nil {
		return err
	}
	b.mu.Lock()
	owned := make(map[call.ID]*session, len(b.sessions))
	for id, s := range b.sessions {
		owned[id] = s
	}
	var adopted []call.ID
	for _, citizen := range truth.Citizens {
		if owned[citizen.Call] == nil {
			adopted = append(adopted, citizen.Call)
		}
	}
	if first { // before the first fact of any adopted call
		b.journal.Append("", call.Restarted{Adopted: adopted})
	}
	for _, citizen := range truth.Citizens {
		if owned[citizen.Call] != nil {
			continue
		}
		var resume func(*session)
		if p, known := open[citizen.Call]; known {
			resume = func(s *session) { s.resume(p, truth) }
			delete(open, p.Call)
		}
		b.begin(citizen, resume)
	}
	taken := make(map[call.ID]bool, len(b.sessions))
	for id := range b.sessions {
		taken[id] = true
	}
	b.mu.Unlock()

	for _, p := range open {
		if owned[p.Call] == nil {
			b.close(p)
		}
	}
	for _, s := range owned {
		s.mail.put(checked{truth})
	}
	b.sweep(ctx, truth, taken)
	b.log.Info("reconciled with Asterisk", slog.Int("citizens", len(truth.Citizens)),
		slog.Int("adopted", len(adopted)), slog.Int("lost", len(open)))
	return nil
}

// close ends a call in the journal that is no longer in Asterisk.
func (b *Board) close(p OpenCall) {
	outcome := call.Outcome{Result: call.Failed, By: call.ByUs, Stage: p.Stage, Detail: "ended while the controller was away"}
	if p.Stage == call.Talking {
		outcome.Result = call.Served
	}
	b.journal.Append(p.Call, call.Finished{Outcome: outcome})
	b.recordings.Finish(p.Call)
}

// sweep removes what belongs to no call that is alive.
func (b *Board) sweep(ctx context.Context, truth Truth, taken map[call.ID]bool) {
	for _, leg := range truth.Legs {
		if id, ok := call.Of(leg); ok && !taken[id] {
			if err := b.phones.Hangup(ctx, leg); err != nil {
				b.log.Warn("an ownerless leg stays", slog.String("leg", leg), slog.Any("error", err))
			}
		}
	}
	for bridge := range truth.Bridges {
		if id, ok := call.Of(bridge); ok && !taken[id] {
			if err := b.phones.RemoveBridge(ctx, bridge); err != nil {
				b.log.Warn("an ownerless bridge stays", slog.String("bridge", bridge), slog.Any("error", err))
			}
		}
	}
}

// resume takes a call up where the journal left it.
func (s *session) resume(p OpenCall, truth Truth) {
	s.ticket, s.lang, s.greeted = p.Ticket, p.Language, true
	s.plays = int(time.Now().Unix()) // playbacks of the time before may still be running
	s.offers = p.Offers
	s.bridge = truth.Bridges[s.id.Bridge()] != nil
	if queue, ok := s.board.queue(p.Queue); ok {
		s.place = place{queue: queue, topic: p.Topic, arrived: p.QueuedAt}
	}
	switch p.Stage {
	case call.Waiting, call.Ringing:
		s.sweepDesks(truth, "")
		s.again()
	case call.Talking:
		s.sweepDesks(truth, p.Offer)
		s.offer = &offer{id: p.Offer, agent: p.Agent}
		s.stage = call.Talking
		if !truth.Up[string(p.Offer)] {
			s.offer.gone = true
			s.loseDesk()
			return
		}
		s.board.line.Adopt(s.id, p.Agent)
		s.board.desks.connected(p.Agent, s.info())
	case call.Arriving, call.Menu, call.Ended:
		walk, step := ivr.Resume(s.board.flow.Load(), p.Node, p.Language)
		s.enterMenu(walk, step)
	}
}

// again puts a citizen who waited before back in the same place, unnoticed.
func (s *session) again() {
	s.stage = call.Waiting
	s.board.line.Enqueue(acd.Waiting{
		Call: s.id, Queue: s.place.queue.Name, Arrived: s.place.arrived,
		Emergency: s.place.queue.Emergency, Offers: s.offers,
	})
	s.announceAt = time.Now().Add(s.board.opts.FirstPosition)
	s.music = false
	s.renew(time.Now())
	s.hold(true)
}

// sweepDesks hangs up desks' legs of this call but the one that talks.
func (s *session) sweepDesks(truth Truth, talking call.OfferID) {
	for _, leg := range truth.Legs {
		if id, ok := call.Of(leg); ok && id == s.id && leg != string(talking) {
			s.phone("hang up a leg of before", s.board.phones.Hangup, leg)
		}
	}
}

// checked carries the truth to a call that has lived through a gap in the events.
type checked struct{ truth Truth }

func (checked) message() {}

// check makes up for the events that were lost in a gap.
func (s *session) check(truth Truth) {
	here := false
	for _, c := range truth.Citizens {
		here = here || c.Call == s.id
	}
	if !here {
		s.citizenGone(causeNormal)
		return
	}
	if s.offer != nil {
		leg := s.offer.leg()
		_, there := truth.Up[leg]
		switch {
		case !there:
			s.agentGone(leg, causeUnknown)
		case truth.Up[leg] && s.stage == call.Ringing:
			s.agentAnswered(leg)
		}
	}
	if s.playing != "" {
		s.hush()
		s.spoken()
	}
}
