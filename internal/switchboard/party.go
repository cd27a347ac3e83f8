package switchboard

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// party is a leg in the call beside the citizen's, and whose it is: that of the agent who
// is rung or whose call it is, of others who are rung at once, and of whoever is brought
// in beside the agent.
type party struct {
	id    call.OfferID // of the leg, and of the offer if the line made one
	agent call.AgentID
	outsider
	takesOver bool   // a supervisor who is to have the call
	why       string // the part ended, "" while it goes on

	entered   bool // the leg is there
	seated    bool // … and in the bridge
	rang      bool
	answered  bool // … and it is settled that they have the call, or a part in it
	met       bool // the citizen is in the bridge too, or may be
	connected bool // … for certain
	gone      bool // the leg ended
	cause     int  // … of this
	lost      bool // the desk is no more
}

// outsider is a party who is no agent.
type outsider struct {
	number string    // as people write it
	dial   string    // … and as the trunk wants it
	until  time.Time // when they must have hung up; zero when they need not
}

func (p *party) leg() string { return string(p.id) }

// number is n of the call's n-th offer or its leg; 0 for what is neither.
func number(id call.ID, offer string) int { return numbered(id, "-o", offer) }

// guestLeg derives the id of a leg that the line did not make: the call's n-th that is
// invited from outside, or from another desk.
func guestLeg(id call.ID, n int) call.OfferID {
	return call.OfferID(string(id) + "-x" + strconv.Itoa(n))
}

// guestNumber is n of it; 0 for what is none.
func guestNumber(id call.ID, leg string) int { return numbered(id, "-x", leg) }

func numbered(id call.ID, kind, derived string) int {
	tail, ok := strings.CutPrefix(derived, string(id)+kind)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(tail)
	if err != nil {
		return 0
	}
	return n
}

// parties are all of them, whose call it is first.
func (s *session) parties() []*party {
	if s.offer == nil {
		return nil
	}
	return append([]*party{s.offer}, s.others...)
}

// party is whose leg that is; nil for nobody's.
func (s *session) party(leg string) *party {
	for _, p := range s.parties() {
		if p.leg() == leg {
			return p
		}
	}
	return nil
}

// add takes a party in, last.
func (s *session) add(p *party) {
	if s.offer == nil {
		s.offer = p
		return
	}
	s.others = append(s.others, p)
}

// putFirst makes it the call of one of the parties.
func (s *session) putFirst(p *party) {
	if p != s.offer {
		rest := slices.DeleteFunc(s.others, func(o *party) bool { return o == p })
		s.others = append([]*party{s.offer}, rest...)
		s.offer = p
	}
}

// remove ends a party's leg and forgets it. The next one is first then, if it was.
func (s *session) remove(p *party) {
	if !p.gone {
		s.clear("hang up the desk", s.board.phones.Hangup, p.leg())
	}
	s.refund(p)
	if p != s.offer {
		s.others = slices.DeleteFunc(s.others, func(o *party) bool { return o == p })
		return
	}
	s.offer = nil
	if len(s.others) > 0 {
		s.offer = s.others[0]
		s.others = slices.Delete(s.others, 0, 1)
	}
}

// alone ends the parts of all others, of whom the line knows already.
func (s *session) alone(why string) {
	for len(s.others) > 0 {
		p := s.others[0]
		if p.connected {
			s.record(call.Disconnected{Offer: p.id, Agent: p.agent, Number: p.number, Why: why})
		}
		s.release(p, why)
	}
}
