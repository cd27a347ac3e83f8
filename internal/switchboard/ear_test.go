package switchboard

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

func (f *fakePhones) Listen(ctx context.Context, leg, snoopLeg string) error {
	return f.snoop(ctx, "listen", leg, snoopLeg)
}

func (f *fakePhones) Whisper(ctx context.Context, leg, snoopLeg string) error {
	return f.snoop(ctx, "whisper", leg, snoopLeg)
}

func (f *fakePhones) snoop(ctx context.Context, verb, leg, snoopLeg string) error {
	return f.do(ctx, fmt.Sprintf("%s %s %s", verb, leg, snoopLeg), func() error {
		if f.legs[leg] == nil || f.legs[snoopLeg] != nil {
			return ErrGone
		}
		f.legs[snoopLeg] = &fakeLeg{up: true, hears: leg, whisper: verb == "whisper"}
		id, _ := call.Of(snoopLeg)
		f.tell(LegEntered{Call: id, Leg: snoopLeg})
		return nil
	})
}

// ears signs supervisors in whose sockets are open.
func (b *bench) ears(supervisors ...call.AgentID) {
	for _, by := range supervisors {
		c, err := b.board.Ears().SignIn(b.ctx, by)
		require.NoError(b.t, err)
		b.keys[by] = c
		_, ok := b.board.Ears().LineUp(c.Key)
		require.True(b.t, ok)
	}
}

func (b *bench) ear(by call.AgentID) EarState {
	synctest.Wait()
	state, _, _ := b.board.Ears().State(by)
	return state
}

// hearsAgent lets the supervisor's softphone ring and answer.
func (b *bench) hearsAgent(id call.ID, by, agent call.AgentID, whisper bool) call.EarID {
	require.NoError(b.t, b.board.Ears().Listen(by, agent, whisper))
	synctest.Wait()
	b.flush()
	x := id.Ear(b.board.Ears().last)
	require.Equal(b.t, EarRinging, b.ear(by).Doing)
	b.picksUp(string(x))
	b.flush()
	return x
}

func TestSupervisorListensWhispersAndStops(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.ears("hoa")
		require.ErrorIs(t, b.board.Ears().Listen("hoa", "lan", false), ErrNotTalking)
		id, agent := b.talking()
		require.ErrorIs(t, b.board.Ears().Listen("lan", "lan", false), ErrYourself)
		require.ErrorIs(t, b.board.Ears().Listen("tu", "lan", false), ErrNotSignedIn)
		together := b.phones.members(id.Bridge())

		x := b.hearsAgent(id, "hoa", "lan", false)
		require.Equal(t, []string{string(x), x.Snoop(1)}, b.phones.members(x.Bridge()))
		require.Equal(t, agent, b.phones.leg(x.Snoop(1)).hears)
		require.False(t, b.phones.leg(x.Snoop(1)).whisper)
		state := b.ear("hoa")
		require.Equal(t, EarState{Doing: EarListening, Since: state.Since, Agent: "lan", Call: id}, state)

		require.NoError(t, b.board.Ears().Listen("hoa", "lan", true))
		synctest.Wait()
		b.flush()
		require.Equal(t, []string{string(x), x.Snoop(2)}, b.phones.members(x.Bridge()), "never both at once")
		require.True(t, b.phones.leg(x.Snoop(2)).whisper)
		require.Equal(t, EarWhispering, b.ear("hoa").Doing)

		<-b.board.Ears().End("hoa", call.ListenStopped)
		<-b.board.Ears().End("hoa", call.ListenStopped)
		b.flush()
		require.Equal(t, call.ListenStopped, b.ear("hoa").Ended)
		require.Equal(t, together, b.phones.members(id.Bridge()), "the call has noticed nothing")
		require.Equal(t, call.Talking, b.stage(id))
		require.Len(t, b.phones.left(), 3)

		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
		require.Equal(t, []call.Fact{
			call.Listened{By: "hoa", Agent: "lan"}, call.Listened{By: "hoa", Agent: "lan", Whisper: true},
			call.ListenEnded{By: "hoa", Agent: "lan", Why: call.ListenStopped},
		}, b.heardOf(id))
	})
}

// heardOf is what the journal says of supervisors' listening.
func (b *bench) heardOf(id call.ID) []call.Fact {
	var facts []call.Fact
	for _, fact := range b.journal.facts(id) {
		switch fact.(type) {
		case call.Listened, call.ListenEnded:
			facts = append(facts, fact)
		}
	}
	return facts
}

func TestListeningEndsWithTheConversation(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.ears("hoa", "binh")
		id, leg := b.talking()
		b.hearsAgent(id, "hoa", "lan", true)
		b.hearsAgent(id, "binh", "lan", false)
		b.hangsUp(leg, causeNormal)
		b.flush()
		for _, by := range []call.AgentID{"hoa", "binh"} {
			require.Equal(t, call.ListenAgentLeft, b.ear(by).Ended)
		}
		b.nothingIsLeft()
	})
}

func TestSupervisorsPhoneEndsOnlyTheListening(t *testing.T) {
	t.Parallel()
	ends := map[string]func(*bench, call.EarID){
		"hangs up":   func(b *bench, x call.EarID) { b.hangsUp(string(x), causeNormal) },
		"vanishes":   func(b *bench, x call.EarID) { b.hangsUp(string(x), 44) },
		"signs out":  func(b *bench, _ call.EarID) { b.board.Ears().SignOut("hoa"); b.board.Ears().SignOut("hoa") },
		"signs in":   func(b *bench, _ call.EarID) { b.ears("hoa") },
		"barges":     func(b *bench, _ call.EarID) { <-b.board.Ears().End("hoa", call.ListenBarged) },
		"other call": func(b *bench, x call.EarID) { b.hangsUp(x.Snoop(1), causeNormal) },
		"is refused": func(b *bench, _ call.EarID) {
			b.phones.set(func() { b.phones.refuse["whisper"] = errRefused })
			require.NoError(b.t, b.board.Ears().Listen("hoa", "lan", true))
			synctest.Wait()
			b.phones.set(func() { clear(b.phones.refuse) })
		},
		"is deaf": func(b *bench, _ call.EarID) { // and what was heard by stays for a while
			b.phones.set(func() { b.phones.refuse["hangup"] = errRefused })
			require.NoError(b.t, b.board.Ears().Listen("hoa", "lan", true))
			synctest.Wait()
			b.flush()
			b.phones.set(func() { clear(b.phones.refuse) })
			b.pass(2 * time.Second)
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				b.ears("hoa")
				id, leg := b.talking()
				x := b.hearsAgent(id, "hoa", "lan", false)
				end(b, x)
				synctest.Wait()
				b.flush()
				require.ElementsMatch(t, []string{string(id), leg, id.Bridge()}, b.phones.left())
				require.Equal(t, call.Talking, b.stage(id))
				require.Len(t, b.heardOf(id), 2)
			})
		})
	}
}

// TestPhoneThatDoesNotAnswer: it stops to ring, and the conversation was never heard.
func TestPhoneThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.ears("hoa")
		id, leg := b.talking()
		require.NoError(t, b.board.Ears().Listen("hoa", "lan", false))
		synctest.Wait()
		b.pass(earAnswers + time.Second)
		require.Equal(t, call.ListenPhoneGone, b.ear("hoa").Ended)
		require.ElementsMatch(t, []string{string(id), leg, id.Bridge()}, b.phones.left())
		require.Empty(t, b.heardOf(id))

		// What is never told of a leg is given up, and hung up when it comes after all.
		require.NoError(t, b.board.Ears().Listen("hoa", "lan", false))
		b.silently(earEnters + time.Second)
		require.Equal(t, call.ListenFailed, b.ear("hoa").Ended)
		b.flush()
		require.Len(t, b.phones.left(), 3)

		b.board.Ears().LineDown(b.keys["hoa"].Key)
		require.ErrorIs(t, b.board.Ears().Listen("hoa", "lan", false), ErrNoPhone)
		b.silently(earStays + time.Second)
		_, _, ok := b.board.Ears().State("hoa")
		require.False(t, ok)
		require.NotContains(t, b.phones.phones, b.keys["hoa"].SIPUser)
	})
}

// TestAnotherConversation: what was heard before has ended before the softphone rings anew.
func TestAnotherConversation(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		first, _ := b.talking()
		b.desk("mai")
		second := b.inLine()
		b.answers(second, 1)
		b.ears("hoa")
		x := b.hearsAgent(first, "hoa", "lan", true)
		y := b.hearsAgent(second, "hoa", "mai", false)
		require.Equal(t, EarState{Doing: EarListening, Since: b.ear("hoa").Since, Agent: "mai", Call: second}, b.ear("hoa"))
		require.NotContains(t, b.phones.left(), string(x))
		require.Equal(t, []string{string(y), y.Snoop(1)}, b.phones.members(y.Bridge()))
		require.Len(t, b.heardOf(first), 2)
		<-b.board.Ears().End("hoa", call.ListenStopped)
		b.hangsUp(string(first), causeNormal)
		b.hangsUp(string(second), causeNormal)
		b.nothingIsLeft()
	})
}

// TestListensAgainAtOnce: a press that comes while the one before is still ending counts.
func TestListensAgainAtOnce(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.ears("hoa")
		id, _ := b.talking()
		b.hearsAgent(id, "hoa", "lan", false)
		b.phones.set(func() { b.phones.slow["hangup"] = time.Second })
		b.board.Ears().End("hoa", call.ListenStopped)
		require.NoError(t, b.board.Ears().Listen("hoa", "lan", true))
		b.pass(3 * time.Second)
		b.phones.set(func() { clear(b.phones.slow) })
		b.picksUp(string(id.Ear(b.board.Ears().last)))
		b.flush()
		require.Equal(t, EarWhispering, b.ear("hoa").Doing)
		require.Len(t, b.phones.left(), 6)
	})
}

// TestRestartEndsTheListening: and the conversation goes on, whether the controller
// stopped or was killed.
func TestRestartEndsTheListening(t *testing.T) {
	t.Parallel()
	for _, killed := range []bool{false, true} {
		t.Run(fmt.Sprint(killed), func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				b.ears("hoa")
				id, leg := b.talking()
				b.hearsAgent(id, "hoa", "lan", true)
				if killed { // nothing goes through any more
					b.phones.set(func() { b.phones.refuse["hangup"], b.phones.refuse["unbridge"] = errRefused, errRefused })
					b.killed(func() {
						b.phones.set(func() { clear(b.phones.refuse) })
						last := len(b.journal.events) - 1
						require.IsType(t, call.ListenEnded{}, b.journal.events[last].Fact)
						b.journal.events = b.journal.events[:last] // a dead controller writes nothing
					})
				} else {
					b.restart()
				}
				b.flush()
				require.ElementsMatch(t, []string{string(id), leg, id.Bridge()}, b.phones.left())
				require.Equal(t, call.Talking, b.stage(id))
				require.Equal(t, call.ListenEnded{By: "hoa", Agent: "lan", Why: call.ListenRestarted}, b.heardOf(id)[1])
				require.Len(t, b.heardOf(id), 2)
				_, _, ok := b.board.Ears().State("hoa")
				require.False(t, ok, "the supervisor signs in again")
			})
		})
	}
}

// TestGapInTheEvents: what was lost is made up for, and what goes on goes on.
func TestGapWhileSupervisorsListen(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.ears("hoa", "binh")
		id, _ := b.talking()
		x := b.hearsAgent(id, "hoa", "lan", false)
		b.gap()
		require.Equal(t, EarListening, b.ear("hoa").Doing)
		require.Len(t, b.phones.members(x.Bridge()), 2)

		require.NoError(t, b.board.Ears().Listen("binh", "lan", true))
		synctest.Wait()
		b.gap() // has entered
		y := id.Ear(b.board.Ears().last)
		require.True(t, b.phones.leg(string(y)).rung)
		b.phones.set(func() { b.phones.legs[string(y)].up = true })
		b.gap() // has answered
		b.gap() // and hears
		require.Equal(t, EarWhispering, b.ear("binh").Doing)

		b.phones.leave(x.Snoop(1), causeNormal)
		b.phones.leave(string(y), causeNormal)
		b.gap()
		require.Equal(t, call.ListenAgentLeft, b.ear("hoa").Ended)
		require.Equal(t, call.ListenPhoneGone, b.ear("binh").Ended)
		b.flush()
		require.Len(t, b.phones.left(), 3)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

func TestSupervisorsPageSeesTheNewest(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		ears := b.board.Ears()
		none, cancel := ears.Watch("hoa")
		require.Nil(t, none)
		cancel()
		b.desk("lan")
		b.ears("hoa")
		states, cancel := ears.Watch("hoa")
		require.Equal(t, EarIdle, (<-states).Doing)
		id, _ := b.talking()
		b.hearsAgent(id, "hoa", "lan", false)
		require.Equal(t, EarListening, (<-states).Doing)
		<-ears.End("hoa", call.ListenStopped)
		require.Equal(t, call.ListenStopped, (<-states).Ended)
		ears.SignOut("hoa")
		require.Equal(t, EarSignedOut, (<-states).Doing)
		_, open := <-states
		require.False(t, open)
		cancel()
	})
}

// TestAKilledControllerLeavesNoEarBehind: the accounts of supervisors, whose pages sign in
// anew, are removed; those of the desks stay.
func TestAKilledControllerLeavesNoEarBehind(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		b.ears("thu")
		accounts := func() (ears, desks int) {
			for _, name := range b.phones.truth().Phones {
				if strings.HasPrefix(name, earPhone) {
					ears++
				} else {
					desks++
				}
			}
			return ears, desks
		}
		ears, desks := accounts()
		require.Equal(t, [2]int{1, 1}, [2]int{ears, desks})
		b.phones.set(func() { b.phones.refuse["remove"] = errRefused }) // a kill -9 removes nothing
		b.board.Stop()
		b.phones.set(func() { clear(b.phones.refuse) })
		b.comeBack()
		ears, desks = accounts()
		require.Equal(t, [2]int{0, 1}, [2]int{ears, desks})
		b.ears("thu")
		b.gap()
		ears, _ = accounts()
		require.Equal(t, 1, ears, "whoever has signed in since stays")
	})
}
