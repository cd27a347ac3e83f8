package switchboard

import (
	"context"

	"hotline1022/internal/call"
)

// survey asks a citizen whose agent has hung up how it was. Silence ends it, and so
// does hanging up: the call was over before. The key of the emergency rates while the
// question is open; pressed once more it leads to the emergency, as everywhere.
type survey struct {
	s     *session
	rated bool
}

// parted goes on with a citizen whose agent has hung up, of which the outcome is.
// Nobody is kept who called in an emergency.
func (s *session) parted(outcome call.Outcome) {
	if !s.board.opts.Survey || !s.offer.connected || s.place.emergency() {
		s.finish(outcome)
		return
	}
	s.ask("take the citizen out of the bridge", func(ctx context.Context) error {
		return s.board.phones.Part(ctx, s.id.Bridge(), string(s.id))
	})
	s.alone("agent_hung_up")
	s.dropDesk()
	s.stage, s.verdict = call.Menu, &outcome
	s.record(call.SurveyAsked{})
	s.aside = &survey{s: s}
	s.asks("survey")
}

func (q *survey) said() {
	if q.rated {
		q.silence()
		return
	}
	q.s.listen()
}

func (q *survey) key(digit byte) bool {
	if q.rated || digit < '1' || digit > '3' {
		return false
	}
	q.rated = true
	q.s.record(call.Rated{Score: call.Score(digit - '0')})
	q.s.asks("survey_thanks")
	return true
}

func (q *survey) silence() { q.s.finish(*q.s.verdict) }

func (q *survey) dropped() { q.s.verdict = nil }
