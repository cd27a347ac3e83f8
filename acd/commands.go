package acd

import (
	"time"

	"hotline1022/internal/call"
)

// SignIn is Engine.SignIn; so it is with every command here, at the time when the
// runner comes to it.
func (r *Runner) SignIn(who Agent) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.SignIn(now, who) })
}

// SignOut is Engine.SignOut.
func (r *Runner) SignOut(agent call.AgentID) { r.agent((*Engine).SignOut, agent) }

// DeskLost is Engine.DeskLost.
func (r *Runner) DeskLost(agent call.AgentID) { r.agent((*Engine).DeskLost, agent) }

// ShiftOver is Engine.ShiftOver.
func (r *Runner) ShiftOver(agent call.AgentID) { r.agent((*Engine).ShiftOver, agent) }

// Ready is Engine.Ready.
func (r *Runner) Ready(agent call.AgentID) { r.agent((*Engine).Ready, agent) }

// Pause is Engine.Pause.
func (r *Runner) Pause(agent call.AgentID, reason call.PauseReason) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Pause(now, agent, reason) })
}

// WrappedUp is Engine.WrappedUp.
func (r *Runner) WrappedUp(agent call.AgentID, ready bool) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.WrappedUp(now, agent, ready) })
}

// Enqueue is Engine.Enqueue.
func (r *Runner) Enqueue(w Waiting) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Enqueue(now, w) })
}

// Leave is Engine.Leave.
func (r *Runner) Leave(id call.ID) { r.call((*Engine).Leave, id) }

// Ended is Engine.Ended.
func (r *Runner) Ended(id call.ID) { r.call((*Engine).Ended, id) }

// Ringing is Engine.Ringing.
func (r *Runner) Ringing(offer call.OfferID) { r.offer((*Engine).Ringing, offer) }

// Accept is Engine.Accept.
func (r *Runner) Accept(offer call.OfferID) { r.offer((*Engine).Accept, offer) }

// Refuse is Engine.Refuse.
func (r *Runner) Refuse(offer call.OfferID) { r.offer((*Engine).Refuse, offer) }

// Fail is Engine.Fail.
func (r *Runner) Fail(offer call.OfferID) { r.offer((*Engine).Fail, offer) }

func (r *Runner) agent(do func(*Engine, time.Time, call.AgentID) []Decision, id call.AgentID) {
	r.put(func(e *Engine, now time.Time) []Decision { return do(e, now, id) })
}

func (r *Runner) call(do func(*Engine, time.Time, call.ID) []Decision, id call.ID) {
	r.put(func(e *Engine, now time.Time) []Decision { return do(e, now, id) })
}

func (r *Runner) offer(do func(*Engine, time.Time, call.OfferID) []Decision, id call.OfferID) {
	r.put(func(e *Engine, now time.Time) []Decision { return do(e, now, id) })
}
