package wallboard_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/internal/call"
	"hotline1022/internal/wallboard"
)

// history draws an evening of calls, sensible or not, that goes on past midnight.
func history(t *rapid.T) *story {
	s := newStory(t, "22:00:00")
	agent := rapid.SampledFrom([]call.AgentID{"lan", "hoa", "minh"})
	state := rapid.SampledFrom([]call.AgentState{
		call.Offline, call.Available, call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp, call.Paused,
	})
	queue := rapid.SampledFrom([]string{"emergency", "field", "unheard of"})
	result := rapid.SampledFrom([]call.Result{
		call.Served, call.HandedOver, call.Abandoned, call.SelfServed, call.Refused, call.Failed, call.Voicemail, call.Callback,
	})
	stage := rapid.SampledFrom([]call.Stage{call.Menu, call.Waiting, call.Ringing, call.Talking})
	how := rapid.SampledFrom([]call.OfferEnd{call.OfferAccepted, call.OfferRefused, call.OfferTimedOut, call.OfferRescinded})
	node := rapid.SampledFrom([]string{"n1", "n2"})
	for range rapid.IntRange(0, 60).Draw(t, "events") {
		s.node = node.Draw(t, "node")
		s.now = s.now.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "seconds")) * time.Second)
		id := call.ID(fmt.Sprintf("%s-1.%d", s.node, rapid.IntRange(1, 4).Draw(t, "call")))
		o, a := id.Offer(rapid.IntRange(1, 3).Draw(t, "offer")), agent.Draw(t, "agent")
		facts := []call.Fact{
			call.Arrived{}, call.Greeted{}, call.MenuEntered{Node: "main"}, call.KeyPressed{Node: "main", Digit: "1"},
			call.LanguageChosen{Language: call.English},
			call.Queued{Queue: queue.Draw(t, "queue"), Again: rapid.Bool().Draw(t, "again")},
			call.Offered{Offer: o, Agent: a}, call.OfferRang{Offer: o, Agent: a},
			call.OfferClosed{Offer: o, Agent: a, How: how.Draw(t, "how")},
			call.Connected{Offer: o, Agent: a}, call.Disconnected{Offer: o, Agent: a},
			call.Finished{Outcome: call.Outcome{Result: result.Draw(t, "result"), Stage: stage.Draw(t, "stage")}},
			call.Recorded{}, call.WrappedUp{Agent: a},
			call.QueueMoved{To: queue.Draw(t, "queue")}, call.VoicemailBegan{}, call.VoicemailLeft{}, call.SurveyAsked{}, call.Rated{},
			call.CallbackAsked{}, call.CallbackTried{}, call.CallbackClosed{},
			call.AgentMoved{Agent: a, From: state.Draw(t, "from"), To: state.Draw(t, "state")},
			call.AgentMoved{Agent: a, To: call.WrapUp}, call.AgentMoved{Agent: a, From: call.WrapUp, To: call.Available},
			call.Restarted{Adopted: []call.ID{id}},
		}
		fact := rapid.SampledFrom(facts).Draw(t, "fact")
		if _, ok := fact.(call.Restarted); ok {
			id = ""
		}
		s.tell(id, fact)
	}
	return s
}

func live(t require.TestingT, now time.Time, parts ...[]call.Event) wallboard.Live {
	f := wallboard.New(config(t))
	for _, p := range parts {
		f.Apply(p)
	}
	return f.Live(now)
}

// TestAnyOrder: the figures do not depend on the order in which events come.
func TestAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := history(t)
		mixed := rapid.Permutation(s.events).Draw(t, "mixed")
		require.Equal(t, live(t, s.now, s.events), live(t, s.now, mixed))
	})
}

// TestInPieces: in two halves, read in between, with any of it told twice, it is the
// same as at once.
func TestInPieces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := history(t)
		cut := rapid.IntRange(0, len(s.events)).Draw(t, "cut")
		again := rapid.IntRange(0, len(s.events)).Draw(t, "again")
		f := wallboard.New(config(t))
		f.Apply(s.events[:cut])
		f.Live(s.now)
		f.Apply(s.events[cut:])
		f.Apply(s.events[again:])
		require.Equal(t, live(t, s.now, s.events), f.Live(s.now))
	})
}

// TestCallsAddUp: no call is counted in two places, and none is lost.
func TestCallsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := history(t)
		s.events = slices.DeleteFunc(s.events, func(e call.Event) bool { return e.Fact.Kind() == "restarted" })
		open := map[call.ID]bool{}
		for _, e := range s.events {
			switch e.Fact.(type) {
			case call.AgentMoved, call.Recorded, call.WrappedUp, call.CallbackTried, call.CallbackClosed:
			default:
				open[e.Call] = true
			}
		}
		for _, e := range s.events {
			if _, ok := e.Fact.(call.Finished); ok {
				delete(open, e.Call)
			}
		}
		l := live(t, s.now, s.events)
		require.Equal(t, len(open), l.Calls.Menu+l.Calls.Waiting+l.Calls.Ringing+l.Calls.Talking)
		inLine := 0
		for _, q := range l.Queues {
			inLine += q.Waiting
			require.GreaterOrEqual(t, q.LongestWaitMs, int64(0))
		}
		require.Equal(t, l.Calls.Waiting, inLine)
		d := l.Today
		answered := 0
		for _, q := range l.Queues {
			answered += q.Today.Answered
			require.LessOrEqual(t, q.Today.Answered+q.Today.Abandoned, q.Today.Entered)
			require.Less(t, -1, q.Today.Within[0].Answered)
			require.LessOrEqual(t, q.Today.Within[2].Answered, q.Today.Answered)
		}
		require.LessOrEqual(t, answered, d.Answered, "there are queues that are not shown")
		require.Equal(t, d.AnsweredIn15s, d.Within[1].Answered)
		require.InDelta(t, d.AnsweredIn15sPercent, d.Within[1].Percent, 0)
		require.LessOrEqual(t, d.Served+d.Abandoned+d.Failed+d.Voicemail+d.Callback, d.Arrived)
		require.LessOrEqual(t, d.AbandonedWaiting, d.Abandoned)
		require.LessOrEqual(t, d.AnsweredIn15s, d.Answered)
		require.LessOrEqual(t, d.AnsweredIn15sPercent, 100.0)
	})
}
