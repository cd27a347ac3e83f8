package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// Complaints about other systems' transfers and holds that must not come true here; see
// regression_test.go.

// freeswitch #1140: a caller was forgotten on hold, for there was no timer. Here both are
// told each minute, the agent's page shows it, and a dead controller leaves nobody behind.
func TestForgottenHold(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		b.do(b.board.Desks().Hold(b.ctx, "lan"))
		b.pass(10*time.Minute + time.Second)
		require.Equal(t, 10, countKind(b, id, call.HeldLong{}.Kind()))
		require.Equal(t, 10, b.phones.count("play "+lan+" "), "the agent hears it")
		state, _ := b.board.Desks().State("lan")
		require.Equal(t, 10, state.Talk.Reminded)
		b.board.Stop() // for longer than the lease
		b.silently(20 * time.Second)
		require.NotContains(t, b.phones.left(), string(id), "the dialplan has them")
		b.comeBack()
		b.hangsUp(lan, causeNormal)
		b.nothingIsLeft()
	})
}

// mikopbx #1125, #1100: the recording was not resumed after an attended transfer to a
// queue.
func TestRecordingAfterTransfers(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, _ string) {
		b.consulting(id)
		b.do(b.board.Desks().Complete(b.ctx, "lan"))
		require.Equal(t, "part-of-recording "+string(id)+" 2 false", b.phones.last("part-of-recording"))
		b.do(b.board.Desks().Transfer(b.ctx, "hoa", call.Target{Queue: "procedure"}))
		b.answers(id, 3) // mai
		require.Equal(t, "part-of-recording "+string(id)+" 3 false", b.phones.last("part-of-recording"))
		b.over(id)
		require.Equal(t, 1, b.recordings.finished[id])
	})
}

// asterisk #607: an attended transfer killed the wrap-up.
func TestWrapUpAfterTransfers(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, _ string) {
		b.consulting(id)
		b.do(b.board.Desks().Complete(b.ctx, "lan"))
		b.pass(59 * time.Second)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Ready: true}))
		b.over(id)
		require.Equal(t, call.Available, b.state("lan"))
		require.Equal(t, call.WrapUp, b.state("hoa"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "hoa", WrapUpForm{Call: id, Ready: true}))
	})
}

// wazo-calld #404: a phantom call stayed on the board after a transfer.
func TestNoPhantomAfterATransfer(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		b.do(b.board.Desks().Transfer(b.ctx, "lan", call.Target{Agent: "mai"}))
		leg := b.answers(id, 2)
		b.tell(LegUp{Call: id, Leg: lan}, LegGone{Call: id, Leg: lan, Cause: causeNormal}) // late
		require.ElementsMatch(t, []string{string(id), leg}, b.together(id))
		state, _ := b.board.Desks().State("lan")
		require.Nil(t, state.Offer)
		b.hangsUp(leg, causeNormal)
		b.nothingIsLeft()
	})
}

// asterisk #759: attended transfers were missing from the log. Who had the call when is
// read from its facts alone, and says the same as the line.
func TestTransfersAreInTheJournal(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, _ string) {
		b.consulting(id)
		b.do(b.board.Desks().Complete(b.ctx, "lan"))
		open := b.journal.history(t)[id]
		require.Equal(t, call.AgentID("hoa"), open.Agent)
		require.Empty(t, open.Others)
		require.Equal(t, []call.AgentID{"hoa"}, b.board.line.Snapshot().Calls[0].Talkers)
		b.over(id)
	})
}

// TestOfferedWhileTheAgentIsLetGo: the colleague may be offered the call before the agent who
// gave it has been hung up, and the journal tells it in that order.
func TestOfferedWhileTheAgentIsLetGo(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.desk("hoa")
		b.phones.set(func() { b.phones.slow["hangup"] = time.Second })
		require.NoError(t, b.board.Desks().Transfer(b.ctx, "lan", call.Target{Agent: "hoa"}))
		b.pass(2 * time.Second)
		require.Contains(t, b.journal.kinds(id), "transfer_asked disconnected queued offered")
		require.Equal(t, call.Ringing, b.stage(id))
		require.Equal(t, call.Ringing, b.journal.history(t)[id].Stage)
	})
}
