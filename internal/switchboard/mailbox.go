package switchboard

import (
	"hotline1022/acd"
	"hotline1022/internal/call"
)

// message is what may lie in a call's mailbox, or in that of its callback; the owner lets
// it do what it is for.
type message interface {
	to(*session)
	toRecall(*recall)
}

type (
	reported struct{ signal Signal }         // the phones saw something
	decided  struct{ decision acd.Decision } // the line decided something
	deskLost struct{ offer call.OfferID }    // the desk that this offer rang is no more; the line knows
	checked  struct{ truth Truth }           // what is there after a gap in the events

	askedBack struct{ taken bool } // the line's answer to whoever wants to be called back
	takenBack struct{}             // … who wants something else now
)

func (m reported) to(s *session)  { s.reported(m.signal) }
func (m decided) to(s *session)   { s.decided(m.decision) }
func (m deskLost) to(s *session)  { s.deskLost(m.offer) }
func (m checked) to(s *session)   { s.check(m.truth) }
func (m askedBack) to(s *session) { s.answeredBack(m.taken) }
func (takenBack) to(*session)     {}

func (m reported) toRecall(r *recall) { r.reported(m.signal) }
func (m decided) toRecall(r *recall)  { r.decided(m.decision) }
func (m deskLost) toRecall(r *recall) { r.deskLost(m.offer) }
func (m checked) toRecall(r *recall)  { r.check(m.truth) }
func (askedBack) toRecall(*recall)    {}
func (takenBack) toRecall(r *recall)  { r.takenBack() }

// mailbox is where the messages for an owner lie.
type mailbox = inbox[message]

func newMailbox() *mailbox { return newInbox[message]() }
