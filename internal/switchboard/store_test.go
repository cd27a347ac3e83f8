package switchboard

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// TestDesksOutliveARestart: the same account and key, and whoever was ready is again
// as soon as the softphone is back.
func TestDesksOutliveARestart(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		require.NoError(t, b.board.Desks().Pause(b.ctx, "hoa", "lunch"))
		synctest.Wait()
		for range 2 { // the second time before any softphone was back
			b.restart()
			require.Equal(t, call.PauseSignedIn, b.reason("lan"))
		}
		b.lineUp("lan")
		b.lineUp("hoa")
		require.Equal(t, call.Available, b.state("lan"))
		require.Equal(t, call.Paused, b.state("hoa"))
		b.lineDown("lan")
		b.lineUp("lan")
		require.Equal(t, call.Available, b.state("lan"))
		require.Len(t, b.phones.phones, 2)
	})
}

// TestDeskThatDoesNotComeBack is lost after a restart, a little later than otherwise;
// when it comes after all, it is as it was.
func TestDeskThatDoesNotComeBack(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.restart()
		b.pass(5*time.Second + backAfterRestart - time.Millisecond)
		require.Equal(t, call.Paused, b.state("lan"))
		b.pass(time.Millisecond)
		require.Equal(t, call.Offline, b.state("lan"))
		b.lineUp("lan")
		require.Equal(t, call.Available, b.state("lan"))
	})
}

// TestPausedBeforeTheSoftphoneIsBack: the agent's word counts, not what was before.
func TestPausedBeforeTheSoftphoneIsBack(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.restart()
		require.NoError(t, b.board.Desks().Pause(b.ctx, "lan", "lunch"))
		b.lineUp("lan")
		require.Equal(t, call.PauseReason("lunch"), b.reason("lan"))
	})
}

// TestShiftEndedMeanwhile: neither the desk nor its readiness is taken up off shift.
func TestShiftEndedMeanwhile(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		b.board.Stop()
		b.roster.goes("lan")
		b.comeBack()
		_, ok := b.board.Desks().State("lan")
		require.False(t, ok)
		_, remembered := b.store.desk("lan")
		require.False(t, remembered)
		b.roster.goes("hoa")
		b.lineUp("hoa")
		require.Equal(t, call.Paused, b.state("hoa"))
	})
}

// TestRestoreGoesOn: one desk that cannot be taken up is told, and keeps no other from
// it.
func TestRestoreGoesOn(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.board.Stop()
		b.phones.set(func() { b.phones.refuse["add"] = errRefused })
		b.start()
		require.ErrorIs(t, b.board.Desks().Restore(b.ctx), errRefused)
		b.store.fails = errors.New("no store")
		require.ErrorIs(t, b.board.Desks().Restore(b.ctx), b.store.fails)
	})
}

// TestStoreAway: signing in, working and signing out do not need it.
func TestStoreAway(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.store.fails = errors.New("no store")
		b.desk("lan")
		id, leg := b.talking()
		b.hangsUp(leg, causeNormal)
		require.NoError(t, b.board.Desks().SignOut(b.ctx, "lan", "signed_out"))
		synctest.Wait()
		require.Equal(t, call.Served, b.journal.outcome(id).Result)
	})
}

// TestStoreSlow: what is remembered last is what is so last, and a desk that was signed
// out does not come back.
func TestStoreSlow(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.store.slow = time.Second
		b.desk("lan")
		require.NoError(t, b.board.Desks().Pause(b.ctx, "lan", "lunch"))
		b.silently(5 * time.Second)
		saved, _ := b.store.desk("lan")
		require.False(t, saved.Ready)
		b.ready("lan")
		b.silently(5 * time.Second)
		saved, _ = b.store.desk("lan")
		require.True(t, saved.Ready)
		require.NoError(t, b.board.Desks().Pause(b.ctx, "lan", "lunch"))
		synctest.Wait() // the save is under way
		require.NoError(t, b.board.Desks().SignOut(b.ctx, "lan", "signed_out"))
		b.silently(5 * time.Second)
		_, remembered := b.store.desk("lan")
		require.False(t, remembered)
	})
}
