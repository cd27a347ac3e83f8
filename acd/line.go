package acd

import "time"

// backInLine puts a call where it belongs among those who wait.
func (e *Engine) backInLine(now time.Time, c *caller) {
	n := e.classFor(now, c)
	c.use(n)
	c.in, c.named = n, false
	n.line.Set(c)
	c.queue.pace.stand(now, c.queue.line.Len())
	c.queue.line.Set(c)
	e.touch(n)
	if c.emergency {
		e.urgent++
		e.fresh = append(e.fresh, c)
	}
	e.setDue(c)
}

// outOfLine takes a call out of the line, if it waits.
func (e *Engine) outOfLine(now time.Time, c *caller) {
	if c.in == nil {
		return
	}
	e.unclass(c)
	c.queue.pace.stand(now, c.queue.line.Len())
	c.queue.line.Delete(c)
	if c.emergency {
		e.urgent--
	}
	e.unsetDue(c)
}

// refile moves a call that waits to the class that it belongs to by now.
func (e *Engine) refile(now time.Time, c *caller) {
	if n := e.classFor(now, c); n != c.in {
		e.unclass(c)
		c.use(n)
		c.in = n
		n.line.Set(c)
		e.touch(n)
	}
	e.setDue(c)
}

func (e *Engine) unclass(c *caller) {
	n := c.in
	n.line.Delete(c)
	e.touch(n)
	c.in = nil
	if n.only != "" && n.line.Len() == 0 {
		delete(e.personal, n.only)
		if a, ok := e.agents[n.only]; ok {
			a.own = nil
		}
	}
}
