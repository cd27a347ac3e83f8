package switchboard

import (
	"context"
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

// take carries out what the menus ask for.
func (s *session) take(step ivr.Step) {
	if step.Node != "" && step.Node != s.step.Node {
		s.record(call.MenuEntered{Node: step.Node})
	}
	if step.Language != s.lang {
		s.lang = step.Language
		s.record(call.LanguageChosen{Language: s.lang})
	}
	s.step = step
	s.say(step.Say, step.Wait)
}

// key is a digit from the citizen. On the way into the line and in it, only the
// emergency key means something: it leads to a new node.
func (s *session) key(digit byte) {
	inMenu := s.stage == call.Menu
	inLine := s.stage == call.Waiting || s.stage == call.Ringing
	if s.walk == nil || !inMenu && !inLine {
		return
	}
	node, settled := s.step.Node, s.step.Done != nil
	step := s.walk.Key(digit)
	s.record(call.KeyPressed{Node: node, Digit: string(rune(digit)), Accepted: step.Accepted})
	if settled && step.Node == node {
		return
	}
	if inLine {
		s.leaveLine()
	}
	s.take(step)
}

// spoken goes on when the prompts are over.
func (s *session) spoken() {
	switch s.stage {
	case call.Menu:
		if s.step.Done == nil {
			s.silenceAt = time.Now().Add(s.step.Wait)
			return
		}
		s.leaveMenu(s.step.Done)
	case call.Waiting, call.Ringing:
		s.renew(time.Now())
		s.hold(true)
	case call.Arriving, call.Talking, call.Ended:
	}
}

func (s *session) leaveMenu(done ivr.Outcome) {
	switch d := done.(type) {
	case ivr.Enqueue:
		queue, ok := s.board.queue(d.Queue)
		if !ok { // a flow is checked against the queues before it is taken into use
			s.log.Error("no such queue", slog.String("queue", d.Queue))
		}
		s.enterLine(place{queue: queue, topic: d.Topic, arrived: time.Now()}, false)
	case ivr.Goodbye:
		s.finish(call.Outcome{Result: call.SelfServed, By: call.ByUs, Stage: call.Menu})
	}
}

// say plays prompts to the citizen, in place of what plays now. The lease is set
// before, because its renewal would wait behind the prompts; wait is how long the
// citizen may be silent after them.
func (s *session) say(keys []string, wait time.Duration) {
	s.hush()
	s.silenceAt = time.Time{}
	if len(keys) == 0 {
		s.spoken()
		return
	}
	paths, total, err := s.board.prompts.Find(s.lang, keys)
	if err != nil {
		s.log.Error("prompt missing", slog.Any("error", err))
		s.spoken()
		return
	}
	s.lease(total + wait + s.board.opts.Lease)
	s.plays++
	play := s.id.Play(s.plays)
	s.playing = play
	if !s.ask("play", func(ctx context.Context) error {
		return s.board.phones.Play(ctx, string(s.id), play, paths)
	}) {
		s.playing = ""
		s.spoken()
		return
	}
	if !s.greeted {
		s.greeted = true
		s.record(call.Greeted{})
	}
}

// hush ends what the citizen hears. The stopped playback's PlayDone comes later
// and is not the current one any more.
func (s *session) hush() {
	if s.playing != "" {
		s.phone("stop the prompt", s.board.phones.StopPlay, s.playing)
		s.playing = ""
	}
	s.hold(false)
}

func (s *session) hold(music bool) {
	if s.music == music {
		return
	}
	s.music = music
	s.ask("music", func(ctx context.Context) error { return s.board.phones.Music(ctx, string(s.id), music) })
}

func (s *session) lease(d time.Duration) {
	s.ask("lease", func(ctx context.Context) error { return s.board.phones.Lease(ctx, string(s.id), d) })
}
