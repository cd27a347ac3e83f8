package switchboard

import (
	"context"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// overflowed carries out what the line decided about a citizen who has waited too
// long, or for whose queue nobody is signed in. Until it is carried out they wait on,
// and an agent who answers comes first.
func (s *session) overflowed(d acd.Overflowed) {
	if !s.inLine() || d.From != s.place.queue.Name {
		return // from before the citizen left that queue
	}
	if s.hand != nil { // nobody is asked for a message in an emergency; they wait on
		if d.To.To == acd.ToQueue {
			s.moved(d.To.Queue)
		}
		return
	}
	switch d.To.To {
	case acd.ToQueue:
		s.moved(d.To.Queue)
		s.later(func() { s.say([]string{"other_queue"}, 0) })
	case acd.ToVoicemail:
		s.later(s.askForMessage)
	case acd.ToCallback:
		s.later(s.overflowBack)
	case acd.ToNowhere:
	}
}

// waitAgain puts a citizen who had left the line for something else back at the old
// place.
func (s *session) waitAgain(keys ...string) {
	s.stage = call.Waiting
	s.record(call.Queued{Queue: s.place.queue.Name, Topic: s.place.topic, Again: true})
	s.wait(keys)
}

// leaves says how the call ended, of a citizen who hangs up in the middle of an aside.
func (s *session) leaves(outcome *call.Outcome) {
	if v, ok := s.aside.(*voicemail); ok && s.stage == call.Menu {
		outcome.Stage = call.Waiting
		v.hungUp()
	}
	if s.verdict == nil || s.stage == call.Talking {
		return
	}
	*outcome = *s.verdict
	if outcome.By == call.ByUs {
		outcome.By = call.ByCitizen
	}
}

// resumeBeside goes on with a citizen who was in the middle of an aside when the
// controller ended: whose call was as good as over is thanked, and who was leaving a
// message waits for a human.
func (s *session) resumeBeside(p OpenCall) {
	s.stand(p)
	if p.Beside != AtMessage {
		outcome := p.lost()
		outcome.Detail = "the controller was away"
		s.stage, s.verdict = call.Menu, &outcome
		s.aside = &survey{s: s, rated: true}
		if p.Beside == HasBack {
			s.aside, s.promised = &askBack{s: s, asked: true, taken: true}, true
		}
		s.asks(backKeys()...)
		return
	}
	s.hadMessage = true
	if s.board.recorder != nil {
		s.ask("end a message of before", func(ctx context.Context) error {
			return s.board.recorder.StopRecord(ctx, messageOf(s.id))
		})
	}
	s.waitAgain("comfort")
}

// backKeys is what a citizen is told after a restart who had come to the end.
func backKeys() []string { return []string{"goodbye"} }
