package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// TestWholeCall: a citizen presses keys, waits, talks to an agent who hangs up and
// writes the form.
func TestWholeCall(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		events, cancel := b.board.Desks().Watch("lan")
		defer cancel()
		require.IsType(t, DeskMoved{}, <-events) // the present state

		id := b.enters()
		traffic := call.Topic{Group: call.Field, Field: "traffic"}
		require.Equal(t, "vi/greet+vi/greet_emergency+vi/other_language+vi/main_menu", b.hears(id))
		b.press(id, "3")
		require.Equal(t, "vi/group3", b.hears(id))
		b.press(id, "1")
		require.Equal(t, "vi/recording+vi/transfer", b.hears(id))
		require.Equal(t, call.Ringing, b.stage(id), "nobody waits for a prompt")
		b.spoken(id)
		require.True(t, b.phones.leg(string(id)).music)
		require.Equal(t, call.Reserved, b.state("lan"))

		leg := b.rings(id, 1)
		require.Equal(t, call.AgentRinging, b.state("lan"))
		require.Equal(t, []string{leg}, b.phones.members(id.Bridge()), "the bridge stands before the answer")
		<-time.After(2 * time.Second)
		b.picksUp(leg)
		require.Equal(t, call.Talking, b.stage(id))
		require.Equal(t, call.AgentTalking, b.state("lan"))
		require.ElementsMatch(t, []string{leg, string(id)}, b.phones.members(id.Bridge()))
		require.False(t, b.phones.leg(string(id)).music)
		require.Zero(t, b.phones.leg(string(id)).leased, "a conversation carries no lease")

		<-time.After(time.Minute)
		b.hangsUp(leg, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		b.nothingIsLeft()
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Topic: traffic, Note: "đèn hỏng", Ready: true}))
		synctest.Wait()
		require.Equal(t, call.Available, b.state("lan"))

		offer := id.Offer(1)
		require.Equal(t, []call.Fact{
			call.Arrived{Caller: "+84908123456", Dialed: "1022", Ticket: "2632800001", Language: call.Vietnamese},
			call.MenuEntered{Node: "main"},
			call.Greeted{},
			call.KeyPressed{Node: "main", Digit: "3", Accepted: true},
			call.MenuEntered{Node: "field"},
			call.KeyPressed{Node: "field", Digit: "1", Accepted: true},
			call.MenuEntered{Node: "field_traffic"},
			call.Queued{Queue: "field", Topic: traffic},
			call.Offered{Offer: offer, Agent: "lan"},
			call.OfferRang{Offer: offer, Agent: "lan"},
			call.OfferClosed{Offer: offer, Agent: "lan", How: call.OfferAccepted},
			call.Connected{Offer: offer, Agent: "lan"},
			call.Disconnected{Offer: offer, Agent: "lan", Why: "agent_hung_up"},
			call.Finished{Outcome: call.Outcome{Result: call.Served, By: call.ByAgent, Stage: call.Talking}},
			call.WrappedUp{Agent: "lan", Topic: traffic, Note: "đèn hỏng"},
		}, b.journal.facts(id))
		require.Equal(t, map[call.ID]int{id: 1}, b.recordings.finished)

		// The line tells the states, the call's owner the rest.
		states, rest := told(events)
		require.Equal(t, []call.AgentState{call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp, call.Available}, states)
		require.Equal(t, []string{"offer", "connected", "ended agent_hung_up"}, rest)
	})
}

// told is what a page was told up to now: the agent's states, and everything else.
func told(events <-chan DeskEvent) (states []call.AgentState, rest []string) {
	for len(events) > 0 {
		switch e := (<-events).(type) {
		case DeskMoved:
			states = append(states, e.State.State)
		case DeskOffer:
			rest = append(rest, "offer")
		case DeskOfferClosed:
			rest = append(rest, "offer_closed "+string(e.How))
		case DeskConnected:
			rest = append(rest, "connected")
		case DeskEnded:
			rest = append(rest, "ended "+e.Why)
		case DeskSignedOut:
			rest = append(rest, "signed_out "+e.Why)
		}
	}
	return states, rest
}

// TestCitizenHangsUp at every point: everything that was made for them goes, nobody
// stays reserved, and the outcome says where it was.
func TestCitizenHangsUp(t *testing.T) {
	t.Parallel()
	abandoned := func(in call.Stage) call.Outcome {
		return call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: in}
	}
	for name, c := range map[string]struct {
		upTo    func(*bench) call.ID
		outcome call.Outcome
		agent   call.AgentState
	}{
		"in the menu": {
			func(b *bench) call.ID { return b.enters() }, abandoned(call.Menu), call.Available,
		},
		"in line": {
			func(b *bench) call.ID {
				require.NoError(b.t, b.board.Desks().Pause(b.ctx, "lan", "lunch"))
				return b.inLine()
			},
			abandoned(call.Waiting), call.Paused,
		},
		"before the desk rings": {
			func(b *bench) call.ID { return b.inLine() }, abandoned(call.Ringing), call.Available,
		},
		"while it rings": {
			func(b *bench) call.ID {
				id := b.inLine()
				b.rings(id, 1)
				return id
			},
			abandoned(call.Ringing), call.Available,
		},
		"in conversation": {
			func(b *bench) call.ID {
				id, _ := b.talking()
				return id
			},
			call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, call.WrapUp,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id := c.upTo(b)
				b.hangsUp(string(id), causeNormal)
				require.Equal(t, c.outcome, b.journal.outcome(id))
				require.Equal(t, c.agent, b.state("lan"))
				b.nothingIsLeft()
				require.NotContains(t, b.phones.asked, "hangup "+string(id), "who has gone is not hung up")
				state, _ := b.board.Desks().State("lan")
				require.Nil(t, state.Offer)
			})
		})
	}
}

// TestCitizenLeavesInTheMomentOfTheAnswer: whichever of the two is heard first, there
// was no conversation, the agent is free at once, and nobody hears silence.
func TestCitizenLeavesInTheMomentOfTheAnswer(t *testing.T) {
	t.Parallel()
	t.Run("the answer first", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.inLine()
			leg := b.rings(id, 1)
			b.phones.leave(string(id), causeNormal)
			b.tell(append([]Signal{LegUp{Call: id, Leg: leg}}, b.phones.takeEvents()...)...)
			b.flush()
			require.Equal(t, call.Abandoned, b.journal.outcome(id).Result)
			require.Equal(t, call.Available, b.state("lan"), "there was nobody to talk to")
			b.nothingIsLeft()
		})
	})
	t.Run("the answer decided, the citizen gone in Asterisk and not told", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.inLine()
			leg := b.rings(id, 1)
			b.phones.leave(string(id), causeNormal)
			b.tell(LegUp{Call: id, Leg: leg})
			require.NotContains(t, b.journal.kinds(id), "connected")
			b.flush()
			require.Equal(t, call.Abandoned, b.journal.outcome(id).Result)
			require.Equal(t, call.Available, b.state("lan"))
			b.nothingIsLeft()
		})
	})
	t.Run("the hang-up first", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.inLine()
			leg := b.rings(id, 1)
			b.hangsUp(string(id), causeNormal)
			b.tell(LegUp{Call: id, Leg: leg})
			require.Equal(t, call.Available, b.state("lan"))
			b.nothingIsLeft()
		})
	})
}

// TestGoodbye: the menus answer and hang up.
func TestGoodbye(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		b.press(id, "4#")
		require.Equal(t, "vi/goodbye", b.hears(id))
		b.spoken(id)
		require.Equal(t, call.Outcome{Result: call.SelfServed, By: call.ByUs, Stage: call.Menu}, b.journal.outcome(id))
		b.nothingIsLeft()
	})
}

// TestTakenBack: a citizen whom the dialplan has is not hung up by us, whatever we had
// begun for them.
func TestTakenBack(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		b.rings(id, 1)
		b.hangsUp(string(id), causeTakenBack)
		require.Equal(t, call.Outcome{Result: call.Failed, By: call.ByUs, Stage: call.Ringing, Detail: "the lease ran out"}, b.journal.outcome(id))
		require.NotContains(t, b.phones.asked, "hangup "+string(id), "the survival dialplan has the citizen")
		require.Equal(t, call.Available, b.state("lan"))
		b.nothingIsLeft()
	})
}
