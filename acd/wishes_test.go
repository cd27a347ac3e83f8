package acd_test

import (
	"slices"
	"time"

	"hotline1022/acd"
)

// refile works out anew what a call in line asks for.
func (w *world) refile(c *modelCall) {
	c.named = false
	c.personal = c.Prefer != "" && c.preferUntil.After(w.now)
	c.relaxAt = time.Time{}
	if !c.personal {
		w.ask(c)
	}
}

func (w *world) ask(c *modelCall) {
	q := w.queue(c.queue)
	type wish struct {
		acd.Skill
		until time.Time // zero for ever
	}
	var wishes []wish
	for _, s := range c.Requires {
		wishes = append(wishes, wish{Skill: s})
	}
	add := func(s acd.Skill, atMost time.Duration) {
		if until := c.since.Add(atMost); atMost > 0 && until.After(w.now) && !c.emergency {
			wishes = append(wishes, wish{s, until})
		} else if atMost == 0 {
			wishes = append(wishes, wish{Skill: s})
		}
	}
	for _, want := range q.Wants {
		value := map[acd.Trait]string{acd.ByLanguage: string(c.Language), acd.ByField: c.Field, acd.ByArea: c.Area}[want.Trait]
		if value != "" && !slices.Contains(want.Except, value) {
			add(acd.Skill{Name: string(want.Trait) + "." + value, Level: want.Level}, want.For)
		}
	}
	for _, p := range c.Prefers {
		add(p.Skill, p.For)
	}
	for {
		c.asks, c.relaxAt = nil, time.Time{}
		for _, s := range wishes {
			c.asks = append(c.asks, s.Skill)
			if !s.until.IsZero() && (c.relaxAt.IsZero() || s.until.Before(c.relaxAt)) {
				c.relaxAt = s.until
			}
		}
		if w.staffed(q, c.asks) || c.relaxAt.IsZero() {
			break
		}
		wishes = slices.DeleteFunc(wishes, func(s wish) bool { return s.until.Equal(c.relaxAt) })
	}
	if c.emergency && !w.staffed(q, c.asks) {
		c.asks = nil
	}
}

func (w *world) staffed(q acd.Queue, asks []acd.Skill) bool {
	for _, a := range w.agents {
		if a.staff() && serves(w.skills(a), q) && canAll(w.skills(a), asks) {
			return true
		}
	}
	return false
}

// canOverflow and overdue: a call that has waited too long, or for whom nobody is there.
func (w *world) canOverflow(c *modelCall) bool {
	to := w.queue(c.queue).Overflow
	switch {
	case c.overflowed || c.number != "" || to.To == acd.ToNowhere:
		return false
	case to.To == acd.ToQueue:
		return w.hasQueue(to.Queue) && to.Queue != c.queue && !slices.Contains(c.been, to.Queue)
	default:
		return !c.emergency
	}
}

func (w *world) overdue(c *modelCall) bool {
	q := w.queue(c.queue)
	shut := !q.Closed.IsZero() && !c.since.Before(q.Closed)
	return w.canOverflow(c) && (shut || q.Unstaffed && !w.staffed(q, nil) || q.MaxWait > 0 && !c.since.Add(q.MaxWait).After(w.now))
}
