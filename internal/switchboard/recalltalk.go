package switchboard

import (
	"context"
	"slices"
	"strconv"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// offered rings the agent whom the line chose to call the citizen back.
func (r *recall) offered(d acd.OfferMade) {
	if r.offer != nil { // whose desk is lost, which is yet to be told
		r.loseDesk()
	}
	r.offers = max(r.offers, number(r.id, string(d.Offer)))
	r.offer, r.taken, r.invited = &party{id: d.Offer, agent: d.Agent}, false, false
	if r.board.opts.CitizenFirst && !r.up {
		r.citizenFirst()
		return
	}
	if !r.ringDesk() {
		r.board.line.Fail(d.Offer)
	}
}

// ringDesk makes the bridge, and the desk's leg, which is rung when it has come to life.
func (r *recall) ringDesk() bool {
	sipUser, ok := r.board.desks.offered(r.offer.agent, r.info())
	r.bridged, r.invited = true, true
	return ok && r.ask("make the bridge", func(ctx context.Context) error {
		return r.board.phones.MakeBridge(ctx, recallBridge(r.id))
	}) && r.ask("invite the desk", func(ctx context.Context) error {
		return r.board.phones.Invite(ctx, r.offer.leg(), sipUser, r.id, r.number)
	})
}

// fail says that the desk could not be rung.
func (r *recall) fail() {
	if r.calledBy() {
		r.notMade(call.ByUs, "the desk cannot be rung")
		return
	}
	r.board.line.Fail(r.offer.id)
}

// join puts a leg into the bridge, which is made anew if it has vanished.
func (r *recall) join(leg string) bool {
	for range 2 {
		if r.ask("join a leg", func(ctx context.Context) error { return r.board.phones.Join(ctx, recallBridge(r.id), leg) }) {
			return true
		}
		r.ask("make the bridge", func(ctx context.Context) error { return r.board.phones.MakeBridge(ctx, recallBridge(r.id)) })
	}
	return false
}

// entered rings a leg that has come to life.
func (r *recall) entered(leg string) {
	switch {
	case r.isDesk(leg) && !r.offer.entered:
		r.offer.entered = true
		if !r.join(leg) || !r.ask("ring the desk", func(ctx context.Context) error {
			return r.board.phones.Ring(ctx, leg, 2*r.board.opts.RingTime)
		}) {
			r.fail()
		}
	case leg == r.leg && !r.rung:
		r.rung = true
		if !r.join(leg) || !r.ask("ring the citizen", func(ctx context.Context) error {
			return r.board.phones.Ring(ctx, leg, ringOutside)
		}) {
			r.notReached(call.CallbackNoAnswer)
		}
	case !r.isDesk(leg) && leg != r.leg:
		r.hangUp(leg)
	}
}

func (r *recall) answered(leg string) {
	switch {
	case r.isDesk(leg) && r.calledBy():
		if !r.taken {
			r.taken = true
			r.callOut()
		}
	case r.isDesk(leg) && r.taken:
		if r.up && !r.offer.connected {
			r.deskFollows()
		}
	case r.isDesk(leg):
		r.board.line.Accept(r.offer.id) // only the line knows whether it is still open
	case leg == r.leg && !r.up:
		r.up, r.parts = true, 1
		if r.made == nil {
			r.board.line.CallbackTried(r.id, acd.CallbackReached)
		}
		r.ask("limit the call", func(ctx context.Context) error {
			return r.board.phones.Lease(ctx, leg, time.Until(r.endBy))
		})
		if !r.invited {
			r.reached()
			return
		}
		if !r.join(leg) {
			r.connected = true // as far as the citizen is concerned
			r.loseDesk()
			return
		}
		r.connect()
	case leg != r.leg:
		r.hangUp(leg)
	}
}

func (r *recall) offerClosed(d acd.OfferClosed) {
	if r.offer == nil || r.offer.id != d.Offer {
		return
	}
	if d.How != call.OfferAccepted {
		r.board.desks.offerClosed(d.Agent, d.Offer, d.How)
		r.dropDesk()
		return
	}
	r.last, r.taken = d.Agent, true
	switch {
	case r.offer.lost, r.offer.gone && r.up:
		r.loseDesk()
	case r.offer.gone:
		r.notReached(call.CallbackNoAnswer)
	case r.up:
		r.hush()
		r.parts++
		r.ask("begin a part of the recording", func(ctx context.Context) error {
			return r.board.outside.NextPartOutside(ctx, r.leg, r.parts)
		})
		if r.pause.off { // the new part is not, by itself
			r.ask("pause the recording", func(ctx context.Context) error {
				return r.board.pauser.PauseRecording(ctx, r.leg, true)
			})
		}
		if !r.join(r.leg) {
			r.loseDesk()
			return
		}
		r.connect()
	default:
		r.callOut()
	}
}

// callOut calls the citizen, with the agent in the bridge already.
func (r *recall) callOut() {
	r.board.desks.connected(r.offer.agent, r.info())
	r.outside, r.rung = r.outside+1, false
	r.leg, r.ringBy = outsideLeg(r.id, r.outside), time.Now().Add(ringOutside)
	// Who is called back has asked for it: hours and limits do not count.
	urgent := r.made == nil || r.made.want.Urgent
	if !r.ask("call the citizen", func(context.Context) error {
		permit, err := r.board.callOutside(r.offer.agent, r.leg, r.number, urgent)
		r.endBy = permit.Until
		return err
	}) {
		r.notReached(call.CallbackNoAnswer)
	}
}

// connect says that both can hear each other.
func (r *recall) connect() {
	r.ringBy = time.Time{}
	if r.offer == nil {
		return // the desk has gone in the meantime, and the citizen is waiting again
	}
	r.connected, r.offer.connected = true, true
	r.board.desks.free(r.id)
	r.prefer = ""
	if given := r.given; given != "" {
		r.given = ""
		r.record(call.Transferred{From: given, To: call.Target{Agent: r.offer.agent}})
	}
	r.record(call.Connected{Offer: r.offer.id, Agent: r.offer.agent})
	r.board.desks.connected(r.offer.agent, r.info())
}

// notReached gives up this try; the line decides whether there is another.
func (r *recall) notReached(how call.CallbackEnd) {
	if r.made != nil {
		r.notMade(call.ByCitizen, string(how))
		return
	}
	r.ringBy = time.Time{}
	r.dropCitizen()
	if r.offer != nil {
		r.board.desks.ended(r.offer.agent, r.id, "not_reached")
		r.dropDesk()
	}
	r.board.line.CallbackTried(r.id, acd.CallbackEnd(how))
}

func (r *recall) dropCitizen() {
	if r.leg != "" {
		r.hangUp(r.leg)
	}
	r.leg, r.up = "", false
}

func (r *recall) dropDesk() {
	if !r.offer.gone {
		r.hangUp(r.offer.leg())
	}
	r.offer = nil
}

// gone is the end of a leg.
func (r *recall) gone(leg string, cause int) {
	switch {
	case leg == r.leg:
		r.citizenGone(cause)
	case r.isDesk(leg) && !r.offer.gone:
		r.offer.gone, r.offer.cause = true, cause
		r.deskGone(cause)
	}
}

func (r *recall) citizenGone(cause int) {
	r.leg = ""
	switch {
	case !r.up && r.made != nil && !slices.Contains(unanswered(), cause):
		r.notMade(call.ByUpstream, "Q.850 cause "+strconv.Itoa(cause))
	case !r.up && cause == causeBusy:
		r.notReached(call.CallbackBusy)
	case !r.up:
		r.notReached(call.CallbackNoAnswer)
	case r.offer == nil || !r.offer.connected: // waits again
		r.board.line.Leave(r.id)
		if r.offer != nil {
			r.board.desks.offerClosed(r.offer.agent, r.offer.id, call.OfferRescinded)
		}
		r.close(call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Waiting})
	default:
		r.ended("citizen_hung_up")
	}
}

// unanswered are the causes of Q.850 by which somebody did not take a call.
func unanswered() []int {
	const noUser, noAnswer, absent = 18, 19, 20
	return []int{causeNormal, causeBusy, noUser, noAnswer, absent, causeRejected}
}

func (r *recall) deskGone(cause int) {
	calling := r.taken && !r.up
	switch {
	case r.offer.connected && cause == causeNormal && r.held != nil: // no call ends that is on hold
		r.board.line.Ended(r.id)
		r.loseDesk()
	case r.offer.connected && cause == causeNormal:
		r.ended("agent_hung_up")
	case r.offer.connected:
		r.board.desks.trouble(r.offer.agent, r.offer.id, false)
		r.loseDesk()
	case r.taken && r.up: // the citizen was called first
		r.deskFails(cause)
	case r.calledBy(): // the agent has had enough, or their phone has
		r.notMade(call.ByAgent, "the desk hung up")
	case calling: // the agent has had enough, or their phone has
		r.notReached(call.CallbackNoAnswer)
	case cause == causeBusy || cause == causeRejected:
		r.board.line.Refuse(r.offer.id)
	default:
		r.board.line.Fail(r.offer.id)
	}
}

// ended is the end of the conversation.
func (r *recall) ended(why string) {
	r.record(call.Disconnected{Offer: r.offer.id, Agent: r.offer.agent, Why: why})
	r.board.desks.ended(r.offer.agent, r.id, why)
	r.board.line.Ended(r.id)
	r.close(talkedWith(why))
}
