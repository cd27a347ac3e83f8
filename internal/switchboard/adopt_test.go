package switchboard

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// killed ends the controller as kill -9 does, as far as Asterisk and the journal can
// see: nobody says goodbye. What the phones tell meanwhile is lost.
func (b *bench) killed(meanwhile func()) {
	b.board.Stop()
	meanwhile()
	b.phones.takeEvents()
	b.comeBack()
}

// TestRestartInTheMenu: the menu is said again, without a second greeting, in the
// language that was chosen.
func TestRestartInTheMenu(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		first := b.enters()
		b.press(first, "9")
		group := b.enters()
		b.press(group, "3")
		b.spoken(group)
		fresh := b.enters()
		b.killed(func() { b.phones.set(func() { b.phones.legs[string(group)].play = "" }) })

		require.Equal(t, "en/main_menu+en/other_language", b.hears(first))
		require.Equal(t, "vi/group3", b.hears(group))
		require.Equal(t, "vi/main_menu+vi/other_language", b.hears(fresh))
		b.press(first, "2")
		require.Equal(t, "en/emg_menu", b.hears(first))
		for _, id := range []call.ID{first, group, fresh} {
			require.NotContains(t, b.journal.kinds(id)[1:], "arrived")
		}
		require.Contains(t, b.journal.events[len(b.journal.events)-1].Fact.Kind(), "menu_entered")
	})
}

// TestRestartInThePrompt: what was being said is stopped, so that the emergency key is
// heard and answered at once; its end, told late, is not taken for another's.
func TestRestartInThePrompt(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		for range playbacks + 3 { // so that the ids of playbacks have come round
			b.press(id, "*")
			b.flush()
		}
		began := time.Now()
		b.board.Stop()
		b.phones.takeEvents()
		b.comeBack()
		again := b.hears(id)
		require.Equal(t, "vi/main_menu+vi/other_language", again)
		b.flush()
		require.Equal(t, again, b.hears(id))
		b.press(id, "2")
		require.Equal(t, "vi/emg_menu", b.hears(id))
		require.Equal(t, began, time.Now(), "nothing waited")
	})
}

// TestRestartInLine: the citizen keeps the place and hears nothing but the music, and
// the emergency key is alive.
func TestRestartInLine(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		first := b.inLine()
		b.pass(time.Minute)
		second := b.inLine()
		b.pass(time.Minute)
		n := len(b.phones.asked)
		b.killed(func() {})
		asked, _ := b.phones.since(n)
		asked = slices.DeleteFunc(asked, func(request string) bool { return strings.HasPrefix(request, "stop ") })
		require.ElementsMatch(t, []string{
			fmt.Sprintf("lease %s 15s", first), fmt.Sprintf("music %s true", first),
			fmt.Sprintf("lease %s 15s", second), fmt.Sprintf("music %s true", second),
		}, asked)
		calls := b.board.line.Snapshot().Calls
		require.Equal(t, []call.ID{first, second}, []call.ID{calls[0].Call, calls[1].Call})
		require.Equal(t, time.Minute, calls[1].Arrived.Sub(calls[0].Arrived))

		b.press(second, "5")
		require.Equal(t, call.Waiting, b.stage(second))
		b.press(second, "2")
		require.Equal(t, "vi/emg_menu", b.hears(second))
		b.press(second, "1")
		b.desk("lan")
		b.flush()
		require.Equal(t, call.Ringing, b.stage(second))
		require.Equal(t, call.Waiting, b.stage(first))
	})
}

// TestRestartInTheEmergencyLine: the key does not throw the citizen out of it.
func TestRestartInTheEmergencyLine(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		ordinary := b.inLine()
		urgent := b.enters()
		b.press(urgent, "21")
		b.killed(func() {})
		b.press(urgent, "2")
		require.Equal(t, call.Waiting, b.stage(urgent))
		b.desk("lan")
		b.flush()
		require.Equal(t, call.Ringing, b.stage(urgent))
		require.Equal(t, call.Waiting, b.stage(ordinary))
	})
}

// TestRestartWithOtherConfiguration: the queue and the place in the menus are no more.
// The citizen still waits, in the old order, and the emergency key is alive.
func TestRestartWithOtherConfiguration(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		first := b.inLine()
		b.pass(time.Second)
		menu := b.enters()
		b.press(menu, "4")
		second := b.inLine()
		b.board.Stop()
		for i, e := range b.journal.events { // as a controller with other files wrote it
			switch f := e.Fact.(type) {
			case call.Queued:
				f.Queue = "closed"
				b.journal.events[i].Fact = f
			case call.MenuEntered:
				f.Node = "renamed_" + f.Node
				b.journal.events[i].Fact = f
			}
		}
		b.comeBack()
		require.Contains(t, b.hears(menu), "main_menu")
		calls := b.board.line.Snapshot().Calls
		require.Equal(t, []call.ID{first, second}, []call.ID{calls[0].Call, calls[1].Call})
		require.False(t, calls[0].Arrived.IsZero())
		b.press(first, "3")
		require.Equal(t, call.Waiting, b.stage(first))
		b.press(first, "2")
		require.Equal(t, "vi/emg_menu", b.hears(first))
		b.desk("lan")
		state, _ := b.board.Desks().State("lan")
		require.Equal(t, call.Topic{Group: call.Field, Field: "traffic"}, state.Offer.Topic)
		b.pass(time.Minute)
		require.Less(t, len(b.phones.asked), 200)
	})
}

// TestRestartWhileRinging: the old leg goes, the offer is closed, and the citizen is
// offered anew under another id.
func TestRestartWhileRinging(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.killed(func() {})
		require.Equal(t, call.OfferRescinded, b.closed(id, 1))
		require.NotContains(t, b.phones.left(), leg)
		require.Equal(t, call.Waiting, b.stage(id))
		require.Equal(t, call.Waiting, b.journal.history(t)[id].Stage)
		b.lineUp("lan") // it was ready before
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestRestartLosesTheLastFacts: an offer that never reached the disk. Its leg goes and
// its number is not used again.
func TestRestartLosesTheLastFacts(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.inLine()
		facts := len(b.journal.events)
		b.desk("lan")
		leg := b.rings(id, 1)
		b.board.Stop()
		b.journal.events = b.journal.events[:facts]
		b.comeBack()
		require.NotContains(t, b.phones.left(), leg)
		b.lineUp("lan")
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestRestartInTheMomentOfTheAnswer: the agent picked up while nobody was there, or had
// been accepted and not joined: the two are brought together.
func TestRestartInTheMomentOfTheAnswer(t *testing.T) {
	t.Parallel()
	for name, accepted := range map[string]bool{"answered meanwhile": false, "accepted before": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id := b.inLine()
				leg := b.rings(id, 1)
				b.board.Stop()
				b.phones.set(func() { b.phones.legs[leg].up = true })
				if accepted {
					b.journal.Append(id, call.OfferClosed{Offer: id.Offer(1), Agent: "lan", How: call.OfferAccepted})
				}
				b.comeBack()
				require.Equal(t, call.Talking, b.stage(id))
				require.Equal(t, call.OfferAccepted, b.closed(id, 1))
				require.ElementsMatch(t, []string{string(id), leg}, b.phones.members(id.Bridge()))
				require.Equal(t, call.AgentTalking, b.state("lan"))
				require.False(t, b.phones.leg(string(id)).music)
				require.Zero(t, b.phones.leg(string(id)).leased)
				require.Contains(t, b.journal.kinds(id), "connected")
				b.lineUp("lan")
				b.hangsUp(leg, causeNormal)
				require.Equal(t, call.WrapUp, b.state("lan"))
				b.nothingIsLeft()
			})
		})
	}
}

// TestRestartInConversation: it goes on, with the agent talking and no lease; the form
// is taken after it.
func TestRestartInConversation(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.pass(time.Minute)
		n := len(b.phones.asked)
		b.killed(func() {})
		require.Equal(t, call.Talking, b.stage(id))
		require.Equal(t, call.AgentTalking, b.state("lan"))
		asked, _ := b.phones.since(n)
		require.NotContains(t, asked, fmt.Sprintf("join %s %s", id.Bridge(), id), "whoever talks is left alone")
		require.Equal(t, 1, countKind(b, id, call.Connected{}.Kind()))

		b.pass(10 * time.Second) // softphones take a while to come back
		require.Equal(t, call.Talking, b.stage(id))
		b.lineUp("lan")
		b.pass(time.Minute)
		require.Equal(t, call.Talking, b.stage(id))
		b.hangsUp(string(id), causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Ready: true}))
		synctest.Wait()
		require.Equal(t, call.Available, b.state("lan"))
		require.Equal(t, call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, b.journal.outcome(id))
		b.nothingIsLeft()
	})
}

func countKind(b *bench, id call.ID, kind string) int {
	n := 0
	for _, f := range b.journal.facts(id) {
		if f.Kind() == kind {
			n++
		}
	}
	return n
}

// TestRestartJustConnected: we were ended between the joining and the end of the lease,
// which must not cut the conversation.
func TestRestartJustConnected(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.phones.set(func() { b.phones.refuse["lease"] = errRefused })
		b.picksUp(leg)
		b.phones.set(func() { clear(b.phones.refuse) })
		b.killed(func() {})
		b.lineUp("lan")
		b.pass(time.Minute)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestRestartWithTheAgentGone: the citizen who is still there has the old place.
func TestRestartWithTheAgentGone(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		queued := b.journal.history(t)[id].QueuedAt
		b.pass(time.Minute)
		b.killed(func() { b.phones.leave(leg, causeNormal) })
		require.Equal(t, call.Waiting, b.stage(id))
		require.Equal(t, "vi/back_in_line", b.hears(id))
		require.Equal(t, queued, b.board.line.Snapshot().Calls[0].Arrived)
		require.Equal(t, 1, countKind(b, id, call.Disconnected{}.Kind()))
		b.lineUp("lan")
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestRestartWithoutTheDesk: the agent has not signed in again; the conversation goes
// on, and they are offline after it.
func TestRestartWithoutTheDesk(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.store.saved = map[call.AgentID]SavedDesk{}
		b.killed(func() {})
		require.Equal(t, call.Talking, b.stage(id))
		b.hangsUp(leg, causeNormal)
		require.Empty(t, b.board.line.Snapshot().Agents)
		b.nothingIsLeft()
	})
}

// TestRestartFindsCallsLost: they are closed, as what they were; what is unknown counts
// against us.
func TestRestartFindsCallsLost(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		talking, leg := b.talking()
		waiting, menu := b.inLine(), b.enters()
		b.killed(func() {
			for _, gone := range []string{string(talking), string(waiting), string(menu)} {
				b.phones.leave(gone, causeNormal)
			}
		})
		detail := "ended while the controller was away"
		require.Equal(t, call.Outcome{Result: call.Served, By: call.ByUs, Stage: call.Talking, Detail: detail}, b.journal.outcome(talking))
		require.Equal(t, call.Outcome{Result: call.Failed, By: call.ByUs, Stage: call.Waiting, Detail: detail}, b.journal.outcome(waiting))
		require.Equal(t, call.Outcome{Result: call.Failed, By: call.ByUs, Stage: call.Menu, Detail: detail}, b.journal.outcome(menu))
		require.NotContains(t, b.phones.left(), leg)
		require.Equal(t, map[call.ID]int{talking: 1, waiting: 1, menu: 1}, b.recordings.finished)
		b.nothingIsLeft()
		require.Equal(t, call.Paused, b.state("lan"))
	})
}

// TestRestartSweeps: legs and bridges that belong to nobody; not those of the living.
func TestRestartSweeps(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.killed(func() {
			b.phones.set(func() {
				for _, orphan := range []string{"t1-1700000000.7-o1", "t1-1700000000.8-o12", string(id.Offer(7))} {
					b.phones.legs[orphan] = &fakeLeg{}
				}
				b.phones.bridges["t1-1700000000.7-b"] = nil
			})
			b.phones.set(func() { b.phones.refuse["hangup"] = errRefused })
		})
		b.phones.set(func() { clear(b.phones.refuse) })
		b.pass(5 * time.Second)
		require.Equal(t, []string{string(id), id.Bridge(), leg}, b.phones.left())
	})
}

// TestStrangerIsTakenOn: a citizen of whom the journal knows nothing begins anew, and
// legs that may be theirs go.
func TestStrangerIsTakenOn(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, _ := b.talking()
		b.board.Stop()
		b.journal.events = nil
		b.comeBack()
		require.Contains(t, b.hears(id), "vi/greet")
		require.Equal(t, []string{string(id), id.Bridge()}, b.phones.left())
		require.Contains(t, b.journal.kinds(id), "arrived")
		first := b.journal.events[0]
		require.Equal(t, call.Restarted{Adopted: []call.ID{id}}, first.Fact)
		require.Empty(t, first.Call)
	})
}

// TestAdoptedOnce: an entering that was on its way when the truth was read is the same
// citizen.
func TestAdoptedOnce(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		b.board.Stop()
		b.comeBack()
		b.tell(CitizenEntered{Call: id, Caller: "+84908123456"})
		require.Equal(t, 1, b.board.Calls())
		require.Equal(t, 1, countKind(b, id, call.Arrived{}.Kind()))
	})
}

// TestAccountsAreNoReasonToWait: desks' accounts that Asterisk refuses, or is long in
// making, keep no citizen from being taken on.
func TestAccountsAreNoReasonToWait(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		b.phones.set(func() { b.phones.refuse["add"] = errRefused; clear(b.phones.phones) })
		b.gap()
		require.Equal(t, call.Ringing, b.stage(id))
		b.phones.set(func() { clear(b.phones.refuse) })
		b.gap()
		require.Contains(t, b.phones.phones, b.keys["lan"].SIPUser, "an Asterisk that was started anew gets them again")
		b.phones.set(func() { b.phones.slow["add"] = time.Hour })
		began := time.Now()
		b.gap()
		require.Equal(t, began, time.Now())
	})
}

// TestRestartAfterTheEnd: a citizen whose call has ended, but whose hang-up had not gone
// through when the controller was killed, is hung up and does not begin a second call under
// the same id.
func TestRestartAfterTheEnd(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		entered := *b.phones.leg(string(id)).citizen
		b.phones.set(func() { b.phones.refuse["hangup"] = errRefused })
		b.press(id, "4#")
		b.spoken(id)
		require.Equal(t, call.SelfServed, b.journal.outcome(id).Result)
		b.board.Stop()
		b.phones.set(func() { clear(b.phones.refuse) })
		b.comeBack()
		b.tell(entered)
		b.flush()
		require.Equal(t, 1, strings.Count(b.journal.kinds(id), "arrived"))
		b.nothingIsLeft()
	})
}

// TestRestartInTheGoodbye: a citizen who is to be called back, and hears goodbye once more,
// is not called before that is over.
func TestRestartInTheGoodbye(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, calledBack, func(t *testing.T, b *bench) {
		id := b.isOffered()
		b.press(id, "11")
		require.Equal(t, "vi/callback_ok+vi/goodbye", b.hears(id))
		b.agentFree()
		b.killed(func() {})
		b.lineUp("lan")
		require.Equal(t, "vi/goodbye", b.hears(id))
		b.silently(playSlack)
		require.NotContains(t, b.after(id, "callback_asked"), "offered", "nobody is rung for it")
		b.pass(5 * time.Second)
		require.Equal(t, call.Ended, b.stage(id))
		require.Equal(t, "callback_asked finished offered", b.after(id, "callback_asked"))
	})
}

// TestRestartAfterACallbackWasCalledOff: its bridge does not outlive it, though the citizen
// who called it off is still there.
func TestRestartAfterACallbackWasCalledOff(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		id := b.enters()
		b.killed(func() { b.phones.set(func() { b.phones.bridges[recallBridge(id)] = []string{} }) })
		require.Equal(t, call.Menu, b.stage(id))
		require.Equal(t, []string{string(id)}, b.phones.left())
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}
