package switchboard

import (
	"context"
	"log/slog"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
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
	drill  *Drill // nil if it is a real call

	stage call.Stage
	lang  call.Language
	left  bool // the citizen's leg is gone, or not ours any more

	walk *ivr.Walk // the menus; in line, for the emergency key
	step ivr.Step

	playing string          // id of the prompt that the citizen hears, "" if none
	plays   int             // number of the last playback
	unended map[string]bool // playbacks whose end is yet to be told
	offers  int             // highest number of an offer that was, or may have been, made
	music   bool
	unsure  bool // … for the phones refused, and may have done it
	greeted bool

	place   place                 // where in line, from the first Queued on
	offer   *party                // the agent who is rung or talks; of several that are rung, one
	others  []*party              // … and whoever else is rung or in the call; none without an offer
	held    *hold                 // talking: the citizen hears music; nil if not
	consult *consult              // talking: somebody is called in; nil if not
	given   call.AgentID          // who gave the call away, until somebody has it
	prefer  call.AgentID          // whom it was given to
	guests  int                   // highest number of a leg that the line did not make
	heard   map[call.OfferID]bool // whom the recording's part holds
	part    int                   // number of that part, 0 and 1 the first
	bridge  bool                  // the call's bridge stands, as far as we know
	bridged bool                  // it was asked for, so that it may stand

	hand *handing // to command centres; nil if it is no emergency, or agents have it alone

	troubled call.AgentID // whose phone fell out of the conversation last

	silenceAt  time.Time // menu: no key by then is silence
	overAt     time.Time // playing: the prompt is over by then, told or not
	renewAt    time.Time // waiting: renew the lease; talking: remove it, which has failed
	announceAt time.Time // waiting: say the position
	overdue    bool      // … as soon as what plays is over
	noticing   bool      // hears the notice
	noticed    bool      // has heard it
	errand     func()    // waiting: to be done then, before that
	asideAt    time.Time // aside: no key by then is silence
	pause      pausing   // of the recording

	aside       aside         // what the citizen is asked beside the menus; nil if nothing
	verdict     *call.Outcome // how the call will have ended, whoever hangs up now
	backOffered bool          // was offered to be called back
	promised    bool          // the place is kept for a callback, or about to be
	hadMessage  bool          // was asked for a message, and is not again
}

// arrive begins a call at the first menu.
func (s *session) arrive(entered CitizenEntered) {
	if s.drill == nil {
		s.ticket = s.board.journal.NextTicketCode(time.Now())
	}
	s.record(call.Arrived{Caller: s.caller, Dialed: entered.Dialed, Ticket: s.ticket, Language: s.lang})
	walk, step := ivr.Start(s.board.flow.Load())
	step.Say = s.withNotice(step.Say)
	s.enterMenu(walk, step)
}

// run owns the call until it ends or ctx does. When ctx ends first, the call is
// left alone in Asterisk, for the next start to adopt.
func (s *session) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for s.stage != call.Ended {
		timer.Reset(s.untilNext(time.Now()))
		select {
		case <-s.mail.ready:
			s.read(ctx)
		case <-timer.C:
			s.read(ctx) // what was told before goes before what the clock decides
			if s.stage != call.Ended && ctx.Err() == nil {
				s.due(time.Now())
			}
		case <-ctx.Done():
			return
		}
	}
}

// read does what lies in the mailbox. What is there after the call's end, or when ctx
// has ended, stays there: a message is done to its end or not at all, so that memory,
// journal and Asterisk agree.
func (s *session) read(ctx context.Context) {
	for s.stage != call.Ended && ctx.Err() == nil {
		msg, ok := s.mail.next()
		if !ok {
			return
		}
		msg.to(s)
	}
}

func (s *session) reported(signal Signal) {
	if s.ofDestination(signal) {
		return
	}
	switch sig := signal.(type) {
	case Digit:
		s.key(sig.Digit)
	case PlayDone:
		s.playDone(sig.Play)
	case RecordDone:
		s.recorded(sig)
	case LegEntered:
		s.legEntered(sig.Leg)
	case LegRinging:
		s.legRings(sig.Leg)
	case LegUp:
		s.legAnswered(sig.Leg)
	case LegGone:
		if sig.Leg == string(s.id) {
			s.citizenGone(sig.Cause)
		} else {
			s.legGone(sig.Leg, sig.Cause)
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
	case acd.Regained:
		s.place.arrived = d.Arrived
	case acd.CallMoved:
		s.moved(d.To)
	case acd.Overflowed:
		s.overflowed(d)
	case acd.Declined:
		if s.consults(d.Agent) {
			s.notTaken(call.ConsultNotFree)
		}
	case acd.Nobody:
		s.happens(emergency.NobodyFree{})
	case acd.AgentMoved: // the desks' business
	}
}

func (s *session) inLine() bool { return s.stage == call.Waiting || s.stage == call.Ringing }

// try is Board.request of this call.
func (s *session) try(what string, request func(context.Context) error) error {
	return s.board.request(s.log, what, request)
}

// ask is try for those who only want to know whether it went through.
func (s *session) ask(what string, request func(context.Context) error) bool {
	return s.try(what, request) == nil
}

// clear is Board.clear of this call.
func (s *session) clear(what string, request func(context.Context, string) error, id string) {
	s.board.clear(s.log, what, request, id)
}
