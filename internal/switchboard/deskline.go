package switchboard

import (
	"log/slog"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// LineUp says that the desk's SIP socket has opened; done is closed when it has to
// close. It is false for an unknown key.
func (d *Desks) LineUp(key string) (done <-chan struct{}, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byKey[key]
	if !ok {
		return nil, false
	}
	k.lines++
	k.lost.Stop()
	// Lost before, and back: the agent presses ready when they are; see Registered.
	d.signIn(k)
	return k.done, true
}

// LineDown says that one of the desk's sockets has closed. After a grace time
// without any the desk is lost, or as soon as it sends no sound either.
func (d *Desks) LineDown(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byKey[key]
	if !ok {
		return
	}
	if k.lines--; k.lines == 0 {
		k.lost.Reset(d.board.opts.DeskGrace)
		d.listen(k)
	}
}

// LineGone is LineDown of a socket that ended with its page, and the sound with both:
// the page was closed, or is being loaded anew. Nobody has to wait for the grace time.
func (d *Desks) LineGone(key string) {
	d.LineDown(key)
	d.mu.Lock()
	k, ok := d.byKey[key]
	d.mu.Unlock()
	if ok {
		d.lose(k)
	}
}

// lose takes a desk whose socket stayed away out of the line, and its caller back
// into it. The desk stays signed in and may come back.
func (d *Desks) lose(k *desk) {
	d.mu.Lock()
	if k.lines > 0 || d.byAgent[k.agent] != k {
		d.mu.Unlock()
		return
	}
	k.lost.Stop()
	inCall := k.offer
	d.cut(k)
	// First the line, then the call's owner, who puts the citizen there again.
	d.board.line.DeskLost(k.agent)
	d.mu.Unlock()
	d.log.Warn("a desk's softphone is gone", slog.String("agent", string(k.agent)))
	if inCall != nil {
		d.board.deliver(inCall.Call, deskLost{offer: inCall.ID})
	}
}

// The call's owner tells the desk what happens.

// offered gives the SIP user to ring, and shows the call on the agent's page.
func (d *Desks) offered(agent call.AgentID, info OfferInfo) (sipUser string, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	if !ok || k.lines == 0 || k.offer != nil && guestNumber(k.offer.Call, string(k.offer.ID)) > 0 {
		return "", false // … or it rings for a supervisor already
	}
	info.Back = d.keeps(agent, info.Call)
	k.offer, k.talk = &info, nil
	k.tell(DeskOffer{Offer: info})
	return k.phone.SIPUser, true
}

func (d *Desks) offerClosed(agent call.AgentID, id call.OfferID, how call.OfferEnd) {
	d.with(agent, func(k *desk) {
		if k.offer != nil && k.offer.ID == id {
			k.offer, k.talk = nil, nil
		}
		k.tell(DeskOfferClosed{ID: id, How: how})
	})
}

// taken says that a colleague has answered the call first.
func (d *Desks) taken(agent call.AgentID, id call.OfferID, by call.AgentID) {
	d.with(agent, func(k *desk) {
		if k.offer != nil && k.offer.ID == id {
			k.offer, k.talk = nil, nil
		}
		k.tell(DeskOfferClosed{ID: id, How: call.OfferRescinded, TakenBy: by})
	})
}

func (d *Desks) connected(agent call.AgentID, info OfferInfo) {
	d.with(agent, func(k *desk) {
		if k.offer == nil || k.offer.Call != info.Call {
			k.talk = nil
		}
		k.offer = &info
		if took := d.took[agent]; took[0] != info.Call {
			d.took[agent] = [2]call.ID{info.Call, took[0]}
		}
		k.tell(DeskConnected{Offer: info, Since: time.Now()})
	})
}

func (d *Desks) ended(agent call.AgentID, id call.ID, why string) {
	d.with(agent, func(k *desk) {
		ticket := ""
		if k.offer != nil && k.offer.Call == id {
			ticket = k.offer.Ticket
			k.offer, k.talk = nil, nil
		}
		k.tell(DeskEnded{Call: id, Ticket: ticket, Why: why})
	})
}

// moved is every change of an agent's state, on the line's goroutine.
func (d *Desks) moved(m acd.AgentMoved) {
	d.with(m.Agent, func(k *desk) {
		k.state, k.reason, k.since, k.wrapUpUntil = m.To, m.Reason, time.Now(), time.Time{}
		if m.To == call.Paused || m.To == call.Available {
			k.pausing = ""
		}
		if c := d.cutOffs[m.Agent]; m.To == call.AgentTalking && c != nil && !d.keeps(m.Agent, m.Call) {
			d.notBack(m.Agent) // they talk to somebody else by now
		}
		if m.To == call.WrapUp {
			k.wrapUpUntil = m.Until
		}
		k.tell(DeskMoved{State: d.snapshot(k), Call: m.Call})
	})
	d.remember(m.Agent)
}

// extended is more time for wrap-up, on the line's goroutine.
func (d *Desks) extended(m acd.WrapUpExtended) {
	d.with(m.Agent, func(k *desk) {
		k.wrapUpUntil = m.Until
		k.tell(DeskMoved{State: d.snapshot(k), Call: d.took[m.Agent][0]})
	})
}

func (d *Desks) with(agent call.AgentID, f func(*desk)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k, ok := d.byAgent[agent]; ok {
		f(k)
	}
}
