package switchboard

import (
	"time"

	"hotline1022/internal/call"
)

// TalkInfo is how a conversation stands, as the page of an agent in it shows it.
type TalkInfo struct {
	Call      call.ID
	Lead      bool // it is this agent's call, which they may hold and give away
	Held      bool
	HeldSince time.Time
	Reminded  int // times that both were told of the hold
	Parties   []TalkParty
	Handover  *HandoverInfo // to command centres; nil when there is none
}

// TalkParty is somebody in a conversation beside the citizen and the agent who looks.
type TalkParty struct {
	Leg      call.OfferID
	Agent    call.AgentID
	Number   string
	Standing Standing
}

// Standing is where a party stands.
type Standing string

// Where parties stand.
const (
	PartyRings   Standing = "ringing"
	PartyAsked   Standing = "asked"   // talks with the agent, not with the citizen
	PartyTalking Standing = "talking" // … with both
)

// OfferHow is how a call comes to a desk that does not come from the line alone.
type OfferHow string

// How calls come from people.
const (
	FromLine     OfferHow = ""
	AskedToHelp  OfferHow = "consult"
	GivenAway    OfferHow = "transfer"
	AsSupervisor OfferHow = "barge"
	AsTakingOver OfferHow = "take_over"
)

// sentBy says who sends a party the call, and how.
func (s *session) sentBy(p *party) (call.AgentID, OfferHow) {
	switch {
	case s.stage != call.Talking && s.given != "":
		return s.given, GivenAway
	case s.stage != call.Talking || p == s.offer:
		return "", FromLine
	case s.isOffer(p):
		return s.offer.agent, AskedToHelp
	case p.takesOver:
		return s.offer.agent, AsTakingOver
	}
	return s.offer.agent, AsSupervisor
}

// show tells the pages of everybody in the conversation how it stands. The citizen is with
// somebody, so nobody whose desk was lost is waited for.
func (s *session) show() {
	if s.stage != call.Talking {
		return
	}
	s.board.desks.free(s.id)
	for _, p := range s.parties() {
		if p.agent != "" && p.answered {
			s.board.desks.stands(p.agent, s.standsFor(p))
		}
	}
}

func (s *session) standsFor(p *party) TalkInfo {
	info := TalkInfo{Call: s.id, Lead: p == s.offer}
	if s.held != nil {
		info.Held, info.HeldSince, info.Reminded = true, s.held.since, s.held.reminded
	}
	if s.hand != nil {
		handover := s.hand.info.copied()
		info.Handover = &handover
	}
	if c := s.consult; c != nil && c.party == nil {
		info.Parties = append(info.Parties, TalkParty{Agent: c.to.Agent, Standing: PartyRings})
	}
	for _, o := range s.parties() {
		if o == p {
			continue
		}
		party := TalkParty{Leg: o.id, Agent: o.agent, Number: o.number, Standing: PartyTalking}
		switch consulted := s.consult != nil && (s.consult.party == o || s.consult.party == p); {
		case !o.answered:
			party.Standing = PartyRings
		case consulted:
			party.Standing = PartyAsked
		}
		info.Parties = append(info.Parties, party)
	}
	return info
}

// stands tells a desk how its conversation stands.
func (d *Desks) stands(agent call.AgentID, info TalkInfo) {
	d.with(agent, func(k *desk) {
		if k.offer != nil && k.offer.Call == info.Call {
			k.talk = &info
			k.tell(DeskTalk{Talk: info})
		}
	})
}

// keepPaused keeps whom a supervisor's verb has taken out of a pause from being rung
// after it; who takes calls pauses.
func (d *Desks) keepPaused(agent call.AgentID) {
	d.with(agent, func(k *desk) {
		reason := k.reason
		if k.state != call.Paused || reason == "" {
			reason = call.PauseAsked
		}
		d.board.line.Pause(agent, reason)
	})
}
