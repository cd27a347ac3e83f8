package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// overflowing lets calls in the field queue overflow after 20 s.
func overflowing(to acd.Target) func(*Deps) {
	return func(d *Deps) {
		d.Line.Queues[2].MaxWait, d.Line.Queues[2].Overflow = 20*time.Second, to
	}
}

// atTheBeep brings a citizen from the line to the beep.
func (b *bench) atTheBeep() call.ID {
	id := b.inLine()
	b.pass(20 * time.Second)
	require.Equal(b.t, "vi/voicemail", b.hears(id))
	require.Equal(b.t, call.Waiting, b.stage(id), "an answer still comes first")
	b.spoken(id)
	require.Equal(b.t, call.Menu, b.stage(id))
	require.Equal(b.t, "record "+string(id)+" "+string(id)+"-vm 2m0s 8s true", b.phones.last("record"))
	require.Equal(b.t, "lease "+string(id)+" 2m16s", b.phones.last("lease"))
	_, waits := b.board.line.Position(id)
	require.False(b.t, waits)
	return id
}

func left(seconds int) func(*bench, call.ID) {
	return func(b *bench, id call.ID) {
		b.phones.set(func() { b.phones.recorded(messageOf(id), seconds) })
		b.flush()
	}
}

// TestVoicemail: however the message ends, it is kept, and the call ends with it.
func TestVoicemail(t *testing.T) {
	t.Parallel()
	by := func(d call.Doer) call.Outcome {
		return call.Outcome{Result: call.Voicemail, By: d, Stage: call.Waiting}
	}
	for name, c := range map[string]struct {
		ends    func(*bench, call.ID)
		seconds int
		outcome call.Outcome
	}{
		"silence":      {left(12), 12, by(call.ByUs)},
		"the hash key": {func(b *bench, id call.ID) { b.press(id, "5#"); b.flush() }, 7, by(call.ByUs)},
		"hanging up":   {func(b *bench, id call.ID) { b.pass(10 * time.Second); b.hangsUp(string(id), causeNormal) }, 9, by(call.ByCitizen)},
		"no end told": {func(b *bench, _ call.ID) {
			b.phones.set(func() { clear(b.phones.records) })
			b.pass(2*time.Minute + 3*time.Second)
		}, 122, by(call.ByUs)},
		"a hash key that is refused": {func(b *bench, id call.ID) {
			b.pass(5 * time.Second)
			b.phones.set(func() { b.phones.refuse["unrecord"] = errRefused })
			b.press(id, "#")
		}, 4, by(call.ByUs)},
		"hanging up in the thanks": {func(b *bench, id call.ID) { left(12)(b, id); b.hangsUp(string(id), causeNormal) }, 12, by(call.ByCitizen)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inChangedBubble(t, overflowing(acd.Target{To: acd.ToVoicemail}), func(t *testing.T, b *bench) {
				id := b.atTheBeep()
				c.ends(b, id)
				if c.outcome.By == call.ByUs {
					require.Equal(t, "vi/voicemail_thanks+vi/goodbye", b.hears(id))
					b.spoken(id)
				}
				require.Contains(t, b.journal.facts(id), call.Fact(call.VoicemailLeft{Seconds: c.seconds}))
				require.Equal(t, c.outcome, b.journal.outcome(id))
				require.Equal(t, map[call.ID]int{id: 1}, b.recordings.finished, "its sound is kept with the call")
				b.nothingIsLeft()
			})
		})
	}
}

// TestNoMessage: whoever says nothing waits on at the old place, and is not asked
// again; so does everybody when the phones do not record.
func TestNoMessage(t *testing.T) {
	t.Parallel()
	for name, ends := range map[string]func(*bench, call.ID){
		"nothing said": left(0),
		"refused":      nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inChangedBubble(t, overflowing(acd.Target{To: acd.ToVoicemail}), func(t *testing.T, b *bench) {
				first := b.inLine()
				if ends == nil {
					b.phones.set(func() { b.phones.refuse["record"] = errRefused })
				}
				b.pass(20 * time.Second)
				b.spoken(first)
				if ends != nil {
					ends(b, first)
				}
				require.Equal(t, call.Waiting, b.stage(first))
				require.Equal(t, "vi/comfort", b.hears(first))
				b.pass(2 * time.Minute)
				require.Equal(t, 1, b.phones.count("record"))
				second := b.inLine()
				b.desk("lan")
				b.answers(first, unseen+1)
				require.Equal(t, call.Talking, b.stage(first), "before those who came later")
				b.hangsUp(string(first), causeNormal)
				b.hangsUp(string(second), causeNormal)
				require.Equal(t, call.Served, b.journal.outcome(first).Result)
				b.nothingIsLeft()
			})
		})
	}
}

// TestNothingSaidAndHungUp is no message but a call that was given up.
func TestNothingSaidAndHungUp(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, overflowing(acd.Target{To: acd.ToVoicemail}), func(t *testing.T, b *bench) {
		id := b.atTheBeep()
		b.hangsUp(string(id), causeNormal)
		require.Equal(t, call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Waiting}, b.journal.outcome(id))
		b.nothingIsLeft()
	})
}

// TestAnswerInTheVoicemailPrompt: an agent comes before a message; one who does not
// answer leads back to it.
func TestAnswerInTheVoicemailPrompt(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, overflowing(acd.Target{To: acd.ToVoicemail}), func(t *testing.T, b *bench) {
		id := b.inLine()
		b.pass(20 * time.Second)
		require.Equal(t, "vi/voicemail", b.hears(id))
		b.desk("lan")
		leg := b.rings(id, 1)
		b.spoken(id)
		require.Equal(t, call.Ringing, b.stage(id))
		require.True(t, b.phones.leg(string(id)).music)
		b.hangsUp(leg, causeRejected)
		require.NoError(t, b.board.Desks().Pause(b.ctx, "lan", "lunch"))
		b.hangsUp(string(id.Offer(2)), causeRejected)
		b.pass(6 * time.Second)
		require.Equal(t, 2, b.phones.count("play "+string(id)+" "+id.Play(5))+b.phones.count("play "+string(id)+" "+id.Play(6)))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestEmergencyKeyInVoicemail: before the beep and after it.
func TestEmergencyKeyInVoicemail(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, overflowing(acd.Target{To: acd.ToVoicemail}), func(t *testing.T, b *bench) {
		before := b.inLine()
		b.pass(20 * time.Second)
		b.press(before, "2")
		require.Equal(t, "vi/emg_menu", b.hears(before))
		b.hangsUp(string(before), causeNormal)
		after := b.atTheBeep()
		b.press(after, "21")
		require.Equal(t, "vi/emg_hold", b.hears(after))
		require.Equal(t, call.Waiting, b.stage(after))
		require.NotContains(t, b.journal.kinds(after), "voicemail_left")
		b.flush() // the end of the recording, which means nothing any more
		b.desk("lan")
		b.answers(after, unseen+1)
		b.hangsUp(string(after), causeNormal)
		require.Equal(t, call.Served, b.journal.outcome(after).Result)
	})
}

// TestRestartInVoicemail: who was leaving a message waits at the old place; who had
// left one is thanked and let go, or was gone with it.
func TestRestartInVoicemail(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, overflowing(acd.Target{To: acd.ToVoicemail}), func(t *testing.T, b *bench) {
		speaking, done, gone := b.atTheBeep(), b.atTheBeep(), b.atTheBeep()
		left(9)(b, done)
		left(9)(b, gone)
		b.killed(func() { b.phones.leave(string(gone), causeNormal) })
		require.Equal(t, call.Waiting, b.stage(speaking))
		require.Equal(t, "vi/goodbye", b.hears(done))
		b.press(speaking, "#")
		require.Equal(t, call.Waiting, b.stage(speaking))
		b.spoken(done)
		b.press(speaking, "2")
		require.Equal(t, "vi/emg_menu", b.hears(speaking))
		b.hangsUp(string(speaking), causeNormal)
		require.Equal(t, call.Voicemail, b.journal.outcome(done).Result)
		require.Equal(t, call.Voicemail, b.journal.outcome(gone).Result)
		require.Equal(t, call.Abandoned, b.journal.outcome(speaking).Result)
		b.nothingIsLeft()
	})
}

// TestOtherQueue: with a word, at the old place, and others hear nothing of it.
func TestOtherQueue(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, overflowing(acd.Target{To: acd.ToQueue, Queue: "procedure"}), func(t *testing.T, b *bench) {
		id := b.inLine()
		b.pass(20 * time.Second)
		require.Equal(t, "vi/other_queue", b.hears(id))
		later := b.enters()
		b.press(later, "0")
		b.desk("lan")
		require.Equal(t, call.Ringing, b.stage(id), "who waited longer is first there too")
		require.Contains(t, b.journal.facts(id), call.Fact(call.QueueMoved{From: "field", To: "procedure", Why: "waited"}))
	})
}

// TestUnstaffed: where nobody is signed in the citizen is asked for a message as soon
// as they have heard the notice.
func TestUnstaffed(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(d *Deps) {
		d.Line.Queues[2].Unstaffed, d.Line.Queues[2].Overflow = true, acd.Target{To: acd.ToVoicemail}
	}, func(t *testing.T, b *bench) {
		id := b.enters()
		b.press(id, "31")
		require.Equal(t, "vi/recording+vi/transfer", b.hears(id))
		b.spoken(id)
		require.Equal(t, "vi/voicemail", b.hears(id))
	})
}
