package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// TestAnAnswerCutsTheNoticeOff: the line has the citizen from the key on, and whatever
// they are told meanwhile holds up no agent.
func TestAnAnswerCutsTheNoticeOff(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, began := b.enters(), time.Now()
		b.press(id, "31")
		require.Equal(t, "vi/recording+vi/transfer", b.hears(id))
		b.answers(id, 1)
		require.Equal(t, call.Talking, b.stage(id))
		require.Empty(t, b.hears(id))
		require.Equal(t, began, time.Now(), "nothing waited")
		require.Zero(t, b.phones.leg(string(id)).leased)
		b.pass(time.Minute)
		require.Empty(t, b.hears(id), "nothing is said into a conversation")
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestTheWaitIsSaid by the pace of the queue, rounded up, while somebody is at work;
// while nobody is, the position alone.
func TestTheWaitIsSaid(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		first := b.inLine()
		b.pass(time.Second)
		second := b.inLine()
		b.pass(4 * time.Second)
		require.Equal(t, "vi/queue_next+vi/comfort", b.hears(first))
		b.pass(time.Second)
		require.Equal(t, "vi/pos_2+vi/comfort", b.hears(second))
		b.desk("lan")
		b.answers(first, 1)
		b.pass(30 * time.Second)
		require.Equal(t, "vi/queue_next+vi/wait_4+vi/comfort", b.hears(second))
		require.Equal(t, []call.Told{{Position: 2}, {Position: 1, Minutes: 4, Wait: 3*time.Minute + 30*time.Second}}, b.told(second))
		require.NoError(t, b.board.Desks().SignOut(b.ctx, "lan", "signed_out"))
		b.pass(30 * time.Second)
		require.Equal(t, "vi/pos_2+vi/comfort", b.hears(second))
	})
}

// TestAnAnswerCutsThePositionOff at once.
func TestAnAnswerCutsThePositionOff(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.inLine()
		b.pass(5 * time.Second)
		require.NotEmpty(t, b.hears(id))
		b.desk("lan")
		b.answers(id, 1)
		require.Empty(t, b.hears(id))
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// told is what the journal says that the call was told.
func (b *bench) told(id call.ID) []call.Told {
	b.journal.mu.Lock()
	defer b.journal.mu.Unlock()
	var all []call.Told
	for _, e := range b.journal.events {
		if f, ok := e.Fact.(call.Told); ok && e.Call == id {
			all = append(all, f)
		}
	}
	return all
}
