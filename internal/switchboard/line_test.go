package switchboard

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// TestLeaseInLine: renewed at a third of it while the citizen waits and while a desk
// is rung, set before every announcement, 0 in conversation.
func TestLeaseInLine(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.inLine()
		lease := fmt.Sprintf("lease %s ", id)
		n := b.phones.count(lease + "15s")
		b.pass(5*time.Second + 500*time.Millisecond) // the first position is said at 5 s
		require.Equal(t, lease+"17s", b.phones.last(lease), "two prompts and 15 s")
		b.pass(2 * time.Second)
		require.Equal(t, n+1, b.phones.count(lease+"15s"), "renewed after the prompts")
		b.pass(20 * time.Second)
		require.Equal(t, n+5, b.phones.count(lease+"15s"))

		b.desk("lan")
		b.rings(id, 1)
		n = b.phones.count(lease + "15s")
		b.pass(10 * time.Second)
		require.Equal(t, n+2, b.phones.count(lease+"15s"), "renewed while ringing")
		b.picksUp(string(id.Offer(1)))
		require.Equal(t, lease+"0s", b.phones.last(lease))
		asked := len(b.phones.asked)
		b.pass(time.Hour)
		rest, _ := b.phones.since(asked)
		require.Empty(t, rest, "a conversation needs nothing")
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestPatience: nobody who is in our hands is ever taken back by the dialplan, however
// long they wait.
func TestPatience(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		ordinary := b.inLine()
		urgent := b.enters()
		b.press(urgent, "21")
		b.pass(time.Hour)
		require.Equal(t, call.Waiting, b.stage(ordinary))
		require.Equal(t, call.Waiting, b.stage(urgent))
	})
}

// TestPositions: said first after a while, then at the queue's pace; nothing is said
// while a prompt plays or a desk rings.
func TestPositions(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		first, second := b.inLine(), b.inLine()
		b.pass(5 * time.Second)
		require.Equal(t, "vi/queue_next+vi/comfort", b.hears(first))
		require.NotEqual(t, b.hears(first), b.hears(second))
		require.False(t, b.phones.leg(string(first)).music)
		b.pass(2 * time.Second)
		require.Empty(t, b.hears(first))
		require.True(t, b.phones.leg(string(first)).music)
		said := b.phones.count("play " + string(first))
		b.pass(28*time.Second - time.Millisecond)
		require.Equal(t, said, b.phones.count("play "+string(first)))
		b.pass(time.Millisecond)
		require.Equal(t, said+1, b.phones.count("play "+string(first)))

		// A desk rings when the next one is due.
		b.pass(20 * time.Second)
		b.desk("lan")
		b.rings(first, 1)
		b.pass(12 * time.Second)
		require.Equal(t, said+1, b.phones.count("play "+string(first)))
		require.True(t, b.phones.leg(string(first)).music)
	})
}

// TestNothingIsSaidOverAPrompt: what is due while a notice plays is said after it; an
// emergency does not hear the same words twice.
func TestNothingIsSaidOverAPrompt(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(d *Deps) { d.Options.FirstPosition = 500 * time.Millisecond }, func(t *testing.T, b *bench) {
		urgent, id := b.enters(), b.enters()
		b.press(urgent, "21")
		b.press(id, "31")
		require.Equal(t, "vi/emg_hold", b.hears(urgent))
		said := b.phones.count("play")
		b.pass(800 * time.Millisecond)
		require.Equal(t, said, b.phones.count("play"))
		require.Zero(t, b.phones.count("stop "+urgent.Play(3))+b.phones.count("stop "+id.Play(3)))
		b.pass(1300 * time.Millisecond)
		require.Equal(t, "vi/queue_next+vi/comfort", b.hears(id))
		require.Empty(t, b.hears(urgent))
		b.pass(14 * time.Second)
		require.Equal(t, 2, b.phones.count("play "+string(urgent)+" "+urgent.Play(3))+b.phones.count("play "+string(urgent)+" "+urgent.Play(4)),
			"but the next one is said")
	})
}

// TestQueueWithoutPositions: a queue that says none costs nothing.
func TestQueueWithoutPositions(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(d *Deps) {
		for i := range d.Line.Queues {
			d.Line.Queues[i].PositionEvery = 0
		}
	}, func(t *testing.T, b *bench) {
		id := b.inLine()
		b.pass(time.Minute)
		require.Equal(t, call.Waiting, b.stage(id))
		require.Less(t, len(b.phones.asked), 40)
	})
}

// TestQueueThatDoesNotExist: whatever the menus say, the citizen gets a human, and an
// emergency stays one.
func TestQueueThatDoesNotExist(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(d *Deps) { d.Line.Queues = []acd.Queue{{Name: "all", Group: call.Procedure}} }, func(t *testing.T, b *bench) {
		b.inLine()
		urgent := b.enters()
		b.press(urgent, "21")
		b.desk("lan")
		b.answers(urgent, 1)
		require.Equal(t, call.Talking, b.stage(urgent))
	})
}

// TestEmergencyKeyInLine: the citizen leaves the line for the emergency's.
func TestEmergencyKeyInLine(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.inLine()
		b.press(id, "5")
		require.Equal(t, call.Waiting, b.stage(id), "no other key means anything here")
		b.press(id, "2")
		require.Equal(t, call.Menu, b.stage(id))
		require.Empty(t, b.board.line.Snapshot().Calls)
		b.press(id, "1")
		require.Equal(t, call.Waiting, b.stage(id))
		b.press(id, "2")
		require.Equal(t, call.Waiting, b.stage(id), "who waits as an emergency keeps the place")
		b.desk("lan")
		b.answers(id, unseen+1)
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestEmergencyKeyWhileRinging: the ordinary offer is given back, the agent is free at
// once, and the desk that was rung falls silent.
func TestEmergencyKeyWhileRinging(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.press(id, "2")
		b.flush()
		require.Equal(t, call.Available, b.state("lan"))
		require.NotContains(t, b.phones.left(), leg)
		require.Contains(t, b.journal.facts(id), call.Fact(call.OfferClosed{Offer: id.Offer(1), Agent: "lan", How: call.OfferRescinded}))
		b.press(id, "3")
		second := b.answers(id, 1+unseen+1)
		require.ElementsMatch(t, []string{string(id), second}, b.phones.members(id.Bridge()))
		require.Equal(t, call.AgentTalking, b.state("lan"))
		require.Equal(t, 1, strings.Count(b.journal.kinds(id), "connected")-strings.Count(b.journal.kinds(id), "disconnected"))
	})
}

// TestStaleOffer: what the line decided before it heard that the citizen left is not
// taken for what it decides after the citizen came back.
func TestStaleOffer(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.inLine()
		// The call's owner is busy, with keys in its mailbox, when the line makes an offer.
		b.phones.set(func() {
			b.phones.slow["lease"] = 2 * time.Second
			b.phones.refuse["play"] = errRefused // nothing holds the citizen up on the way back
		})
		b.silently(5 * time.Second)
		b.tell(Digit{Call: id, Digit: '2'}, Digit{Call: id, Digit: '1'})
		b.desk("lan")
		b.desk("hoa")
		require.Equal(t, call.Reserved, b.state("lan"))
		b.phones.set(func() { clear(b.phones.slow) })
		b.silently(3 * time.Second)
		b.flush()
		require.Equal(t, call.Ringing, b.stage(id))
		facts := b.journal.facts(id)
		made := map[call.OfferID]int{}
		for _, f := range facts {
			if o, ok := f.(call.Offered); ok {
				made[o.Offer]++
			}
		}
		for offer, n := range made {
			require.Equal(t, 1, n, "%s was made more than once", offer)
		}
		require.Len(t, b.board.line.Snapshot().Calls, 1)
		require.Equal(t, call.OfferRescinded, b.closed(id, 1))
		require.Zero(t, b.phones.count("invite "+string(id.Offer(1))+" "), "nobody is rung for it")
		b.answers(id, number(id, string(b.board.line.Snapshot().Calls[0].Offer)))
		require.Equal(t, call.Talking, b.stage(id))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}
