package switchboard

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// TestReadyNeedsASocketAndAShift.
func TestReadyNeedsASocketAndAShift(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		require.ErrorIs(t, desks.Ready(b.ctx, "lan"), ErrNotSignedIn)
		require.ErrorIs(t, desks.Pause(b.ctx, "lan", "lunch"), ErrNotSignedIn)
		require.ErrorIs(t, desks.SignOut(b.ctx, "lan", "signed_out"), ErrNotSignedIn)
		require.ErrorIs(t, desks.WrapUp(b.ctx, "lan", WrapUpForm{}), ErrNotSignedIn)
		_, ok := desks.State("lan")
		require.False(t, ok)
		_, ok = desks.LineUp("no such key")
		require.False(t, ok)
		desks.LineDown("no such key")

		c, err := desks.SignIn(b.ctx, "lan")
		require.NoError(t, err)
		synctest.Wait()
		require.Equal(t, call.Paused, b.state("lan"))
		require.Equal(t, call.PauseSignedIn, b.reason("lan"))
		require.Contains(t, b.phones.phones, c.SIPUser)
		require.Equal(t, Phone{SIPUser: c.SIPUser, Password: c.Password, Kind: DeskPhone}, b.phones.phones[c.SIPUser])
		require.ErrorIs(t, desks.Ready(b.ctx, "lan"), ErrNoPhone)

		b.keys["lan"] = c
		b.lineUp("lan")
		b.ready("lan")
		require.Equal(t, call.Available, b.state("lan"))
		require.NoError(t, desks.Pause(b.ctx, "lan", "lunch"))
		synctest.Wait()
		require.Equal(t, call.PauseReason("lunch"), b.reason("lan"))

		b.roster.goes("lan")
		require.ErrorIs(t, desks.Ready(b.ctx, "lan"), ErrOffShift)
		_, err = desks.SignIn(b.ctx, "lan")
		require.ErrorIs(t, err, ErrOffShift)
		require.Equal(t, call.Paused, b.state("lan"), "the desk that is open stays")
	})
}

// TestAccountCannotBeMade: the older desk stays, and nothing half made is left.
func TestAccountCannotBeMade(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.phones.set(func() { b.phones.deaf["add"] = errRefused })
		_, err := b.board.Desks().SignIn(b.ctx, "lan")
		require.ErrorIs(t, err, errRefused)
		synctest.Wait()
		require.Equal(t, call.Available, b.state("lan"))
		require.Len(t, b.phones.phones, 1)
	})
}

// TestSignInReplacesTheOlderDesk: its socket is closed and its account is gone.
func TestSignInReplacesTheOlderDesk(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		old := b.keys["lan"]
		done := b.lineUp("lan")
		events, cancel := b.board.Desks().Watch("lan")
		defer cancel()
		b.signIn("lan")
		<-done
		_, rest := told(events)
		require.Equal(t, []string{"signed_out replaced"}, rest)
		require.NotContains(t, b.phones.phones, old.SIPUser)
		require.Len(t, b.phones.phones, 1)
		_, ok := b.board.Desks().LineUp(old.Key)
		require.False(t, ok)
		b.board.Desks().LineDown(old.Key) // the old socket goes late
		require.Equal(t, call.Paused, b.state("lan"))
		b.ready("lan")
		require.Equal(t, call.Available, b.state("lan"))
	})
}

// TestTwoSignInsAtOnce: two pages of one agent; one desk is left.
func TestTwoSignInsAtOnce(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.phones.set(func() { b.phones.slow["add"] = time.Second })
		var got [2]Credential
		var pages sync.WaitGroup
		for i := range got {
			pages.Go(func() {
				c, err := b.board.Desks().SignIn(b.ctx, "lan")
				if err == nil {
					got[i] = c
				}
			})
		}
		pages.Wait()
		synctest.Wait()
		require.Len(t, b.phones.phones, 1, "one account is left")
		live := 0
		for _, c := range got {
			require.NotEmpty(t, c.Key)
			if _, ok := b.board.Desks().LineUp(c.Key); ok {
				live++
				require.Contains(t, b.phones.phones, c.SIPUser)
			}
		}
		require.Equal(t, 1, live)
		b.ready("lan")
		require.Equal(t, call.Available, b.state("lan"))
	})
}

// TestReplacedWhileRinging: the offer is rescinded, and the new desk is not taken for
// the old one, however late the call's owner hears of it.
func TestReplacedWhileRinging(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.phones.set(func() { b.phones.slow["lease"] = 2 * time.Second }) // keeps the owner busy
		b.silently(5 * time.Second)
		b.signIn("lan")
		b.ready("lan")
		b.phones.set(func() { clear(b.phones.slow) })
		b.silently(3 * time.Second)
		b.flush()
		require.Equal(t, call.OfferRescinded, b.closed(id, 1))
		require.NotContains(t, b.phones.left(), leg)
		require.Equal(t, call.Reserved, b.state("lan"), "the new desk takes calls")
		b.answers(id, 2)
		require.Equal(t, call.AgentTalking, b.state("lan"))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestReplacedInConversation: a page that was loaded anew. The citizen is back in the
// old place and hears why; the agent presses ready at the new desk and has them again.
func TestReplacedInConversation(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.signIn("lan")
		b.flush()
		require.Equal(t, "vi/back_in_line", b.hears(id))
		require.NotContains(t, b.phones.left(), leg)
		require.Equal(t, call.Paused, b.state("lan"))
		b.ready("lan")
		b.flush()
		second := b.answers(id, 2)
		require.ElementsMatch(t, []string{string(id), second}, b.phones.members(id.Bridge()))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Note: "written at two desks"}))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestSignOutDuringACall: the socket goes with the desk, so the citizen is back in
// line.
func TestSignOutDuringACall(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"ringing", "answering", "talking"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				account := b.keys["lan"].SIPUser
				id := b.inLine()
				leg := b.rings(id, 1)
				switch when {
				case "answering": // in one breath
					b.board.Signal(LegUp{Call: id, Leg: leg})
				case "talking":
					b.picksUp(leg)
				}
				require.NoError(t, b.board.Desks().SignOut(b.ctx, "lan", "signed_out"))
				synctest.Wait()
				b.flush()
				require.Equal(t, call.Waiting, b.stage(id))
				require.NotContains(t, b.phones.left(), leg)
				require.NotContains(t, b.phones.phones, account)
				require.Empty(t, b.board.line.Snapshot().Agents)
				_, remembered := b.store.desk("lan")
				require.False(t, remembered)
				b.desk("hoa")
				b.answers(id, 2)
				require.Equal(t, call.Talking, b.stage(id))
				b.hangsUp(string(id), causeNormal)
				b.nothingIsLeft()
			})
		})
	}
}

// TestDeskLostWhileRinging: the offer is rescinded and the citizen keeps the place.
func TestDeskLostWhileRinging(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.lineDown("lan")
		b.pass(5*time.Second - time.Millisecond)
		require.Equal(t, call.AgentRinging, b.state("lan"))
		b.pass(time.Millisecond)
		require.Equal(t, call.Offline, b.state("lan"))
		require.Equal(t, call.OfferRescinded, b.closed(id, 1))
		require.NotContains(t, b.phones.left(), leg)
		b.answers(id, 2)
		require.Equal(t, call.AgentTalking, b.state("hoa"))
	})
}

// TestDeskLostInConversation: the citizen is back in line at the old place, hears why,
// and goes to another desk before those who came later.
func TestDeskLostInConversation(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		arrived := b.board.line.Snapshot().Calls[0].Arrived
		leg := b.answers(id, 1)
		b.pass(time.Minute)
		later := b.inLine()
		b.lineDown("lan")
		b.pass(5 * time.Second)
		require.Equal(t, call.Offline, b.state("lan"))
		require.Equal(t, "vi/back_in_line", b.hears(id))
		require.Contains(t, b.journal.facts(id), call.Fact(call.Disconnected{Offer: id.Offer(1), Agent: "lan", Why: "desk_lost"}))
		require.NotContains(t, b.phones.left(), leg)
		calls := b.board.line.Snapshot().Calls
		require.Equal(t, []call.ID{id, later}, []call.ID{calls[0].Call, calls[1].Call})
		require.Equal(t, arrived, calls[0].Arrived)
		b.desk("hoa")
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
		require.Equal(t, call.Waiting, b.stage(later))
	})
}

// TestDeskLostInTheMomentOfTheAnswer: the line has accepted, and the call's owner hears
// of the loss before the acceptance. Nobody talks to a desk that is no more.
func TestDeskLostInTheMomentOfTheAnswer(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]func(*bench){
		"lost":       func(*bench) {},
		"signed out": func(b *bench) { require.NoError(b.t, b.board.Desks().SignOut(b.ctx, "lan", "signed_out")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id := b.inLine()
				leg := b.rings(id, 1)
				b.lineDown("lan")
				b.silently(4500 * time.Millisecond)
				b.journal.before = func(f call.Fact) {
					if closed, ok := f.(call.OfferClosed); ok && closed.How == call.OfferAccepted {
						<-time.After(time.Second)
					}
				}
				b.picksUp(leg)
				lost(b)
				b.silently(2 * time.Second)
				b.journal.before = nil
				b.flush()
				require.Equal(t, call.OfferAccepted, b.closed(id, 1))
				require.Equal(t, call.Waiting, b.stage(id))
				require.NotContains(t, b.journal.kinds(id), "connected")
				require.Contains(t, b.phones.last("play "), "vi/back_in_line")
				require.NotContains(t, b.phones.left(), leg)
				require.Empty(t, b.board.line.Snapshot().Agents)
				b.desk("hoa")
				b.answers(id, 2)
				require.Equal(t, call.Talking, b.stage(id))
			})
		})
	}
}

// TestDeskBackWithinGrace: a short break of the socket changes nothing.
func TestDeskBackWithinGrace(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.lineDown("lan")
		b.pass(4 * time.Second)
		b.lineUp("lan")
		b.pass(time.Minute)
		require.Equal(t, call.Talking, b.stage(id))
		require.Equal(t, call.AgentTalking, b.state("lan"))

		b.lineUp("lan") // the new socket is there before the old one has gone
		b.lineDown("lan")
		b.pass(time.Minute)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestDeskComesBackAfterGrace: offline, then back and paused; ready works, also when
// it comes before the line's word that the desk was lost.
func TestDeskComesBackAfterGrace(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.lineDown("lan")
		b.pass(5 * time.Second)
		require.Equal(t, call.Offline, b.state("lan"))
		require.ErrorIs(t, b.board.Desks().Ready(b.ctx, "lan"), ErrNoPhone)
		b.lineUp("lan")
		require.Equal(t, call.Paused, b.state("lan"))
		b.ready("lan")
		require.Equal(t, call.Available, b.state("lan"))

		b.lineDown("lan")
		b.silently(5*time.Second - time.Nanosecond)
		<-time.After(time.Nanosecond)
		_, ok := b.board.Desks().LineUp(b.keys["lan"].Key) // the line may not have told yet
		require.True(t, ok)
		require.NoError(t, b.board.Desks().Ready(b.ctx, "lan"))
		synctest.Wait()
		require.Equal(t, call.Available, b.state("lan"))
	})
}

// TestDeskWithoutASocket is signed in, and after the grace time not in the line.
func TestDeskWithoutASocket(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		_, err := b.board.Desks().SignIn(b.ctx, "lan")
		require.NoError(t, err)
		b.pass(5 * time.Second)
		require.Equal(t, call.Offline, b.state("lan"))
		require.Empty(t, b.board.line.Snapshot().Agents)
	})
}

// TestOfferToADeskWithoutASocket: within the grace time it fails at once, and is tried
// again by itself.
func TestOfferToADeskWithoutASocket(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.lineDown("lan")
		id := b.inLine()
		require.Equal(t, call.PauseNoPhone, b.reason("lan"))
		require.Zero(t, b.phones.count("invite"))
		b.lineUp("lan")
		b.pass(5 * time.Second)
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestPauseDuringACall takes effect after it.
func TestPauseDuringACall(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		require.NoError(t, b.board.Desks().Pause(b.ctx, "lan", "lunch"))
		synctest.Wait()
		require.Equal(t, call.AgentTalking, b.state("lan"))
		b.hangsUp(leg, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Ready: true}))
		synctest.Wait()
		require.Equal(t, call.PauseReason("lunch"), b.reason("lan"))
	})
}

// TestWrapUpForm: in time, late, before the end, of the call before, and of somebody
// else's call.
func TestWrapUpForm(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		desks := b.board.Desks()
		b.desk("lan")
		first, leg := b.talking()
		require.NoError(t, desks.WrapUp(b.ctx, "lan", WrapUpForm{Call: first, Note: "while talking", Ready: true}))
		synctest.Wait()
		require.Equal(t, call.AgentTalking, b.state("lan"))
		b.hangsUp(leg, causeNormal)
		state, _ := desks.State("lan")
		require.Equal(t, time.Now().Add(time.Minute), state.WrapUpUntil)
		b.pass(time.Minute)
		require.Equal(t, call.Available, b.state("lan"), "at its limit")
		require.NoError(t, desks.WrapUp(b.ctx, "lan", WrapUpForm{Call: first, Note: "late"}))
		synctest.Wait()
		require.Equal(t, call.Available, b.state("lan"), "a late form ends nothing")

		second, leg := b.talking()
		b.hangsUp(leg, causeNormal)
		require.NoError(t, desks.WrapUp(b.ctx, "lan", WrapUpForm{Call: first, Note: "later"}))
		synctest.Wait()
		require.Equal(t, call.WrapUp, b.state("lan"), "the form of the call before ends nothing")
		require.NoError(t, desks.WrapUp(b.ctx, "lan", WrapUpForm{Call: second, Ready: false}))
		synctest.Wait()
		require.Equal(t, call.PauseAsked, b.reason("lan"))
		b.hangsUp(string(second), causeNormal)

		b.desk("hoa")
		require.ErrorIs(t, desks.WrapUp(b.ctx, "hoa", WrapUpForm{Call: second}), ErrNotYourCall)
		require.ErrorIs(t, desks.WrapUp(b.ctx, "hoa", WrapUpForm{}), ErrNotYourCall)
		notes := 0
		for _, fact := range b.journal.facts(first) {
			if f, ok := fact.(call.WrappedUp); ok {
				require.Equal(t, call.AgentID("lan"), f.Agent)
				notes++
			}
		}
		require.Equal(t, 3, notes)
	})
}

// TestWrapUpAfterAReload: the form of the last call is taken at the desk that replaced
// the one where it was taken.
func TestWrapUpAfterAReload(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.hangsUp(leg, causeNormal)
		b.signIn("lan")
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Note: "kept"}))
		require.Contains(t, b.journal.facts(id), call.Fact(call.WrappedUp{Agent: "lan", Note: "kept"}))
	})
}
