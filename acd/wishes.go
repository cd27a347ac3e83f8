package acd

import (
	"slices"
	"time"
)

// classFor is the class in which the call has to wait: for the agent it names, as
// long as that is allowed, or with those who ask for the same.
func (e *Engine) classFor(now time.Time, c *caller) *need {
	if c.Prefer != "" && c.preferUntil.After(now) {
		return e.waitFor(c.Prefer)
	}
	return e.classOf(now, c)
}

// classOf is the class by what the call asks for. A preference that nobody who is
// signed in can meet is given up at once, and an emergency asks for nothing that
// nobody has.
func (e *Engine) classOf(now time.Time, c *caller) *need {
	c.relaxAt = time.Time{}
	if len(c.Requires) == 0 && len(c.Prefers) == 0 && len(c.queue.Wants) == 0 {
		return c.queue.base
	}
	given := now // preferences that end by then count as given up
	for {
		next := e.asks(c, given)
		n := e.needFor(c.queue, e.scratch)
		switch {
		case n.staff > 0:
			c.relaxAt = next
			return n
		case !next.IsZero():
			given = next
		case c.emergency:
			return c.queue.base
		default:
			return n
		}
	}
}

// asks collects in e.scratch what the call asks for when the preferences that end by
// then are given up, and says when the next one ends.
func (e *Engine) asks(c *caller, then time.Time) (next time.Time) {
	e.scratch = append(e.scratch[:0], c.Requires...)
	prefer := func(s Skill, atMost time.Duration) {
		if ends := c.since.Add(atMost); ends.After(then) && !c.emergency {
			next = sooner(next, ends)
			e.scratch = append(e.scratch, s)
		}
	}
	for i, w := range c.queue.Wants {
		value := c.value(w.Trait)
		switch {
		case value == "" || slices.Contains(w.Except, value):
		case w.For > 0:
			prefer(Skill{Name: c.queue.skillName(i, value), Level: w.Level}, w.For)
		default:
			e.scratch = append(e.scratch, Skill{Name: c.queue.skillName(i, value), Level: w.Level})
		}
	}
	for _, p := range c.Prefers {
		prefer(p.Skill, p.For)
	}
	return next
}

func (c *caller) value(t Trait) string {
	switch t {
	case ByLanguage:
		return string(c.Language)
	case ByField:
		return c.Field
	case ByArea:
		return c.Area
	}
	return ""
}

// skillName is the skill that the queue's i-th want asks for, put together once.
func (q *queue) skillName(i int, value string) string {
	name, ok := q.skills[i][value]
	if !ok {
		name = string(q.Wants[i].Trait) + "." + value
		q.skills[i][value] = name
	}
	return name
}

// startPreferring decides how long the call waits for the agent it names.
func (e *Engine) startPreferring(now time.Time, c *caller) {
	c.preferUntil = time.Time{}
	if c.Prefer == "" || c.emergency {
		return
	}
	if a, ok := e.agents[c.Prefer]; c.PreferAway || ok && a.working {
		atMost := c.PreferFor
		if atMost <= 0 {
			atMost = e.cfg.PreferFor
		}
		c.preferUntil = now.Add(atMost)
	}
}
