package switchboard

import (
	"slices"

	"hotline1022/internal/call"
)

// Parties is what the journal knows of who else is in a call that has not finished, and
// of how its conversation stands.
type Parties struct {
	Others  []OpenParty  // who is rung beside the first, or talks with the citizen as well
	Consult *OpenParty   // who talks with the agent and not with the citizen
	Number  string       // of who has the call, if it is an outside number
	Held    bool         // the citizen is on hold
	GivenBy call.AgentID // who gave the call away, until somebody has it
	Talks   int          // how often somebody began to talk with the citizen
	Guests  int          // highest number of a leg that the line did not make
}

// OpenParty is a party to a call.
type OpenParty struct {
	Leg    call.OfferID
	Agent  call.AgentID
	Number string
}

// applyParty adds what a fact says of the parties.
func (c *OpenCall) applyParty(fact call.Fact) {
	switch f := fact.(type) {
	case call.Offered:
		c.offered(f)
	case call.OfferClosed:
		c.closed(f)
	case call.Connected:
		c.connected(OpenParty{f.Offer, f.Agent, f.Number})
	case call.Disconnected:
		c.Guests = max(c.Guests, guestNumber(c.Call, string(f.Offer)))
		if c.Stage == call.Talking {
			c.leaves(f.Offer)
		}
	case call.AgentMoved:
		// Who was accepted and goes before they were connected, with a callback that was
		// called off in that moment.
		if c.Stage == call.Ringing && c.Accepted && c.Agent == f.Agent && f.From == call.AgentTalking {
			c.leaves(c.Offer)
		}
	case call.Held:
		c.Held = true
	case call.Resumed:
		c.Held = false
	case call.TransferAsked:
		c.GivenBy = f.Agent
	case call.Transferred:
		c.GivenBy = ""
	case call.ConsultAnswered:
		c.Guests = max(c.Guests, guestNumber(c.Call, string(f.Leg)))
		c.Consult = &OpenParty{f.Leg, f.To.Agent, f.To.Number}
	case call.ConsultEnded:
		c.Consult, c.GivenBy = nil, ""
		c.Held = c.Held && f.Why != call.ConsultTransferred && f.Why != call.ConsultJoined
	case call.TakenOver:
		c.Held = false
	}
}

// offered: the line's facts may come among those of the call's owner a little late: an
// offer to a citizen who has just left the line changes no stage.
func (c *OpenCall) offered(f call.Offered) {
	c.Offers = max(c.Offers, number(c.Call, string(f.Offer)))
	switch c.Stage {
	case call.Waiting:
		c.Stage, c.Offer, c.Agent, c.Accepted, c.Others = call.Ringing, f.Offer, f.Agent, false, nil
	case call.Ringing:
		if !c.Accepted {
			c.Others = append(c.Others, OpenParty{Leg: f.Offer, Agent: f.Agent})
		}
	case call.Arriving, call.Menu, call.Talking, call.Ended:
	}
}

func (c *OpenCall) closed(f call.OfferClosed) {
	switch {
	case c.Stage != call.Ringing:
	case f.How == call.OfferAccepted && (c.Offer == f.Offer || c.isOther(f.Offer)):
		if c.Offer != f.Offer {
			c.dropOther(f.Offer)
			c.Others = append(c.Others, OpenParty{Leg: c.Offer, Agent: c.Agent})
		}
		c.Offer, c.Agent, c.Accepted = f.Offer, f.Agent, true
	case c.Accepted && c.Offer == f.Offer:
	default:
		c.leaves(f.Offer)
	}
}

// connected: the first to talk has the call, and whoever rang beside them is not rung any
// more; who comes later has a part in it.
func (c *OpenCall) connected(p OpenParty) {
	c.Guests = max(c.Guests, guestNumber(c.Call, string(p.Leg)))
	c.Talks++
	switch {
	case c.Stage == call.Ended || c.CallBack != nil:
	case c.Stage != call.Talking:
		c.Stage, c.Offer, c.Agent, c.Others, c.Consult, c.Held = call.Talking, p.Leg, p.Agent, nil, nil, false
		c.Number = p.Number
	case c.Offer != p.Leg && !c.isOther(p.Leg):
		c.Others = append(c.Others, p)
	}
}

// leaves takes a party out; the next one is first then, and after the last one the
// citizen waits.
func (c *OpenCall) leaves(leg call.OfferID) {
	if c.Offer != leg {
		c.dropOther(leg)
		return
	}
	if len(c.Others) == 0 {
		c.Stage, c.Held, c.Consult, c.Number = call.Waiting, false, nil, ""
		return
	}
	next := c.Others[0]
	c.dropOther(next.Leg)
	c.Offer, c.Agent, c.Number = next.Leg, next.Agent, next.Number
}

func (c *OpenCall) isOther(leg call.OfferID) bool {
	return slices.ContainsFunc(c.Others, func(p OpenParty) bool { return p.Leg == leg })
}

// dropOther copies: the list may have been handed out.
func (c *OpenCall) dropOther(leg call.OfferID) {
	var rest []OpenParty
	for _, p := range c.Others {
		if p.Leg != leg {
			rest = append(rest, p)
		}
	}
	c.Others = rest
}
