package switchboard

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// inEveryNode are the keys that lead to each menu.
func inEveryNode() map[string]string {
	return map[string]string{
		"main": "", "procedure": "1", "field": "3", "status": "4", "main in English": "9",
	}
}

// TestEmergencyKeyInEveryNode: key 2 leads to the emergency from wherever the citizen
// is, while prompts play and after them, and the line takes them at once.
func TestEmergencyKeyInEveryNode(t *testing.T) {
	t.Parallel()
	for name, keys := range inEveryNode() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id := b.enters()
				b.press(id, keys)
				b.press(id, "2")
				require.Contains(t, b.hears(id), "/emg_menu")
				b.press(id, "2")
				require.Equal(t, call.Ringing, b.stage(id), "nothing is said before the line has the citizen")
				require.Contains(t, b.hears(id), "/emg_hold")
				require.Contains(t, b.journal.facts(id), call.Fact(call.Queued{
					Queue: "emergency", Topic: call.Topic{Group: call.Emergency, Service: call.Fire},
				}))
				b.answers(id, 1)
				require.Equal(t, call.Talking, b.stage(id))
				require.Empty(t, b.hears(id))
				b.hangsUp(string(id), causeNormal)
				b.nothingIsLeft()
			})
		})
	}
}

// TestEmergencySaysNothingTwice: the notice is said once, in line.
func TestEmergencySaysNothingTwice(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		b.press(id, "23")
		b.pass(4 * time.Second)
		require.Equal(t, 1, b.phones.count("play "+string(id)+" "+id.Play(3)))
		require.Zero(t, b.phones.count("play "+string(id)+" "+id.Play(4)))
		require.True(t, b.phones.leg(string(id)).music)
	})
}

// TestSilenceInTheEmergencyMenu leads to a human, and so does a wrong key.
func TestSilenceInTheEmergencyMenu(t *testing.T) {
	t.Parallel()
	for name, then := range map[string]func(*bench, call.ID){
		"silence":     func(b *bench, _ call.ID) { b.pass(5 * time.Second) }, // one of prompt, four to press
		"a wrong key": func(b *bench, id call.ID) { b.press(id, "7") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				id := b.enters()
				b.press(id, "2")
				then(b, id)
				require.Equal(t, call.Waiting, b.stage(id))
				require.Contains(t, b.journal.facts(id), call.Fact(call.Queued{Queue: "emergency", Topic: call.Topic{Group: call.Emergency}}))
			})
		})
	}
}

// TestTwoFailuresLeadToAHuman: two wrong keys, or silence twice, or one of each.
func TestTwoFailuresLeadToAHuman(t *testing.T) {
	t.Parallel()
	wrong := func(b *bench, id call.ID) { b.press(id, "8") }
	silence := func(b *bench, id call.ID) {
		b.spoken(id)
		b.pass(5*time.Second - time.Millisecond)
		require.Equal(b.t, call.Menu, b.stage(id))
		require.Empty(b.t, b.hears(id))
		b.pass(time.Millisecond)
	}
	for name, tries := range map[string][]func(*bench, call.ID){
		"wrong keys":           {wrong, wrong},
		"silence":              {silence, silence},
		"wrong, then silence":  {wrong, silence},
		"silence, then wrong":  {silence, wrong},
		"wrong inside a group": {func(b *bench, id call.ID) { b.press(id, "1"); wrong(b, id) }, wrong},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				id := b.enters()
				tries[0](b, id)
				require.Regexp(t, "^vi/(invalid|timeout)", b.hears(id))
				tries[1](b, id)
				require.Equal(t, "vi/invalid_last+vi/recording+vi/transfer", b.hears(id))
				b.spoken(id)
				require.Equal(t, call.Waiting, b.stage(id))
				require.Contains(t, b.journal.facts(id), call.Fact(call.Queued{Queue: "procedure", Topic: call.Topic{Group: call.Procedure}}))
			})
		})
	}
}

// TestLanguage: key 9 changes every later prompt, in line too; pressed again it leads
// back.
func TestLanguage(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.enters()
		b.press(id, "9")
		require.Contains(t, b.hears(id), "en/main_menu")
		b.press(id, "31")
		require.Equal(t, "en/recording+en/transfer", b.hears(id))
		b.spoken(id)
		require.Contains(t, b.journal.facts(id), call.Fact(call.LanguageChosen{Language: call.English}))
		state, _ := b.board.Desks().State("lan")
		require.Equal(t, call.English, state.Offer.Language)
		b.hangsUp(string(id), causeNormal)

		id = b.enters()
		b.press(id, "99")
		require.Contains(t, b.hears(id), "vi/main_menu")
	})
}

// TestKeysOneAfterTheOther: a key that comes while the phones are asked for what the one
// before has chosen waits for the request that runs, and for no other.
func TestKeysOneAfterTheOther(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		_, n := b.phones.since(0)
		b.phones.set(func() { b.phones.slow["stop"] = time.Second })
		b.tell(Digit{Call: id, Digit: '2'}, Digit{Call: id, Digit: '1'})
		require.NotContains(t, b.journal.kinds(id), "queued")
		b.silently(time.Second)
		require.Contains(t, b.journal.kinds(id), "queued")
		asked, _ := b.phones.since(n)
		require.NotContains(t, strings.Join(asked, "\n"), "emg_menu", "nobody hears what was cut short already")
	})
}

// TestOldPlaybackEnds: the end of a prompt that a key has cut short means nothing.
func TestOldPlaybackEnds(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		b.press(id, "4#")
		require.Equal(t, "vi/goodbye", b.hears(id))
		b.tell(PlayDone{Call: id, Play: id.Play(1)}, PlayDone{Call: id, Play: id.Play(2)}, PlayDone{Call: id, Play: id.Play(99)})
		require.Equal(t, call.Menu, b.stage(id))
		b.tell(PlayDone{Call: id, Play: id.Play(3)})
		require.Equal(t, call.Ended, b.stage(id))
	})
}

// TestEndsAreOwed: however many prompts keys have cut short, the end of none of them that is
// told late is taken for the end of the one that plays.
func TestEndsAreOwed(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		for range playbacks + 3 {
			b.press(id, "9")
		}
		owed, plays := b.phones.takeEvents(), b.phones.leg(string(id)).play
		require.Len(t, owed, playbacks+3)
		b.tell(owed...)
		known, _ := b.owner(id)
		require.Equal(t, plays, known.playing)
		b.spoken(id)
		known, _ = b.owner(id)
		require.Empty(t, known.playing)
	})
}

// TestPlaybackWithoutEnd: a prompt whose end is never told counts as over, a little
// after its length.
func TestPlaybackWithoutEnd(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		b.press(id, "4#")
		b.silently(time.Second + playSlack)
		require.Equal(t, call.Ended, b.stage(id))
	})
}

// TestLeaseInTheMenus: before every prompt the lease is set to its length, the time to
// press and a margin; it never waits behind a prompt.
func TestLeaseInTheMenus(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		began := time.Now()
		id := b.enters()
		asked, n := b.phones.since(0)
		require.Equal(t, []string{
			fmt.Sprintf("lease %s 24s", id), // four prompts, 5 s to press, 15 s
			fmt.Sprintf("play %s %s vi/greet+vi/greet_emergency+vi/other_language+vi/main_menu", id, id.Play(1)),
		}, asked)
		b.press(id, "3")
		asked, n = b.phones.since(n)
		require.Equal(t, []string{
			fmt.Sprintf("stop %s", id.Play(1)), fmt.Sprintf("lease %s 21s", id), fmt.Sprintf("play %s %s vi/group3", id, id.Play(2)),
		}, asked)
		b.press(id, "1")
		asked, n = b.phones.since(n)
		require.Equal(t, fmt.Sprintf("lease %s 17s", id), asked[1])
		b.spoken(id)
		asked, _ = b.phones.since(n)
		require.Equal(t, []string{fmt.Sprintf("lease %s 15s", id), fmt.Sprintf("music %s true", id)}, asked)
		require.Equal(t, began, time.Now(), "nothing waited")
	})
}

// TestPromptsMissing: without any sound the citizen is led to a human all the same,
// and the lease holds that long.
func TestPromptsMissing(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(d *Deps) { d.Prompts = fakePrompts{missing: true} }, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.enters()
		b.pass(10 * time.Second)
		b.answers(id, 1)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestFlowChanges: new menus are for calls that enter from then on.
func TestFlowChanges(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		old := b.enters()
		changed := *b.flow
		changed.Start = "status"
		b.board.SetFlow(&changed)
		id := b.enters()
		require.Equal(t, "vi/status", b.hears(id))
		b.press(old, "3")
		require.Equal(t, "vi/group3", b.hears(old))
	})
}
