package switchboard

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// Errors of supervisors' verbs.
var (
	ErrInCall     = errors.New("this agent is in a conversation")
	ErrNotWaiting = errors.New("this call does not wait in line")
	ErrNoQueue    = errors.New("there is no such queue")
	ErrNotWrapUp  = errors.New("this agent is not in wrap-up")
	ErrNoMoreTime = errors.New("this wrap-up has been prolonged as often as it may be")
	ErrNotAtWork  = errors.New("this agent takes no calls now")
	ErrNoState    = errors.New("an agent is not put into that state")
)

// keptFor is how long a call waits for the agent that a supervisor named.
const keptFor = 2 * time.Minute

// Steering is where a supervisor wants a call that waits.
type Steering struct {
	By     call.AgentID
	Queue  string       // "" leaves it in its own
	Front  bool         // before all others there but emergencies
	Agent  call.AgentID // it is kept for them; "" for anybody
	Reason string       // for the journal
}

// Steer gives a call that waits another place in line.
func (b *Board) Steer(id call.ID, to Steering) error {
	queue, ok := b.waitsIn(id)
	if !ok {
		return ErrNotWaiting
	}
	if to.Queue != "" {
		if _, ok := b.queue(to.Queue); !ok {
			return ErrNoQueue
		}
		queue = to.Queue
	}
	if to.Agent != "" && !b.desks.atWork(to.Agent) {
		return ErrNotAtWork
	}
	b.log.Info("a supervisor moves a call in line", slog.String("call", string(id)), slog.String("by", string(to.By)),
		slog.String("queue", queue), slog.Bool("front", to.Front), slog.String("agent", string(to.Agent)), slog.String("reason", to.Reason))
	b.journal.Append(id, call.Steered{By: to.By, Queue: queue, Front: to.Front, Agent: to.Agent, Reason: to.Reason})
	if to.Queue != "" || to.Front {
		b.line.MoveCall(id, queue, to.Front)
	}
	if to.Agent != "" {
		b.line.Assign(id, to.Agent, keptFor)
	}
	return nil
}

// waitsIn is the queue that the call waits in.
func (b *Board) waitsIn(id call.ID) (queue string, ok bool) {
	for _, c := range b.line.Snapshot().Calls {
		if c.Call == id && c.Waits() {
			return c.Queue, true
		}
	}
	return "", false
}

// Line is who waits and for whom: of each queue the first calls up to most.
func (b *Board) Line(most int) acd.Overview { return b.line.Overview(most) }

// atWork says whether the agent takes calls, now or when they are done with one.
func (d *Desks) atWork(agent call.AgentID) bool {
	state, ok := d.State(agent)
	if !ok {
		return false
	}
	switch state.State {
	case call.Available, call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp:
		return true
	case call.Paused, call.Offline:
	}
	return false
}

// Forcing is the state that a supervisor wants an agent in.
type Forcing struct {
	By     call.AgentID
	To     call.AgentState  // available, paused or offline, which signs the desk out
	Pause  call.PauseReason // paused
	Reason string           // for the journal
}

// Force puts an agent into another state. A conversation is not cut: a pause begins after
// it, and the others are ErrInCall. A state that claims a conversation which is no more is
// none. What rings elsewhere then keeps its place in line.
func (d *Desks) Force(ctx context.Context, agent call.AgentID, to Forcing) error {
	onShift := d.roster.OnShift(time.Now(), agent)
	state, ok := d.State(agent)
	if !ok {
		return ErrNotSignedIn
	}
	talks := state.State == call.AgentTalking && state.Offer != nil && d.board.Alive(state.Offer.Call)
	switch {
	case to.To != call.Available && to.To != call.Paused && to.To != call.Offline:
		return ErrNoState
	case talks && to.To != call.Paused:
		return ErrInCall
	case to.To == call.Available && !onShift:
		return ErrOffShift
	}
	d.log.Info("a supervisor changes an agent's state", slog.String("agent", string(agent)), slog.String("by", string(to.By)),
		slog.String("from", string(state.State)), slog.String("to", string(to.To)), slog.String("reason", to.Reason))
	switch {
	case to.To != call.Paused:
		to.Pause = ""
	case to.Pause == "":
		to.Pause = call.PauseAsked
	}
	fact := call.Forced{By: to.By, Agent: agent, To: to.To, Pause: to.Pause, Reason: to.Reason}
	if to.To == call.Offline {
		d.board.journal.Append("", fact)
		return d.SignOut(ctx, agent, "by_supervisor")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	switch {
	case !ok:
		return ErrNotSignedIn
	case to.To == call.Available && k.lines == 0:
		return ErrNoPhone
	}
	d.board.journal.Append("", fact)
	settle := d.board.line.Settle // for the line may know of a conversation that we do not
	if state.State == call.AgentTalking && !talks {
		settle = d.board.line.Force
	}
	if c := d.cutOffs[agent]; c != nil {
		c.pause = to.Pause // after the call that they come back to
	}
	k.pausing = ""
	switch {
	case to.To == call.Paused:
		k.resume = false
		if talks {
			k.pausing = to.Pause
		}
		settle(agent, call.Paused, to.Pause)
	case k.state != call.Reserved && k.state != call.AgentRinging: // they take calls as it is
		d.signIn(k) // whatever took them out of the line, it is over
		if !d.back(k) {
			settle(agent, call.Available, "")
		}
	}
	return nil
}

// MoreWrapUp gives the agent more time for wrap-up, as often as the line allows and
// otherwise ErrNoMoreTime; by is the supervisor who does, or the agent.
func (d *Desks) MoreWrapUp(by, agent call.AgentID) error {
	state, ok := d.State(agent)
	switch {
	case !ok:
		return ErrNotSignedIn
	case state.State != call.WrapUp:
		return ErrNotWrapUp
	}
	answer := make(chan bool, 1)
	d.board.line.AskMoreTime(agent, func(given bool) { answer <- given })
	select {
	case given := <-answer:
		if !given {
			return ErrNoMoreTime
		}
	case <-time.After(d.board.opts.RequestTimeout): // the line was stopped
		return ErrNotWrapUp
	}
	if by != agent {
		d.board.journal.Append("", call.Forced{By: by, Agent: agent, To: call.WrapUp})
	}
	return nil
}
