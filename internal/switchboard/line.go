package switchboard

import (
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// unseen is more offers than the line can have made for a call that we have not come
// to: numbers up to there are not used again.
const unseen = 100

// place is a place in line; it outlives an offer and a lost desk.
type place struct {
	queue   acd.Queue
	topic   call.Topic
	arrived time.Time
}

func (p place) emergency() bool { return p.queue.Emergency || p.topic.Group == call.Emergency }

// enterLine puts the citizen in line, and says the notice there.
func (s *session) enterLine(at place, notice []string) {
	s.stage, s.place = call.Waiting, at
	s.record(call.Queued{Queue: at.queue.Name, Topic: at.topic})
	if s.beginHandover(at.topic.Service, "", "") {
		return
	}
	s.wait(notice)
}

// returns puts a citizen who lost their agent back in the old place, to wait for that one
// for a while, if they may be back.
func (s *session) returns(lost call.AgentID) {
	s.record(call.Queued{Queue: s.place.queue.Name, Topic: s.place.topic, Again: true})
	s.board.line.Return(s.board.desks.waitFor(lost, s.waiting()))
}

// backInLine tells a citizen who lost their agent that they are there.
func (s *session) backInLine() {
	s.stage = call.Waiting
	s.wait([]string{"back_in_line"})
}

// wait asks the line for an agent, unless it has been asked.
func (s *session) wait(notice []string) {
	if s.drill != nil {
		s.strays()
		return
	}
	s.dropAside()
	s.silenceAt, s.overdue, s.errand = time.Time{}, false, nil
	s.board.line.Enqueue(s.waiting())
	s.announceAt = time.Now().Add(s.board.opts.FirstPosition)
	if len(notice) == 0 {
		s.renew(time.Now())
		return
	}
	s.say(notice, 0)
}

// waiting is the call as the line knows it.
func (s *session) waiting() acd.Waiting {
	return acd.Waiting{
		Prefer: s.prefer, PreferFor: transferWait,
		Call: s.id, Queue: s.place.queue.Name, Arrived: s.place.arrived, Emergency: s.place.emergency(),
		Offers: s.offers, Caller: s.caller, Language: s.lang, Field: s.place.topic.Field,
	}
}

// moved says that the line has the call in another queue now, which is in the journal
// already.
func (s *session) moved(queue string) {
	if q, ok := s.board.queue(queue); ok && s.inLine() {
		s.place.queue = q
	}
}

// leaveLine takes the citizen back into the menus.
func (s *session) leaveLine() {
	s.board.desks.free(s.id)
	s.board.line.Leave(s.id)
	s.offers += unseen
	for s.offer != nil {
		s.board.desks.offerClosed(s.offer.agent, s.offer.id, call.OfferRescinded)
		s.dropDesk()
	}
	s.renewAt, s.announceAt, s.overdue, s.errand = time.Time{}, time.Time{}, false, nil
	s.stage = call.Menu
}

// untilNext is the time to the next thing that the clock decides.
func (s *session) untilNext(now time.Time) time.Duration {
	next := now.Add(time.Hour)
	for _, at := range append(s.handoverAlarms(),
		s.silenceAt, s.overAt, s.renewAt, s.announceAt, s.asideAt, s.pause.at, s.limit(), s.remindAt(), s.consultBy(),
	) {
		if !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	return max(next.Sub(now), 0)
}

// due does what the clock has decided.
func (s *session) due(now time.Time) {
	if passed(&s.overAt, now) && s.playing != "" {
		s.log.Warn("a prompt has no end")
		s.hush() // it may still be about to begin
		s.spoken()
	}
	if passed(&s.silenceAt, now) && s.stage == call.Menu {
		s.take(s.walk.Silence())
	}
	if passed(&s.asideAt, now) && s.aside != nil && (s.inLine() || s.stage == call.Menu) {
		s.aside.silence()
	}
	if passed(&s.announceAt, now) && s.inLine() {
		s.announce(now)
	}
	s.dueInTalk(now)
	if s.hand != nil {
		s.dueInHandover(now)
	}
	if passed(&s.pause.at, now) {
		recordAgain(s, call.RecordingTimeout, "") //nolint:errcheck // in the log, and tried again
	}
	if passed(&s.renewAt, now) {
		switch {
		case s.held != nil && s.playing == "":
			s.renew(now)
		case s.held != nil: // renewed after what plays
		case s.stage == call.Talking:
			s.unleash(now)
		case s.inLine() && s.playing == "" && s.aside == nil:
			s.goOn()
		}
	}
}

// passed clears the alarm and says so when its time has come.
func passed(alarm *time.Time, now time.Time) bool {
	if alarm.IsZero() || alarm.After(now) {
		return false
	}
	*alarm = time.Time{}
	return true
}
