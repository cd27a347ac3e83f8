package switchboard

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// playSlack is how long after its end a prompt's PlayDone may come before it counts
// as lost.
const playSlack = 2 * time.Second

// afterWord is how long a citizen in an emergency hears nothing after a prompt, at most,
// when its controller has died: then Asterisk alone walks the ladder.
const afterWord = 2500 * time.Millisecond

// playbacks is how many ids a call's playbacks take turns with: few enough that a restart
// can stop whatever still plays, for it blocks all that is asked of the leg. An id whose
// end is yet to be told is passed over, so that it is not taken for another's; a call that
// owes more ends than there are ids goes on with ids beyond them.
const playbacks = 16

// say plays prompts to the citizen, in place of what plays now. The lease is set
// before, because its renewal would wait behind the prompts; wait is how long the
// citizen may be silent after them. What cannot be played counts as said.
func (s *session) say(keys []string, wait time.Duration) {
	s.sayUnder(keys, wait+s.board.opts.Lease)
}

// sayUnder is say with a lease that runs out so long after the prompts.
func (s *session) sayUnder(keys []string, lease time.Duration) {
	s.hush()
	s.silenceAt, s.noticing = time.Time{}, slices.Contains(keys, noticeKey)
	paths, total := s.find(keys)
	if s.keyWaits() {
		return // which goes on from here, and would only cut this short
	}
	s.lease(total + lease)
	if s.keyWaits() {
		return
	}
	if len(paths) == 0 || !s.play(paths, total) {
		s.spoken()
	}
}

// keyWaits says that the next thing to do is a key in the menus: nothing more is asked of
// the phones for what was chosen before it.
func (s *session) keyWaits() bool {
	if s.stage != call.Menu || s.aside != nil || s.step.Done != nil {
		return false
	}
	msg, ok := s.mail.peek()
	told, isTold := msg.(reported)
	if !ok || !isTold {
		return false
	}
	_, isKey := told.signal.(Digit)
	return isKey
}

func (s *session) find(keys []string) (paths []string, total time.Duration) {
	if len(keys) == 0 {
		return nil, 0
	}
	paths, total, err := s.board.prompts.Find(s.lang, keys)
	if err != nil {
		s.log.Error("prompt missing", slog.Any("error", err))
		return nil, 0
	}
	return paths, total
}

func (s *session) play(paths []string, total time.Duration) bool {
	play := s.nextPlay()
	err := s.try("play", func(ctx context.Context) error {
		return s.board.phones.Play(ctx, string(s.id), play, paths)
	})
	s.unended[play] = !errors.Is(err, ErrGone) // what was refused may play all the same
	if err != nil {
		return false
	}
	s.playing, s.overAt = play, time.Now().Add(total+playSlack)
	if !s.greeted {
		s.greeted = true
		s.record(call.Greeted{})
	}
	return true
}

// nextPlay is the id of the next playback: the next in turn, but none whose end is yet to
// be told.
func (s *session) nextPlay() string {
	for n := range playbacks {
		turn := (s.plays+n)%playbacks + 1
		if !s.unended[s.id.Play(turn)] {
			s.plays = turn
			return s.id.Play(turn)
		}
	}
	s.plays = max(s.plays, playbacks) + 1
	return s.id.Play(s.plays)
}

// playDone is the end of a playback, the current one's or an older one's.
func (s *session) playDone(play string) {
	delete(s.unended, play)
	if play == s.playing {
		s.played()
	}
}

// played goes on after a prompt.
func (s *session) played() {
	s.playing, s.overAt = "", time.Time{}
	s.spoken()
}

// hush ends what the citizen hears. The stopped playback's PlayDone comes later
// and is not the current one any more.
func (s *session) hush() {
	if s.playing != "" {
		play := s.playing
		s.playing, s.overAt = "", time.Time{}
		s.ask("stop the prompt", func(ctx context.Context) error { return s.board.phones.StopPlay(ctx, play) })
	}
	s.hold(false)
}

// hushBefore ends what the citizen may still hear from before a restart.
func (s *session) hushBefore() {
	for n := range playbacks {
		play := s.id.Play(n + 1)
		err := s.try("stop a prompt of before", func(ctx context.Context) error { return s.board.phones.StopPlay(ctx, play) })
		switch {
		case err == nil:
			s.plays, s.unended[play] = n+1, true
		case !errors.Is(err, ErrGone):
			return
		}
	}
}

// hold starts or stops the music; what failed, or may have, is asked for again at the next
// occasion.
func (s *session) hold(music bool) {
	if s.music == music && !s.unsure {
		return
	}
	err := s.try("music", func(ctx context.Context) error { return s.board.phones.Music(ctx, string(s.id), music) })
	s.unsure = err != nil
	if err == nil {
		s.music = music
	}
}

func (s *session) lease(d time.Duration) bool {
	return s.ask("lease", func(ctx context.Context) error { return s.board.phones.Lease(ctx, string(s.id), d) })
}

// renew is due while the citizen waits and hears no prompt.
func (s *session) renew(now time.Time) {
	s.renewAt = now.Add(s.board.opts.Lease / 3)
	s.lease(s.board.opts.Lease)
	s.hold(true)
}

// unleash removes the lease, for a conversation must not be cut, and music that is left.
// What failed is tried again in a moment.
func (s *session) unleash(now time.Time) {
	s.renewAt = time.Time{}
	s.hold(false)
	if !s.lease(0) || s.unsure {
		s.renewAt = now.Add(s.board.opts.Lease / 15)
	}
}
