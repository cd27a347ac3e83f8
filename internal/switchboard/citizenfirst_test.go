package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// calledFirst calls back the citizen before the agent.
func calledFirst(d *Deps) {
	calledBack(d)
	d.Options.CitizenFirst = true
}

// isCalledFirst lets the line offer the callback, so that the citizen's telephone rings.
func (b *bench) isCalledFirst(id call.ID, try int) (citizen string) {
	b.flush()
	b.pass(5 * time.Second) // nobody is called who is being said goodbye to
	citizen = outsideLeg(id, try)
	require.True(b.t, b.phones.leg(citizen).rung)
	require.Equal(b.t, call.AgentTalking, b.state("lan"), "nothing else comes to them")
	require.NotContains(b.t, b.phones.left(), string(id.Offer(try)), "the desk is silent yet")
	return citizen
}

// TestCitizenFirst: the citizen, who hears who calls, and then the desk.
func TestCitizenFirst(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledFirst, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.asks(id)
		b.agentFree()
		citizen := b.isCalledFirst(id, 1)
		b.picksUp(citizen)
		b.flush()
		require.Equal(t, 1, b.phones.count("play "+citizen+" "+string(id)+"-r1 vi/callback_reached"))
		b.pass(2 * time.Second)
		require.True(t, b.phones.leg(citizen).music)
		desk := b.rings(id, 1)
		require.Equal(t, []string{desk}, b.phones.members(recallBridge(id)))
		b.picksUp(desk)
		b.flush()
		require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(id)))
		require.False(t, b.phones.leg(citizen).music)
		b.pass(time.Minute)
		b.hangsUp(citizen, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.Equal(t, "callback_asked finished offered offer_closed called_out callback_closed offer_rang connected disconnected",
			b.after(id, "callback_asked"))
		require.Equal(t, []string{citizen}, b.recordings.outside)
		b.nothingIsLeft()
	})
}

// TestCitizenFirstInTrouble: who is not reached is tried again, and the agent is free; who
// is reached is not lost.
func TestCitizenFirstInTrouble(t *testing.T) {
	t.Parallel()
	t.Run("not reached", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, calledFirst, func(t *testing.T, b *bench) {
			id := b.isOffered()
			b.asks(id)
			b.agentFree()
			b.hangsUp(b.isCalledFirst(id, 1), causeBusy)
			require.Equal(t, call.Available, b.state("lan"))
			require.Contains(t, b.after(id, "callback_asked"), "callback_tried")
			b.pass(5 * time.Minute)
			b.hangsUp(b.isCalledFirst(id, 2), causeBusy)
			require.Contains(t, b.journal.facts(id), call.Fact(call.CallbackClosed{How: call.CallbackBusy, Tries: 2}))
			b.nothingIsLeft()
		})
	})
	for name, fails := range map[string]func(b *bench, desk string){
		"the desk does not answer": func(b *bench, desk string) { b.hangsUp(desk, 19) },
		"the agent refuses":        func(b *bench, desk string) { b.hangsUp(desk, causeRejected) },
		"the desk is lost":         func(b *bench, _ string) { b.lineDown("lan"); b.pass(6 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inChangedBubble(t, calledFirst, func(t *testing.T, b *bench) {
				id := b.isOffered()
				b.asks(id)
				b.agentFree()
				citizen := b.isCalledFirst(id, 1)
				b.picksUp(citizen)
				b.flush()
				fails(b, b.rings(id, 1))
				require.NotContains(t, []call.AgentState{call.AgentTalking, call.Available}, b.state("lan"))
				require.True(t, b.phones.leg(citizen).up, "the citizen waits")
				require.Equal(t, 1, b.phones.count("play "+citizen+" "+string(id)+"-r2 vi/back_in_line"))
				b.desk("hoa")
				desk := b.answers(id, 2+unseen)
				require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(id)))
				b.hangsUp(desk, causeNormal)
				b.nothingIsLeft()
			})
		})
	}
	t.Run("the citizen does not wait for the desk", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, calledFirst, func(t *testing.T, b *bench) {
			id := b.isOffered()
			b.asks(id)
			b.agentFree()
			citizen := b.isCalledFirst(id, 1)
			b.picksUp(citizen)
			b.flush()
			desk := b.rings(id, 1)
			b.hangsUp(citizen, causeNormal)
			require.NotContains(t, b.phones.left(), desk)
			require.Equal(t, call.Available, b.state("lan"))
			b.nothingIsLeft()
		})
	})
	t.Run("a restart", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, calledFirst, func(t *testing.T, b *bench) {
			id := b.isOffered()
			b.asks(id)
			b.agentFree()
			citizen := b.isCalledFirst(id, 1)
			b.picksUp(citizen)
			b.flush()
			b.killed(func() {})
			require.True(t, b.phones.leg(citizen).up)
			b.lineUp("lan")
			b.ready("lan")
			b.flush()
			require.Len(t, b.board.recalls, 1)
			b.hangsUp(citizen, causeNormal)
			require.Empty(t, b.board.recalls)
			b.nothingIsLeft()
		})
	})
}
