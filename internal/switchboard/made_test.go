package switchboard

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/outside"
)

// makes lets lan call somebody for a ticket.
func (b *bench) makes(want WantedCall) (MadeCall, error) {
	made, err := b.board.Desks().MakeCall(b.ctx, "lan", want)
	b.flush()
	return made, err
}

// TestAnAgentCalls: the desk first, then the citizen; both talk, and wrap-up follows.
func TestAnAgentCalls(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(*Deps) {}, func(t *testing.T, b *bench) {
		b.desk("lan")
		made, err := b.makes(WantedCall{Number: "0908 123 456", Ticket: "2632800017", Topic: call.Topic{Group: call.Field, Field: "traffic"}})
		require.NoError(t, err)
		require.Equal(t, "2632800017", made.Ticket)
		id := made.Call
		of, ok := call.Of(id.Called(1))
		require.True(t, ok)
		require.Equal(t, id, of)
		require.Equal(t, call.AgentTalking, b.state("lan"), "nobody is offered to them")
		state, _ := b.board.Desks().State("lan")
		require.True(t, state.Offer.Outbound, "the desk answers by itself")
		waits := b.inLine()
		require.Equal(t, call.Waiting, b.stage(waits))

		desk := string(id.Offer(1))
		b.picksUp(desk)
		b.flush()
		citizen := id.Called(1)
		require.Equal(t, "outside "+citizen+" +84908123456 02741022", b.phones.last("outside"))
		require.Equal(t, []string{desk, citizen}, b.phones.members(recallBridge(id)), "the agent hears it ring")
		b.pass(5 * time.Second)
		b.picksUp(citizen)
		b.flush()
		require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(id)))
		b.pass(time.Minute)
		b.hangsUp(citizen, causeNormal)
		require.Equal(t, call.WrapUp, b.state("lan"))
		require.NoError(t, b.board.Desks().WrapUp(b.ctx, "lan", WrapUpForm{Call: id, Note: "đã báo kết quả"}))
		b.flush()
		require.Equal(t, "outbound called_out connected disconnected finished wrapped_up", b.journal.kinds(id))
		require.Equal(t, call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, b.journal.outcome(id))
		require.Equal(t, call.Outbound{
			Agent: "lan", Number: "+84908123456", Ticket: "2632800017", Topic: call.Topic{Group: call.Field, Field: "traffic"},
		}, b.journal.facts(id)[0])
		require.Equal(t, []string{citizen}, b.recordings.outside)
		require.Empty(t, b.board.recalls)
		b.hangsUp(string(waits), causeNormal)
		b.nothingIsLeft()
	})
}

// TestCallsThatComeToNothing: each is told in the timeline, and the agent is in wrap-up.
func TestCallsThatComeToNothing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		end  func(b *bench, id call.ID)
		want call.Outcome
	}{
		"nobody answers": {
			func(b *bench, _ call.ID) { b.pass(ringOutside) },
			call.Outcome{Result: call.NotReached, By: call.ByCitizen, Stage: call.Ringing, Detail: "no_answer"},
		},
		"busy": {
			func(b *bench, id call.ID) { b.hangsUp(id.Called(1), causeBusy) },
			call.Outcome{Result: call.NotReached, By: call.ByCitizen, Stage: call.Ringing, Detail: "busy"},
		},
		"congestion": {
			func(b *bench, id call.ID) { b.hangsUp(id.Called(1), 34) },
			call.Outcome{Result: call.NotReached, By: call.ByUpstream, Stage: call.Ringing, Detail: "Q.850 cause 34"},
		},
		"the agent gives up": {
			func(b *bench, id call.ID) { b.hangsUp(string(id.Offer(1)), causeNormal) },
			call.Outcome{Result: call.NotReached, By: call.ByAgent, Stage: call.Ringing, Detail: "the desk hung up"},
		},
		"the desk is lost": {
			func(b *bench, _ call.ID) { b.lineDown("lan"); b.pass(6 * time.Second) },
			call.Outcome{Result: call.NotReached, By: call.ByUs, Stage: call.Ringing, Detail: "the desk was lost"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inChangedBubble(t, func(*Deps) {}, func(t *testing.T, b *bench) {
				b.desk("lan")
				made, err := b.makes(WantedCall{Number: "0908123456"})
				require.NoError(t, err)
				require.NotEmpty(t, made.Ticket, "one is opened")
				b.picksUp(string(made.Call.Offer(1)))
				b.flush()
				tt.end(b, made.Call)
				require.Equal(t, tt.want, b.journal.outcome(made.Call))
				require.Equal(t, "outbound called_out finished", b.journal.kinds(made.Call))
				require.NotEqual(t, call.AgentTalking, b.state("lan"))
				require.Empty(t, b.board.recalls)
				b.nothingIsLeft()
			})
		})
	}
}

// TestCallsThatAreNotMade: the agent is told why, and nothing is rung or written.
func TestCallsThatAreNotMade(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(*Deps) {}, func(t *testing.T, b *bench) {
		_, err := b.makes(WantedCall{Number: "0908123456"})
		require.ErrorIs(t, err, ErrNotSignedIn)
		b.desk("lan")
		events := len(b.journal.events)
		for number, reason := range map[string]outside.Reason{
			"113": outside.EmergencyNumber, "0049301234567": outside.NotAllowed, "02741022": outside.OwnNumber, "hello": outside.NoNumber,
		} {
			_, err := b.makes(WantedCall{Number: number})
			var refusal *outside.Refusal
			require.ErrorAs(t, err, &refusal, number)
			require.Equal(t, reason, refusal.Reason, number)
		}
		require.Len(t, b.journal.events, events)
		require.Equal(t, call.Available, b.state("lan"))

		b.talking()
		_, err = b.makes(WantedCall{Number: "0908123456"})
		require.ErrorIs(t, err, ErrBusy)
		require.Zero(t, b.phones.count("outside"))
		b.hangsUp("t1-1764000000.1", causeNormal)
		_, err = b.makes(WantedCall{Number: "0908123456"})
		require.NoError(t, err, "what was refused is not counted as a call at the same time")
		_, err = b.makes(WantedCall{Number: "0908123456"})
		require.ErrorAs(t, err, new(*outside.Refusal), "one at a time")
	})
	inChangedBubble(t, func(d *Deps) { d.Outside = nil }, func(t *testing.T, b *bench) {
		b.desk("lan")
		_, err := b.makes(WantedCall{Number: "0908123456"})
		require.ErrorIs(t, err, ErrNoWayOut)
	})
}

// TestRestartInACallThatAnAgentMade: the conversation goes on; one that had not begun is
// over.
func TestRestartInACallThatAnAgentMade(t *testing.T) {
	t.Parallel()
	t.Run("in conversation", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, func(*Deps) {}, func(t *testing.T, b *bench) {
			b.desk("lan")
			made, err := b.makes(WantedCall{Number: "0908123456"})
			require.NoError(t, err)
			desk, citizen := string(made.Call.Offer(1)), made.Call.Called(1)
			b.picksUp(desk)
			b.flush()
			b.picksUp(citizen)
			b.flush()
			b.killed(func() {})
			b.lineUp("lan")
			require.Equal(t, call.AgentTalking, b.state("lan"))
			require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(made.Call)))
			b.hangsUp(desk, causeNormal)
			require.Equal(t, call.Outcome{Result: call.Served, By: call.ByAgent, Stage: call.Talking}, b.journal.outcome(made.Call))
			require.Equal(t, call.WrapUp, b.state("lan"))
			b.nothingIsLeft()
			b.restart()
			require.Empty(t, b.board.recalls)
		})
	})
	t.Run("while it rings", func(t *testing.T) {
		t.Parallel()
		inChangedBubble(t, func(*Deps) {}, func(t *testing.T, b *bench) {
			b.desk("lan")
			made, err := b.makes(WantedCall{Number: "0908123456"})
			require.NoError(t, err)
			b.picksUp(string(made.Call.Offer(1)))
			b.flush()
			b.killed(func() {})
			b.flush()
			require.Equal(t, call.NotReached, b.journal.outcome(made.Call).Result)
			require.Empty(t, b.board.recalls)
			b.nothingIsLeft()
		})
	})
}

// TestDeskLostInACallThatAnAgentMade: the citizen waits, with a word, and somebody else
// goes on.
func TestDeskLostInACallThatAnAgentMade(t *testing.T) {
	t.Parallel()
	inChangedBubble(t, func(*Deps) {}, func(t *testing.T, b *bench) {
		b.desk("lan")
		made, err := b.makes(WantedCall{Number: "0908123456", Topic: call.Topic{Group: call.Field}})
		require.NoError(t, err)
		citizen := made.Call.Called(1)
		b.picksUp(string(made.Call.Offer(1)))
		b.flush()
		b.picksUp(citizen)
		b.flush()
		b.lineDown("lan")
		b.pass(6 * time.Second)
		require.Equal(t, 1, b.phones.count("play "+citizen+" "+string(made.Call)+"-r1 vi/back_in_line"))
		b.desk("hoa")
		desk := b.answers(made.Call, 2+unseen)
		require.ElementsMatch(t, []string{desk, citizen}, b.phones.members(recallBridge(made.Call)))
		state, _ := b.board.Desks().State("hoa")
		require.False(t, state.Offer.Outbound, "that one is rung like for any other")
		b.hangsUp(desk, causeNormal)
		require.Equal(t, "outbound called_out connected disconnected offered offer_rang offer_closed connected disconnected finished",
			b.journal.kinds(made.Call))
		b.nothingIsLeft()
	})
}
