package flow

import (
	"slices"

	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

// checkGraph looks at what the nodes are to each other.
func (p *parser) checkGraph() {
	names := p.f.order
	broken := false
	for _, g := range p.goals {
		n, ok := p.f.nodes[g.to.Value]
		if !ok {
			p.c.Addf(g.to.Line, "there is no node %q; %s", g.to.Value, document.Suggest(g.to.Value, names))
			broken = true
			continue
		}
		if _, isQueue := n.(*Queue); g.how == byHuman && !isQueue {
			p.c.Addf(g.to.Line, "%q is no queue, but callers who choose nothing must reach a human; name a node of kind queue", g.to.Value)
		}
	}
	if broken || p.c.Err() != nil {
		return // what follows would only repeat the same faults in other words
	}
	p.checkEmergency()
	p.checkReachable()
	p.checkExits()
}

// next lists the nodes that a caller can get to from n by keys alone.
func next(n Node) []string {
	m, ok := n.(*Menu)
	if !ok {
		return nil
	}
	var to []string
	for _, k := range m.Keys {
		if k.Go != "" {
			to = append(to, k.Go)
		}
	}
	if m.Otherwise != "" {
		to = append(to, m.Otherwise)
	}
	return to
}

// reach follows edges from the given nodes and returns all that are met.
func (f *Flow) reach(from []string, edges func(Node) []string) map[string]bool {
	seen := map[string]bool{}
	for len(from) > 0 {
		name := from[0]
		from = from[1:]
		if !seen[name] {
			seen[name] = true
			from = append(from, edges(f.nodes[name])...)
		}
	}
	return seen
}

func (p *parser) checkEmergency() {
	f := p.f
	f.safe = f.reach([]string{f.Emergency.Go}, next)
	if f.safe[f.Start] {
		p.c.Addf(p.alarm.Line, "the emergency key leads to %q, from where the start can be reached; lead it to a menu or queue of its own", f.Emergency.Go)
		return
	}
	for _, name := range f.order {
		switch n := f.nodes[name].(type) {
		case *Menu:
			p.checkMenuForEmergency(n)
		case *Queue:
			if f.safe[name] && n.Topic.Group != call.Emergency {
				p.c.Addf(n.line, "queue node %s lies behind the emergency key but is of the group %s; write `group: emergency` or lead the key elsewhere", name, n.Topic.Group)
			}
		case *Goodbye:
			if f.safe[name] {
				p.c.Addf(n.line, "node %s hangs up on a caller who pressed the emergency key; lead to an emergency queue instead", name)
			}
		}
	}
}

func (p *parser) checkMenuForEmergency(n *Menu) {
	f := p.f
	if f.safe[n.name] {
		to, isQueue := f.nodes[n.Otherwise].(*Queue)
		if !isQueue || to.Topic.Group != call.Emergency {
			p.c.Addf(n.line, "emergency menu %s may not ask twice; write `otherwise: <emergency queue node>`, where silence and any other key lead at once", n.name)
		}
		if n.Wait > longestEmergencyWait {
			p.c.Addf(n.line, "emergency menu %s waits %s; write a `wait` of at most %s", n.name, n.Wait, longestEmergencyWait)
		}
		return
	}
	if k, taken := n.Key(f.Emergency.Key); taken && k.Go != f.Emergency.Go {
		p.c.Addf(n.line, "menu %s uses the emergency key %c for something else, so the emergency is not live there; choose another key", n.name, k.Digit)
	}
}

// checkReachable complains about nodes that no caller can get to.
func (p *parser) checkReachable() {
	f := p.f
	seen := f.reach([]string{f.Start, f.Emergency.Go, f.Human}, func(n Node) []string {
		to := next(n)
		if m, ok := n.(*Menu); ok {
			to = append(to, m.Human)
		}
		return to
	})
	for _, name := range f.order {
		if !seen[name] {
			p.c.Addf(p.line(name), "no caller can get to node %s; let a key lead to it, or remove it", name)
		}
	}
}

// checkExits complains about menus from which keys lead to menus only.
func (p *parser) checkExits() {
	f := p.f
	for _, name := range f.order {
		if _, isMenu := f.nodes[name].(*Menu); !isMenu {
			continue
		}
		met := f.reach([]string{name}, next)
		out := slices.ContainsFunc(f.order, func(other string) bool {
			_, isMenu := f.nodes[other].(*Menu)
			return met[other] && !isMenu
		})
		if !out {
			p.c.Addf(p.line(name), "menu %s has no exit: its keys lead to menus for ever; let a key lead to a queue or a goodbye", name)
		}
	}
}

func (p *parser) line(name string) int {
	switch n := p.f.nodes[name].(type) {
	case *Menu:
		return n.line
	case *Queue:
		return n.line
	case *Goodbye:
		return n.line
	}
	return 0
}
