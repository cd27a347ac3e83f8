package switchboard

import (
	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// Drill is a call of our own that goes the way of an emergency. It has an owner, menus and
// a hand-over like any other, but nobody of ours is asked for, and what it does is told to
// Note and stands in no journal: so it is in no ticket, figure or recording.
type Drill struct {
	Plan emergency.Plan // with a destination that is the drill's own
	Note func(call.Fact)
}

// ExpectDrill makes calls from that number, as telephones present it, a drill until stop.
// Nobody else may know the number.
func (b *Board) ExpectDrill(caller string, d Drill) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drills[caller] = &d
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.drills, caller)
	}
}

// serves is the plan by which a service can be handed over from this call.
func (s *session) serves(service call.Service) (emergency.Plan, bool) {
	if s.drill == nil {
		return s.board.serves(service)
	}
	_, known := s.drill.Plan.Service(service)
	return s.drill.Plan, known
}

// record tells the journal, or who has the drill.
func (s *session) record(facts ...call.Fact) {
	if s.drill == nil {
		s.board.journal.Append(s.id, facts...)
		return
	}
	for _, f := range facts {
		s.drill.Note(f)
	}
}

// strays ends a drill that came to where people would be asked for.
func (s *session) strays() {
	s.finish(call.Outcome{Result: call.Failed, By: call.ByUs, Stage: s.stage, Detail: "a drill came into the line"})
}
