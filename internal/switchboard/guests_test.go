package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// guest makes an account for a browser whose socket is open.
func (b *bench) guest() (c Credential, done <-chan struct{}) {
	c, err := b.board.Guests().Invite(b.ctx)
	require.NoError(b.t, err)
	done, ok := b.board.Guests().LineUp(c.Key)
	require.True(b.t, ok)
	return c, done
}

// accounts is how many accounts there are in Asterisk.
func (b *bench) accounts() int {
	b.phones.mu.Lock()
	defer b.phones.mu.Unlock()
	return len(b.phones.phones)
}

func closed(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

// TestGuestCallsOnce: the account goes a moment after its call, so that the browser
// still hears goodbye, whether its socket stays, closes or comes back.
func TestGuestCallsOnce(t *testing.T) {
	t.Parallel()
	for name, then := range map[string]func(*bench, Credential){
		"socket stays":      func(*bench, Credential) {},
		"socket closes":     func(b *bench, c Credential) { b.board.Guests().LineDown(c.Key) },
		"socket comes back": func(b *bench, c Credential) { b.board.Guests().LineDown(c.Key); b.board.Guests().LineUp(c.Key) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				c, done := b.guest()
				require.Equal(t, Phone{SIPUser: c.SIPUser, Password: c.Password, Kind: GuestPhone}, b.phones.phones[c.SIPUser])
				id := b.entersAs("web:" + c.SIPUser)
				b.pass(10 * time.Minute)
				require.Equal(t, 1, b.accounts(), "a call may be long")
				b.hangsUp(string(id), causeNormal)
				then(b, c)
				b.pass(farewell - time.Millisecond)
				require.False(t, closed(done))
				require.Equal(t, 1, b.accounts())
				b.pass(time.Millisecond)
				require.True(t, closed(done))
				require.Zero(t, b.accounts())
				_, ok := b.board.Guests().LineUp(c.Key)
				require.False(t, ok)
				b.board.Guests().LineDown(c.Key)
			})
		})
	}
}

// TestGuestExpires: without a call within a minute, socket or not.
func TestGuestExpires(t *testing.T) {
	t.Parallel()
	for _, socket := range []bool{false, true} {
		inBubble(t, func(t *testing.T, b *bench) {
			c, err := b.board.Guests().Invite(b.ctx)
			require.NoError(t, err)
			if socket {
				b.pass(30 * time.Second)
				_, ok := b.board.Guests().LineUp(c.Key)
				require.True(t, ok)
				b.pass(30*time.Second - time.Millisecond)
			} else {
				b.pass(GuestLife - time.Millisecond)
			}
			require.Equal(t, 1, b.accounts())
			b.pass(time.Millisecond)
			require.Zero(t, b.accounts())
		})
	}
}

// TestGuestSurvivesAShortBreak: a call goes on without its socket; the account stays
// for a minute.
func TestGuestSurvivesAShortBreak(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		c, _ := b.guest()
		id := b.entersAs("web:" + c.SIPUser)
		b.pass(2 * time.Minute)
		b.board.Guests().LineDown(c.Key)
		b.pass(GuestLife - time.Millisecond)
		_, ok := b.board.Guests().LineUp(c.Key)
		require.True(t, ok)
		b.pass(5 * time.Minute)
		require.Equal(t, 1, b.accounts())
		b.board.Guests().LineDown(c.Key)
		b.pass(GuestLife)
		require.Zero(t, b.accounts())
		require.NotEqual(t, call.Ended, b.stage(id), "its sound goes past the socket")
	})
}

// TestGuestsAreBounded: a full house refuses, and a place is free again with each that
// goes.
func TestGuestsAreBounded(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		for range MaxGuests {
			_, err := b.board.Guests().Invite(b.ctx)
			require.NoError(t, err)
		}
		_, err := b.board.Guests().Invite(b.ctx)
		require.ErrorIs(t, err, ErrFull)
		b.silently(GuestLife)
		require.Zero(t, b.accounts())
		b.phones.set(func() { b.phones.refuse["add"] = errRefused })
		_, err = b.board.Guests().Invite(b.ctx)
		require.ErrorIs(t, err, errRefused)
		b.phones.set(func() { clear(b.phones.refuse) })
		for range MaxGuests { // the refused one holds no place
			_, err := b.board.Guests().Invite(b.ctx)
			require.NoError(t, err)
		}
	})
}

// TestGuestsGoWithTheSwitchboard: accounts and sockets, in a few seconds even when the
// phones do not answer.
func TestGuestsGoWithTheSwitchboard(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		_, done := b.guest()
		_, err := b.board.Guests().Invite(b.ctx)
		require.NoError(t, err)
		b.board.Stop()
		require.True(t, closed(done))
		require.Zero(t, b.accounts())
	})
	inBubble(t, func(t *testing.T, b *bench) {
		for range 20 {
			b.guest()
		}
		b.phones.set(func() { b.phones.slow["remove"] = time.Hour })
		began := time.Now()
		b.board.Stop()
		require.LessOrEqual(t, time.Since(began), 6*time.Second)
	})
}

// TestStrangersCall: whoever has no account of ours, and accounts of before a restart.
func TestStrangersCall(t *testing.T) {
	t.Parallel()
	inBubble(t, func(_ *testing.T, b *bench) {
		for _, caller := range []string{"", "+84908123456", "web:gbefore"} {
			id := b.entersAs(caller)
			b.hangsUp(string(id), causeNormal)
		}
		synctest.Wait()
		b.nothingIsLeft()
	})
}
