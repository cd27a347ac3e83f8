package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// inOutbound lets lan call a citizen, who answers; hold is reminded of.
func inOutbound(t *testing.T, f func(t *testing.T, b *bench, id call.ID, desk, citizen string)) {
	t.Helper()
	inChangedBubble(t, func(d *Deps) { d.Options.HoldReminder = 20 * time.Second }, func(t *testing.T, b *bench) {
		b.desk("lan")
		made, err := b.makes(WantedCall{Number: "0908123456", Topic: call.Topic{Group: call.Field, Field: "traffic"}})
		require.NoError(t, err)
		desk, citizen := string(made.Call.Offer(1)), made.Call.Called(1)
		b.picksUp(desk)
		b.flush()
		b.picksUp(citizen)
		b.flush()
		require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(made.Call)))
		f(t, b, made.Call, desk, citizen)
		b.flush()
		require.Empty(t, b.board.recalls)
		b.nothingIsLeft()
	})
}

// TestHoldOfACalledCitizen: music, both are reminded, and back; twice changes nothing.
func TestHoldOfACalledCitizen(t *testing.T) {
	t.Parallel()
	inOutbound(t, func(t *testing.T, b *bench, id call.ID, desk, citizen string) {
		desks := b.board.Desks()
		require.NoError(t, desks.Resume(b.ctx, "lan"))
		for range 2 {
			require.NoError(t, desks.Hold(b.ctx, "lan"))
			require.Equal(t, []string{desk}, b.phones.members(recallBridge(id)))
			require.True(t, b.phones.leg(citizen).music)
		}
		state, _ := desks.State("lan")
		require.True(t, state.Talk.Held && state.Talk.Lead)
		b.pass(21 * time.Second)
		require.Equal(t, "vi/hold_agent", b.phones.leg(desk).says)
		b.pass(2 * time.Second)
		require.True(t, b.phones.leg(citizen).music, "it goes on after the word")
		require.NoError(t, desks.Resume(b.ctx, "lan"))
		require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(id)))
		require.False(t, b.phones.leg(citizen).music)
		require.Equal(t, "connected held held_long resumed", b.after(id, "connected"))

		require.ErrorIs(t, desks.Consult(b.ctx, "lan", call.Target{Number: "0908123999"}), ErrNotNow)
		b.hangsUp(citizen, causeNormal)
	})
}

// TestAnAgentHangsUpAHeldCall: the citizen on hold waits in line, and their call does not end.
func TestAnAgentHangsUpAHeldCall(t *testing.T) {
	t.Parallel()
	inOutbound(t, func(t *testing.T, b *bench, id call.ID, desk, citizen string) {
		require.NoError(t, b.board.Desks().Hold(b.ctx, "lan"))
		b.hangsUp(desk, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		b.desk("hoa")
		second := b.answers(id, unseen+2)
		require.ElementsMatch(t, []string{second, citizen}, b.phones.members(recallBridge(id)))
		b.hangsUp(citizen, causeNormal)
	})
}

// TestTransferOfACalledCitizen: to a colleague, who talks in a part of the recording of their
// own; and after a restart in between.
func TestTransferOfACalledCitizen(t *testing.T) {
	t.Parallel()
	for _, killed := range []bool{false, true} {
		inOutbound(t, func(t *testing.T, b *bench, id call.ID, _, citizen string) {
			desks := b.board.Desks()
			require.ErrorIs(t, desks.Transfer(b.ctx, "lan", call.Target{Agent: "hoa"}), ErrNotFree)
			require.ErrorIs(t, desks.Transfer(b.ctx, "lan", call.Target{Queue: "nowhere"}), ErrNoTarget)
			require.NoError(t, desks.Transfer(b.ctx, "lan", call.Target{Queue: "procedure"}))
			synctest.Wait()
			require.Equal(t, call.WrapUp, b.state("lan"))
			require.Equal(t, "vi/transfer", b.phones.leg(citizen).says)
			b.pass(2 * time.Second)
			require.True(t, b.phones.leg(citizen).music)
			n := unseen + 2
			if killed {
				b.killed(func() {})
			}
			b.desk("hoa")
			b.flush()
			second := b.phones.last("invite " + string(id))
			require.Contains(t, second, "-o")
			if !killed {
				require.Contains(t, second, string(id.Offer(n)))
			}
			leg := b.legsOf(id)
			b.tell(LegRinging{Call: id, Leg: leg})
			b.picksUp(leg)
			b.flush()
			require.ElementsMatch(t, []string{leg, citizen}, b.phones.members(recallBridge(id)))
			require.Contains(t, b.after(id, "connected"), "transfer_asked disconnected")
			require.Contains(t, b.after(id, "connected"), "transferred")
			require.Contains(t, b.phones.last("nextpart"), citizen+" 2")
			b.hangsUp(leg, causeNormal)
		})
	}
}

// legsOf is the desk's leg that rings for the call.
func (b *bench) legsOf(id call.ID) string {
	b.phones.mu.Lock()
	defer b.phones.mu.Unlock()
	for leg, l := range b.phones.legs {
		if of, _ := call.Of(leg); of == id && l.rung && !l.up {
			return leg
		}
	}
	return ""
}

// TestPauseOfACalledCitizensRecording: as in any conversation, with its own leg.
func TestPauseOfACalledCitizensRecording(t *testing.T) {
	t.Parallel()
	inOutbound(t, func(t *testing.T, b *bench, id call.ID, _, citizen string) {
		desks := b.board.Desks()
		require.NoError(t, desks.Record(b.ctx, "lan", false))
		require.True(t, b.silent(call.ID(citizen)))
		state, _ := desks.State("lan")
		require.False(t, state.Offer.RecordingOff.IsZero())
		b.pass(longestPause + time.Second)
		require.False(t, b.silent(call.ID(citizen)))
		require.Equal(t, "connected recording_paused recording_resumed", b.after(id, "connected"))
		b.hangsUp(citizen, causeNormal)
		require.ErrorIs(t, desks.Record(b.ctx, "lan", false), ErrNotTalking)
	})
}
