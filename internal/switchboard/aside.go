package switchboard

import (
	"time"

	"hotline1022/internal/call"
)

// aside is what a citizen is asked beside the menus: while they wait, or after the
// line. It has the call's ear only: whatever it is about, an answer ends it, and the
// emergency key does.
type aside interface {
	// said goes on when its prompts are over.
	said()
	// key takes a digit before the menus do; false leaves it to them.
	key(digit byte) bool
	// silence is due when nothing was pressed in time.
	silence()
	// dropped ends it in the middle: an emergency, an answer, a hang-up.
	dropped()
}

// answerTime is how long a citizen may think before they press a key.
const answerTime = 6 * time.Second

// turnTo makes an aside the one that goes on, with what it says first.
func (s *session) turnTo(a aside, keys ...string) {
	s.dropAside()
	s.aside = a
	s.asks(keys...)
}

// asks says what the aside has to say; it may be answered at once.
func (s *session) asks(keys ...string) {
	s.asideAt = time.Time{}
	s.say(keys, answerTime)
}

// listen gives the citizen time for a key.
func (s *session) listen() { s.asideAt = time.Now().Add(answerTime) }

// dropAside ends an aside in the middle.
func (s *session) dropAside() {
	if a := s.aside; a != nil {
		s.overAside()
		a.dropped()
	}
}

// overAside forgets an aside that has come to its end.
func (s *session) overAside() { s.aside, s.asideAt = nil, time.Time{} }

// later does something as soon as the citizen waits and nothing plays, if that is still
// so then.
func (s *session) later(do func()) {
	s.errand = do
	if s.idle() {
		s.goOn()
	}
}

// goOn fills the time of a citizen in line who hears nothing.
func (s *session) goOn() {
	if s.stage == call.Waiting && s.aside == nil {
		switch errand := s.errand; {
		case errand != nil:
			s.errand = nil
			errand()
			return
		case s.overdue:
			s.announce(time.Now())
			return
		}
	}
	s.renew(time.Now())
}
