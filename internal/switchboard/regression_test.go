package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// Complaints about other systems that must not come true here. The number is the
// thread in which users report it. More of them stand beside what they are about:
// asterisk #1557 is TestAnsweredAndGone, Browser-Phone #267 (a reload kills the call)
// TestReplacedInConversation, SIP.js #1060 (two tabs) TestTwoSignInsAtOnce.

// asterisk #176: one caller answered by two agents at once.
func TestDoubleAnswer(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		id := b.inLine()
		first := b.rings(id, 1)
		b.silently(15 * time.Second) // lan lets it ring; the hang-up is not through yet
		b.flush()
		second := b.rings(id, 2)
		b.phones.set(func() { b.phones.legs[first] = &fakeLeg{rung: true, up: true} })
		b.tell(LegUp{Call: id, Leg: first}, LegUp{Call: id, Leg: second}, LegUp{Call: id, Leg: first})
		require.Equal(t, call.Talking, b.stage(id))
		require.ElementsMatch(t, []string{string(id), second}, b.phones.members(id.Bridge()))
		require.NotContains(t, b.phones.left(), first)
		require.Equal(t, call.AgentTalking, b.state("hoa"))
		require.Equal(t, call.Paused, b.state("lan"))
		require.Equal(t, 1, countKind(b, id, call.Connected{}.Kind()))
	})
}

// asterisk #1006: wrap-up ended early, and a call came three seconds after hanging up.
func TestWrapUpIsNotCutShort(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		first, leg := b.talking()
		second := b.inLine()
		b.hangsUp(leg, causeNormal)
		b.tell(LegGone{Call: first, Leg: leg, Cause: causeNormal}, LegGone{Call: first, Leg: string(first), Cause: causeNormal})
		b.lineDown("lan")
		b.lineUp("lan")
		b.pass(time.Minute - time.Millisecond)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.Equal(t, call.Waiting, b.stage(second))
		b.pass(time.Millisecond)
		require.Equal(t, call.Ringing, b.stage(second))
	})
}

// OpenACD #5: a burst of calls all picked the same first agent.
func TestBurst(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		agents := []call.AgentID{"lan", "hoa", "minh"}
		for _, agent := range agents {
			b.desk(agent)
		}
		for range 10 {
			b.inLine()
		}
		taken := map[call.AgentID]call.ID{}
		for _, c := range b.board.line.Snapshot().Calls {
			if c.Agent != "" {
				require.Empty(t, taken[c.Agent])
				taken[c.Agent] = c.Call
			}
		}
		require.Len(t, taken, 3)
		require.Equal(t, 3, b.phones.count("invite "))
	})
}

// OpenACD #6: registering again during an offer put the agent into "ring fail".
func TestSocketComesBackDuringAnOffer(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.lineDown("lan")
		b.lineUp("lan")
		require.Equal(t, call.AgentRinging, b.state("lan"))
		b.picksUp(leg)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// freeswitch #2540, #1062: agents stuck reserved, callers stuck trying, no error
// logged: whatever never comes.
func TestStuckReserved(t *testing.T) {
	t.Parallel()
	for name, upTo := range map[string]func(*bench, call.ID){
		"the leg never enters":    func(b *bench, _ call.ID) { b.phones.takeEvents() },
		"the desk never rings":    func(b *bench, _ call.ID) { b.flush() },
		"it rings and no more":    func(b *bench, id call.ID) { b.rings(id, 1) },
		"the invite hangs":        func(b *bench, _ call.ID) { b.flush() },
		"the leg's end is unsaid": func(b *bench, id call.ID) { b.phones.leave(b.rings(id, 1), 34); b.phones.takeEvents() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				if name == "the invite hangs" {
					b.phones.set(func() { b.phones.slow["invite"] = time.Hour })
				}
				b.desk("lan")
				id := b.enters()
				b.press(id, "31")
				b.phones.playOver(string(id), b.phones.leg(string(id)).play)
				b.tell(b.phones.takeEvents()[1:]...)
				upTo(b, id)
				b.silently(16 * time.Second)
				require.Equal(t, call.Paused, b.state("lan"))
				require.Equal(t, call.Waiting, b.stage(id))
				b.flush()
				b.phones.set(func() { clear(b.phones.slow) })
				b.desk("hoa")
				b.flush()
				b.answers(id, number(id, string(b.board.line.Snapshot().Calls[0].Offer)))
				require.Equal(t, call.Talking, b.stage(id))
				b.hangsUp(string(id), causeNormal)
				b.nothingIsLeft()
			})
		})
	}
}

// freeswitch #2529: the caller hung up, and the agent was still rung and heard silence.
// #1973: members listed hours after they hung up.
func TestNoZombieCaller(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.phones.set(func() { b.phones.refuse["hangup"] = errRefused })
		b.hangsUp(string(id), causeNormal)
		require.Empty(t, b.board.line.Snapshot().Calls)
		require.Equal(t, call.Available, b.state("lan"))
		b.phones.set(func() { clear(b.phones.refuse) })
		b.tell(LegUp{Call: id, Leg: leg}) // answered in the same moment
		b.pass(time.Second)
		require.Equal(t, call.Available, b.state("lan"))
		b.nothingIsLeft()
		state, _ := b.board.Desks().State("lan")
		require.Nil(t, state.Offer)
	})
}

// opensips #3123, #2530: an agent "in call" for ever when a BYE was lost.
func TestLostBye(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]func(*bench, call.ID, string){
		"the citizen's, found at the next connect": func(b *bench, id call.ID, _ string) {
			b.phones.leave(string(id), causeNormal)
			b.gap()
		},
		"the agent's, ended by the silence": func(b *bench, _ call.ID, leg string) { b.hangsUp(leg, 44) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id, leg := b.talking()
				lost(b, id, leg)
				require.NotEqual(t, call.AgentTalking, b.state("lan"))
				b.ready("lan")
				require.NotEqual(t, call.Paused, b.state("lan"))
				b.hangsUp(string(id), causeNormal)
				b.nothingIsLeft()
			})
		})
	}
}

// kazoo #6609: an agent who missed a call was out for ever.
func TestMissedIsNotForEver(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		b.rings(id, 1)
		b.pass(15 * time.Second)
		require.Equal(t, call.PauseRONA, b.reason("lan"))
		b.ready("lan")
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// wazo-calld #54, dograh #284: "channel not in Stasis": nothing is asked of a leg
// before it has entered.
func TestNothingBeforeTheLegHasEntered(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.inLine()
		b.desk("lan")
		require.Equal(t, 1, b.phones.count("invite "))
		require.Zero(t, b.phones.count("join ")+b.phones.count("ring "))
		b.flush()
		require.Equal(t, "join "+id.Bridge()+" "+string(id.Offer(1)), b.phones.last("join "))
		require.Equal(t, 1, b.phones.count("ring "))
	})
}

// amazon-connect-streams #386: after the computer slept the ring led nowhere and all
// calls were missed. One is, then the agent pauses.
func TestSleepingDesk(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		first, second := b.inLine(), b.inLine()
		b.pass(10 * time.Minute)
		require.Equal(t, 1, b.phones.count("invite "))
		require.Equal(t, call.Paused, b.state("lan"))
		require.Equal(t, call.Waiting, b.stage(first))
		require.Equal(t, call.Waiting, b.stage(second))
	})
}

// flex-project-template #290: an agent who was offline was flipped to available.
func TestOfflineStaysOffline(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.hangsUp(leg, causeNormal)
		b.lineDown("lan")
		b.pass(5 * time.Second)
		require.Equal(t, call.Offline, b.state("lan"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Ready: true}))
		b.pass(2 * time.Minute)
		require.Equal(t, call.Offline, b.state("lan"))
		require.Empty(t, b.board.line.Snapshot().Agents)
	})
}

// twilio-taskrouter.js #2: reservations in a loop while the device was not registered.
func TestNoLoopOfOffers(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.phones.set(func() { b.phones.refuse["invite"] = errRefused })
		b.desk("lan")
		id := b.inLine()
		b.pass(5 * time.Minute)
		require.Less(t, countKind(b, id, call.Offered{}.Kind()), 12)
		require.Equal(t, call.Waiting, b.stage(id))
	})
}

// zammad #2177: every agent saw every ring.
func TestOnlyTheChosenDeskIsTold(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.desk("hoa")
		events, cancel := b.board.Desks().Watch("hoa")
		defer cancel()
		<-events
		id, leg := b.talking()
		b.hangsUp(leg, causeNormal)
		synctest.Wait()
		require.Empty(t, events)
		require.Equal(t, call.Served, b.journal.outcome(id).Result)
	})
}

// opensips #2679: wrap-up timers ran only when the last agent ended. issabel #41:
// successful calls shown as abandoned.
func TestManyCallsEndAsTheyWere(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		agents := []call.AgentID{"lan", "hoa", "minh"}
		served := map[call.ID]string{}
		for i, agent := range agents {
			b.desk(agent)
			id := b.inLine()
			served[id] = b.answers(id, 1)
			b.pass(time.Duration(i) * time.Second)
		}
		lost := b.inLine()
		b.hangsUp(string(lost), causeNormal)
		for id, leg := range served {
			b.hangsUp(leg, causeNormal)
			require.Equal(t, call.Served, b.journal.outcome(id).Result)
			b.pass(10 * time.Second)
		}
		require.Equal(t, call.Abandoned, b.journal.outcome(lost).Result)
		b.pass(40 * time.Second)
		free := func() int {
			n := 0
			for _, agent := range agents {
				if b.state(agent) == call.Available {
					n++
				}
			}
			return n
		}
		require.Equal(t, 2, free(), "each after a minute of their own")
		b.pass(20 * time.Second)
		require.Equal(t, 3, free())
		b.nothingIsLeft()
	})
}
