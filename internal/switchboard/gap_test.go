package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// TestGap: what was lost between two connections is made up for.
func TestGap(t *testing.T) {
	t.Parallel()
	t.Run("nothing happened", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			talking, _ := b.talking()
			b.desk("hoa")
			ringing := b.inLine()
			b.rings(ringing, 1)
			waiting, menu := b.inLine(), b.enters()
			hears, n := b.hears(menu), len(b.phones.asked)
			b.gap()
			require.Equal(t, call.Talking, b.stage(talking))
			require.Equal(t, call.Ringing, b.stage(ringing))
			require.Equal(t, call.Waiting, b.stage(waiting))
			require.Equal(t, hears, b.hears(menu), "prompts go on")
			asked, _ := b.phones.since(n)
			for _, request := range asked {
				require.Regexp(t, "^add ", request)
			}
		})
	})
	t.Run("the citizen gone", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			talking, leg := b.talking()
			menu, waiting := b.enters(), b.inLine()
			for _, gone := range []string{string(talking), string(menu), string(waiting)} {
				b.phones.leave(gone, causeNormal)
			}
			n := len(b.phones.asked)
			b.gap()
			detail := "ended while Asterisk was out of reach"
			require.Equal(t, call.Outcome{Result: call.Served, By: call.ByUs, Stage: call.Talking, Detail: detail}, b.journal.outcome(talking))
			require.Equal(t, call.Outcome{Result: call.Failed, By: call.ByUs, Stage: call.Menu, Detail: detail}, b.journal.outcome(menu))
			require.Equal(t, call.Outcome{Result: call.Failed, By: call.ByUs, Stage: call.Waiting, Detail: detail}, b.journal.outcome(waiting))
			require.Equal(t, call.WrapUp, b.state("lan"))
			require.NotContains(t, b.phones.left(), leg)
			asked, _ := b.phones.since(n)
			require.NotContains(t, asked, "hangup "+string(waiting), "the survival dialplan may have them")
			b.nothingIsLeft()
		})
	})
	t.Run("the agent answered", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.inLine()
			leg := b.rings(id, 1)
			b.phones.set(func() { b.phones.legs[leg].up = true })
			b.gap()
			require.Equal(t, call.Talking, b.stage(id))
			require.ElementsMatch(t, []string{string(id), leg}, b.phones.members(id.Bridge()))
		})
	})
	t.Run("the agent's leg entered", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			id := b.inLine()
			b.desk("lan")
			require.False(t, b.phones.leg(string(id.Offer(1))).rung)
			b.gap()
			b.answers(id, 1)
			require.Equal(t, call.Talking, b.stage(id))
		})
	})
	t.Run("the ringing desk gone", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			b.desk("hoa")
			id := b.inLine()
			b.phones.leave(b.rings(id, 1), causeBusy)
			b.gap()
			require.Equal(t, call.PauseNoPhone, b.reason("lan"))
			b.answers(id, 2)
			require.Equal(t, call.AgentTalking, b.state("hoa"))
		})
	})
	t.Run("the talking agent gone", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id, leg := b.talking()
			b.phones.leave(leg, causeNormal)
			b.gap()
			require.Equal(t, call.Waiting, b.stage(id))
			require.Equal(t, "vi/back_in_line", b.hears(id))
			require.Equal(t, call.WrapUp, b.state("lan"), "nobody knows, and it may have been a hang-up")
			b.desk("hoa")
			b.answers(id, 2)
			require.Equal(t, call.Talking, b.stage(id))
		})
	})
	t.Run("the prompt over", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.enters()
			b.press(id, "31")
			b.silently(2 * time.Second)
			b.gap()
			b.silently(playSlack)
			require.Equal(t, call.Ringing, b.stage(id))
		})
	})
	t.Run("Asterisk started anew", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id, _ := b.talking()
			waiting := b.inLine()
			b.phones.set(func() { clear(b.phones.legs); clear(b.phones.bridges); clear(b.phones.phones) })
			b.gap()
			require.Equal(t, call.Ended, b.stage(id))
			require.Equal(t, call.Ended, b.stage(waiting))
			require.Contains(t, b.phones.phones, b.keys["lan"].SIPUser)
			b.nothingIsLeft()
		})
	})
}

// TestOfferMadeWhileTheTruthWasRead: a leg that the truth could not know of is not
// left ringing when it is given up.
func TestOfferMadeWhileTheTruthWasRead(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.inLine()
		truth := b.phones.truth()
		b.desk("lan")
		require.Contains(t, b.phones.left(), string(id.Offer(1)))
		require.NoError(t, b.board.Adopt(b.ctx, truth, nil))
		synctest.Wait()
		b.flush()
		require.NotContains(t, b.phones.left(), string(id.Offer(1)))
		require.Equal(t, call.Waiting, b.stage(id))
		b.pass(5 * time.Second)
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestGapLosesALateLeg: a leg of an offer that has closed came to life unheard.
func TestGapLosesALateLeg(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.inLine()
		b.phones.set(func() { b.phones.legs[string(id.Offer(1))] = &fakeLeg{} })
		b.gap()
		require.NotContains(t, b.phones.left(), string(id.Offer(1)))
	})
}

// TestCitizenFoundByAGap: one who entered while events were lost is taken on.
func TestCitizenFoundByAGap(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := call.ID("t1-1764000000.77")
		entered := CitizenEntered{Call: id, Caller: "+84908123456", Dialed: "1022"}
		b.phones.set(func() { b.phones.legs[string(id)] = &fakeLeg{citizen: &entered, up: true} })
		b.gap()
		require.Contains(t, b.hears(id), "vi/greet")
		require.Zero(t, countKind(b, "", call.Restarted{}.Kind()), "no restart")
	})
}
