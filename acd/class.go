package acd

import (
	"slices"
	"time"

	"github.com/tidwall/btree"

	"hotline1022/internal/call"
)

// need is a class of calls: those in one queue that ask for the same skills, or those
// that wait for one agent. Whoever may serve one of them may serve all of them.
type need struct {
	queue  *queue // nil for those that wait for one agent
	skills []Skill
	key    string
	only   call.AgentID

	line  *btree.BTreeG[*caller] // who waits
	short *btree.BTreeG[*caller] // who rings at fewer agents than could be; nil until there is one

	teams   []*team
	free    [2]int // available agents; the second, those who also serve emergencies
	staff   int    // signed in
	working int    // and not paused
	users   int    // calls that are of the class, offered ones included
	at      int    // place in Engine.servable, counted from 1; 0 if not there

	freed time.Time // an agent was done with a call
}

// use makes the call one of the class.
func (c *caller) use(n *need) {
	if c.class != nil {
		c.class.users--
	}
	c.class = n
	if n != nil {
		n.users++
	}
}

// team is a class of agents: those with the same skills.
type team struct {
	key     string
	skills  []Skill
	members int
	guard   bool // serves emergencies
	needs   []*need

	idle     [orders]*btree.BTreeG[*agent] // nil for an order that no queue asks for
	wrapping *btree.BTreeG[*agent]
	ringing  *btree.BTreeG[*agent] // with an offer that an emergency may take

	free, staff, working int
	engaged, began       int64 // with a call, from the offer to the end of wrap-up; Σ of since when, in ms
}

// side is the place of the team's agents in need.free.
func (t *team) side() int {
	if t.guard {
		return 1
	}
	return 0
}

func (n *need) servedBy(t *team) bool {
	return n.queue.servedBy(t.skills) && hasAll(t.skills, n.skills)
}

// pair makes team and class know each other.
func pair(t *team, n *need) {
	t.needs = append(t.needs, n)
	n.teams = append(n.teams, t)
	n.free[t.side()] += t.free
	n.staff += t.staff
	n.working += t.working
}

// teamOf is the class of the agents with these skills.
func (e *Engine) teamOf(skills []Skill) *team {
	skills = normal(skills)
	e.key = appendKey(e.key[:0], skills)
	if t, ok := e.byTeam[string(e.key)]; ok {
		return t
	}
	t := &team{key: string(e.key), skills: skills, wrapping: tree(longerWrapping), ringing: tree(laterOffer)}
	for o := range orders {
		if e.inUse[o] {
			t.idle[o] = tree(o.less())
		}
	}
	t.guard = slices.ContainsFunc(e.queues, func(q *queue) bool { return q.Emergency && q.servedBy(skills) })
	for _, n := range e.needs {
		if n.servedBy(t) {
			pair(t, n)
		}
	}
	e.teams = append(e.teams, t)
	e.byTeam[t.key] = t
	return t
}

// dissolve forgets a team without members.
func (e *Engine) dissolve(t *team) {
	is := func(other *team) bool { return other == t }
	for _, n := range t.needs {
		n.teams = slices.DeleteFunc(n.teams, is)
	}
	e.teams = slices.DeleteFunc(e.teams, is)
	delete(e.byTeam, t.key)
}

// needFor is the class of the calls in this queue that ask for these skills.
func (e *Engine) needFor(q *queue, skills []Skill) *need {
	if len(skills) == 0 && q.base != nil {
		return q.base
	}
	skills = normal(skills)
	e.key = append(append(e.key[:0], q.Name...), 0)
	e.key = appendKey(e.key, skills)
	if n, ok := e.byNeed[string(e.key)]; ok {
		return n
	}
	if len(e.needs) >= e.sweepAt {
		e.sweep()
	}
	n := &need{queue: q, skills: slices.Clone(skills), key: string(e.key), line: tree((*caller).before)}
	for _, t := range e.teams {
		if n.servedBy(t) {
			pair(t, n)
		}
	}
	e.needs = append(e.needs, n)
	e.byNeed[n.key] = n
	return n
}

// fewNeeds is how many classes of calls are kept without a thought.
const fewNeeds = 128

// sweep forgets classes without calls: citizens' choices make new ones.
func (e *Engine) sweep() {
	unused := func(n *need) bool { return n.users == 0 && n != n.queue.base }
	for _, n := range e.needs {
		if unused(n) {
			delete(e.byNeed, n.key)
		}
	}
	for _, t := range e.teams {
		t.needs = slices.DeleteFunc(t.needs, unused)
	}
	e.needs = slices.DeleteFunc(e.needs, unused)
	e.sweepAt = max(fewNeeds, 2*len(e.needs))
}

// waitFor is the class of the calls that wait for one agent.
func (e *Engine) waitFor(id call.AgentID) *need {
	if n, ok := e.personal[id]; ok {
		return n
	}
	n := &need{only: id, line: tree((*caller).before)}
	e.personal[id] = n
	if a, ok := e.agents[id]; ok {
		a.own = n
		if a.state == call.Available {
			n.free[a.team.side()] = 1
		}
	}
	return n
}
