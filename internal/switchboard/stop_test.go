package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// TestStopLeavesCallsAlone: nothing is asked of the phones for them, and no fact is
// written.
func TestStopLeavesCallsAlone(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		talking, leg := b.talking()
		waiting := b.inLine()
		menu := b.enters()
		left, n := b.phones.left(), len(b.phones.asked)
		facts := len(b.journal.events)
		b.board.Stop()
		b.board.Stop()
		require.Equal(t, left, b.phones.left())
		rest, _ := b.phones.since(n)
		require.Empty(t, rest)
		require.Len(t, b.journal.events, facts)
		require.Contains(t, left, leg)

		// What comes after is for whoever takes them up.
		b.tell(Digit{Call: menu, Digit: '2'}, LegGone{Call: waiting, Leg: string(waiting), Cause: causeNormal},
			LegUp{Call: talking, Leg: leg}, CitizenEntered{Call: "t1-1764000000.99"})
		require.Len(t, b.journal.events, facts)
		require.Error(t, b.board.Start(b.ctx), "a line that was stopped is not started again")
	})
}

// TestStopBeforeStart is safe.
func TestStopBeforeStart(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.board.Stop()
		other := New(Deps{Phones: b.phones, Journal: b.journal, Desks: b.store, Roster: b.roster, Flow: b.flow})
		other.Stop()
		b.start()
		require.NoError(t, b.board.Start(b.ctx), "a second time")
	})
}

// TestStopWhileThePhonesHang: the request under way goes through, or has its time, so
// that memory, journal and Asterisk agree; those of later messages are not begun.
func TestStopWhileThePhonesHang(t *testing.T) {
	t.Parallel()
	t.Run("goes through", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.inLine()
			leg := b.rings(id, 1)
			b.phones.set(func() { b.phones.slow["join"] = 2 * time.Second })
			b.picksUp(leg)
			b.board.Stop()
			require.Contains(t, b.journal.kinds(id), "connected")
			require.ElementsMatch(t, []string{string(id), leg}, b.phones.members(id.Bridge()))
			require.Zero(t, b.phones.leg(string(id)).leased)
		})
	})
	t.Run("has its time", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			id := b.enters()
			b.phones.set(func() {
				for _, verb := range []string{"stop", "play", "lease"} {
					b.phones.slow[verb] = time.Hour
				}
			})
			for range 10 {
				b.board.Signal(Digit{Call: id, Digit: '*'})
			}
			synctest.Wait()
			began := time.Now()
			b.board.Stop()
			require.LessOrEqual(t, time.Since(began), 15*time.Second, "the requests of one message")
		})
	})
}

// TestHungPhonesDelayOneCallOnly: a call whose request hangs is busy with it; the
// others are not.
func TestHungPhonesDelayOneCallOnly(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		slow := b.enters()
		b.phones.set(func() { b.phones.slow["stop"] = time.Hour })
		b.board.Signal(Digit{Call: slow, Digit: '3'})
		synctest.Wait()
		other := b.enters()
		require.NotEmpty(t, b.hears(other))
		b.hangsUp(string(slow), causeNormal)
		require.Equal(t, call.Menu, b.stage(slow))
		b.pass(5 * time.Second)
		require.Equal(t, call.Ended, b.stage(slow))
	})
}
