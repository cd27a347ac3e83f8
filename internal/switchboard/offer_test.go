package switchboard

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

// closed finds how an offer of the call ended.
func (b *bench) closed(id call.ID, n int) call.OfferEnd {
	var how call.OfferEnd
	for _, fact := range b.journal.facts(id) {
		if f, ok := fact.(call.OfferClosed); ok && f.Offer == id.Offer(n) {
			require.Empty(b.t, how, "an offer ends once")
			how = f.How
		}
	}
	return how
}

// TestRefusal: busy or declined, the call goes to another agent and the agent stays.
func TestRefusal(t *testing.T) {
	t.Parallel()
	for name, cause := range map[string]int{"486": causeBusy, "603": causeRejected} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				b.desk("hoa")
				id := b.inLine()
				b.hangsUp(b.rings(id, 1), cause)
				require.Equal(t, call.OfferRefused, b.closed(id, 1))
				require.Equal(t, call.Available, b.state("lan"))
				b.answers(id, 2)
				require.Equal(t, call.AgentTalking, b.state("hoa"))
				b.hangsUp(string(id), causeNormal)
				b.nothingIsLeft()
			})
		})
	}
}

// TestRONA: a desk that rings without an answer falls silent, its agent pauses, and
// the citizen goes to the next.
func TestRONA(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.pass(15*time.Second - time.Millisecond)
		require.Equal(t, call.AgentRinging, b.state("lan"))
		b.pass(time.Millisecond)
		require.Equal(t, call.Paused, b.state("lan"))
		require.Equal(t, call.PauseRONA, b.reason("lan"))
		require.Equal(t, call.OfferTimedOut, b.closed(id, 1))
		require.NotContains(t, b.phones.left(), leg)
		require.Equal(t, call.Waiting, b.stage(id))
		b.desk("hoa")
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestRingIsLongerThanTheLine: the line counts anew from the first ring, so Asterisk's
// own limit must never be the one that decides.
func TestRingIsLongerThanTheLine(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		b.flush()
		require.Equal(t, fmt.Sprintf("ring %s 30s", id.Offer(1)), b.phones.last("ring "))
	})
}

// TestDeskCannotBeRung: invite, bridge, join or ring refused, or the leg gone for a
// reason of the network's: the agent rests and is tried again by itself.
func TestDeskCannotBeRung(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"invite", "bridge", "join", "ring"} {
		t.Run(verb, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.phones.set(func() { b.phones.refuse[verb] = errRefused })
				b.desk("lan")
				id := b.inLine()
				require.Equal(t, call.Paused, b.state("lan"))
				require.Equal(t, call.PauseNoPhone, b.reason("lan"))
				require.Equal(t, call.OfferRescinded, b.closed(id, 1))
				require.Equal(t, call.Waiting, b.stage(id))
				b.phones.set(func() { delete(b.phones.refuse, verb) })
				b.pass(5 * time.Second)
				b.answers(id, 2)
				require.Equal(t, call.Talking, b.stage(id))
				require.Len(t, b.phones.members(id.Bridge()), 2)
				b.hangsUp(string(id), causeNormal)
				b.nothingIsLeft()
			})
		})
	}
	t.Run("the network", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.inLine()
			b.flush()
			b.hangsUp(string(id.Offer(1)), 34)
			require.Equal(t, call.PauseNoPhone, b.reason("lan"))
			b.pass(5 * time.Second)
			b.answers(id, 2)
		})
	})
}

// TestInviteWithoutAnAnswer: the leg was made although we gave up; it is hung up, at
// once or when it comes to life.
func TestInviteWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.phones.set(func() { b.phones.deaf["invite"] = errRefused })
		b.desk("lan")
		id := b.inLine()
		require.Equal(t, call.Waiting, b.stage(id))
		require.Equal(t, []string{string(id), id.Bridge()}, b.phones.left())
	})
}

// TestBridgeWithoutAnAnswer: a bridge that was made although we gave up is removed.
func TestBridgeWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	inBubble(t, func(_ *testing.T, b *bench) {
		b.phones.set(func() { b.phones.deaf["bridge"] = errRefused })
		b.desk("lan")
		id := b.inLine()
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestBridgeVanishes (asterisk #211: bridges destroyed under their owner): it is made
// anew for the next offer, or for the answer.
func TestBridgeVanishes(t *testing.T) {
	t.Parallel()
	t.Run("between two offers", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.inLine()
			b.phones.leave(b.rings(id, 1), causeBusy)
			b.phones.set(func() { clear(b.phones.bridges) })
			b.flush()
			require.Equal(t, call.PauseNoPhone, b.reason("lan"))
			b.pass(5 * time.Second)
			b.answers(id, 3)
			require.Len(t, b.phones.members(id.Bridge()), 2)
		})
	})
	t.Run("before the answer", func(t *testing.T) {
		t.Parallel()
		inBubble(t, func(t *testing.T, b *bench) {
			b.desk("lan")
			id := b.inLine()
			leg := b.rings(id, 1)
			b.phones.set(func() { clear(b.phones.bridges) })
			b.picksUp(leg)
			require.ElementsMatch(t, []string{string(id), leg}, b.phones.members(id.Bridge()))
			require.Equal(t, call.Talking, b.stage(id))
		})
	})
}

// TestCitizenCannotBeJoined: nobody is left in a conversation that there is not. The
// agent is free, and the citizen waits in the old place.
func TestCitizenCannotBeJoined(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		arrived := b.board.line.Snapshot().Calls[0].Arrived
		leg := b.rings(id, 1)
		b.phones.set(func() { b.phones.refuse["join"] = errRefused })
		b.picksUp(leg)
		require.NotContains(t, b.journal.kinds(id), "connected")
		require.Equal(t, "vi/back_in_line", b.hears(id))
		require.Equal(t, arrived, b.board.line.Snapshot().Calls[0].Arrived)
		require.NotContains(t, b.phones.left(), leg)
		b.phones.set(func() { delete(b.phones.refuse, "join") })
		b.flush()
		b.pass(10 * time.Second)
		n := number(id, string(b.board.line.Snapshot().Calls[0].Offer))
		b.answers(id, n)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestLateLegs: a desk's leg that comes to life, rings or answers after its offer has
// closed is hung up, and changes nothing.
func TestLateLegs(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]func(call.ID, string) Signal{
		"enters":  func(id call.ID, leg string) Signal { return LegEntered{Call: id, Leg: leg} },
		"rings":   func(id call.ID, leg string) Signal { return LegRinging{Call: id, Leg: leg} },
		"answers": func(id call.ID, leg string) Signal { return LegUp{Call: id, Leg: leg} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				b.desk("hoa")
				id := b.inLine()
				old := string(id.Offer(1))
				b.pass(15 * time.Second)
				current := b.rings(id, 2)
				b.phones.set(func() { b.phones.legs[old] = &fakeLeg{} })
				b.tell(late(id, old))
				require.NotContains(t, b.phones.left(), old)
				require.Equal(t, call.Ringing, b.stage(id))
				b.picksUp(current)
				b.phones.set(func() { b.phones.legs[old] = &fakeLeg{} })
				b.tell(late(id, old))
				require.NotContains(t, b.phones.left(), old)
				require.Equal(t, call.AgentTalking, b.state("hoa"))
				b.hangsUp(string(id), causeNormal)
				b.phones.set(func() { b.phones.legs[old] = &fakeLeg{} })
				b.tell(late(id, old))
				b.nothingIsLeft()
			})
		})
	}
}

// TestLegComesToLifeInTheLastMoment: in the same breath as the citizen's hang-up.
func TestLegComesToLifeInTheLastMoment(t *testing.T) {
	t.Parallel()
	inBubble(t, func(_ *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		old := string(id.Offer(1))
		b.hangsUp(b.rings(id, 1), causeBusy)
		b.pass(20 * time.Second) // not answered either
		b.phones.set(func() { b.phones.legs[old] = &fakeLeg{} })
		b.phones.leave(string(id), causeNormal)
		b.tell(append(b.phones.takeEvents(), LegEntered{Call: id, Leg: old})...)
		b.nothingIsLeft()
	})
}

// TestTwice: every event may come twice, and means nothing the second time.
func TestTwice(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		entered := CitizenEntered{Call: id, Caller: "+84908123456", Dialed: "1022"}
		b.tell(entered, LegEntered{Call: id, Leg: leg}, LegRinging{Call: id, Leg: leg})
		require.Equal(t, call.AgentRinging, b.state("lan"), "a leg that enters twice is no failure")
		require.Equal(t, 1, b.phones.count("ring "))
		b.picksUp(leg)
		b.tell(entered, LegEntered{Call: id, Leg: leg}, LegRinging{Call: id, Leg: leg}, LegUp{Call: id, Leg: leg})
		require.Equal(t, call.Talking, b.stage(id))
		kinds := b.journal.kinds(id)
		b.hangsUp(leg, causeNormal)
		b.tell(LegGone{Call: id, Leg: leg, Cause: causeNormal}, LegGone{Call: id, Leg: string(id), Cause: causeNormal}, entered,
			LegUp{Call: id, Leg: leg}, Digit{Call: id, Digit: '2'}, PlayDone{Call: id, Play: id.Play(1)})
		b.nothingIsLeft()
		require.Equal(t, kinds+" disconnected finished", b.journal.kinds(id))
		require.Equal(t, call.WrapUp, b.state("lan"))
	})
}

// TestOutOfOrder: the answer before the ring, before the leg was seen to enter.
func TestOutOfOrder(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := string(id.Offer(1))
		held := b.phones.takeEvents() // that it entered
		b.phones.set(func() { b.phones.legs[leg] = &fakeLeg{up: true} })
		b.tell(LegUp{Call: id, Leg: leg}, LegRinging{Call: id, Leg: leg})
		b.tell(held...)
		b.tell(LegEntered{Call: id, Leg: leg})
		require.Equal(t, call.Talking, b.stage(id))
		require.ElementsMatch(t, []string{string(id), leg}, b.phones.members(id.Bridge()))
	})
}

// TestAnsweredAndGone: an agent who picked up and hung up before the citizen was there
// (asterisk #1557). Others have the citizen's turn; a broken phone pauses.
func TestAnsweredAndGone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		cause int
		then  call.AgentState
	}{
		"hung up": {causeNormal, call.WrapUp},
		"broke":   {44, call.Paused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(t *testing.T, b *bench) {
				b.desk("lan")
				id := b.inLine()
				arrived := b.board.line.Snapshot().Calls[0].Arrived
				leg := b.rings(id, 1)
				b.phones.leave(leg, c.cause)
				b.tell(append([]Signal{LegUp{Call: id, Leg: leg}}, b.phones.takeEvents()...)...)
				require.Equal(t, c.then, b.state("lan"))
				require.Equal(t, call.Waiting, b.stage(id))
				require.Equal(t, arrived, b.board.line.Snapshot().Calls[0].Arrived)
				require.Equal(t, "vi/back_in_line", b.hears(id))
				b.desk("hoa")
				b.answers(id, 2)
				require.Equal(t, call.AgentTalking, b.state("hoa"))
				b.hangsUp(string(id), causeNormal)
				b.nothingIsLeft()
			})
		})
	}
}

// TestPhoneBreaks: the agent's leg ends for another reason than a hang-up, such as the
// 44 of Asterisk's rtp_timeout: the citizen is back in the old place, with a word.
func TestPhoneBreaks(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		arrived := b.board.line.Snapshot().Calls[0].Arrived
		leg := b.answers(id, 1)
		b.pass(time.Minute)
		b.hangsUp(leg, 44)
		require.Equal(t, call.Waiting, b.stage(id))
		require.Equal(t, "vi/back_in_line", b.hears(id))
		require.Equal(t, 16*time.Second, b.phones.leg(string(id)).leased)
		require.Equal(t, arrived, b.board.line.Snapshot().Calls[0].Arrived)
		require.Equal(t, call.Paused, b.state("lan"), "its socket is open, and yet it is in trouble")
		require.Equal(t, call.PauseNoPhone, b.reason("lan"))
		require.Empty(t, b.phones.members(id.Bridge()))

		b.ready("lan") // the agent has seen to it
		b.flush()
		b.answers(id, 2)
		require.Equal(t, call.Talking, b.stage(id))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

// TestLeaseThatWillNotGo: a conversation whose lease could not be removed is not cut.
func TestLeaseThatWillNotGo(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.inLine()
		leg := b.rings(id, 1)
		b.phones.set(func() { b.phones.refuse["lease"] = errRefused })
		b.picksUp(leg)
		b.pass(5 * time.Second)
		b.phones.set(func() { delete(b.phones.refuse, "lease") })
		b.pass(time.Minute)
		require.Equal(t, call.Talking, b.stage(id))
	})
}

// TestHangUpThatWillNotGo: legs and bridges that the phones refused to remove are
// removed as soon as they do not refuse any more.
func TestHangUpThatWillNotGo(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.phones.set(func() {
			for _, verb := range []string{"hangup", "unbridge"} {
				b.phones.refuse[verb] = errRefused
			}
		})
		b.hangsUp(leg, causeNormal)
		require.Equal(t, []string{string(id), id.Bridge()}, b.phones.left())
		require.Equal(t, call.Served, b.journal.outcome(id).Result)

		// Meanwhile the socket breaks: the citizen who is still there is of no new call.
		require.NoError(t, b.board.Adopt(b.ctx, b.phones.truth(), nil))
		b.pass(2 * time.Second)
		require.Zero(t, b.board.Calls())
		b.phones.set(func() { clear(b.phones.refuse) })
		b.pass(10 * time.Second)
		b.nothingIsLeft()
		require.Equal(t, 1, b.recordings.finished[id])
	})
}

// TestMusicThatWillNotPlay is tried again.
func TestMusicThatWillNotPlay(t *testing.T) {
	t.Parallel()
	inBubble(t, func(t *testing.T, b *bench) {
		b.phones.set(func() { b.phones.refuse["music"] = errRefused })
		id := b.inLine()
		b.phones.set(func() { clear(b.phones.refuse) })
		b.pass(8 * time.Second)
		require.True(t, b.phones.leg(string(id)).music)
	})
}
