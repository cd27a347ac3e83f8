package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// offShift lists who may take no calls any more.
type offShift map[call.AgentID]bool

func (r offShift) OnShift(_ time.Time, agent call.AgentID) bool { return !r[agent] }

func (r offShift) MayStay(_ time.Time, agent call.AgentID, _ bool) bool { return !r[agent] }

func TestWhoseShiftIsOverGetsNoNewCall(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		b.desk("lan")
		b.desk("mai")
		require.Equal(t, []call.AgentID{"lan", "mai"}, []call.AgentID{desks.Seated()[0].Agent, desks.Seated()[1].Agent})

		// Lan talks, Mai waits for a call, when their shift ends.
		id := b.inLine()
		b.answers(id, 1)
		require.Equal(t, call.AgentTalking, b.state("lan"))
		over := offShift{"lan": true, "mai": true}
		desks.roster = over
		for range 2 {
			desks.ShiftOver("lan")
			desks.ShiftOver("mai")
			desks.ShiftOver("nobody")
			synctest.Wait()
		}
		mai, _ := desks.State("mai")
		require.Equal(t, call.Paused, mai.State)
		require.Equal(t, PauseShiftOver, mai.Reason)
		require.ErrorIs(t, desks.Ready(t.Context(), "mai"), ErrOffShift)
		require.Equal(t, call.AgentTalking, b.state("lan"), "the conversation goes on")

		// Nobody is left for the next one; Lan keeps the desk until the form is written.
		next := b.inLine()
		require.NotContains(t, b.journal.kinds(next), "offered")
		for _, stage := range []call.AgentState{call.AgentTalking, call.WrapUp} {
			require.Equal(t, stage, b.state("lan"))
			done, err := desks.Relieve(t.Context(), "lan")
			require.NoError(t, err)
			require.False(t, done)
			b.tell(LegGone{Call: id, Leg: string(id)})
		}
		require.NoError(t, desks.WrapUp(t.Context(), "lan", WrapUpForm{Call: id, Ready: true}))
		synctest.Wait()
		lan, _ := desks.State("lan")
		require.Equal(t, call.Paused, lan.State)
		require.Equal(t, PauseShiftOver, lan.Reason)
		require.NotContains(t, b.journal.kinds(next), "offered")

		// When the relief is over the desks are closed, and the pages told why.
		events, cancel := desks.Watch("lan")
		defer cancel()
		for _, agent := range []call.AgentID{"lan", "mai", "nobody"} {
			done, err := desks.Relieve(t.Context(), agent)
			require.NoError(t, err)
			require.True(t, done)
		}
		var last DeskEvent
		for e := range events {
			last = e
		}
		require.Equal(t, DeskSignedOut{Why: "shift_over"}, last)
		require.Empty(t, desks.Seated())

		// Back on shift they sign in as ever.
		b.tell(LegGone{Call: next, Leg: string(next)})
		clear(over)
		b.desk("lan")
	})
}

func TestAPauseOfOnesOwnStaysOverAChange(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		require.NoError(t, b.board.Desks().Pause(t.Context(), "lan", "meal"))
		synctest.Wait()
		b.board.Desks().ShiftOver("lan")
		synctest.Wait()
		lan, _ := b.board.Desks().State("lan")
		require.Equal(t, call.PauseReason("meal"), lan.Reason)
	})
}
