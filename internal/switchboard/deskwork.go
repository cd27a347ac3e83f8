package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
)

// Ready makes the agent take calls. ErrNoPhone while the softphone has no socket.
func (d *Desks) Ready(_ context.Context, agent call.AgentID) error {
	onShift := d.roster.OnShift(time.Now(), agent)
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	switch {
	case !ok:
		return ErrNotSignedIn
	case k.lines == 0:
		return ErrNoPhone
	case !onShift:
		return ErrOffShift
	}
	d.signIn(k) // whatever took them out of the line, it is over
	k.pausing = ""
	if c := d.cutOffs[agent]; c != nil {
		c.pause = ""
	}
	if !d.back(k) {
		d.board.line.Ready(agent)
	}
	return nil
}

// Pause stops new offers; during a call it takes effect after it.
func (d *Desks) Pause(_ context.Context, agent call.AgentID, reason call.PauseReason) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	if !ok {
		return ErrNotSignedIn
	}
	k.resume = false
	if c := d.cutOffs[agent]; c != nil {
		c.pause = reason // after the call that they come back to
	}
	switch k.state {
	case call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp:
		k.pausing = reason
	case call.Offline, call.Available, call.Paused:
	}
	d.board.line.Pause(agent, reason)
	return nil
}

// WrapUp keeps the form and ends the wrap-up. A form for a call of which the
// wrap-up ran out is kept too, and one that is written at a newer desk.
func (d *Desks) WrapUp(_ context.Context, agent call.AgentID, form WrapUpForm) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.byAgent[agent]; !ok {
		return ErrNotSignedIn
	}
	took := d.took[agent]
	if form.Call == "" || took[0] != form.Call && took[1] != form.Call {
		return ErrNotYourCall
	}
	d.board.journal.Append(form.Call, call.WrappedUp{
		Agent: agent, Topic: form.Topic, Note: form.Note, Citizen: form.Citizen, Place: form.Place,
	})
	// Whether wrap-up has begun the line knows better than we: a form may be faster than
	// the news of it.
	if took[0] == form.Call {
		d.board.line.WrappedUp(agent, form.Ready)
	}
	return nil
}

// trouble pauses the agent whose phone fell out of this offer's conversation, if they
// still sit at the desk where that was. They may be back as soon as it registers anew; but
// not once more when that has brought no sound.
func (d *Desks) trouble(agent call.AgentID, id call.OfferID, again bool) {
	d.with(agent, func(k *desk) {
		if k.offer != nil && k.offer.ID == id {
			if !again {
				d.cut(k)
			}
			d.board.line.Pause(agent, call.PauseNoPhone)
		}
	})
}
