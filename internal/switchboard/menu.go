package switchboard

import (
	"log/slog"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr"
)

// enterMenu begins or resumes the menus.
func (s *session) enterMenu(walk *ivr.Walk, step ivr.Step) {
	s.stage, s.walk = call.Menu, walk
	s.take(step)
}

// take carries out what the menus ask for. Whom they lead to a queue is in line at
// once, and hears there what there is to say: no agent waits for a prompt to end.
func (s *session) take(step ivr.Step) {
	if step.Node != "" && step.Node != s.step.Node {
		s.record(call.MenuEntered{Node: step.Node})
	}
	if step.Language != s.lang {
		s.lang = step.Language
		s.record(call.LanguageChosen{Language: s.lang})
	}
	s.step = step
	if into, ok := step.Done.(ivr.Enqueue); ok {
		s.enterLine(s.placeIn(into), step.Say)
		return
	}
	s.say(step.Say, step.Wait)
}

// key is a digit from the citizen. In line only the emergency key means something to
// the menus: it leads to a new node.
func (s *session) key(digit byte) {
	if s.hand != nil {
		s.record(call.KeyPressed{Node: s.step.Node, Digit: string(rune(digit))}) // who cannot speak may press
		return
	}
	if s.walk == nil || s.stage != call.Menu && !s.inLine() || s.aside != nil && s.aside.key(digit) || s.aside == nil && s.wantsBack(digit) {
		return
	}
	node, settled := s.step.Node, s.step.Done != nil
	step := s.walk.Key(digit)
	s.record(call.KeyPressed{Node: node, Digit: string(rune(digit)), Accepted: step.Accepted})
	if settled && step.Node == node {
		return
	}
	s.dropAside()
	if s.inLine() {
		s.leaveLine()
	}
	s.take(step)
}

// spoken goes on when the prompts are over.
func (s *session) spoken() {
	s.heardNotice()
	if s.hand != nil {
		if !s.hand.together && !s.left {
			s.renew(time.Now())
		}
		return
	}
	if s.aside != nil && (s.inLine() || s.stage == call.Menu) {
		s.aside.said()
		return
	}
	switch s.stage {
	case call.Menu:
		if s.step.Done == nil {
			s.silenceAt = time.Now().Add(s.step.Wait)
			return
		}
		s.finish(call.Outcome{Result: call.SelfServed, By: call.ByUs, Stage: call.Menu})
	case call.Waiting, call.Ringing:
		s.goOn()
	case call.Talking:
		if s.held != nil {
			s.renew(time.Now())
		}
	case call.Arriving, call.Ended:
	}
}

// placeIn is a new place at the end of the line.
func (s *session) placeIn(into ivr.Enqueue) place {
	queue, ok := s.board.queue(into.Queue)
	if !ok { // a flow is checked against the queues before it is taken into use
		s.log.Error("no such queue", slog.String("queue", into.Queue))
		queue.Name = into.Queue
	}
	return place{queue: queue, topic: into.Topic, arrived: time.Now()}
}
