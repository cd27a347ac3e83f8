package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// inReturnBubble keeps citizens for the agents whose desks are lost.
func inReturnBubble(t *testing.T, f func(*testing.T, *bench)) {
	t.Helper()
	inChangedBubble(t, func(d *Deps) { d.Options.DeskReturn = 20 * time.Second }, f)
}

// pageGone closes the agent's page, and its socket with it.
func (b *bench) pageGone(agent call.AgentID) {
	b.board.Desks().LineGone(b.keys[agent].Key)
	synctest.Wait()
	b.flush()
}

// kept is the call whose citizen the agent's page says is on hold for them.
func (b *bench) kept(agent call.AgentID) call.ID {
	if s, ok := b.board.Desks().State(agent); ok && s.Kept != nil {
		return s.Kept.Offer.Call
	}
	return ""
}

// onHold: the citizen hears why they wait, and has the old place.
func (b *bench) onHold(id call.ID) {
	b.flush()
	require.Equal(b.t, "vi/back_in_line", b.hears(id))
	require.Equal(b.t, call.Waiting, b.stage(id))
}

// cutOffs are the ways in which a desk is lost in the middle of a conversation; each
// returns how it is back.
func cutOffs() map[string]func(b *bench, leg string) (back func()) {
	return map[string]func(b *bench, leg string) func(){
		"the page is loaded anew": func(b *bench, _ string) func() {
			b.pageGone("lan")
			return func() { b.signIn("lan") }
		},
		"the page is opened once more, with the old one still there": func(b *bench, _ string) func() {
			c, err := b.board.Desks().SignIn(b.ctx, "lan")
			require.NoError(b.t, err)
			b.keys["lan"] = c
			synctest.Wait()
			return func() { b.lineUp("lan") }
		},
		"the browser is killed, and opened within the grace time": func(b *bench, _ string) func() {
			b.lineDown("lan")
			b.pass(3 * time.Second)
			c, err := b.board.Desks().SignIn(b.ctx, "lan")
			require.NoError(b.t, err)
			b.keys["lan"] = c
			synctest.Wait()
			return func() { b.lineUp("lan") }
		},
		"the browser is killed, and its sound has stopped": func(b *bench, leg string) func() {
			b.phones.set(func() { b.phones.quiet[leg] = true })
			b.lineDown("lan")
			b.pass(soundGap)
			require.Equal(b.t, call.Offline, b.state("lan"), "well before the grace time is over")
			return func() { b.signIn("lan") }
		},
		"the browser is killed, and opened after the grace time": func(b *bench, _ string) func() {
			b.lineDown("lan")
			b.pass(5 * time.Second)
			require.Equal(b.t, call.Offline, b.state("lan"))
			return func() { b.signIn("lan") }
		},
		"the network breaks, and the socket is back after the grace time": func(b *bench, _ string) func() {
			b.lineDown("lan")
			b.pass(5 * time.Second)
			return func() { b.pass(12 * time.Second); b.lineUp("lan") }
		},
		"the sound stops, and the phone registers anew": func(b *bench, leg string) func() {
			b.hangsUp(leg, 44)
			require.Equal(b.t, call.PauseNoPhone, b.reason("lan"))
			return func() { b.registers("lan") }
		},
	}
}

// TestDeskIsBack: the citizen hears a word and is kept for the agent, who has pressed
// nothing and is rung with the same citizen at once, though another has waited longer and
// a colleague is free.
func TestDeskIsBack(t *testing.T) {
	t.Parallel()
	for name, cutOff := range cutOffs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inReturnBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id, leg := b.talking()
				b.desk("hoa")
				back := cutOff(b, leg)
				b.onHold(id)
				require.Equal(t, id, b.kept("lan"))
				require.NotContains(t, b.phones.left(), leg)
				require.Equal(t, call.Available, b.state("hoa"))
				back()
				b.flush()
				state, _ := b.board.Desks().State("lan")
				require.True(t, state.Offer.Back, "the page answers by itself")
				b.answers(id, 2)
				require.Equal(t, call.AgentTalking, b.state("lan"))
				require.Equal(t, call.Talking, b.stage(id))
				require.Empty(t, b.kept("lan"))
				b.hangsUp(string(id), causeNormal)
				require.Equal(t, call.WrapUp, b.state("lan"))
				require.Equal(t, call.Available, b.state("hoa"))
				b.nothingIsLeft()
			})
		})
	}
}

// TestDeskIsNotBack: after the time anybody has the citizen, the first in line, and the
// agent who comes later takes no calls before they say so.
func TestDeskIsNotBack(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		later := b.inLine()
		b.pageGone("lan")
		b.desk("hoa")
		require.Equal(t, call.Ringing, b.stage(later), "others are not kept waiting")
		b.answers(later, 1)
		b.hangsUp(string(later), causeNormal)
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "hoa", WrapUpForm{Call: later, Ready: true}))
		last := b.inLine()
		b.answers(last, 1)
		b.hangsUp(string(last), causeNormal)
		b.pass(20*time.Second - time.Millisecond)
		require.Equal(t, call.Waiting, b.stage(id))
		b.pass(time.Millisecond)
		require.Empty(t, b.kept("lan"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "hoa", WrapUpForm{Call: last, Ready: true}))
		synctest.Wait()
		b.answers(id, 2)
		require.Equal(t, call.AgentTalking, b.state("hoa"))
		b.lineUp("lan")
		require.Equal(t, call.Paused, b.state("lan"))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestEmergencyWaitsForNoDesk: whoever is free has it at once; and the agent whose desk
// was lost is back in time to be asked when that one does not answer.
func TestEmergencyWaitsForNoDesk(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.enters()
		b.press(id, "22")
		b.answers(id, 1)
		require.Equal(t, call.Talking, b.stage(id))
		b.desk("hoa")
		b.pageGone("lan")
		require.Equal(t, call.Reserved, b.state("hoa"), "at once")
		b.rings(id, 2)
		b.signIn("lan")
		require.Equal(t, call.Available, b.state("lan"), "for whatever comes")
		b.pass(15 * time.Second)
		require.Equal(t, call.PauseRONA, b.reason("hoa"))
		b.answers(id, 3)
		require.Equal(t, call.AgentTalking, b.state("lan"))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestEmergencyGoesToTheSameDeskIfItIsFirst: with nobody else there, by itself.
func TestEmergencyGoesToTheSameDeskIfItIsFirst(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.enters()
		b.press(id, "22")
		b.answers(id, 1)
		b.pageGone("lan")
		b.signIn("lan")
		state, _ := b.board.Desks().State("lan")
		require.True(t, state.Offer.Back)
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestPageAnewWhileRinging: the citizen goes to anybody, and the agent takes calls again
// without pressing anything.
func TestPageAnewWhileRinging(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id := b.inLine()
		b.rings(id, 1)
		b.pageGone("lan")
		require.Empty(t, b.kept("lan"))
		b.rings(id, 2)
		require.Equal(t, call.AgentRinging, b.state("hoa"))
		b.signIn("lan")
		require.Equal(t, call.Available, b.state("lan"))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestLostAgain: right after it was back, as it rings with the same citizen, and again
// when they talk. Nothing sticks.
func TestLostAgain(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id, _ := b.talking()
		for n := 2; n < 8; n += 2 {
			b.pageGone("lan")
			b.signIn("lan")
			b.rings(id, n)
			b.pageGone("lan") // while it rings
			require.Equal(t, call.Offline, b.state("lan"))
			require.Equal(t, id, b.kept("lan"))
			require.Equal(t, call.Available, b.state("hoa"))
			b.signIn("lan")
			b.answers(id, n+1)
			require.Equal(t, call.AgentTalking, b.state("lan"))
		}
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestNoSoundTwice: a phone that registers and has no sound is not tried for ever: the
// citizen goes to anybody the second time.
func TestNoSoundTwice(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.desk("hoa")
		b.hangsUp(leg, 44)
		b.registers("lan")
		leg = b.answers(id, 2)
		b.hangsUp(leg, 44)
		require.Equal(t, call.PauseNoPhone, b.reason("lan"))
		b.registers("lan")
		require.Equal(t, call.PauseNoPhone, b.reason("lan"))
		b.answers(id, 3)
		require.Equal(t, call.AgentTalking, b.state("hoa"))
	})
}

// TestCitizenHangsUpMeanwhile: the agent is told, has the call's form to fill in, and
// presses ready.
func TestCitizenHangsUpMeanwhile(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.pageGone("lan")
		pages, cancel := b.board.Desks().Watch("lan")
		defer cancel()
		require.Equal(t, id, (<-pages).(DeskMoved).State.Kept.Offer.Call)
		b.hangsUp(string(id), causeNormal)
		require.Nil(t, (<-pages).(DeskMoved).State.Kept)
		require.Equal(t, call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Waiting}, b.journal.outcome(id))
		b.signIn("lan")
		require.Equal(t, call.PauseSignedIn, b.reason("lan"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Note: "called back by hand"}))
		b.ready("lan")
		require.Equal(t, call.Available, b.state("lan"))
		b.nothingIsLeft()
	})
}

// TestShiftEndsMeanwhile: nobody waits for an agent who may not come back.
func TestShiftEndsMeanwhile(t *testing.T) {
	t.Parallel()
	ends := map[string]func(b *bench){
		"as the roster says": func(b *bench) {
			b.board.Desks().ShiftOver("lan")
			_, err := b.board.Desks().Relieve(b.ctx, "lan")
			require.NoError(b.t, err)
		},
		"as the sign-in says": func(b *bench) {
			_, err := b.board.Desks().SignIn(b.ctx, "lan")
			require.ErrorIs(b.t, err, ErrOffShift)
		},
		"as the registration says": func(b *bench) { b.lineUp("lan") },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inReturnBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id, _ := b.talking()
				b.desk("hoa")
				b.pageGone("lan")
				b.roster.goes("lan")
				require.Equal(t, call.Waiting, b.stage(id))
				end(b)
				synctest.Wait()
				b.answers(id, 2)
				require.Equal(t, call.AgentTalking, b.state("hoa"))
				require.NotEqual(t, call.Available, b.state("lan"))
				b.hangsUp(string(id), causeNormal)
				b.nothingIsLeft()
			})
		})
	}
}

// TestBackAfterTheShift: a page that is loaded anew after the end of the shift finds its
// citizen again, and nobody after that one.
func TestBackAfterTheShift(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.desk("hoa")
		b.roster.goes("lan")
		b.roster.outgoing["lan"] = true
		b.board.Desks().ShiftOver("lan")
		b.pageGone("lan")
		b.board.Desks().ShiftOver("lan")
		b.signIn("lan")
		leg := b.answers(id, 2)
		require.Equal(t, call.AgentTalking, b.state("lan"))
		b.hangsUp(leg, causeNormal)
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Ready: true}))
		synctest.Wait()
		require.Equal(t, PauseShiftOver, b.reason("lan"))
		require.NoError(t, b.board.Desks().SignOut(b.ctx, "lan", "signed_out"))
		_, err := b.board.Desks().SignIn(b.ctx, "lan")
		require.ErrorIs(t, err, ErrOffShift)
		b.nothingIsLeft()
	})
}

// TestShiftIsOverAlready: the citizen goes to anybody at once.
func TestShiftIsOverAlready(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.desk("hoa")
		b.roster.goes("lan")
		b.pageGone("lan")
		b.answers(id, 2)
		require.Equal(t, call.AgentTalking, b.state("hoa"))
	})
}

// TestSignedOutIsNotWaitedFor: an agent who leaves the desk does not come back to it, be it
// from the conversation or after the desk was lost.
func TestSignedOutIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	for _, lost := range []bool{false, true} {
		inReturnBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id, _ := b.talking()
			b.desk("hoa")
			if lost {
				b.pageGone("lan")
				require.Equal(t, call.Waiting, b.stage(id))
			}
			require.NoError(t, b.board.Desks().SignOut(b.ctx, "lan", "signed_out"))
			synctest.Wait()
			b.answers(id, 2)
			require.Equal(t, call.AgentTalking, b.state("hoa"))
		})
	}
}

// TestPauseOutlivesALostDesk: asked for during the call, it begins after it, however often
// the desk was lost.
func TestPauseOutlivesALostDesk(t *testing.T) {
	t.Parallel()
	asked := map[string]func(b *bench){
		"before":           func(b *bench) { b.pauses("lan"); b.pageGone("lan"); b.signIn("lan") },
		"while it is lost": func(b *bench) { b.pageGone("lan"); b.pauses("lan"); b.signIn("lan") },
	}
	for name, asks := range asked {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inReturnBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id, _ := b.talking()
				asks(b)
				b.answers(id, 2)
				b.hangsUp(string(id), causeNormal)
				require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Ready: true}))
				synctest.Wait()
				require.Equal(t, call.PauseReason("lunch"), b.reason("lan"))
			})
		})
	}
}

func (b *bench) pauses(agent call.AgentID) {
	require.NoError(b.t, b.board.Desks().Pause(b.ctx, agent, "lunch"))
	synctest.Wait()
}

// TestRestartMeanwhile: a controller that starts anew keeps the citizen for what is left
// of the time, and the agent's page has only to come back.
func TestRestartMeanwhile(t *testing.T) {
	t.Parallel()
	for _, back := range []bool{true, false} {
		inReturnBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			b.desk("hoa")
			id, _ := b.talking()
			b.pageGone("lan")
			b.pass(5 * time.Second)
			b.restart()
			b.lineUp("hoa")
			require.Equal(t, call.Available, b.state("hoa"))
			require.Equal(t, id, b.kept("lan"))
			b.pass(10 * time.Second)
			if back {
				b.signIn("lan")
				b.answers(id, 2)
				require.Equal(t, call.AgentTalking, b.state("lan"))
			} else {
				b.pass(5 * time.Second)
				b.answers(id, 2)
				require.Equal(t, call.AgentTalking, b.state("hoa"))
			}
			b.hangsUp(string(id), causeNormal)
			b.nothingIsLeft()
		})
	}
}

// TestLostOverARestart: the browser went while the controller was away.
func TestLostOverARestart(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id, leg := b.talking()
		b.board.Stop()
		b.phones.leave(leg, 44)
		b.phones.takeEvents()
		b.comeBack()
		b.lineUp("hoa")
		b.onHold(id)
		b.signIn("lan")
		b.answers(id, 2)
		require.Equal(t, call.AgentTalking, b.state("lan"))
	})
}

// TestKeptForNobodyWhoTalks: an emergency waits as the agent is back, and goes first; the
// citizen who was kept goes to anybody at once.
func TestKeptForNobodyWhoTalks(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.pageGone("lan")
		urgent := b.enters()
		b.press(urgent, "22")
		b.signIn("lan")
		b.answers(urgent, 1)
		require.Equal(t, call.AgentTalking, b.state("lan"))
		require.Empty(t, b.kept("lan"))
		b.desk("hoa")
		b.answers(id, 2)
		require.Equal(t, call.AgentTalking, b.state("hoa"))
	})
}

// TestKeptCitizenChoosesEmergency: the key takes them out of the line for the agent.
func TestKeptCitizenChoosesEmergency(t *testing.T) {
	t.Parallel()
	inReturnBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.desk("hoa")
		b.pageGone("lan")
		b.press(id, "22")
		b.flush()
		require.Empty(t, b.kept("lan"))
		require.Equal(t, call.Reserved, b.state("hoa"))
	})
}

// TestCalledBackCitizenIsKept: one who was called back waits on the telephone like any
// other.
func TestCalledBackCitizenIsKept(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(d *Deps) { calledBack(d); d.Options.DeskReturn = 20 * time.Second }, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.asks(id)
		b.agentFree()
		_, citizen := b.isCalled(id, 1, 1)
		b.picksUp(citizen)
		b.flush()
		b.desk("hoa")
		b.pageGone("lan")
		require.Equal(t, 1, b.phones.count("play "+citizen+" "+string(id)+"-r1 vi/back_in_line"))
		require.Equal(t, id, b.kept("lan"))
		require.Equal(t, call.Available, b.state("hoa"))
		b.signIn("lan")
		desk := b.answers(id, unseen+2)
		require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(id)))
		b.hangsUp(citizen, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.Empty(t, b.kept("lan"))
		b.nothingIsLeft()
	})
}
