package switchboard

import (
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// cutOff is an agent whose desk was lost in the middle of a call, or while it rang, and
// who may be back in a moment: the page is loaded anew, the browser is opened again, the
// network returns.
type cutOff struct {
	by    time.Time        // until then; later they press ready like anybody
	ready bool             // they take calls when they are back, without pressing it
	pause call.PauseReason // they had asked for, for after the call
	kept  *OfferInfo       // the conversation whose citizen is on hold for them; nil if nobody is
}

// Kept is a citizen on hold for an agent whose desk was lost.
type Kept struct {
	Offer OfferInfo
	Until time.Time // from then on anybody has them
}

// cut notes that the desk is lost with the call that it has; d.mu is held. A citizen for
// whom it only rang the line has for anybody.
func (d *Desks) cut(k *desk) {
	if k.offer == nil {
		return
	}
	switch k.state {
	case call.AgentTalking:
		d.expect(k.agent, k.offer, k.pausing, time.Now())
	case call.Reserved, call.AgentRinging:
		if d.keeps(k.agent, k.offer.Call) {
			d.cutOffs[k.agent].ready = true // lost once more before they could answer
			return
		}
		d.expect(k.agent, nil, k.pausing, time.Now())
	case call.Offline, call.Available, call.WrapUp, call.Paused:
	}
}

// expect waits for an agent who was cut off then, if their shift is not over, or is over
// while they talk; d.mu is held.
func (d *Desks) expect(agent call.AgentID, conversation *OfferInfo, pause call.PauseReason, since time.Time) {
	delete(d.cutOffs, agent)
	by := since.Add(d.board.opts.DeskReturn)
	if now := time.Now(); by.After(now) && d.roster.MayStay(now, agent, conversation != nil) {
		d.cutOffs[agent] = &cutOff{by: by, ready: true, pause: pause, kept: conversation}
	}
}

// expectStill is expect after a restart of ours, for an agent who has not signed out.
func (d *Desks) expectStill(agent call.AgentID, conversation OfferInfo, since time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k, ok := d.byAgent[agent]; ok {
		d.expect(agent, &conversation, k.pausing, since)
	}
}

// waitFor makes a call that is to be put in line wait for the agent whose desk was lost,
// if that one may be back. In an emergency the line waits for nobody: whoever is free
// first has it.
func (d *Desks) waitFor(agent call.AgentID, w acd.Waiting) acd.Waiting {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.keeps(agent, w.Call) {
		w.Prefer, w.PreferFor, w.PreferAway = agent, max(time.Until(d.cutOffs[agent].by), 1), true
	}
	return w
}

// keeps says whether the call's citizen is on hold for the agent; d.mu is held.
func (d *Desks) keeps(agent call.AgentID, id call.ID) bool {
	c := d.cutOffs[agent]
	return c != nil && c.kept != nil && c.kept.Call == id
}

// free says that the call's citizen does not wait for an agent who was cut off any more:
// they hung up, or somebody has them. An agent who is not back by then has a form to fill
// in first, and presses ready.
func (d *Desks) free(id call.ID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for agent, c := range d.cutOffs {
		if c.kept == nil || c.kept.Call != id {
			continue
		}
		delete(d.cutOffs, agent)
		if k, ok := d.byAgent[agent]; ok {
			k.tell(DeskMoved{State: d.snapshot(k)})
		}
	}
}

// notBack gives up on an agent who was cut off; d.mu is held. Whoever waits for them
// waits for anybody.
func (d *Desks) notBack(agent call.AgentID) {
	if d.cutOffs[agent] != nil {
		delete(d.cutOffs, agent)
		d.board.line.NotBack(agent)
	}
}

// Registered says that the desk's softphone can be rung, for its registration was
// confirmed. Who was cut off a moment ago, or took calls before a restart of ours, takes
// calls again without pressing anything.
func (d *Desks) Registered(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byKey[key]
	if !ok || k.lines == 0 {
		return
	}
	now := time.Now()
	switch {
	case !d.roster.MayStay(now, k.agent, d.kept(k.agent) != nil):
		d.notBack(k.agent)
	case d.back(k):
	case k.resume && d.roster.OnShift(now, k.agent):
		d.board.line.Ready(k.agent)
	}
	k.resume = false
}

// back lets an agent go on who was cut off, if they were and it is not too late; d.mu is
// held.
func (d *Desks) back(k *desk) bool {
	c := d.cutOffs[k.agent]
	if c == nil || !c.ready || !time.Now().Before(c.by) {
		return false
	}
	c.ready = false
	if c.pause == "" && !d.roster.OnShift(time.Now(), k.agent) {
		c.pause = PauseShiftOver // they are back for that citizen only
	}
	d.board.line.Back(k.agent, c.pause)
	return true
}

// kept is the citizen who is on hold for the desk's agent; nil if nobody is. d.mu is held.
func (d *Desks) kept(agent call.AgentID) *Kept {
	c := d.cutOffs[agent]
	if c == nil || c.kept == nil || !time.Now().Before(c.by) {
		return nil
	}
	return &Kept{Offer: *c.kept, Until: c.by}
}

// keepOn is the citizen's side after a restart of ours: if they were waiting for an agent
// who was cut off, they go on.
func (s *session) keepOn(lost LostDesk) {
	if lost.Agent != "" {
		s.board.desks.expectStill(lost.Agent, s.infoFor(&party{agent: lost.Agent}), lost.At)
		s.board.line.Return(s.board.desks.waitFor(lost.Agent, s.waiting()))
	}
}
