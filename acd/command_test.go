package acd_test

import (
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// The commands of agents, each with what it does to the model beyond the decisions.

func (w *world) byAgent(id call.AgentID, c func(*acd.Engine, time.Time, call.AgentID) []acd.Decision) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return c(e, now, id) })
}

func (w *world) newAgent(id call.AgentID, given []acd.Skill) *modelAgent {
	a := &modelAgent{id: id, given: given, state: call.Offline, seq: w.number()}
	a.idle = a.seq
	if t, ok := w.tallies[id]; ok && w.now.Sub(t.left) < 12*time.Hour {
		a.modelTally = t
	}
	w.agents[id] = a
	return a
}

func (w *world) signInWith(id call.AgentID, skills []acd.Skill) []acd.Decision {
	if a, ok := w.agents[id]; ok {
		a.given, a.leaving = skills, false
	} else {
		w.newAgent(id, skills)
	}
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision {
		return e.SignIn(now, acd.Agent{ID: id, Skills: skills})
	})
}

func (w *world) signIn(id call.AgentID, skills ...string) []acd.Decision {
	return w.signInWith(id, acd.Skills(skills...))
}

func (w *world) ready(id call.AgentID) []acd.Decision { return w.byAgent(id, (*acd.Engine).Ready) }

// desk signs an agent in who takes calls.
func (w *world) desk(id call.AgentID, skills ...string) []acd.Decision {
	w.signIn(id, skills...)
	return w.ready(id)
}

func (w *world) signOut(id call.AgentID) []acd.Decision {
	if a, ok := w.agents[id]; ok && a.state == call.AgentTalking {
		a.leaving = true
	}
	return w.byAgent(id, (*acd.Engine).SignOut)
}

func (w *world) shiftOver(id call.AgentID) []acd.Decision {
	return w.byAgent(id, (*acd.Engine).ShiftOver)
}
func (w *world) extend(id call.AgentID) []acd.Decision { return w.byAgent(id, (*acd.Engine).Extend) }

func (w *world) pause(id call.AgentID, reason call.PauseReason) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Pause(now, id, reason) })
}

func (w *world) wrappedUp(id call.AgentID, ready bool) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.WrappedUp(now, id, ready) })
}

func (w *world) deskLost(id call.AgentID) []acd.Decision {
	return w.do(w.loses(id), func(e *acd.Engine, now time.Time) []acd.Decision { return e.DeskLost(now, id) })
}

func (w *world) force(id call.AgentID, to call.AgentState) []acd.Decision {
	var reason call.PauseReason
	if to == call.Paused {
		reason = "meeting"
	}
	w.forced = id
	var then func()
	if to != call.Reserved {
		then = w.loses(id)
	}
	return w.do(then, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Force(now, id, to, reason) })
}

// loses: the conversation of an agent who is alone in it is let go, but a callback
// that has reached nobody goes back in line.
func (w *world) loses(id call.AgentID) func() {
	a, ok := w.agents[id]
	if !ok || a.state != call.AgentTalking {
		return nil
	}
	c := w.calls[a.call]
	if len(c.talkers) > 1 {
		return nil
	}
	if c.number == "" {
		c.gone = true
		return nil
	}
	return func() {
		if w.inLine(c) {
			w.refile(c)
		}
	}
}

func (w *world) back(id call.AgentID, pause call.PauseReason) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return e.Back(now, id, pause) })
}

// notBack: whoever waits for the agent to be back waits for anybody.
func (w *world) notBack(id call.AgentID) []acd.Decision {
	for _, c := range w.calls {
		if c.personal && c.PreferAway && c.Prefer == id && w.inLine(c) {
			c.preferUntil = time.Time{}
			w.refile(c)
		}
	}
	return w.byAgent(id, (*acd.Engine).NotBack)
}

// What is said of offers.

func (w *world) about(o call.OfferID, c func(*acd.Engine, time.Time, call.OfferID) []acd.Decision) []acd.Decision {
	return w.do(nil, func(e *acd.Engine, now time.Time) []acd.Decision { return c(e, now, o) })
}

func (w *world) ringing(o call.OfferID) []acd.Decision { return w.about(o, (*acd.Engine).Ringing) }
func (w *world) accept(o call.OfferID) []acd.Decision  { return w.about(o, (*acd.Engine).Accept) }
func (w *world) refuse(o call.OfferID) []acd.Decision  { return w.about(o, (*acd.Engine).Refuse) }
func (w *world) fail(o call.OfferID) []acd.Decision    { return w.about(o, (*acd.Engine).Fail) }
