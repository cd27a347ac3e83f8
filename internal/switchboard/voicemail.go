package switchboard

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"hotline1022/internal/call"
)

// Times of a message.
const (
	longestMessage = 2 * time.Minute
	messageSilence = 8 * time.Second
	shortest       = 2 * time.Second // less is no message
	beep           = time.Second
)

// voicemail asks for a message and records it. While its prompt plays the citizen is
// in line; with the beep they leave it. The hash key, silence and hanging up end the
// message. Whoever says nothing waits on at the old place, and is not asked again.
type voicemail struct {
	s     *session
	began time.Time // the beep
	done  bool
}

// messageOf derives the name of the recording of the call's message.
func messageOf(id call.ID) string { return string(id) + "-vm" }

func (s *session) askForMessage() {
	if s.board.recorder == nil || s.hadMessage {
		s.goOn()
		return
	}
	s.turnTo(&voicemail{s: s}, "voicemail")
}

func (v *voicemail) said() {
	s := v.s
	switch {
	case v.done:
		s.finish(*s.verdict)
	case !v.began.IsZero():
	case s.stage == call.Ringing: // perhaps somebody answers after all
		s.overAside()
		s.errand = s.askForMessage
		s.goOn()
	default:
		v.record()
	}
}

func (v *voicemail) record() {
	s := v.s
	s.leaveLine()
	s.hadMessage, v.began = true, time.Now()
	s.record(call.VoicemailBegan{})
	longest := cmp.Or(s.board.opts.LongestMessage, longestMessage)
	silence := cmp.Or(s.board.opts.MessageSilence, messageSilence)
	s.lease(beep + longest + s.board.opts.Lease)
	if !s.ask("record a message", func(ctx context.Context) error {
		return s.board.recorder.Record(ctx, string(s.id), messageOf(s.id), longest, silence, true)
	}) {
		v.giveUp()
		return
	}
	s.asideAt = v.began.Add(beep + longest + playSlack)
}

// key ends the message by the hash key.
func (v *voicemail) key(digit byte) bool {
	if digit != '#' || v.began.IsZero() || v.done {
		return false
	}
	if !v.stop() {
		v.silence()
	}
	return true
}

func (v *voicemail) stop() bool {
	return v.s.ask("end a message", func(ctx context.Context) error {
		return v.s.board.recorder.StopRecord(ctx, messageOf(v.s.id))
	})
}

// silence is the end of a recording of which no end was told.
func (v *voicemail) silence() {
	if v.began.IsZero() || v.done {
		return
	}
	v.stop()
	v.over(v.length())
}

func (v *voicemail) length() time.Duration { return max(time.Since(v.began)-beep, 0) }

// recorded is the end of a recording.
func (s *session) recorded(sig RecordDone) {
	if v, ok := s.aside.(*voicemail); ok && sig.Name == messageOf(s.id) && !v.began.IsZero() && !v.done {
		if sig.Failed != "" {
			s.log.Error("a message could not be recorded", slog.String("why", sig.Failed))
		}
		v.over(sig.Heard)
	}
}

// over thanks for a message, or takes back in line whoever left none.
func (v *voicemail) over(length time.Duration) {
	if length < shortest {
		v.giveUp()
		return
	}
	v.keep(length)
	v.s.asks("voicemail_thanks", "goodbye")
}

func (v *voicemail) keep(length time.Duration) {
	v.done = true
	v.s.record(call.VoicemailLeft{Seconds: int(length.Round(time.Second).Seconds())})
	v.s.verdict = &call.Outcome{Result: call.Voicemail, By: call.ByUs, Stage: call.Waiting}
}

func (v *voicemail) giveUp() {
	v.s.overAside()
	v.s.waitAgain("comfort")
}

// hungUp keeps what was said until the citizen hung up.
func (v *voicemail) hungUp() {
	if length := v.length(); !v.began.IsZero() && !v.done && length >= shortest {
		v.keep(length)
	}
}

// dropped leaves the message as it is: what was said so far is kept with the call.
func (v *voicemail) dropped() {
	v.s.verdict = nil
	if !v.began.IsZero() && !v.done {
		v.stop()
	}
}
