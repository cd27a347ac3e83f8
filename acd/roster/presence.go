package roster

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Span is a time from From up to To.
type Span struct {
	From, To time.Time
}

// stay is one time that an agent was signed in.
type stay struct {
	from time.Time
	to   time.Time // zero while it lasts
	// doubted: a restart ended it. It goes on if the next thing heard of the agent is
	// not that they signed in anew.
	doubted bool
}

// Presences folds events of any kind into when each agent was signed in, as known at
// now: in order, apart from each other. Events may come in any order and twice; they
// are ordered by their time. Gaps up to the grace, as a browser that reloads makes
// them, are no gaps.
//
// A controller that restarts has nobody signed in until they come back, which is told
// as signing in. An agent of whom a move from any other state is heard was there all
// the time.
func Presences(events []call.Event, now time.Time, grace time.Duration) map[call.AgentID][]Span {
	stays := map[call.AgentID][]stay{}
	for _, e := range inOrder(events) {
		if e.At.After(now) {
			break
		}
		switch fact := e.Fact.(type) {
		case call.AgentMoved:
			stays[fact.Agent] = moved(stays[fact.Agent], e.At, fact)
		case call.Restarted:
			for _, list := range stays {
				if last := &list[len(list)-1]; last.to.IsZero() {
					last.to, last.doubted = e.At, true
				}
			}
		}
	}
	spans := make(map[call.AgentID][]Span, len(stays))
	for agent, list := range stays {
		spans[agent] = joined(list, now, grace)
	}
	return spans
}

// inOrder is the events by time, each id once.
func inOrder(events []call.Event) []call.Event {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b call.Event) int {
		// A node's sequence numbers grow longer.
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(sorted, func(e call.Event) bool {
		twice := e.ID != "" && seen[e.ID]
		seen[e.ID] = true
		return twice
	})
}

// moved is the stays after the agent's move. A list is never empty: the first move
// makes a stay, of no length when it is the last.
func moved(list []stay, at time.Time, m call.AgentMoved) []stay {
	if len(list) == 0 {
		list = append(list, stay{from: at, to: at})
	}
	last := &list[len(list)-1]
	if m.From != call.Offline && last.doubted {
		last.to, last.doubted = time.Time{}, false
	}
	switch {
	case m.To == call.Offline && last.to.IsZero():
		last.to = at
	case m.To != call.Offline && !last.to.IsZero():
		list = append(list, stay{from: at})
	}
	return list
}

// joined is the stays up to now, without the gaps that are none.
func joined(list []stay, now time.Time, grace time.Duration) []Span {
	var spans []Span
	for _, s := range list {
		to := s.to
		if to.IsZero() {
			to = now
		}
		switch last := len(spans) - 1; {
		case !to.After(s.from):
		case last >= 0 && s.from.Sub(spans[last].To) <= grace:
			spans[last].To = to
		default:
			spans = append(spans, Span{s.from, to})
		}
	}
	return spans
}
