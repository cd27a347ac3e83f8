package switchboard

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// severally rings two desks at once for the line of field matters.
func severally(d *Deps) {
	d.Line.Queues[2].Strategy, d.Line.Queues[2].RingAt = acd.RingSeveral, 2
}

// TestTheFirstToAnswerHasTheCall: the other desk falls silent, and is told who.
func TestTheFirstToAnswerHasTheCall(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, severally, func(t *testing.T, b *bench) {
		for _, agent := range []call.AgentID{"lan", "hoa", "mai"} {
			b.desk(agent)
		}
		events, cancel := b.board.Desks().Watch("lan")
		defer cancel()
		<-events
		id := b.inLine()
		first, second := b.rings(id, 1), b.rings(id, 2)
		require.Equal(t, call.Available, b.state("mai"), "two are rung")
		b.picksUp(second)
		b.flush()
		require.Equal(t, call.Talking, b.stage(id))
		require.ElementsMatch(t, []string{string(id), second}, b.phones.members(id.Bridge()))
		require.NotContains(t, b.phones.left(), first)
		require.Equal(t, call.Available, b.state("lan"))
		require.Contains(t, b.journal.facts(id), call.OfferClosed{Offer: id.Offer(1), Agent: "lan", How: call.OfferRescinded, TakenBy: "hoa"})
		var told []DeskEvent
		for len(events) > 0 {
			told = append(told, <-events)
		}
		require.Contains(t, told, DeskOfferClosed{ID: id.Offer(1), How: call.OfferRescinded, TakenBy: "hoa"})
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestBothAnswerAtOnce: one of them has the call.
func TestBothAnswerAtOnce(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, severally, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id := b.inLine()
		first, second := b.rings(id, 1), b.rings(id, 2)
		b.phones.set(func() { b.phones.legs[first].up, b.phones.legs[second].up = true, true })
		b.tell(LegUp{Call: id, Leg: second}, LegUp{Call: id, Leg: first})
		b.flush()
		require.ElementsMatch(t, []string{string(id), second}, b.phones.members(id.Bridge()))
		require.Equal(t, call.Available, b.state("lan"))
		require.Equal(t, 1, countKind(b, id, call.Connected{}.Kind()))
	})
}

// TestOneOfSeveralDoesNotTakeIt: the others ring on; with nobody left the citizen waits.
func TestOneOfSeveralDoesNotTakeIt(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, severally, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id := b.inLine()
		first, second := b.rings(id, 1), b.rings(id, 2)
		b.hangsUp(first, causeBusy)
		require.Equal(t, call.Ringing, b.stage(id))
		require.Equal(t, call.Ringing, b.journal.history(t)[id].Stage)
		require.Contains(t, b.phones.left(), second)
		b.lineDown("hoa")
		b.pass(b.board.opts.DeskGrace)
		b.flush()
		require.Equal(t, call.Ringing, b.stage(id), "lan is rung again")
		b.answers(id, 3)
		require.Equal(t, call.AgentTalking, b.state("lan"))
	})
}

// TestAnsweredWhileTheControllerWasAway: whichever of several it was.
func TestAnsweredWhileTheControllerWasAway(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, severally, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id := b.inLine()
		first, second := b.rings(id, 1), b.rings(id, 2)
		b.board.Stop()
		b.phones.set(func() { b.phones.legs[second].up = true })
		b.comeBack()
		require.Equal(t, call.Talking, b.stage(id))
		require.ElementsMatch(t, []string{string(id), second}, b.phones.members(id.Bridge()))
		require.NotContains(t, b.phones.left(), first)
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestEmergencyKeyWhileSeveralRing: all of them fall silent.
func TestEmergencyKeyWhileSeveralRing(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, severally, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id := b.inLine()
		legs := []string{b.rings(id, 1), b.rings(id, 2)}
		b.press(id, "2")
		b.flush()
		require.Equal(t, call.Menu, b.stage(id))
		require.NotContains(t, b.phones.left(), legs[0])
		require.NotContains(t, b.phones.left(), legs[1])
		require.Equal(t, call.Available, b.state("lan"))
		require.Equal(t, call.Available, b.state("hoa"))
	})
}
