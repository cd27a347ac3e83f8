package switchboard

import (
	"context"
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
	if k.state == call.Offline {
		// Lost before, and back: the agent presses ready when they are.
		d.board.line.SignIn(acd.Agent{ID: k.agent, Skills: d.board.allQueues()})
	}
	if k.resume {
		k.resume = false
		d.board.line.Ready(k.agent)
	}
	return k.done, true
}

// LineDown says that one of the desk's sockets has closed. After a grace time
// without any the desk is lost.
func (d *Desks) LineDown(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byKey[key]
	if !ok {
		return
	}
	if k.lines--; k.lines == 0 {
		k.lost.Reset(d.board.opts.DeskGrace)
	}
}

// lose takes a desk whose socket stayed away out of the line, and its caller back
// into it. The desk stays signed in and may come back.
func (d *Desks) lose(k *desk) {
	d.mu.Lock()
	gone := k.lines == 0 && d.byAgent[k.agent] == k
	inCall := k.offer
	talking := k.state == call.AgentTalking
	d.mu.Unlock()
	if !gone {
		return
	}
	d.log.Warn("a desk's softphone is gone", slog.String("agent", string(k.agent)))
	if talking && inCall != nil {
		if d.board.deliver(inCall.Call, deskLost{agent: k.agent}) {
			return // the call's owner tells the line, in its own order
		}
	}
	d.board.line.DeskLost(k.agent)
}

// The call's owner tells the desk what happens.

// offered gives the SIP user to ring, and shows the call on the agent's page.
func (d *Desks) offered(agent call.AgentID, info OfferInfo) (sipUser string, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	if !ok || k.lines == 0 {
		return "", false
	}
	k.offer = &info
	k.tell(DeskOffer{Offer: info})
	return k.phone.SIPUser, true
}

func (d *Desks) offerClosed(agent call.AgentID, id call.OfferID, how call.OfferEnd) {
	d.with(agent, func(k *desk) {
		if k.offer != nil && k.offer.ID == id {
			k.offer = nil
		}
		k.tell(DeskOfferClosed{ID: id, How: how})
	})
}

func (d *Desks) connected(agent call.AgentID, info OfferInfo) {
	d.with(agent, func(k *desk) {
		k.offer = &info
		k.took(info.Call)
		k.tell(DeskConnected{Offer: info, Since: time.Now()})
	})
}

func (d *Desks) ended(agent call.AgentID, id call.ID, why string) {
	d.with(agent, func(k *desk) {
		ticket := ""
		if k.offer != nil && k.offer.Call == id {
			ticket = k.offer.Ticket
			k.offer = nil
		}
		k.tell(DeskEnded{Call: id, Ticket: ticket, Why: why})
	})
}

// moved is every change of an agent's state, on the line's goroutine.
func (d *Desks) moved(m acd.AgentMoved) {
	d.with(m.Agent, func(k *desk) {
		k.state, k.reason, k.since, k.wrapUpUntil = m.To, m.Reason, time.Now(), time.Time{}
		if m.To == call.WrapUp {
			k.wrapUpUntil = k.since.Add(d.limit)
		}
		k.tell(DeskMoved{State: k.snapshot(), Call: m.Call})
	})
	d.board.background(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, d.board.opts.RequestTimeout)
		defer cancel()
		d.save(ctx, m.Agent)
	})
}

func (d *Desks) with(agent call.AgentID, f func(*desk)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k, ok := d.byAgent[agent]; ok {
		f(k)
	}
}

// took remembers the calls that a form may be written for.
func (k *desk) took(id call.ID) {
	if k.last[0] != id {
		k.last = [2]call.ID{id, k.last[0]}
	}
}
