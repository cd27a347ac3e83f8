package acd

import (
	"time"

	"hotline1022/internal/call"
)

// The rest of the runner's commands: conversations, callbacks, supervisors.

// EndedFor is Engine.EndedFor.
func (r *Runner) EndedFor(id call.ID, agent call.AgentID) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.EndedFor(now, id, agent) })
}

// Transfer is Engine.Transfer.
func (r *Runner) Transfer(agent call.AgentID, w Waiting) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Transfer(now, agent, w) })
}

// Consult is Engine.Consult.
func (r *Runner) Consult(id call.ID, agent call.AgentID) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Consult(now, id, agent) })
}

// CancelConsult is Engine.CancelConsult.
func (r *Runner) CancelConsult(id call.ID) { r.call((*Engine).CancelConsult, id) }

// Join is Engine.Join.
func (r *Runner) Join(id call.ID, agent call.AgentID) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Join(now, id, agent) })
}

// Busy is Engine.Busy.
func (r *Runner) Busy(agent call.AgentID, id call.ID) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Busy(now, agent, id) })
}

// Return is Engine.Return.
func (r *Runner) Return(w Waiting) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Return(now, w) })
}

// Back is Engine.Back.
func (r *Runner) Back(agent call.AgentID, pause call.PauseReason) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Back(now, agent, pause) })
}

// NotBack is Engine.NotBack.
func (r *Runner) NotBack(agent call.AgentID) { r.agent((*Engine).NotBack, agent) }

// Adopt is Engine.Adopt.
func (r *Runner) Adopt(w Waiting, agent call.AgentID) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Adopt(now, w, agent) })
}

// EnqueueCallback is Engine.EnqueueCallback.
func (r *Runner) EnqueueCallback(cb Callback) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.EnqueueCallback(now, cb) })
}

// CallbackTried is Engine.CallbackTried.
func (r *Runner) CallbackTried(id call.ID, how CallbackEnd) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.CallbackTried(now, id, how) })
}

// Force is Engine.Force.
func (r *Runner) Force(agent call.AgentID, to call.AgentState, reason call.PauseReason) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Force(now, agent, to, reason) })
}

// MoveCall is Engine.MoveCall.
func (r *Runner) MoveCall(id call.ID, queue string, top bool) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.MoveCall(now, id, queue, top) })
}

// Assign is Engine.Assign.
func (r *Runner) Assign(id call.ID, agent call.AgentID, atMost time.Duration) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Assign(now, id, agent, atMost) })
}

// Settle is Engine.Settle.
func (r *Runner) Settle(agent call.AgentID, to call.AgentState, reason call.PauseReason) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Settle(now, agent, to, reason) })
}

// Reload is Engine.Reload.
func (r *Runner) Reload(cfg Config) {
	r.put(func(e *Engine, now time.Time) []Decision { return e.Reload(now, cfg) })
}

// Looking at the engine, as of the commands that the runner has come to.

// Position is Engine.Position.
func (r *Runner) Position(id call.ID) (n int, ok bool) {
	r.engineMu.Lock()
	defer r.engineMu.Unlock()
	return r.engine.Position(id)
}

// Estimate is Engine.Estimate.
func (r *Runner) Estimate(id call.ID) (wait time.Duration, ok bool) {
	r.engineMu.Lock()
	defer r.engineMu.Unlock()
	return r.engine.Estimate(time.Now(), id)
}

// EstimateFor is Engine.EstimateFor.
func (r *Runner) EstimateFor(queue string) (wait time.Duration, ok bool) {
	r.engineMu.Lock()
	defer r.engineMu.Unlock()
	return r.engine.EstimateFor(time.Now(), queue)
}

// Explain is Engine.Explain.
func (r *Runner) Explain(id call.ID) (why Why, ok bool) {
	r.engineMu.Lock()
	defer r.engineMu.Unlock()
	return r.engine.Explain(time.Now(), id)
}

// Snapshot is Engine.Snapshot.
func (r *Runner) Snapshot() Snapshot {
	r.engineMu.Lock()
	defer r.engineMu.Unlock()
	return r.engine.Snapshot()
}

// Overview is Engine.Overview.
func (r *Runner) Overview(most int) Overview {
	r.engineMu.Lock()
	defer r.engineMu.Unlock()
	return r.engine.Overview(time.Now(), most)
}
