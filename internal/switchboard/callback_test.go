package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// calledBack offers it from an expected wait of a minute on.
func calledBack(d *Deps) {
	d.Options.CallbackAfter = time.Minute
	d.Line.CallbackTries, d.Line.CallbackPause = 2, 5*time.Minute
}

const ownNumber = "vi/callback_number+vi/digit_0+vi/digit_9+vi/digit_0+vi/digit_8_end+vi/digit_1+vi/digit_2+vi/digit_3_end+" +
	"vi/digit_4+vi/digit_5+vi/digit_6_end+vi/callback_confirm"

// isOffered brings a citizen into the line behind an agent who is busy, and up to the
// offer to be called back.
func (b *bench) isOffered() (id call.ID) {
	b.desk("lan")
	b.talking()
	id = b.inLine()
	b.pass(5 * time.Second)
	require.Contains(b.t, b.hears(id), "+vi/comfort+vi/callback_offer")
	return id
}

// asks lets the citizen ask to be called back at their own number.
func (b *bench) asks(id call.ID) {
	b.press(id, "1")
	require.Equal(b.t, ownNumber, b.hears(id))
	b.press(id, "1")
	require.Equal(b.t, "vi/callback_ok+vi/goodbye", b.hears(id))
	require.Equal(b.t, call.Menu, b.stage(id))
	b.spoken(id)
	require.Equal(b.t, call.Outcome{Result: call.Callback, By: call.ByUs, Stage: call.Waiting}, b.journal.outcome(id))
	require.Zero(b.t, b.board.Calls()-1, "the other one talks")
}

// agentFree ends the conversation that goes on and makes the agent ready.
func (b *bench) agentFree() {
	b.hangsUp("t1-1764000000.1", causeNormal)
	b.ready("lan")
}

// isCalled lets the agent answer the offer of a callback, so that the citizen's
// telephone rings.
func (b *bench) isCalled(id call.ID, offer, try int) (desk, citizen string) {
	b.pass(5 * time.Second) // nobody is rung for a citizen who is being said goodbye to
	desk = b.answers(id, offer)
	citizen = outsideLeg(id, try)
	require.Equal(b.t, "outside "+citizen+" +84908123456 02741022", b.phones.last("outside"))
	require.True(b.t, b.phones.leg(citizen).rung)
	require.Equal(b.t, []string{desk, citizen}, b.phones.members(recallBridge(id)), "the agent hears it ring")
	require.Equal(b.t, call.AgentTalking, b.state("lan"))
	return desk, citizen
}

// TestCallback: asked for in line, at the place of before, agent first, and both talk.
func TestCallback(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.asks(id)
		b.pass(time.Minute)
		later := b.inLine()
		b.agentFree()
		desk, citizen := b.isCalled(id, 1, 1)
		require.Equal(t, call.Waiting, b.stage(later), "who came later waits on")
		b.pass(5 * time.Second)
		b.picksUp(citizen)
		b.flush()
		require.Equal(t, []string{desk, citizen}, b.phones.members(recallBridge(id)), "who answers leaves it for a moment")
		require.Equal(t, "lease "+citizen+" 29m55s", b.phones.last("lease"), "and may talk so long, by the policy")
		state, _ := b.board.Desks().State("lan")
		require.Equal(t, "+84908123456", state.Offer.Caller)
		require.Equal(t, "2632800002", state.Offer.Ticket)
		b.pass(time.Minute)
		b.hangsUp(desk, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Note: "đã gọi lại"}))
		b.flush()
		b.hangsUp(string(later), causeNormal)
		require.Equal(t, "callback_asked finished offered offer_rang offer_closed called_out connected callback_closed disconnected wrapped_up",
			b.after(id, "callback_asked"))
		require.Equal(t, 1, b.recordings.finished[id])
		require.Equal(t, []string{citizen}, b.recordings.outside, "the conversation is kept too")
		require.Empty(t, b.board.recalls)
		b.nothingIsLeft()
	})
}

// after is the story of a call from a kind of fact on.
func (b *bench) after(id call.ID, kind string) string {
	story, from := "", false
	for _, f := range b.journal.facts(id) {
		if from = from || f.Kind() == kind; from {
			story += " " + f.Kind()
		}
	}
	require.NotEmpty(b.t, story)
	return story[1:]
}

// TestAnotherNumber: entered digit by digit, with the emergency key alive until it
// begins; what cannot be called is told.
func TestAnotherNumber(t *testing.T) {
	t.Parallel()
	const read = "vi/callback_number+vi/digit_0+vi/digit_2+vi/digit_7+vi/digit_4_end+vi/digit_3+vi/digit_8+vi/digit_2+vi/digit_2_end+" +
		"vi/digit_2+vi/digit_2+vi/digit_2_end+vi/callback_confirm"
	for name, c := range map[string]struct{ keys, hears string }{
		"a number":                    {"302743822222#", read},
		"begun anew":                  {"30999*02743822222#", read},
		"none":                        {"3#", "vi/callback_wrong+vi/callback_enter"},
		"too short":                   {"30274#", "vi/callback_wrong+vi/callback_enter"},
		"foreign":                     {"30012125550123#", "vi/callback_wrong+vi/callback_enter"},
		"ours":                        {"302741022#", "vi/callback_wrong+vi/callback_enter"},
		"an emergency":                {"32", "vi/emg_menu"},
		"an emergency, number first":  {"30*2", "vi/emg_menu"},
		"an emergency, not confirmed": {"2", "vi/emg_menu"},
		"three that are none":         {"3###", "vi/callback_wrong+vi/comfort"},
		"anything else":               {"7", "vi/comfort"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
				id := b.isOffered()
				b.press(id, "1"+c.keys)
				require.Equal(t, c.hears, b.hears(id))
				require.NotContains(t, b.journal.kinds(id), "callback_asked")
				b.hangsUp(string(id), causeNormal)
				require.Equal(t, call.Abandoned, b.journal.outcome(id).Result)
			})
		})
	}
}

// TestSilenceInTheDialogue: a number after which nothing comes is complete; whoever
// says nothing waits on, on a lease and with music.
func TestSilenceInTheDialogue(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.press(id, "13")
		for _, d := range "0912345678" {
			b.press(id, string(d))
			b.pass(5 * time.Second)
		}
		b.pass(time.Second)
		require.Contains(t, b.hears(id), "vi/callback_number+vi/digit_0+vi/digit_9+vi/digit_1+vi/digit_2_end")
		b.pass(20 * time.Second)
		require.Equal(t, call.Waiting, b.stage(id))
		require.True(t, b.phones.leg(string(id)).music || b.hears(id) != "", "never dead air")
		b.pass(time.Hour)
		require.Equal(t, call.Waiting, b.stage(id))
	})
}

// TestHangsUpAtOnce: whoever has confirmed may hang up, and is called all the same.
func TestHangsUpAtOnce(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.press(id, "1")
		b.phones.leave(string(id), causeNormal)
		b.board.Signal(Digit{Call: id, Digit: '1'})
		b.flush()
		require.Equal(t, call.Outcome{Result: call.Callback, By: call.ByCitizen, Stage: call.Waiting}, b.journal.outcome(id))
		b.agentFree()
		_, citizen := b.isCalled(id, 1, 1)
		b.picksUp(citizen)
		b.hangsUp(citizen, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		b.nothingIsLeft()
	})
}

// TestAnswerInTheDialogue: an agent comes before a callback, whatever was pressed.
func TestAnswerInTheDialogue(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.press(id, "1")
		b.agentFree()
		leg := b.rings(id, 1)
		b.picksUp(leg)
		require.Equal(t, call.Talking, b.stage(id))
		b.press(id, "1")
		b.pass(time.Minute)
		require.Empty(t, b.hears(id))
		require.NotContains(t, b.journal.kinds(id), "callback")
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestAskedWhileRinging: the desk that rings falls silent, and then rings again to call
// the citizen.
func TestAskedWhileRinging(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.press(id, "1")
		b.agentFree()
		b.rings(id, 1)
		b.press(id, "1")
		require.Equal(t, "vi/callback_ok+vi/goodbye", b.hears(id))
		require.Equal(t, call.OfferRescinded, b.closed(id, 1))
		_, citizen := b.isCalled(id, 2, 1)
		b.hangsUp(string(id), causeNormal) // of the old call, in the goodbye
		require.Equal(t, call.Callback, b.journal.outcome(id).Result)
		b.picksUp(citizen)
		b.hangsUp(citizen, causeNormal)
		b.nothingIsLeft()
	})
}

// TestEmergencyAfterAsking: the emergency comes before the callback, which is off.
func TestEmergencyAfterAsking(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.press(id, "112")
		require.Equal(t, "vi/emg_menu", b.hears(id))
		b.press(id, "1")
		require.Contains(t, b.after(id, "callback_asked"), "callback_closed")
		b.agentFree()
		b.answers(id, number(id, string(b.board.line.Snapshot().Calls[0].Offer)))
		require.Equal(t, call.Talking, b.stage(id))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestNotReached: busy and no answer are tried again later, with the place kept, and
// not for ever; the agent is free each time.
func TestNotReached(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.asks(id)
		b.agentFree()
		_, citizen := b.isCalled(id, 1, 1)
		b.hangsUp(citizen, causeBusy)
		require.Equal(t, call.Available, b.state("lan"))
		again := time.Now().Add(5 * time.Minute)
		require.Contains(t, b.journal.facts(id), call.Fact(call.CallbackTried{Agent: "lan", How: call.CallbackBusy, Tries: 1, Again: again}))
		b.pass(5*time.Minute - time.Second)
		require.Equal(t, call.Available, b.state("lan"))
		b.pass(time.Second)
		b.isCalled(id, 2, 2)
		b.pass(ringOutside)
		require.Equal(t, call.Available, b.state("lan"))
		require.Contains(t, b.journal.facts(id), call.Fact(call.CallbackClosed{How: call.CallbackNoAnswer, Tries: 2}))
		require.Empty(t, b.board.recalls)
		b.nothingIsLeft()
	})
}

// TestSeveralCallbacksForOnePerson: the second wish is declined with a word, and that
// call waits on.
func TestSeveralCallbacksForOnePerson(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		first := b.isOffered()
		b.asks(first)
		second := b.inLine()
		b.pass(5 * time.Second)
		b.press(second, "11")
		require.Equal(t, "vi/callback_has+vi/comfort", b.hears(second))
		require.Equal(t, call.Waiting, b.stage(second))
		b.hangsUp(string(second), causeNormal)
		require.Equal(t, call.Abandoned, b.journal.outcome(second).Result)
		require.Len(t, b.board.recalls, 1)
		require.Len(t, b.board.line.Snapshot().Calls, 2, "one talks, one is called back")
	})
}

// TestCallbackDoesNotJumpTheLine (FreePBX #621, #525): whoever came before and waits on
// the telephone is served first.
func TestCallbackDoesNotJumpTheLine(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.talking()
		earlier := b.inLine()
		b.pass(time.Second)
		id := b.inLine()
		b.pass(5 * time.Second)
		b.press(id, "11")
		b.spoken(id)
		require.Equal(t, call.Callback, b.journal.outcome(id).Result)
		b.pass(10 * time.Minute)
		b.agentFree()
		require.Equal(t, call.Ringing, b.stage(earlier))
		require.NotContains(t, b.after(id, "callback_asked"), "offered")
		b.answers(earlier, 1)
		b.hangsUp(string(earlier), causeNormal)
		b.ready("lan")
		b.isCalled(id, 1, 1)
	})
}

// TestWithheldNumber is told that it cannot be called back; a browser is not offered it.
func TestWithheldNumber(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, overflowing(acd.Target{To: acd.ToCallback}), func(t *testing.T, b *bench) {
		for _, caller := range []string{"", "web:g1", "+12125550123"} {
			id := b.entersAs(caller)
			b.press(id, "31")
			b.spoken(id)
			b.pass(20 * time.Second)
			require.Equal(t, "vi/callback_hidden", b.hears(id))
			b.press(id, "1")
			require.Equal(t, call.Waiting, b.stage(id))
		}
		id := b.inLine()
		b.pass(20 * time.Second)
		require.Equal(t, "vi/callback_offer", b.hears(id))
		b.press(id, "1")
		require.Equal(t, ownNumber, b.hears(id))
	})
}

// TestDeskLostInACallback: before the citizen is reached another agent is rung; after
// it the citizen waits at the old place, with a word.
func TestDeskLostInACallback(t *testing.T) {
	t.Parallel()
	t.Run("while the telephone rings", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
			id := b.isOffered()
			b.asks(id)
			b.agentFree()
			_, citizen := b.isCalled(id, 1, 1)
			b.lineDown("lan")
			b.pass(6 * time.Second)
			require.NotContains(t, b.phones.left(), citizen, "nobody picks up into silence")
			b.desk("hoa")
			b.answers(id, 2)
			require.True(t, b.phones.leg(outsideLeg(id, 2)).rung)
		})
	})
	t.Run("in conversation", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
			id := b.isOffered()
			b.asks(id)
			b.agentFree()
			_, citizen := b.isCalled(id, 1, 1)
			b.picksUp(citizen)
			b.flush()
			b.lineDown("lan")
			b.pass(6 * time.Second)
			require.True(t, b.phones.leg(citizen).up)
			require.Equal(t, 1, b.phones.count("play "+citizen+" "+string(id)+"-r1 vi/back_in_line"))
			require.True(t, b.phones.leg(citizen).music)
			b.desk("hoa")
			desk := b.answers(id, number(id, string(b.board.line.Snapshot().Calls[0].Offer)))
			require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(id)))
			require.Equal(t, "nextpart "+citizen+" 2", b.phones.last("nextpart"), "the recording hears the other agent")
			require.False(t, b.phones.leg(citizen).music)
			b.hangsUp(citizen, causeNormal)
			require.Equal(t, call.WrapUp, b.state("hoa"))
			b.nothingIsLeft()
		})
	})
}

// TestRestartWithCallbacks: who is to be called back is called at the old place, tries
// are not forgotten, and a conversation goes on.
func TestRestartWithCallbacks(t *testing.T) {
	t.Parallel()
	t.Run("in line", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
			id := b.isOffered()
			b.asks(id)
			later := b.inLine()
			b.restart()
			require.Len(t, b.board.recalls, 1)
			b.lineUp("lan")
			b.agentFree()
			b.isCalled(id, 1, 1)
			b.killed(func() {})
			b.lineUp("lan")
			b.flush()
			require.NotContains(t, b.phones.left(), outsideLeg(id, 1))
			b.ready("lan")
			b.isCalled(id, 2, 2) // the leg of before is on its way out
			b.hangsUp(string(later), causeNormal)
			b.hangsUp(outsideLeg(id, 2), causeBusy)
			b.restart()
			b.lineUp("lan")
			b.ready("lan")
			b.pass(4 * time.Minute)
			require.Equal(t, 2, b.phones.count("outside"))
			b.pass(time.Minute)
			_, citizen := b.isCalled(id, 3, 3)
			b.hangsUp(citizen, causeBusy)
			require.Contains(t, b.journal.facts(id), call.Fact(call.CallbackClosed{How: call.CallbackBusy, Tries: 2}))
		})
	})
	t.Run("in conversation", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
			id := b.isOffered()
			b.asks(id)
			b.agentFree()
			desk, citizen := b.isCalled(id, 1, 1)
			b.picksUp(citizen)
			b.flush()
			b.killed(func() {})
			b.lineUp("lan")
			require.Equal(t, call.AgentTalking, b.state("lan"))
			require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(id)))
			b.hangsUp(citizen, causeNormal)
			require.Equal(t, call.WrapUp, b.state("lan"))
			b.nothingIsLeft()
			b.restart()
			require.Empty(t, b.board.recalls, "it is over")
		})
	})
}
