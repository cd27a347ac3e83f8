package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// TestWatchSendsThePresentFirst: a page that was cut off has only to connect again.
func TestWatchSendsThePresentFirst(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		present := func() (DeskMoved, []DeskEvent) {
			events, cancel := b.board.Desks().Watch("lan")
			defer cancel()
			first, ok := (<-events).(DeskMoved)
			require.True(t, ok)
			var rest []DeskEvent
			for len(events) > 0 {
				rest = append(rest, <-events)
			}
			return first, rest
		}
		none, cancel := b.board.Desks().Watch("lan")
		require.Nil(t, none)
		cancel()

		b.desk("lan")
		state, rest := present()
		require.Equal(t, call.Available, state.State.State)
		require.Empty(t, state.State.Phone.Password)
		require.Empty(t, state.Call)
		require.Empty(t, rest)

		id := b.inLine()
		state, rest = present()
		require.Equal(t, call.Reserved, state.State.State)
		require.Equal(t, id, state.Call)
		require.Len(t, rest, 1)
		offer, ok := rest[0].(DeskOffer)
		require.True(t, ok)
		require.Equal(t, OfferInfo{
			ID: id.Offer(1), Call: id, Agent: "lan", Caller: "+84908123456", Topic: call.Topic{Group: call.Field, Field: "traffic"},
			Language: call.Vietnamese, QueuedAt: time.Now(), Ticket: "2632800001", Recorded: true,
		}, offer.Offer)

		leg := b.rings(id, 1)
		_, rest = present()
		require.IsType(t, DeskOffer{}, rest[0])
		since := time.Now()
		b.picksUp(leg)
		b.pass(time.Minute)
		state, rest = present()
		require.Equal(t, call.AgentTalking, state.State.State)
		connected, ok := rest[0].(DeskConnected)
		require.True(t, ok)
		require.Equal(t, since, connected.Since)
		require.Equal(t, offer.Offer, connected.Offer)

		b.hangsUp(leg, causeNormal)
		state, rest = present()
		require.Equal(t, call.WrapUp, state.State.State)
		require.Equal(t, id, state.Call, "the form is for this call")
		require.Equal(t, time.Now().Add(time.Minute), state.State.WrapUpUntil)
		require.Empty(t, rest)
		b.pass(time.Minute)
		state, _ = present()
		require.Empty(t, state.Call)
	})
}

// TestSlowWatcher is disconnected; the others and the call go on.
func TestSlowWatcher(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		slow, cancelSlow := b.board.Desks().Watch("lan")
		quick, cancelQuick := b.board.Desks().Watch("lan")
		defer cancelQuick()
		for range watchBuffer {
			require.NoError(t, b.board.Desks().Pause(b.ctx, "lan", "lunch"))
			require.NoError(t, b.board.Desks().Ready(b.ctx, "lan"))
			synctest.Wait()
			for len(quick) > 0 {
				<-quick
			}
		}
		n := 0
		for range slow { // ends, for it is closed
			n++
		}
		require.Equal(t, watchBuffer, n)
		cancelSlow() // after it was closed
		cancelSlow()
		require.NoError(t, b.board.Desks().SignOut(b.ctx, "lan", "signed_out"))
		states, rest := told(quick)
		require.Empty(t, states)
		require.Equal(t, []string{"signed_out signed_out"}, rest)
		_, open := <-quick
		require.False(t, open, "nothing comes after the last event")
	})
}

// TestWatchersEndWithTheSwitchboard: a page's stream does not outlive it.
func TestWatchersEndWithTheSwitchboard(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		events, cancel := b.board.Desks().Watch("lan")
		<-events
		b.board.Stop()
		_, open := <-events
		require.False(t, open)
		cancel()
	})
}

// TestWatchTellsWhatBecameOfAnOffer.
func TestWatchTellsWhatBecameOfAnOffer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		then func(*bench, call.ID, string)
		rest []string
	}{
		"refused":   {func(b *bench, _ call.ID, leg string) { b.hangsUp(leg, causeRejected); b.silently(0) }, []string{"offer", "offer_closed refused", "offer"}},
		"timed out": {func(b *bench, _ call.ID, _ string) { b.pass(15 * time.Second) }, []string{"offer", "offer_closed timed_out"}},
		"left":      {func(b *bench, id call.ID, _ string) { b.hangsUp(string(id), causeNormal) }, []string{"offer", "offer_closed rescinded"}},
		"emergency": {func(b *bench, id call.ID, _ string) { b.press(id, "2") }, []string{"offer", "offer_closed rescinded"}},
		"lost": {func(b *bench, _ call.ID, leg string) { b.picksUp(leg); b.lineDown("lan"); b.pass(5 * time.Second) },
			[]string{"offer", "connected", "ended desk_lost"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				events, cancel := b.board.Desks().Watch("lan")
				defer cancel()
				id := b.inLine()
				c.then(b, id, b.rings(id, 1))
				_, rest := told(events)
				require.Equal(t, c.rest, rest)
			})
		})
	}
}
