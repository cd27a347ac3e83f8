package switchboard

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/outside"
)

// verbsOf has a policy for outside numbers and reminds of holds.
func verbsOf(d *Deps) {
	d.Policy = outside.NewBook(outside.Rules{Allowed: []string{"+84"}, PerHour: 30, PerDay: 150, AtOnce: 1, MaxLength: 10 * time.Minute})
	d.Options.HoldReminder = time.Minute
}

// inTalk runs f with a citizen who talks to lan, and hoa and mai free.
func inTalk(t *testing.T, f func(t *testing.T, b *bench, id call.ID, lan string)) {
	t.Helper()
	inChangedBubble(t, verbsOf, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, leg := b.talking()
		b.desk("hoa")
		b.desk("mai")
		f(t, b, id, leg)
	})
}

// do carries out a verb, and hears what the phones have to tell.
func (b *bench) do(err error) {
	require.NoError(b.t, err)
	synctest.Wait()
	b.flush()
}

// together are those who are in the call's bridge.
func (b *bench) together(id call.ID) []string {
	members := b.phones.members(id.Bridge())
	return members
}

func (b *bench) over(id call.ID) {
	b.hangsUp(string(id), causeNormal)
	b.nothingIsLeft()
}

func TestHoldAndResume(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		events, cancel := b.board.Desks().Watch("lan")
		defer cancel()
		for len(events) > 0 {
			<-events
		}
		desks := b.board.Desks()
		b.do(desks.Hold(b.ctx, "lan"))
		b.do(desks.Hold(b.ctx, "lan"))
		require.Equal(t, []string{lan}, b.together(id))
		require.True(t, b.phones.leg(string(id)).music)
		require.NotZero(t, b.phones.leg(string(id)).leased, "a held citizen is not forgotten when we die")
		talk := (<-events).(DeskTalk).Talk
		require.True(t, talk.Lead && talk.Held)
		require.Equal(t, call.Talking, b.stage(id))
		require.True(t, b.journal.history(t)[id].Held)

		// Both are reminded, and the lease is renewed for as long as it takes.
		b.pass(61 * time.Second)
		require.Equal(t, 1, countKind(b, id, "held_long"))
		require.Equal(t, 1, b.phones.count("play "+lan+" "))
		b.pass(2 * time.Minute)
		require.Equal(t, 3, countKind(b, id, "held_long"))
		require.True(t, b.phones.leg(string(id)).music, "music again, after the words")

		b.do(desks.Resume(b.ctx, "lan"))
		b.do(desks.Resume(b.ctx, "lan"))
		require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))
		require.False(t, b.phones.leg(string(id)).music)
		require.Zero(t, b.phones.leg(string(id)).leased)
		require.Zero(t, b.phones.count("part-of-recording"), "the same voice goes on in the same part")
		require.Equal(t, 1, countKind(b, id, "resumed"))
		require.ErrorIs(t, desks.Hold(b.ctx, "hoa"), ErrNotYourCall)
		require.ErrorIs(t, desks.Hold(b.ctx, "nobody"), ErrNotSignedIn)
		b.over(id)
		require.ErrorIs(t, desks.Hold(b.ctx, "lan"), ErrNotYourCall)
	})
}

func TestWhoGoesDuringAHold(t *testing.T) {
	t.Parallel()
	for name, goes := range map[string]func(*bench, call.ID, string){
		"the citizen":         func(b *bench, id call.ID, _ string) { b.hangsUp(string(id), causeNormal) },
		"the agent hangs up":  func(b *bench, _ call.ID, lan string) { b.hangsUp(lan, causeNormal) },
		"the agent's browser": func(b *bench, _ call.ID, lan string) { b.hangsUp(lan, 44) },
		"the agent signs out": func(b *bench, _ call.ID, _ string) { _ = b.board.Desks().SignOut(b.ctx, "lan", "signed_out") },
		"the agent's socket":  func(b *bench, _ call.ID, _ string) { b.lineDown("lan"); b.pass(6 * time.Second) },
		"the phones, resuming": func(b *bench, _ call.ID, _ string) {
			b.phones.set(func() { b.phones.refuse["join"] = errRefused })
			_ = b.board.Desks().Resume(b.ctx, "lan")
			b.phones.set(func() { clear(b.phones.refuse) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
				b.do(b.board.Desks().Hold(b.ctx, "lan"))
				goes(b, id, lan)
				b.flush()
				if name == "the citizen" {
					require.Equal(t, call.WrapUp, b.state("lan"))
					require.Equal(t, call.Served, b.journal.outcome(id).Result)
					b.nothingIsLeft()
					return
				}
				require.Equal(t, call.Ringing, b.stage(id), "hoa or mai is rung, in the old place")
				b.answers(id, 2)
				require.Len(t, b.together(id), 2)
				require.Equal(t, 1, b.phones.count("part-of-recording"))
				b.over(id)
			})
		})
	}
}

func TestHoldThatThePhonesRefuse(t *testing.T) {
	t.Parallel()
	for name, faults := range map[string]func(*fakePhones) map[string]error{
		"refused": func(f *fakePhones) map[string]error { return f.refuse },
		"done":    func(f *fakePhones) map[string]error { return f.deaf },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
				b.phones.set(func() { faults(b.phones)["part"] = errRefused })
				require.ErrorIs(t, b.board.Desks().Hold(b.ctx, "lan"), ErrPhones)
				require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))
				b.phones.set(func() { clear(faults(b.phones)) })
				b.do(b.board.Desks().Hold(b.ctx, "lan"))
				require.Equal(t, []string{lan}, b.together(id))
				b.over(id)
			})
		})
	}
}

func TestBlindTransferToAColleague(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		events, cancel := b.board.Desks().Watch("mai")
		defer cancel()
		for len(events) > 0 {
			<-events
		}
		b.do(b.board.Desks().Transfer(b.ctx, "lan", call.Target{Agent: "mai"}))
		require.NotContains(t, b.phones.left(), lan)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.Equal(t, call.Ringing, b.stage(id))
		for e := range events {
			if o, ok := e.(DeskOffer); ok {
				require.Equal(t, call.AgentID("lan"), o.Offer.From)
				require.Equal(t, GivenAway, o.Offer.How)
				break
			}
		}
		b.answers(id, 2)
		require.Equal(t, call.AgentTalking, b.state("mai"))
		require.Equal(t, "part-of-recording "+string(id)+" 2 false", b.phones.last("part-of-recording"))
		require.Contains(t, b.journal.facts(id), call.Transferred{From: "lan", To: call.Target{Agent: "mai"}})
		require.Contains(t, b.journal.facts(id), call.Disconnected{Offer: id.Offer(1), Agent: "lan", Why: "transferred"})
		b.over(id)
	})
}

// A transfer that nobody answers is anybody's, at the old place.
func TestBlindTransferThatIsNotTaken(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, _ string) {
		b.do(b.board.Desks().Transfer(b.ctx, "lan", call.Target{Agent: "mai"}))
		b.hangsUp(b.rings(id, 2), causeRejected)
		require.Equal(t, call.Ringing, b.stage(id))
		b.answers(id, 3)
		require.Equal(t, call.AgentTalking, b.state("hoa"))
		b.over(id)
	})
}

func TestBlindTransferToAQueue(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, _ string) {
		require.ErrorIs(t, b.board.Desks().Transfer(b.ctx, "lan", call.Target{Queue: "nonsense"}), ErrNoTarget)
		require.ErrorIs(t, b.board.Desks().Transfer(b.ctx, "lan", call.Target{Agent: "lan"}), ErrNoTarget)
		require.ErrorIs(t, b.board.Desks().Transfer(b.ctx, "lan", call.Target{Agent: "nobody"}), ErrNotFree)
		require.ErrorIs(t, b.board.Desks().Transfer(b.ctx, "lan", call.Target{}), ErrNoTarget)
		b.do(b.board.Desks().Transfer(b.ctx, "lan", call.Target{Queue: "procedure"}))
		b.answers(id, 2)
		require.Equal(t, "procedure", b.journal.history(t)[id].Queue)
		require.Equal(t, call.Talking, b.stage(id))
		b.over(id)
	})
}

// consulting lets lan ask hoa; hoa has answered.
func (b *bench) consulting(id call.ID) string {
	b.do(b.board.Desks().Consult(b.ctx, "lan", call.Target{Agent: "hoa"}))
	return b.answers(id, 2)
}

func TestAttendedTransfer(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		desks := b.board.Desks()
		b.do(desks.Consult(b.ctx, "lan", call.Target{Agent: "hoa"}))
		require.ErrorIs(t, desks.Complete(b.ctx, "lan"), ErrNotNow, "hoa has not answered")
		require.ErrorIs(t, desks.Consult(b.ctx, "lan", call.Target{Agent: "mai"}), ErrNotNow)
		require.ErrorIs(t, desks.Resume(b.ctx, "lan"), ErrNotNow)
		hoa := b.answers(id, 2)
		require.ElementsMatch(t, []string{lan, hoa}, b.together(id))
		require.True(t, b.phones.leg(string(id)).music)
		require.Equal(t, call.AgentTalking, b.state("hoa"))
		require.Equal(t, 1, countKind(b, id, "connected"), "the citizen has not heard hoa")
		b.do(desks.Complete(b.ctx, "lan"))
		require.ElementsMatch(t, []string{hoa, string(id)}, b.together(id))
		require.NotContains(t, b.phones.left(), lan)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.Equal(t, "part-of-recording "+string(id)+" 2 false", b.phones.last("part-of-recording"))
		require.ErrorIs(t, desks.Hold(b.ctx, "lan"), ErrNotYourCall)
		b.do(desks.Hold(b.ctx, "hoa"))
		b.do(desks.Resume(b.ctx, "hoa"))
		b.over(id)
		require.Equal(t, call.WrapUp, b.state("hoa"))
	})
}

func TestBackFromAConsultation(t *testing.T) {
	t.Parallel()
	for _, answered := range []bool{false, true} {
		inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
			if answered {
				b.consulting(id)
			} else {
				b.do(b.board.Desks().Consult(b.ctx, "lan", call.Target{Agent: "hoa"}))
				b.rings(id, 2)
			}
			b.do(b.board.Desks().Back(b.ctx, "lan"))
			require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))
			require.Equal(t, map[bool]call.AgentState{false: call.Available, true: call.WrapUp}[answered], b.state("hoa"))
			require.Zero(t, b.phones.count("part-of-recording"))
			b.over(id)
		})
	}
}

func TestConference(t *testing.T) {
	t.Parallel()
	for name, goes := range map[string]func(*bench, call.ID, string, string){
		"the citizen":    func(b *bench, id call.ID, _, _ string) { b.hangsUp(string(id), causeNormal) },
		"the first":      func(b *bench, _ call.ID, lan, _ string) { b.hangsUp(lan, causeNormal) },
		"the second":     func(b *bench, _ call.ID, _, hoa string) { b.hangsUp(hoa, causeNormal) },
		"lan's browser":  func(b *bench, _ call.ID, lan, _ string) { b.hangsUp(lan, 44) },
		"lan signs out":  func(b *bench, _ call.ID, _, _ string) { _ = b.board.Desks().SignOut(b.ctx, "lan", "signed_out") },
		"hoa signs out":  func(b *bench, _ call.ID, _, _ string) { _ = b.board.Desks().SignOut(b.ctx, "hoa", "signed_out") },
		"hoa is dropped": func(b *bench, _ call.ID, _, hoa string) { b.do(b.board.Desks().Drop(b.ctx, "lan", call.OfferID(hoa))) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
				hoa := b.consulting(id)
				b.do(b.board.Desks().Conference(b.ctx, "lan"))
				require.ElementsMatch(t, []string{lan, hoa, string(id)}, b.together(id))
				require.Equal(t, 1, b.phones.count("part-of-recording"))
				require.ErrorIs(t, b.board.Desks().Hold(b.ctx, "lan"), ErrNotNow)
				goes(b, id, lan, hoa)
				b.flush()
				synctest.Wait()
				require.Equal(t, 1, b.phones.count("part-of-recording"), "either may leave")
				if name == "the citizen" {
					b.nothingIsLeft()
					return
				}
				require.Equal(t, call.Talking, b.stage(id))
				require.Len(t, b.together(id), 2)
				history := b.journal.history(t)[id]
				require.Equal(t, call.Talking, history.Stage)
				require.Empty(t, history.Others)
				b.over(id)
			})
		})
	}
}

func TestWhoGoesDuringAConsultation(t *testing.T) {
	t.Parallel()
	for name, goes := range map[string]func(*bench, call.ID, string, string){
		"the citizen":        func(b *bench, id call.ID, _, _ string) { b.hangsUp(string(id), causeNormal) },
		"lan hangs up":       func(b *bench, _ call.ID, lan, _ string) { b.hangsUp(lan, causeNormal) },
		"lan's browser dies": func(b *bench, _ call.ID, lan, _ string) { b.hangsUp(lan, 44) },
		"lan signs out":      func(b *bench, _ call.ID, _, _ string) { _ = b.board.Desks().SignOut(b.ctx, "lan", "signed_out") },
		"hoa hangs up":       func(b *bench, _ call.ID, _, hoa string) { b.hangsUp(hoa, causeNormal) },
		"hoa's browser dies": func(b *bench, _ call.ID, _, hoa string) { b.hangsUp(hoa, 44) },
		"hoa signs out":      func(b *bench, _ call.ID, _, _ string) { _ = b.board.Desks().SignOut(b.ctx, "hoa", "signed_out") },
	} {
		for _, answered := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
					var hoa string
					if answered {
						hoa = b.consulting(id)
					} else {
						b.do(b.board.Desks().Consult(b.ctx, "lan", call.Target{Agent: "hoa"}))
						hoa = b.rings(id, 2)
					}
					goes(b, id, lan, hoa)
					b.flush()
					if name == "the citizen" {
						b.nothingIsLeft()
						return
					}
					if b.stage(id) == call.Ringing {
						require.False(t, answered)
						n := number(id, string(b.board.line.Snapshot().Calls[0].Offer))
						b.answers(id, n)
					}
					require.Equal(t, call.Talking, b.stage(id))
					require.Len(t, b.together(id), 2)
					require.Contains(t, b.together(id), string(id))
					require.False(t, b.phones.leg(string(id)).music)
					b.over(id)
				})
			})
		}
	}
}

func TestConsultationIsNotTaken(t *testing.T) {
	t.Parallel()
	for name, ends := range map[string]struct {
		how func(*bench, call.ID)
		why call.ConsultEnd
	}{
		"refused":    {func(b *bench, id call.ID) { b.hangsUp(b.rings(id, 2), causeRejected) }, call.ConsultRefused},
		"not heard":  {func(b *bench, id call.ID) { b.rings(id, 2); b.pass(16 * time.Second) }, call.ConsultNoAnswer},
		"unplugged":  {func(b *bench, id call.ID) { b.flush(); b.hangsUp(string(id.Offer(2)), 34) }, call.ConsultNotFree},
		"never rang": {func(b *bench, _ call.ID) { b.phones.takeEvents(); b.silently(16 * time.Second); b.flush() }, call.ConsultNoAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
				require.NoError(t, b.board.Desks().Consult(b.ctx, "lan", call.Target{Agent: "hoa"}))
				synctest.Wait()
				ends.how(b, id)
				b.flush()
				require.Contains(t, b.journal.facts(id), call.ConsultEnded{Agent: "lan", To: call.Target{Agent: "hoa"}, Why: ends.why})
				require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))
				b.over(id)
			})
		})
	}
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		require.NoError(t, b.board.Desks().Pause(b.ctx, "hoa", "lunch"))
		synctest.Wait()
		require.ErrorIs(t, b.board.Desks().Consult(b.ctx, "lan", call.Target{Agent: "hoa"}), ErrNotFree)
		require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))
		b.over(id)
	})
}

// rungOutside lets the n-th guest's telephone ring.
func (b *bench) rungOutside(id call.ID, n int) string {
	b.flush()
	leg := string(guestLeg(id, n))
	require.True(b.t, b.phones.leg(leg).rung)
	return leg
}

func TestBlindTransferToAnOutsideNumber(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		desks := b.board.Desks()
		var refusal *outside.Refusal
		require.ErrorAs(t, desks.Transfer(b.ctx, "lan", call.Target{Number: "+4930123456"}), &refusal)
		require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))

		// Busy: the agent has the call back.
		b.do(desks.Transfer(b.ctx, "lan", call.Target{Number: "0908123999"}))
		b.hangsUp(b.rungOutside(id, 1), causeBusy)
		require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))

		b.do(desks.Transfer(b.ctx, "lan", call.Target{Number: "0908123999"}))
		leg := b.rungOutside(id, 2)
		b.picksUp(leg)
		b.flush()
		require.ElementsMatch(t, []string{leg, string(id)}, b.together(id))
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.Contains(t, b.journal.facts(id), call.Connected{Offer: call.OfferID(leg), Number: "+84908123999"})
		require.Equal(t, call.Talking, b.stage(id))
		b.hangsUp(leg, causeNormal)
		require.Equal(t, call.Served, b.journal.outcome(id).Result)
		b.nothingIsLeft()
	})
}

func TestOutsideNumberInConference(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		desks := b.board.Desks()
		b.do(desks.Consult(b.ctx, "lan", call.Target{Number: "0908123999"}))
		leg := b.rungOutside(id, 1)
		b.picksUp(leg)
		b.flush()
		require.ElementsMatch(t, []string{lan, leg}, b.together(id))
		b.do(desks.Conference(b.ctx, "lan"))
		require.ElementsMatch(t, []string{lan, leg, string(id)}, b.together(id))
		b.pass(10 * time.Minute) // the greatest length of such a call
		require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))
		require.Contains(t, b.journal.facts(id), call.Disconnected{Offer: call.OfferID(leg), Number: "+84908123999", Why: "outside_hung_up"})
		b.over(id)
	})
}

func TestOutsideNumberThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		b.do(b.board.Desks().Consult(b.ctx, "lan", call.Target{Number: "0908123999"}))
		b.rungOutside(id, 1)
		b.pass(ringOutside + 16*time.Second)
		require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))
		b.over(id)
	})
}

func TestBargeAndTakeOver(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) {
		desks := b.board.Desks()
		require.ErrorIs(t, desks.Barge(b.ctx, "thu", id, false), ErrNotSignedIn)
		b.signIn("thu")
		require.ErrorIs(t, desks.Barge(b.ctx, "thu", "t1-1764000000.99", false), ErrNotYourCall)
		b.do(desks.Barge(b.ctx, "thu", id, false))
		thu := b.rungOutside(id, 1)
		require.ElementsMatch(t, []string{lan, string(id), thu}, b.together(id), "with early media only")
		b.picksUp(thu)
		b.flush()
		require.ElementsMatch(t, []string{lan, thu, string(id)}, b.together(id))
		require.Equal(t, call.AgentTalking, b.state("thu"))
		require.Equal(t, 1, countKind(b, id, "barged_in"))
		require.Equal(t, 1, b.phones.count("part-of-recording"))
		b.do(desks.Barge(b.ctx, "thu", id, true))
		require.ElementsMatch(t, []string{thu, string(id)}, b.together(id))
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.Contains(t, b.journal.facts(id), call.TakenOver{Agent: "thu", From: "lan", Leg: guestLeg(id, 1)})
		require.Equal(t, call.AgentID("thu"), b.journal.history(t)[id].Agent)
		b.over(id)
		b.pass(time.Minute)
		require.Equal(t, call.Paused, b.state("thu"), "a supervisor takes no calls after it")
	})
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) { // at once, of a call on hold
		b.signIn("thu")
		b.do(b.board.Desks().Hold(b.ctx, "lan"))
		b.do(b.board.Desks().Barge(b.ctx, "thu", id, true))
		thu := b.rungOutside(id, 1)
		b.picksUp(thu)
		b.flush()
		require.ElementsMatch(t, []string{thu, string(id)}, b.together(id))
		require.NotContains(t, b.phones.left(), lan)
		require.False(t, b.phones.leg(string(id)).music)
		b.over(id)
	})
	inTalk(t, func(t *testing.T, b *bench, id call.ID, lan string) { // who does not answer
		b.signIn("thu")
		b.do(b.board.Desks().Barge(b.ctx, "thu", id, false))
		b.hangsUp(b.rungOutside(id, 1), causeRejected)
		require.ElementsMatch(t, []string{lan, string(id)}, b.together(id))
		require.Equal(t, call.Paused, b.state("thu"))
		b.over(id)
	})
}

// TestRestartInTheMiddle: a call on hold, in a consultation or with three goes on.
func TestRestartInTheMiddle(t *testing.T) {
	t.Parallel()
	for name, upTo := range map[string]func(*bench, call.ID) []string{
		"hold": func(b *bench, id call.ID) []string {
			b.do(b.board.Desks().Hold(b.ctx, "lan"))
			return []string{string(id.Offer(1))}
		},
		"consultation": func(b *bench, id call.ID) []string {
			hoa := b.consulting(id)
			return []string{string(id.Offer(1)), hoa}
		},
		"conference": func(b *bench, id call.ID) []string {
			hoa := b.consulting(id)
			b.do(b.board.Desks().Conference(b.ctx, "lan"))
			return []string{string(id.Offer(1)), hoa, string(id)}
		},
		"transferred": func(b *bench, id call.ID) []string {
			hoa := b.consulting(id)
			b.do(b.board.Desks().Complete(b.ctx, "lan"))
			return []string{hoa, string(id)}
		},
		"outside": func(b *bench, id call.ID) []string {
			b.do(b.board.Desks().Transfer(b.ctx, "lan", call.Target{Number: "0908123999"}))
			leg := b.rungOutside(id, 1)
			b.picksUp(leg)
			b.flush()
			return []string{leg, string(id)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTalk(t, func(t *testing.T, b *bench, id call.ID, _ string) {
				members := upTo(b, id)
				b.restart()
				b.flush()
				require.Equal(t, call.Talking, b.stage(id))
				require.ElementsMatch(t, members, b.together(id))
				for _, agent := range []call.AgentID{"lan", "hoa"} {
					b.lineUp(agent)
				}
				known, _ := b.owner(id)
				require.Equal(t, name == "hold" || name == "consultation", known.held != nil)
				require.Equal(t, known.held != nil, b.phones.leg(string(id)).music)
				switch name {
				case "hold":
					b.do(b.board.Desks().Resume(b.ctx, "lan"))
					require.Len(t, b.together(id), 2)
				case "consultation":
					b.do(b.board.Desks().Complete(b.ctx, "lan"))
					require.ElementsMatch(t, []string{string(id.Offer(2)), string(id)}, b.together(id))
				case "conference":
					b.do(b.board.Desks().Drop(b.ctx, "lan", id.Offer(2)))
				}
				require.Len(t, b.together(id), 2)
				b.over(id)
			})
		})
	}
}

// A command that comes when the call is over is answered all the same.
func TestVerbsOfACallThatIsOver(t *testing.T) {
	t.Parallel()
	inTalk(t, func(t *testing.T, b *bench, id call.ID, _ string) {
		b.phones.set(func() { b.phones.slow["hangup"] = time.Second })
		b.board.Signal(LegGone{Call: id, Leg: string(id), Cause: causeNormal})
		require.ErrorIs(t, b.board.Desks().Hold(b.ctx, "lan"), ErrNotYourCall)
		b.phones.set(func() { clear(b.phones.slow) })
	})
}
