package switchboard

import (
	"sync/atomic"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/phone"
	"hotline1022/ivr/prompt"
)

// Keys in line and in the dialogue. None of them is the emergency key.
const (
	keyCallBack    = '1' // the offer: yes; the number: it is right
	keyOtherNumber = '3'
	keyBegin       = '*' // the number: once more from the beginning
	keyDone        = '#'
)

// A number that is entered begins with the trunk prefix, so that the emergency key is
// alive until then.
const (
	trunkPrefix   = '0'
	longestNumber = 15
	entries       = 3 // attempts to enter a number
)

// askBack is the dialogue with a citizen in line who wants to be called back. They
// wait on meanwhile, and an answer ends it.
type askBack struct {
	s      *session
	number string // E.164

	entering bool
	digits   []byte
	entered  int // attempts

	asked bool // the line has been asked
	taken bool // … and has said yes

	calledOff atomic.Bool // an emergency came before that
}

// offersBack decides whether the citizen is offered to be called back: once told of
// it by the line, or as soon as the wait will be long.
func (s *session) offersBack() bool {
	after := s.board.opts.CallbackAfter
	if s.board.outside == nil || s.place.emergency() {
		return false
	}
	if !s.backOffered && after > 0 && s.board.mayBeCalled(s.caller) {
		wait, known := s.board.line.Estimate(s.id)
		s.backOffered = known && wait >= after
	}
	return s.backOffered
}

// overflowBack offers it to a citizen who has waited too long.
func (s *session) overflowBack() {
	if s.board.outside == nil {
		s.goOn()
		return
	}
	if !s.board.mayBeCalled(s.caller) {
		s.say([]string{"callback_hidden"}, 0)
		return
	}
	s.backOffered = true
	s.say([]string{"callback_offer"}, 0)
}

// wantsBack takes the key that answers the offer.
func (s *session) wantsBack(digit byte) bool {
	if digit != keyCallBack || !s.backOffered || !s.inLine() || s.place.emergency() {
		return false
	}
	if !s.board.mayBeCalled(s.caller) {
		s.say([]string{"callback_hidden"}, 0)
		return true
	}
	a := &askBack{s: s, number: s.caller}
	s.dropAside()
	s.aside = a
	a.confirm()
	return true
}

func (a *askBack) confirm() {
	a.entering = false
	keys := append([]string{"callback_number"}, prompt.Digits(phone.Display(a.number))...)
	a.s.asks(append(keys, "callback_confirm")...)
}

func (a *askBack) enter(first ...string) {
	a.entering, a.digits = true, nil
	a.s.asks(append(first, "callback_enter")...)
}

func (a *askBack) said() {
	switch {
	case a.taken:
		a.s.finish(*a.s.verdict)
	case !a.asked:
		a.s.listen()
	}
}

func (a *askBack) key(digit byte) bool {
	switch {
	case a.asked:
		return false
	case a.entering:
		return a.dialled(digit)
	case digit == keyCallBack:
		a.ask()
	case digit == keyOtherNumber:
		a.enter()
	case digit == a.s.board.Flow().Emergency.Key:
		return false
	default:
		a.stay()
	}
	return true
}

// dialled is a key of the number.
func (a *askBack) dialled(digit byte) bool {
	s := a.s
	switch {
	case len(a.digits) == 0 && digit == s.board.Flow().Emergency.Key:
		return false
	case digit == keyBegin:
		a.enter()
		return true
	case digit == keyDone:
		a.submit()
		return true
	case len(a.digits) == 0 && digit != trunkPrefix, len(a.digits) == longestNumber:
		a.wrong()
		return true
	}
	a.digits = append(a.digits, digit)
	s.hush()
	s.lease(answerTime + s.board.opts.Lease)
	s.listen()
	return true
}

func (a *askBack) submit() {
	number := phone.Normalize(string(a.digits))
	if !a.s.board.mayBeCalled(number) {
		a.wrong()
		return
	}
	a.number = number
	a.confirm()
}

func (a *askBack) wrong() {
	if a.entered++; a.entered >= entries {
		a.stay("callback_wrong", "comfort")
		return
	}
	a.enter("callback_wrong")
}

// silence goes on waiting; but a number after which nothing comes is complete.
func (a *askBack) silence() {
	switch {
	case a.asked:
	case a.entering && len(a.digits) > 0:
		a.submit()
	default:
		a.stay()
	}
}

// stay ends the dialogue; the citizen waits on.
func (a *askBack) stay(keys ...string) {
	a.s.overAside()
	if len(keys) == 0 {
		keys = []string{"comfort"}
	}
	a.s.say(keys, 0)
}

// ask lets the line make the call a callback, at its place. From now on the citizen
// may hang up.
func (a *askBack) ask() {
	s := a.s
	a.asked, s.promised = true, true
	s.verdict = &call.Outcome{Result: call.Callback, By: call.ByUs, Stage: call.Waiting}
	s.hush()
	s.lease(s.board.opts.Lease)
	s.asideAt = time.Time{}
	s.board.askLine(acd.Callback{Waiting: s.waiting(), Number: a.number, NotBefore: s.board.saidGoodbye(s.lang, takenKeys())}, recall{
		ticket: s.ticket, lang: s.lang, place: s.place, offers: s.offers,
	}, &a.calledOff)
}

func takenKeys() []string { return []string{"callback_ok", "goodbye"} }

// saidGoodbye is when a citizen who is told that now has been told all of it. Nobody is
// called back before, and no agent is taken for it who would wait for that.
func (b *Board) saidGoodbye(lang call.Language, keys []string) time.Time {
	_, length, err := b.prompts.Find(lang, keys)
	if err != nil {
		length = 0 // and nothing is said
	}
	return time.Now().Add(length + playSlack)
}

// answeredBack is what the line says to it.
func (s *session) answeredBack(taken bool) {
	a, ok := s.aside.(*askBack)
	switch {
	case !ok || !a.asked || a.taken:
	case taken:
		a.taken = true
		s.board.desks.free(s.id) // whoever takes the callback; nobody is on hold any more
		for _, p := range s.parties() {
			s.board.desks.offerClosed(p.agent, p.id, call.OfferRescinded)
			s.dropDesk()
		}
		s.stage = call.Menu
		s.renewAt, s.announceAt, s.overdue, s.errand = time.Time{}, time.Time{}, false, nil
		s.say(takenKeys(), 0)
	default:
		s.promised, s.verdict = false, nil
		if s.inLine() {
			a.stay("callback_has", "comfort")
		}
	}
}

// dropped: an answer goes before the wish, and so does an emergency, which waits for
// nothing and nobody.
func (a *askBack) dropped() {
	s := a.s
	s.verdict = nil
	if !s.promised {
		return
	}
	s.promised = false
	a.calledOff.Store(true)
	if s.stage == call.Talking {
		return // the line has said, or will say, that it is too late
	}
	s.board.dropRecall(s.id)
	s.board.line.Leave(s.id)
	s.offers += unseen
}

// quit leaves the line for good, unless the place is kept for a callback.
func (s *session) quit() {
	if !s.promised {
		s.board.line.Leave(s.id)
	}
}
