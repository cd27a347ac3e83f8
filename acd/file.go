package acd

import (
	"slices"

	"hotline1022/internal/call"
)

// filed says which of the team's trees an agent is in.
type filed int

const (
	nowhere filed = iota
	amongIdle
	amongWrapping
	amongRinging
)

// file puts the agent where their state belongs. What the trees order by must not
// change before unfile.
func (e *Engine) file(a *agent) {
	t := a.team
	if engaged(a.state) {
		a.began = a.busySince.UnixMilli()
		t.engaged, t.began = t.engaged+1, t.began+a.began
	}
	switch {
	case a.state == call.Available:
		a.filed = amongIdle
		for _, idle := range t.idle {
			if idle != nil {
				idle.Set(a)
			}
		}
		e.countFree(a, 1)
	case a.state == call.WrapUp:
		a.filed = amongWrapping
		t.wrapping.Set(a)
	case a.open.call != nil && !a.open.call.emergency:
		a.filed = amongRinging
		t.ringing.Set(a)
	}
}

func (e *Engine) unfile(a *agent) {
	t := a.team
	if a.began != 0 {
		t.engaged, t.began = t.engaged-1, t.began-a.began
		a.began = 0
	}
	switch a.filed {
	case amongIdle:
		for _, idle := range t.idle {
			if idle != nil {
				idle.Delete(a)
			}
		}
		e.countFree(a, -1)
	case amongWrapping:
		t.wrapping.Delete(a)
	case amongRinging:
		t.ringing.Delete(a)
	case nowhere:
	}
	a.filed = nowhere
}

// engaged says that an agent is busy with a call, from the offer to the end of wrap-up.
func engaged(state call.AgentState) bool {
	switch state {
	case call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp:
		return true
	case call.Offline, call.Available, call.Paused:
	}
	return false
}

func (e *Engine) countFree(a *agent, by int) {
	t, side := a.team, a.team.side()
	t.free += by
	if t.guard {
		e.freeGuards += by
	}
	for _, n := range t.needs {
		n.free[side] += by
		e.touch(n)
	}
	if a.own != nil {
		a.own.free[side] += by
		e.touch(a.own)
	}
}

// touch keeps the list of the classes that have both calls and agents. Between two
// commands it holds only what the reserve keeps apart.
func (e *Engine) touch(n *need) {
	able := n.line.Len() > 0 && n.free[0]+n.free[1] > 0
	switch {
	case able && n.at == 0:
		e.servable = append(e.servable, n)
		n.at = len(e.servable)
	case !able && n.at > 0:
		last := e.servable[len(e.servable)-1]
		e.servable[n.at-1], last.at = last, n.at
		e.servable = e.servable[:len(e.servable)-1]
		n.at = 0
	}
}

// recount keeps who is signed in and who is at work.
func (e *Engine) recount(a *agent) {
	staff := a.state != call.Offline && !a.leaving
	e.count(a, staff, staff && a.state != call.Paused)
}

func (e *Engine) count(a *agent, staff, working bool) {
	if staff == a.staff && working == a.working {
		return
	}
	s, w := change(a.staff, staff), change(a.working, working)
	a.staff, a.working = staff, working
	t := a.team
	t.staff, t.working = t.staff+s, t.working+w
	if t.guard {
		e.guards += w
	}
	for _, n := range t.needs {
		n.staff, n.working = n.staff+s, n.working+w
		if s < 0 && n.staff == 0 && n == n.queue.base {
			e.deserted = append(e.deserted, n.queue)
		}
	}
}

func change(from, to bool) int {
	switch {
	case from == to:
		return 0
	case to:
		return 1
	default:
		return -1
	}
}

// enroll makes the agent one of those with their skills.
func (e *Engine) enroll(a *agent) {
	p, listed := e.cfg.Agents[a.id]
	a.spot = spot{order: p.Order, id: a.id}
	skills := slices.Clone(a.given)
	switch {
	case len(a.given) > 0:
	case listed && len(p.Skills) > 0:
		skills = slices.Clone(p.Skills)
	default:
		for _, q := range e.queues {
			skills = append(skills, Skill{Name: q.Name})
		}
	}
	a.team = e.teamOf(skills)
	a.team.members++
	e.file(a)
	e.recount(a)
}

func (e *Engine) unenroll(a *agent) {
	t := a.team
	e.unfile(a)
	e.count(a, false, false)
	if t.members--; t.members == 0 {
		e.dissolve(t)
	}
}
