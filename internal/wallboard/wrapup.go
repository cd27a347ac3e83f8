package wallboard

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// edge is an agent's move into wrap-up, out of it, or both.
type edge struct {
	at      stamp
	in, out bool
	call    call.ID // whose wrap-up begins
}

// wrapUp is a part of a call's wrap-up: an agent may be called away and come back.
type wrapUp struct {
	began stamp
	over  time.Time // zero while it goes on
}

// wrapped takes an agent's move for what it says of wrap-up. Moves come in any order:
// each tells anew where the wrap-ups around it end.
func (f *Figures) wrapped(e call.Event, m call.AgentMoved) {
	in, out := m.To == call.WrapUp, m.From == call.WrapUp
	if (!in && !out) || f.day(e.At) < f.oldest {
		return
	}
	edges := f.edges[m.Agent]
	i, known := slices.BinarySearchFunc(edges, stampOf(e), func(x edge, at stamp) int { return x.at.compare(at) })
	if known {
		return
	}
	edges = slices.Insert(edges, i, edge{at: stampOf(e), in: in, out: out, call: e.Call})
	f.edges[m.Agent] = edges
	for j := max(i-1, 0); j <= i; j++ {
		if edges[j].in && edges[j].call != "" {
			f.amend(edges[j].call, wrapUpOf(edges[j:]))
		}
	}
}

// wrapUpOf is the wrap-up that the first edge begins. One whose end was never told, as
// the controller died in it, took no time that anybody knows.
func wrapUpOf(edges []edge) wrapUp {
	w := wrapUp{began: edges[0].at}
	switch {
	case len(edges) == 1:
	case edges[1].out:
		w.over = edges[1].at.at
	default:
		w.over = w.began.at
	}
	return w
}

// amend changes what is known of a call's wrap-up. The call may not be known yet.
func (f *Figures) amend(id call.ID, w wrapUp) {
	v, known := f.calls[id]
	if known {
		f.count(v, -1)
	}
	parts := f.wrapUps[id]
	if i := slices.IndexFunc(parts, func(p wrapUp) bool { return p.began.compare(w.began) == 0 }); i >= 0 {
		parts[i] = w
	} else {
		f.wrapUps[id] = append(parts, w)
	}
	if known {
		f.count(v, +1)
	}
}
