package acd_test

import (
	"cmp"
	"slices"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// The rules, told once more as simply as possible.

func (w *world) queue(name string) acd.Queue {
	i := slices.IndexFunc(w.cfg.Queues, func(q acd.Queue) bool { return q.Name == name })
	return w.cfg.Queues[i]
}

func (w *world) hasQueue(name string) bool {
	return slices.ContainsFunc(w.cfg.Queues, func(q acd.Queue) bool { return q.Name == name })
}

func (w *world) queueFor(name string, emergency bool) acd.Queue {
	if w.hasQueue(name) {
		return w.queue(name)
	}
	for _, q := range w.cfg.Queues {
		if emergency && q.Emergency {
			return q
		}
	}
	return w.cfg.Queues[0]
}

func (w *world) skills(a *modelAgent) []acd.Skill {
	if len(a.given) > 0 {
		return a.given
	}
	if p := w.cfg.Agents[a.id]; len(p.Skills) > 0 {
		return p.Skills
	}
	var all []acd.Skill
	for _, q := range w.cfg.Queues {
		all = append(all, acd.Skill{Name: q.Name})
	}
	return all
}

func can(skills []acd.Skill, asked acd.Skill) bool {
	return slices.ContainsFunc(skills, func(s acd.Skill) bool {
		return s.Name == asked.Name && max(s.Level, 1) >= max(asked.Level, 1)
	})
}

func canAll(skills, asked []acd.Skill) bool {
	return !slices.ContainsFunc(asked, func(s acd.Skill) bool { return !can(skills, s) })
}

func serves(skills []acd.Skill, q acd.Queue) bool {
	return can(skills, acd.Skill{Name: q.Name}) || can(skills, acd.Skill{Name: "group." + string(q.Group)}) ||
		len(q.Skills) > 0 && canAll(skills, q.Skills)
}

// fits says whether the agent may be given the call at all.
func (w *world) fits(c *modelCall, a *modelAgent) bool {
	if c.personal {
		return a.id == c.Prefer
	}
	return serves(w.skills(a), w.queue(c.queue)) && canAll(w.skills(a), c.asks)
}

func (w *world) guard(a *modelAgent) bool {
	return slices.ContainsFunc(w.cfg.Queues, func(q acd.Queue) bool { return q.Emergency && serves(w.skills(a), q) })
}

func (a *modelAgent) staff() bool   { return a.state != call.Offline && !a.leaving }
func (a *modelAgent) working() bool { return a.staff() && a.state != call.Paused }

// allowed is the reserve for emergencies.
func (w *world) allowed(c *modelCall, a *modelAgent) bool {
	if c.emergency || !w.guard(a) {
		return true
	}
	free, atWork := 0, 0
	for _, b := range w.agents {
		if w.guard(b) && b.working() {
			atWork++
			if b.state == call.Available {
				free++
			}
		}
	}
	return free > min(w.cfg.EmergencyReserve, atWork-1)
}

// waiting is the line in the order of service.
func (w *world) waiting() []*modelCall {
	var line []*modelCall
	for _, c := range w.calls {
		if !c.gone && c.rest.IsZero() && len(c.rings) == 0 && len(c.talkers) == 0 {
			line = append(line, c)
		}
	}
	slices.SortFunc(line, inOrder)
	return line
}

func inOrder(c, d *modelCall) int {
	if c.emergency != d.emergency {
		if c.emergency {
			return -1
		}
		return 1
	}
	return cmp.Or(c.place.Compare(d.place), cmp.Compare(c.seq, d.seq))
}

// free is who is available for the call, in the order of the queue's strategy.
func (w *world) free(c *modelCall) []*modelAgent {
	var free []*modelAgent
	for _, a := range w.agents {
		if a.state == call.Available && w.fits(c, a) && w.allowed(c, a) {
			free = append(free, a)
		}
	}
	slices.SortFunc(free, w.byStrategy(w.queue(c.queue)))
	return free
}

func (w *world) spot(id call.AgentID) place { return place{w.cfg.Agents[id].Order, id} }

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.id, b.id))
}

func (w *world) byStrategy(q acd.Queue) func(a, b *modelAgent) int {
	idle := func(a, b *modelAgent) int { return cmp.Compare(a.idle, b.idle) }
	switch q.Strategy {
	case acd.FewestCalls:
		return func(a, b *modelAgent) int { return cmp.Or(cmp.Compare(a.calls, b.calls), idle(a, b)) }
	case acd.LeastTalk:
		return func(a, b *modelAgent) int { return cmp.Or(cmp.Compare(a.talked, b.talked), idle(a, b)) }
	case acd.Linear:
		return func(a, b *modelAgent) int { return comparePlaces(w.spot(a.id), w.spot(b.id)) }
	case acd.RoundRobin:
		turn := w.turns[q.Name]
		return func(a, b *modelAgent) int {
			passedA, passedB := comparePlaces(w.spot(a.id), turn) <= 0, comparePlaces(w.spot(b.id), turn) <= 0
			if passedA != passedB {
				if passedB {
					return -1
				}
				return 1
			}
			return comparePlaces(w.spot(a.id), w.spot(b.id))
		}
	case acd.LongestIdle, acd.RingSeveral:
	}
	return idle
}

// choice is the agent for a call in line.
func (w *world) choice(c *modelCall) *modelAgent {
	free := w.free(c)
	for _, a := range free {
		if a.id == c.Prefer && !w.held(c, a) {
			return a
		}
	}
	for _, a := range free {
		if !w.held(c, a) {
			return a
		}
	}
	return free[0]
}

func (w *world) held(c *modelCall, a *modelAgent) bool { return c.refused[a.id].After(w.now) }

func (w *world) ringAt(c *modelCall) int {
	if q := w.queue(c.queue); q.Strategy == acd.RingSeveral {
		return cmp.Or(q.RingAt, 3)
	}
	return 1
}

// more is the first call that could ring at one more agent, and at whom.
func (w *world) more() (*modelCall, *modelAgent) {
	var ringing []*modelCall
	for _, c := range w.calls {
		if !c.gone && !c.personal && c.queue != "" && len(c.rings) > 0 && len(c.talkers) == 0 && len(c.rings) < w.ringAt(c) {
			ringing = append(ringing, c)
		}
	}
	slices.SortFunc(ringing, inOrder)
	for _, c := range ringing {
		for _, a := range w.free(c) {
			if !c.tried[a.id] {
				return c, a
			}
		}
	}
	return nil, nil
}

// victim is whom an emergency takes from wrap-up or from an ordinary offer.
func (w *world) victim(c *modelCall) *modelAgent {
	var wrapping, ringing []*modelAgent
	for _, a := range w.agents {
		switch {
		case !w.fits(c, a):
		case a.state == call.WrapUp:
			wrapping = append(wrapping, a)
		case (a.state == call.Reserved || a.state == call.AgentRinging) && !w.calls[a.call].emergency:
			ringing = append(ringing, a)
		}
	}
	slices.SortFunc(wrapping, func(a, b *modelAgent) int {
		return cmp.Or(a.since.Compare(b.since), cmp.Compare(a.seq, b.seq))
	})
	slices.SortFunc(ringing, func(a, b *modelAgent) int {
		return cmp.Compare(w.offers[w.openOffer(b.id)].seq, w.offers[w.openOffer(a.id)].seq)
	})
	all := slices.Concat(wrapping, ringing)
	for _, a := range all {
		if !w.held(c, a) {
			return a
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return nil
}
