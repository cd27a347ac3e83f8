package switchboard

import (
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// announce tells the citizen where they stand, while nobody is being rung for them.
// What is due while something else plays is said after it; but an emergency, which
// has just heard the same words, hears them the next time.
func (s *session) announce(now time.Time) {
	s.overdue = false
	if every := s.place.queue.PositionEvery; every > 0 {
		s.announceAt = now.Add(every)
	}
	switch {
	case !s.idle():
		s.overdue = s.stage == call.Waiting && !s.place.emergency()
	case s.place.emergency():
		s.say([]string{"emg_hold"}, 0)
	default:
		standing, told := s.standing()
		keys := append(append(s.firstNotice(), standing...), "comfort")
		if s.offersBack() {
			keys, told.Callback = append(keys, "callback_offer"), true
		}
		s.say(keys, 0)
		if s.playing != "" && told != (call.Told{}) {
			s.record(told)
		}
	}
}

// idle says that the citizen waits, nobody is rung for them and nothing plays.
func (s *session) idle() bool {
	return s.stage == call.Waiting && s.playing == "" && s.aside == nil
}

// standing is the position, and how long it will take by the recent pace, rounded up
// as people round. Neither is said when it is not known: that nobody is at work is no
// help to anybody who waits.
func (s *session) standing() (keys []string, told call.Told) {
	n, ok := s.board.line.Position(s.id)
	if !ok {
		return nil, told
	}
	keys, told.Position = prompt.Position(n), n
	if wait, ok := s.board.line.Estimate(s.id); ok {
		keys = append(keys, prompt.Wait(wait)...)
		told.Minutes, told.Wait = prompt.WaitMinutes(wait), wait.Round(time.Second)
	}
	return keys, told
}
