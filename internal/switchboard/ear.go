package switchboard

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Longest waits of an ear.
const (
	earAnswers = 15 * time.Second // for the supervisor's softphone, which answers by itself
	earEnters  = 5 * time.Second  // for a leg that was asked for
)

// ear is one supervisor who hears one agent's conversation: the leg of the supervisor's
// softphone and a leg that hears the agent's, in a bridge of their own. Its fields belong
// to the goroutine in live; others reach it through the inbox.
//
//	ringing ──▶ joining ──▶ hearing ◀──▶ hearing the other way
//
// From everywhere to its end: when somebody asks, when the conversation is over for that
// agent, when the softphone hangs up or does not answer, and when anything is refused.
type ear struct {
	ears     *Ears
	seat     *earSeat
	id       call.EarID
	call     call.ID
	agent    call.AgentID
	agentLeg string
	log      *slog.Logger
	mail     *inbox[func(*ear)]
	over     chan struct{} // closed when nothing is left
	ending   bool          // it ends, or is about to; belongs to the ears' lock

	wish     bool   // whisper
	entered  bool   // the supervisor's leg is there
	up       bool   // … and answered
	gone     bool   // … and gone
	bridged  bool   // bridge and leg were asked for
	snoops   int    // number of the last leg that hears the agent's
	asked    string // which is to come; "" for none
	askedFor bool   // … to whisper
	hears    string // which is joined; "" for none
	whispers bool   // … and whispers
	heard    bool   // the journal knows of it

	deadline time.Time // by which what is waited for has come
	ended    call.ListenEnd
}

func newEar(e *Ears, seat *earSeat, id call.EarID, talk OfferInfo, whisper bool) *ear {
	return &ear{
		ears: e, seat: seat, id: id, call: talk.Call, agent: talk.Agent, agentLeg: string(talk.ID), wish: whisper,
		mail: newInbox[func(*ear)](), over: make(chan struct{}),
		log: e.board.log.With(slog.String("call", string(talk.Call)), slog.String("by", string(seat.by)), slog.String("agent", string(talk.Agent))),
	}
}

// live owns the ear to its end. When ctx ends first it ends too: nobody hears a call
// without an owner. The softphone has one leg at a time, so older is to be over before.
func (x *ear) live(ctx context.Context, older *ear) {
	if older != nil {
		select {
		case <-older.over:
		case <-ctx.Done():
		}
	}
	x.read()
	if x.ended == "" && ctx.Err() == nil {
		x.begin()
	}
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for x.ended == "" {
		wait := time.Hour
		if !x.deadline.IsZero() {
			wait = max(time.Until(x.deadline), 0)
		}
		timer.Reset(wait)
		select {
		case <-x.mail.ready:
			x.read()
		case <-timer.C:
			x.read() // what was told before goes before what the clock decides
			if x.ended == "" && !x.deadline.IsZero() && !time.Now().Before(x.deadline) {
				x.late()
			}
		case <-ctx.Done():
			x.end(call.ListenRestarted)
		}
	}
}

func (x *ear) read() {
	for x.ended == "" {
		msg, ok := x.mail.next()
		if !ok {
			return
		}
		msg(x)
	}
}

// begin rings the supervisor's softphone.
func (x *ear) begin() {
	x.bridged, x.deadline = true, time.Now().Add(earEnters)
	if x.ask("make a supervisor's bridge", func(ctx context.Context) error {
		return x.phones().MakeBridge(ctx, x.id.Bridge())
	}) != nil || x.ask("invite a supervisor", func(ctx context.Context) error {
		return x.phones().Invite(ctx, string(x.id), x.seat.phone.SIPUser, x.call, "")
	}) != nil {
		x.end(call.ListenFailed)
	}
}

// late is the end of a wait.
func (x *ear) late() {
	if x.entered && !x.up {
		x.end(call.ListenPhoneGone)
		return
	}
	x.log.Error("a supervisor's leg does not come")
	x.end(call.ListenFailed)
}

func (x *ear) reported(signal Signal) {
	switch sig := signal.(type) {
	case LegEntered:
		switch sig.Leg {
		case string(x.id):
			x.ring()
		case x.asked:
			x.join()
		case x.hears: // told twice
		default:
			x.clear("hang up a late leg", x.phones().Hangup, sig.Leg)
		}
	case LegUp:
		if sig.Leg == string(x.id) && !x.up {
			x.up = true
			x.snoop()
		}
	case LegGone:
		switch sig.Leg {
		case string(x.id):
			x.gone = true
			x.end(x.hungUp(sig.Cause))
		case x.asked, x.hears:
			x.end(call.ListenAgentLeft)
		}
	}
}

// hungUp says what it means that the supervisor's leg is gone.
func (x *ear) hungUp(cause int) call.ListenEnd {
	if x.up && cause == causeNormal {
		return call.ListenStopped
	}
	return call.ListenPhoneGone
}

func (x *ear) ring() {
	if x.entered {
		return
	}
	x.entered, x.deadline = true, time.Now().Add(earAnswers)
	if x.ask("join a supervisor", func(ctx context.Context) error {
		return x.phones().Join(ctx, x.id.Bridge(), string(x.id))
	}) != nil || x.ask("ring a supervisor", func(ctx context.Context) error {
		return x.phones().Ring(ctx, string(x.id), 2*earAnswers)
	}) != nil {
		x.end(call.ListenFailed)
	}
}

// want changes what the supervisor does.
func (x *ear) want(whisper bool) {
	x.wish = whisper
	if x.up && x.asked == "" && x.whispers != whisper {
		x.snoop()
	}
}

// snoop asks for a leg that hears the agent's, in the wanted way.
func (x *ear) snoop() {
	x.snoops++
	x.asked, x.askedFor, x.deadline = x.id.Snoop(x.snoops), x.wish, time.Now().Add(earEnters)
	hear := x.ears.listener.Listen
	if x.wish {
		hear = x.ears.listener.Whisper
	}
	switch err := x.ask("hear an agent", func(ctx context.Context) error { return hear(ctx, x.agentLeg, x.asked) }); {
	case err == nil:
	case errors.Is(err, ErrGone):
		x.end(call.ListenAgentLeft)
	default:
		x.end(call.ListenFailed)
	}
}

// join brings the supervisor together with the new leg that hears. The one before is gone
// first: through both at once the agent would hear the conversation come back.
func (x *ear) join() {
	leg, before := x.asked, x.hears
	x.asked, x.hears, x.deadline = "", leg, time.Time{}
	if before != "" {
		err := x.ask("hang up what a supervisor heard by", func(ctx context.Context) error { return x.phones().Hangup(ctx, before) })
		if err != nil && !errors.Is(err, ErrGone) {
			x.ears.board.insist("hang up what a supervisor heard by", x.phones().Hangup, before)
			x.end(call.ListenFailed)
			return
		}
	}
	switch err := x.ask("join what a supervisor hears by", func(ctx context.Context) error {
		return x.phones().Join(ctx, x.id.Bridge(), leg)
	}); {
	case errors.Is(err, ErrGone):
		x.end(call.ListenAgentLeft)
		return
	case err != nil:
		x.end(call.ListenFailed)
		return
	}
	x.heard, x.whispers = true, x.askedFor
	x.ears.board.journal.Append(x.call, call.Listened{By: x.seat.by, Agent: x.agent, Whisper: x.whispers})
	doing := EarListening
	if x.whispers {
		doing = EarWhispering
	}
	x.log.Info("a supervisor hears a call", slog.Bool("whisper", x.whispers))
	x.ears.tells(x, x.state(doing))
	if x.wish != x.whispers {
		x.snoop()
	}
}

// check makes up for the events that were lost in a gap.
func (x *ear) check(truth Truth) {
	leg := string(x.id)
	there := slices.Contains(truth.Legs, leg)
	switch {
	case x.entered && !there:
		x.end(call.ListenPhoneGone) // or made after the truth was read: it is hung up
		return
	case x.hears != "" && !slices.Contains(truth.Legs, x.hears):
		x.end(call.ListenAgentLeft)
		return
	case there:
		x.ring()
	}
	if x.ended == "" && truth.Up[leg] {
		x.reported(LegUp{Call: x.call, Leg: leg})
	}
	if x.ended == "" && x.asked != "" && slices.Contains(truth.Legs, x.asked) {
		x.join()
	}
}

// stop asks the ear to end; the ears' lock is held.
func (x *ear) stop(why call.ListenEnd) {
	x.ending = true
	x.mail.put(func(x *ear) { x.end(why) })
}

// end is the one way to end an ear; it tidies up whatever there is. What the agent could
// hear goes first.
func (x *ear) end(why call.ListenEnd) {
	x.ended = why
	x.ears.mu.Lock()
	x.ending = true
	x.ears.mu.Unlock()
	for _, leg := range []string{x.asked, x.hears} {
		if leg != "" {
			x.clear("hang up what a supervisor heard by", x.phones().Hangup, leg)
		}
	}
	if x.bridged {
		if !x.gone {
			x.clear("hang up a supervisor", x.phones().Hangup, string(x.id))
		}
		x.clear("remove a supervisor's bridge", x.phones().RemoveBridge, x.id.Bridge())
	}
	if x.heard {
		x.ears.board.journal.Append(x.call, call.ListenEnded{By: x.seat.by, Agent: x.agent, Why: why})
	}
	x.log.Info("a supervisor's listening ended", slog.String("why", string(why)), slog.Bool("heard", x.heard))
	last := x.state(EarIdle)
	last.Ended = why
	x.ears.forget(x, last)
}

func (x *ear) state(doing EarDoing) EarState {
	return EarState{Doing: doing, Since: time.Now(), Agent: x.agent, Call: x.call}
}

func (x *ear) phones() Phones { return x.ears.board.phones }

// ask is Board.request of this ear.
func (x *ear) ask(what string, request func(context.Context) error) error {
	return x.ears.board.request(x.log, what, request)
}

// clear is Board.clear of this ear.
func (x *ear) clear(what string, request func(context.Context, string) error, id string) {
	x.ears.board.clear(x.log, what, request, id)
}
