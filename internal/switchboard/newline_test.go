package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// TestQueuesChangeWhilePeopleWait: nobody loses their place, not even with the queue.
func TestQueuesChangeWhilePeopleWait(t *testing.T) {
	t.Parallel()
	var cfg acd.Config
	inChangedBubble(t, func(d *Deps) { cfg = d.Line }, func(t *testing.T, b *bench) {
		id := b.inLine()
		b.pass(time.Minute)
		fresh := cfg
		fresh.Queues = []acd.Queue{
			{Name: "field_night", Group: call.Field, PositionEvery: time.Minute, Strategy: acd.RingSeveral},
			{Name: "emergency", Group: call.Emergency, Emergency: true},
		}
		b.board.SetLine(fresh)
		synctest.Wait()
		later := b.enters()
		b.press(later, "21")
		b.pass(10 * time.Second)
		b.desk("lan")
		b.desk("hoa")
		require.Equal(t, call.Ringing, b.stage(id))
		require.Equal(t, call.Ringing, b.stage(later))
		moved := b.journal.facts(id)
		require.Contains(t, moved, call.QueueMoved{From: "field", To: "field_night", Why: "moved"}, "and a restart would find the new queue")
		b.desk("mai")
		require.Equal(t, call.Reserved, b.state("mai"), "several desks are rung")
	})
}

// TestRedialInTheLine: who drops out of the line and calls again has the old place,
// and keeps it when the desk is lost.
func TestRedialInTheLine(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(d *Deps) { d.Line.RedialWithin = 5 * time.Minute }, func(t *testing.T, b *bench) {
		first := b.inLineAs("+84901000001")
		b.pass(time.Minute)
		other := b.inLineAs("+84901000002")
		b.hangsUp(string(first), causeNormal)
		b.pass(time.Minute)
		again := b.inLineAs("+84901000001")
		b.desk("lan")
		require.Equal(t, call.Ringing, b.stage(again))
		require.Equal(t, call.Waiting, b.stage(other))
		b.answers(again, 1)
		b.hangsUp(string(again.Offer(1)), 38)
		n, ok := b.board.line.Position(again)
		require.True(t, ok)
		require.Equal(t, 1, n)
	})
}

func (b *bench) inLineAs(caller string) call.ID {
	id := b.entersAs(caller)
	b.press(id, "31")
	b.spoken(id)
	return id
}
