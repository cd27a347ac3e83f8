package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

func TestSupervisorForcesStates(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		force := func(to call.AgentState) error {
			err := desks.Force(b.ctx, "lan", Forcing{By: "hoa", To: to, Pause: "meeting", Reason: "họp"})
			synctest.Wait()
			b.flush()
			return err
		}
		require.ErrorIs(t, force(call.Paused), ErrNotSignedIn)
		b.desk("lan")
		require.ErrorIs(t, force(call.AgentTalking), ErrNoState)
		require.NoError(t, force(call.Paused))
		require.Equal(t, call.PauseReason("meeting"), b.reason("lan"))
		require.NoError(t, force(call.Available))
		require.Equal(t, call.Available, b.state("lan"))

		// What rings is taken back, and rings elsewhere; the citizen keeps the place.
		id := b.inLine()
		leg := b.rings(id, 1)
		require.NoError(t, force(call.Available), "they take calls as it is")
		require.Equal(t, call.AgentRinging, b.state("lan"))
		require.NoError(t, force(call.Paused))
		require.Equal(t, call.Paused, b.state("lan"))
		require.NotContains(t, b.phones.left(), leg)
		require.Equal(t, call.Waiting, b.stage(id))

		// A conversation is not cut.
		require.NoError(t, force(call.Available))
		leg = b.answers(id, 2)
		require.ErrorIs(t, force(call.Available), ErrInCall)
		require.ErrorIs(t, force(call.Offline), ErrInCall)
		require.NoError(t, force(call.Paused))
		require.Equal(t, call.AgentTalking, b.state("lan"))
		require.ErrorIs(t, desks.MoreWrapUp("hoa", "lan"), ErrNotWrapUp)
		b.hangsUp(leg, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.NoError(t, desks.MoreWrapUp("hoa", "lan"))
		require.ErrorIs(t, desks.MoreWrapUp("hoa", "lan"), ErrNoMoreTime, "once is all")
		require.NoError(t, force(call.Available))
		require.Equal(t, call.Available, b.state("lan"), "and no pause after it")

		page, cancel := desks.Watch("lan")
		defer cancel()
		require.NoError(t, force(call.Offline))
		_, rest := told(page)
		require.Equal(t, "signed_out by_supervisor", rest[len(rest)-1])
		require.ErrorIs(t, desks.MoreWrapUp("hoa", "lan"), ErrNotSignedIn)
		b.signIn("lan")
		b.roster.goes("lan")
		require.ErrorIs(t, force(call.Available), ErrOffShift)

		forced := 0
		for _, fact := range b.journal.facts("") {
			if f, ok := fact.(call.Forced); ok {
				forced++
				require.Equal(t, call.AgentID("hoa"), f.By)
			}
		}
		require.Equal(t, 9, forced)
	})
}

// TestForceNeedsAPhone: and a state that claims a conversation which is no more is none.
func TestForceNeedsAPhone(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		b.desk("lan")
		b.lineDown("lan")
		require.NoError(t, desks.Force(b.ctx, "lan", Forcing{By: "hoa", To: call.Paused, Pause: "meeting"}))
		synctest.Wait()
		require.ErrorIs(t, desks.Force(b.ctx, "lan", Forcing{By: "hoa", To: call.Available}), ErrNoPhone)
		b.lineUp("lan")
		b.board.line.Busy("lan", "t1-1.9")
		synctest.Wait()
		require.Equal(t, call.AgentTalking, b.state("lan"))
		require.NoError(t, desks.Force(b.ctx, "lan", Forcing{By: "hoa", To: call.Available}))
		synctest.Wait()
		require.Equal(t, call.Available, b.state("lan"))
	})
}

func TestSupervisorMovesWhoWaits(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		first, second := b.inLine(), b.inLine()
		require.ErrorIs(t, b.board.Steer("t1-1.99", Steering{By: "hoa", Front: true}), ErrNotWaiting)
		require.ErrorIs(t, b.board.Steer(first, Steering{By: "hoa", Queue: "gone"}), ErrNoQueue)
		require.ErrorIs(t, b.board.Steer(first, Steering{By: "hoa", Agent: "lan"}), ErrNotAtWork)
		require.NoError(t, b.board.Steer(second, Steering{By: "hoa", Front: true, Reason: "cấp cứu"}))
		synctest.Wait()
		require.Equal(t, second, b.board.Line(5).Queues[2].First[0].Call)
		require.NoError(t, b.board.Steer(first, Steering{By: "hoa", Queue: "procedure"}))
		synctest.Wait()
		known, _ := b.owner(first)
		require.Equal(t, "procedure", known.place.queue.Name)

		// The named agent has the next call after their own.
		b.desk("lan")
		b.answers(second, 1)
		require.NoError(t, b.board.Steer(first, Steering{By: "hoa", Agent: "lan"}))
		synctest.Wait()
		b.desk("mai")
		b.flush()
		require.Equal(t, call.Available, b.state("mai"))
		b.pass(keptFor + time.Second)
		require.NotEqual(t, call.Available, b.state("mai"), "but not for ever")
		require.ErrorIs(t, b.board.Steer(second, Steering{By: "hoa", Front: true}), ErrNotWaiting)
		require.Equal(t, call.Steered{By: "hoa", Queue: "field", Front: true, Reason: "cấp cứu"}, b.steered(second)[0])
		require.Len(t, b.steered(first), 2)
	})
}

func (b *bench) steered(id call.ID) (facts []call.Fact) {
	for _, fact := range b.journal.facts(id) {
		if f, ok := fact.(call.Steered); ok {
			facts = append(facts, f)
		}
	}
	return facts
}
