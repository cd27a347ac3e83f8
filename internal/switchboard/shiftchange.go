package switchboard

import (
	"context"
	"slices"
	"strings"

	"hotline1022/internal/call"
)

// PauseShiftOver is the pause of those whose shift is over: they finish what they have
// and get nothing new.
const PauseShiftOver call.PauseReason = "shift_over"

// Seated lists every desk that is signed in, in the order of the agents' names.
func (d *Desks) Seated() []DeskState {
	d.mu.Lock()
	desks := make([]DeskState, 0, len(d.byAgent))
	for _, k := range d.byAgent {
		desks = append(desks, d.snapshot(k))
	}
	d.mu.Unlock()
	slices.SortFunc(desks, func(a, b DeskState) int { return strings.Compare(string(a.Agent), string(b.Agent)) })
	return desks
}

// ShiftOver stops new offers to an agent whose shift is over. A call that they have
// goes on, with its wrap-up, and they are paused after it. One who is paused already,
// or lost, stays so, and nobody waits for them but the citizen whom they talked with. To
// say it again changes nothing.
func (d *Desks) ShiftOver(agent call.AgentID) {
	state, ok := d.State(agent)
	if !ok {
		return
	}
	switch state.State {
	case call.Paused:
	case call.Offline:
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.kept(agent) == nil {
			d.notBack(agent)
		}
	case call.Available, call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp:
		d.board.line.Pause(agent, PauseShiftOver)
	}
}

// Relieve signs the desk of an agent out whose relief is over too. One who still has a
// call, or its wrap-up, keeps the desk: false, ask again later.
func (d *Desks) Relieve(ctx context.Context, agent call.AgentID) (bool, error) {
	state, ok := d.State(agent)
	if !ok {
		return true, nil
	}
	switch state.State {
	case call.Available, call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp:
		return false, nil
	case call.Paused, call.Offline:
	}
	return true, d.SignOut(ctx, agent, "shift_over")
}
