package switchboard

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/ivr"
)

// session is one call, from the citizen's leg entering to its end. Its fields
// belong to the goroutine in run; others reach it through the mailbox only.
type session struct {
	id     call.ID
	board  *Board
	log    *slog.Logger
	mail   *mailbox
	caller string
	ticket string // code of the ticket that the call opened

	stage call.Stage
	lang  call.Language

	walk *ivr.Walk // the menus, while the stage is menu
	step ivr.Step

	playing string // id of the prompt that the citizen hears, "" if none
	plays   int    // playbacks so far, to number them
	offers  int    // offers so far, to number them
	music   bool
	greeted bool

	place  place  // where in line, from the first Queued on
	offer  *offer // the agent that is being rung or talks
	bridge bool   // the call's bridge was made

	silenceAt  time.Time // menu: no key by then is silence
	renewAt    time.Time // waiting: renew the lease
	announceAt time.Time // waiting: say the position
}

// place is a place in line; it outlives an offer and a lost desk.
type place struct {
	queue   acd.Queue
	topic   call.Topic
	arrived time.Time
}

// offer is the agent's side of a call.
type offer struct {
	id    call.OfferID
	agent call.AgentID
	gone  bool // the leg ended before the line had closed the offer
}

func (o *offer) leg() string { return string(o.id) }

// run owns the call until it ends or ctx does. When ctx ends first, the call is
// left alone in Asterisk, for the next start to adopt.
func (s *session) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for s.stage != call.Ended {
		timer.Reset(s.untilNext(time.Now()))
		select {
		case <-s.mail.ready:
			for _, msg := range s.mail.take() {
				if s.stage != call.Ended {
					s.handle(msg)
				}
			}
		case <-timer.C:
			s.due(time.Now())
		case <-ctx.Done():
			return
		}
	}
}

func (s *session) handle(msg message) {
	switch m := msg.(type) {
	case reported:
		s.reported(m.signal)
	case decided:
		s.decided(m.decision)
	case deskLost:
		if s.stage == call.Talking && s.offer.agent == m.agent {
			s.loseDesk()
			return
		}
		s.board.line.DeskLost(m.agent)
	case checked:
		s.check(m.truth)
	}
}

func (s *session) reported(signal Signal) {
	switch sig := signal.(type) {
	case Digit:
		s.key(sig.Digit)
	case PlayDone:
		if sig.Play == s.playing {
			s.playing = ""
			s.spoken()
		}
	case LegEntered:
		s.agentEntered(sig.Leg)
	case LegRinging:
		s.agentRings(sig.Leg)
	case LegUp:
		s.agentAnswered(sig.Leg)
	case LegGone:
		if sig.Leg == string(s.id) {
			s.citizenGone(sig.Cause)
		} else {
			s.agentGone(sig.Leg, sig.Cause)
		}
	case CitizenEntered: // told twice: the call is ours already
	}
}

func (s *session) decided(decision acd.Decision) {
	switch d := decision.(type) {
	case acd.OfferMade:
		s.offered(d)
	case acd.OfferClosed:
		s.offerClosed(d)
	case acd.AgentMoved: // the desks' business
	}
}

// citizenGone ends the call: the citizen's leg is no more, or no longer ours.
func (s *session) citizenGone(cause int) {
	outcome := call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: s.stage}
	switch s.stage {
	case call.Talking:
		outcome.Result = call.Served
		s.record(call.Disconnected{Offer: s.offer.id, Agent: s.offer.agent, Why: "citizen_hung_up"})
		s.board.desks.ended(s.offer.agent, s.id, "citizen_hung_up")
		s.board.line.Ended(s.id)
	case call.Waiting, call.Ringing:
		s.board.line.Leave(s.id)
		if s.offer != nil {
			s.board.desks.offerClosed(s.offer.agent, s.offer.id, call.OfferRescinded)
		}
	case call.Arriving, call.Menu, call.Ended:
	}
	if cause == causeTakenBack {
		outcome = call.Outcome{Result: call.Failed, By: call.ByUs, Stage: s.stage, Detail: "the lease ran out"}
	}
	s.finish(outcome)
}

// finish is the one way to end a call. It tidies up whatever the call had made.
func (s *session) finish(outcome call.Outcome) {
	s.stage = call.Ended
	if s.offer != nil {
		s.phone("hang up the desk", s.board.phones.Hangup, s.offer.leg())
	}
	s.phone("hang up the citizen", s.board.phones.Hangup, string(s.id))
	if s.bridge {
		s.phone("remove the bridge", s.board.phones.RemoveBridge, s.id.Bridge())
	}
	s.record(call.Finished{Outcome: outcome})
	s.board.recordings.Finish(s.id)
	s.log.Info("call ended", slog.String("result", string(outcome.Result)), slog.String("by", string(outcome.By)),
		slog.String("stage", string(outcome.Stage)), slog.String("detail", outcome.Detail))
}

func (s *session) record(facts ...call.Fact) { s.board.journal.Append(s.id, facts...) }

// ask makes one request to the phones, bounded in time, and says whether it went
// through. That a leg is gone already is told by its signal, so it is not logged.
func (s *session) ask(what string, request func(context.Context) error) bool {
	ctx, cancel := context.WithTimeout(context.Background(), s.board.opts.RequestTimeout)
	defer cancel()
	err := request(ctx)
	switch {
	case err == nil:
		return true
	case errors.Is(err, ErrGone):
		s.log.Debug("too late", slog.String("to", what))
	default:
		s.log.Error("the phones refused", slog.String("to", what), slog.Any("error", err))
	}
	return false
}

// phone is ask for the requests that take one id.
func (s *session) phone(what string, request func(context.Context, string) error, id string) bool {
	return s.ask(what, func(ctx context.Context) error { return request(ctx, id) })
}
