package switchboard

import (
	"context"
	"log/slog"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// ringOutside is how long a citizen's telephone is rung.
const ringOutside = 45 * time.Second

// recall is one callback, from the moment the line takes it until nobody is to be
// called any more. It goes on under the id of the call that asked for it, which may be
// over: agent first, then the citizen.
//
//	in line ─▶ desk rings ─▶ citizen is called ─▶ talking ─▶ over
//	   ▲  ▲          │                │              │ desk lost
//	   │  └──────────┘ not taken      │              ▼
//	   └──────────────────────────────┘          in line, with the citizen
//	                 not reached: later
//
// Its fields belong to the goroutine in run.
type recall struct {
	id    call.ID
	board *Board
	log   *slog.Logger
	mail  *mailbox

	number string
	ticket string
	lang   call.Language
	place  place

	offers  int    // highest number of an offer so far
	offer   *party // the agent who is rung, or talks
	taken   bool   // … for they have answered, or the citizen is called first
	invited bool   // … and their desk's leg was asked for
	last    call.AgentID
	bridged bool

	outside   int       // number of the citizen's last leg
	leg       string    // the citizen's leg; "" if there is none
	rung      bool      // it is rung
	up        bool      // … and was answered
	connected bool      // citizen and agent have been together
	parts     int       // of the recording, so far: one for each agent
	endBy     time.Time // how long the citizen may be talked with; the leg ends by itself then
	play      string    // what the citizen hears while they wait for an agent
	told      int       // … and how much they have heard
	ringBy    time.Time
	held      *hold        // the citizen hears music; nil if not
	pause     pausing      // of the recording
	given     call.AgentID // who gave the call away, until somebody has it
	prefer    call.AgentID // whom it was given to
	over      bool

	made *made // an agent makes the call; nil for a callback
}

// recallBridge derives the id of the bridge of a callback: that of the call may still be
// there, and goes with it.
func recallBridge(id call.ID) string { return string(id) + "-cb" }

// outsideLeg derives the id of the leg of the call's n-th try to call the citizen.
func outsideLeg(id call.ID, n int) string { return id.Called(n) }

// outsideNumber is n of it; 0 for what is none.
func outsideNumber(id call.ID, leg string) int {
	if n, ok := call.CalledLeg(leg); ok && leg == outsideLeg(id, n) {
		return n
	}
	return 0
}

func (r *recall) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for !r.over {
		wait := time.Hour
		for _, at := range []time.Time{r.ringBy, r.remindAt(), r.pause.at} {
			if !at.IsZero() {
				wait = min(wait, max(time.Until(at), 0))
			}
		}
		timer.Reset(wait)
		select {
		case <-r.mail.ready:
		case <-timer.C:
		case <-ctx.Done():
			return
		}
		for msg, ok := r.mail.next(); ok && !r.over; msg, ok = r.mail.next() {
			msg.toRecall(r)
			if ctx.Err() != nil {
				return
			}
		}
		if !r.over {
			r.due(time.Now())
		}
	}
}

// due does what the clock has decided.
func (r *recall) due(now time.Time) {
	if at := r.remindAt(); !at.IsZero() && !at.After(now) {
		r.remind(now)
	}
	if passed(&r.pause.at, now) {
		recordAgain(r, call.RecordingTimeout, "") //nolint:errcheck // in the log, and tried again
	}
	if passed(&r.ringBy, now) {
		r.notReached(call.CallbackNoAnswer)
	}
}

func (r *recall) reported(signal Signal) {
	switch sig := signal.(type) {
	case LegEntered:
		r.entered(sig.Leg)
	case LegRinging:
		if r.isDesk(sig.Leg) && !r.offer.rang && !r.calledBy() {
			r.offer.rang = true
			r.record(call.OfferRang{Offer: r.offer.id, Agent: r.offer.agent})
			r.board.line.Ringing(r.offer.id)
		}
	case LegUp:
		r.answered(sig.Leg)
	case LegGone:
		r.gone(sig.Leg, sig.Cause)
	case PlayDone:
		if sig.Play == r.play {
			r.play = ""
			r.music()
		}
	case CitizenEntered, Digit, RecordDone: // of the call that asked
	}
}

func (r *recall) decided(decision acd.Decision) {
	switch d := decision.(type) {
	case acd.OfferMade:
		r.offered(d)
	case acd.OfferClosed:
		r.offerClosed(d)
	case acd.CallMoved:
		r.moved(d.To)
	case acd.AgentMoved:
		if r.made != nil && !r.made.begun {
			r.begin(d.Agent)
		}
	case acd.Declined:
		r.declined()
	case acd.CallbackRetry:
		r.record(call.CallbackTried{Agent: r.last, How: call.CallbackEnd(d.How), Tries: d.Tries, Again: d.At})
	case acd.CallbackClosed:
		r.record(call.CallbackClosed{How: call.CallbackEnd(d.How), Tries: d.Tries})
		if d.How != acd.CallbackReached {
			r.finish()
		}
	}
}

func (r *recall) moved(queue string) {
	if q, ok := r.board.queue(queue); ok {
		r.place.queue = q
	}
}

// calledBy says that the agent who is rung, or whose telephone rings, makes the call; who
// comes after them had it from the line.
func (r *recall) calledBy() bool {
	return r.made != nil && r.offer != nil && r.offer.id == r.id.Offer(1)
}

func (r *recall) isDesk(leg string) bool { return r.offer != nil && r.offer.leg() == leg }

func (r *recall) record(facts ...call.Fact) { r.board.journal.Append(r.id, facts...) }

// try is Board.request of this callback.
func (r *recall) try(what string, request func(context.Context) error) error {
	return r.board.request(r.log, what, request)
}

// ask is try for those who only want to know whether it went through.
func (r *recall) ask(what string, request func(context.Context) error) bool {
	return r.try(what, request) == nil
}

func (r *recall) hangUp(leg string) {
	r.board.insist("hang up a leg of a callback", r.board.phones.Hangup, leg)
}

// takenBack ends a callback that the line has let go already.
func (r *recall) takenBack() {
	switch {
	case r.offer == nil:
	case r.offer.connected:
		r.record(call.Disconnected{Offer: r.offer.id, Agent: r.offer.agent, Why: "citizen_hung_up"})
		r.board.desks.ended(r.offer.agent, r.id, "citizen_hung_up")
	default:
		r.board.desks.offerClosed(r.offer.agent, r.offer.id, call.OfferRescinded)
	}
	if !r.connected && r.made == nil {
		r.record(call.CallbackClosed{How: call.CallbackCancelled})
	}
	r.close(call.Outcome{Result: call.NotReached, By: call.ByUs, Stage: call.Ringing, Detail: "called off"})
}

// finish is the one way to end: nothing of the callback is left behind.
func (r *recall) finish() {
	r.over = true
	r.board.desks.free(r.id)
	if r.offer != nil && !r.offer.gone {
		r.hangUp(r.offer.leg())
	}
	if r.leg != "" {
		r.hangUp(r.leg)
	}
	if r.bridged {
		r.board.insist("remove the bridge", r.board.phones.RemoveBridge, recallBridge(r.id))
	}
	if r.outside > 0 {
		r.board.recordings.FinishOutside(outsideLeg(r.id, r.outside))
	}
}

func (r *recall) info() OfferInfo {
	return OfferInfo{
		ID: r.offer.id, Call: r.id, Agent: r.offer.agent, Caller: r.number, Topic: r.place.topic,
		Language: r.lang, QueuedAt: r.place.arrived, Ticket: r.ticket, Outbound: r.calledBy(),
		Recorded: r.board.pauser != nil, RecordingOff: r.pause.until(), From: r.given, How: r.sentBy(),
	}
}

// waiting is the callback as the line knows it; with a citizen on the telephone it is
// a call like any other.
func (r *recall) waiting() acd.Waiting {
	return acd.Waiting{
		Call: r.id, Queue: r.place.queue.Name, Arrived: r.place.arrived, Offers: r.offers,
		Language: r.lang, Field: r.place.topic.Field, Prefer: r.prefer, PreferFor: transferWait,
	}
}
