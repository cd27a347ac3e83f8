package switchboard

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Adopt compares what the switchboard believes with what is really there, after
// every connect and before any signal. past is what the journal knows of calls
// that were never finished, and not nil at the first connect only.
//
// Calls that have an owner check themselves. Citizens without one are taken on
// where they stood, or from the first menu when nothing is known of them. Legs and
// bridges that belong to nobody are removed. What the phones refuse meanwhile keeps
// no citizen waiting.
func (b *Board) Adopt(_ context.Context, truth Truth, past []OpenCall) error {
	b.background(b.desks.renew)
	b.background(b.ears.renew)
	truth = b.ears.check(truth)
	if past != nil { // nobody signs in before
		b.ears.sweep(truth.Phones)
	}
	b.mu.Lock()
	owned := make(map[call.ID]bool, len(b.sessions))
	for id, s := range b.sessions {
		owned[id] = true
		s.mail.put(checked{truth})
	}
	for id, r := range b.recalls {
		owned[id] = true
		r.mail.put(checked{truth})
	}
	var found []CitizenEntered
	var ids, late []call.ID
	for _, p := range past {
		if p.Stage == call.Ended {
			b.ended.add(p.Call, time.Now()) // a citizen who is still there, or announced late, does not begin anew
		}
	}
	for _, citizen := range truth.Citizens {
		switch {
		case owned[citizen.Call]:
		case b.over(citizen.Call):
			late = append(late, citizen.Call)
		default:
			found, ids = append(found, citizen), append(ids, citizen.Call)
			owned[citizen.Call] = true // whoever is named twice is one
		}
	}
	if past != nil { // before the first fact of any adopted call or restored desk
		b.journal.Append("", call.Restarted{Adopted: ids})
		for _, p := range past {
			for _, by := range slices.Sorted(maps.Keys(p.Ears)) {
				b.journal.Append(p.Call, call.ListenEnded{By: by, Agent: p.Ears[by], Why: call.ListenRestarted})
			}
		}
		b.desks.enter()
	}
	open := make(map[call.ID]OpenCall, len(past))
	for _, p := range past {
		open[p.Call] = p
	}
	for _, citizen := range found {
		var resume func(*session)
		if p, known := open[citizen.Call]; known {
			resume = func(s *session) { s.resume(p, truth) }
		} else {
			resume = func(s *session) { s.sweepDesks(truth); s.arrive(citizen) }
		}
		b.begin(citizen, resume)
	}
	b.mu.Unlock()

	lost := 0
	for _, p := range open {
		there := owned[p.Call]
		if p.Stage == call.Ended && p.CallBack == nil {
			continue // over, and only remembered
		}
		if p.CallBack != nil {
			if _, stands := truth.Bridges[p.Call.Bridge()]; stands && !there {
				b.insist("remove an ownerless bridge", b.phones.RemoveBridge, p.Call.Bridge())
			}
			owned[p.Call] = true
			b.restore(p, truth, there)
		}
		if !there && p.Stage != call.Ended {
			lost++
			b.close(p)
		}
	}
	b.sweep(truth, owned, late)
	b.log.Info("reconciled with Asterisk", slog.Int("citizens", len(truth.Citizens)),
		slog.Int("adopted", len(found)), slog.Int("lost", lost))
	return nil
}

// close ends a call in the journal that is no longer in Asterisk.
func (b *Board) close(p OpenCall) {
	b.journal.Append(p.Call, call.Finished{Outcome: p.lost()})
	b.recordings.Finish(p.Call)
}

// lost is the outcome of a call that ended while nobody was there.
func (c *OpenCall) lost() call.Outcome {
	outcome := call.Outcome{Result: call.Failed, By: call.ByUs, Stage: c.Stage, Detail: "ended while the controller was away"}
	switch {
	case c.Stage == call.Talking:
		outcome.Result = call.Served
	case c.Beside == AtSurvey:
		outcome.Result, outcome.Stage = call.Served, call.Talking
	case c.Beside == HasBack:
		outcome.Result, outcome.Stage = call.Callback, call.Waiting
	case c.Beside == HasMessage:
		outcome.Result, outcome.Stage = call.Voicemail, call.Waiting
	}
	return outcome
}

// sweep removes what belongs to no call that is alive: legs first, then bridges.
func (b *Board) sweep(truth Truth, owned map[call.ID]bool, late []call.ID) {
	for _, id := range late { // the call ended, and its hang-up has not gone through
		b.insist("hang up a citizen of a call that has ended", b.phones.Hangup, string(id))
	}
	for _, leg := range truth.Legs {
		if id, ok := call.Of(leg); ok && !owned[id] {
			b.insist("hang up an ownerless leg", b.phones.Hangup, leg)
		}
	}
	for bridge := range truth.Bridges {
		if id, ok := call.Of(bridge); ok && !owned[id] {
			b.insist("remove an ownerless bridge", b.phones.RemoveBridge, bridge)
		}
	}
}
