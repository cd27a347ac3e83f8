package emergency_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// plan has three destinations for a fire, and two for an ambulance.
func plan() emergency.Plan {
	return emergency.Plan{
		Services: []emergency.Service{
			{Key: call.Fire, Ladder: []emergency.Rung{
				{Kind: emergency.Number, Address: "114", Name: "114"}, {Kind: emergency.AtDesk, Address: "d1", Name: "d1"},
				{Kind: emergency.Mobile, Address: "0908123456", Name: "mobile"},
			}},
			{Key: call.Ambulance, Ladder: []emergency.Rung{
				{Kind: emergency.Number, Address: "115", Name: "115"}, {Kind: emergency.Mobile, Address: "0908654321", Name: "mobile 2"},
			}},
		},
		Timing: emergency.Timing{
			Next: 12 * time.Second, Ring: time.Minute, Retry: 3 * time.Second, Say: 15 * time.Second, Alone: 30 * time.Second,
		},
	}
}

// bench is a hand-over with a clock and what was said so far.
type bench struct {
	tb  testing.TB
	h   *emergency.Handover
	now time.Time
	all []emergency.Action
}

func begin(tb testing.TB, agent call.AgentID) *bench {
	b := &bench{tb: tb, h: emergency.New(plan()), now: time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)}
	b.apply(emergency.Begin{Service: call.Fire, Agent: agent})
	return b
}

func (b *bench) apply(e emergency.Event) []emergency.Action {
	out := b.h.Apply(b.now, e)
	b.all = append(b.all, out...)
	return out
}

// after lets time pass, with a tick whenever one is due.
func (b *bench) after(d time.Duration) (out []emergency.Action) {
	end := b.now.Add(d)
	for due := b.h.Due(); !due.IsZero() && !due.After(end); due = b.h.Due() {
		require.False(b.tb, due.Before(b.now.Add(-time.Minute)), "overdue")
		b.now = later(b.now, due)
		out = append(out, b.apply(emergency.Tick{})...)
	}
	b.now = end
	return append(out, b.apply(emergency.Tick{})...)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// of is what of the actions has that type.
func of[A emergency.Action](actions []emergency.Action) (list []A) {
	for _, a := range actions {
		if a, ok := a.(A); ok {
			list = append(list, a)
		}
	}
	return list
}

func facts[F call.Fact](actions []emergency.Action) (list []F) {
	for _, r := range of[emergency.Record](actions) {
		if f, ok := r.Fact.(F); ok {
			list = append(list, f)
		}
	}
	return list
}

func TestTheCitizenIsInTheBridgeAndADestinationAndAnAgentRingAtOnce(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	require.IsType(t, emergency.BridgeCitizen{}, b.all[0])
	require.IsType(t, emergency.Ring{}, b.all[2], "only a fact comes before it")
	require.Equal(t, "114", of[emergency.Ring](b.all)[0].Rung.Address)
	require.Equal(t, []emergency.CallAgent{{On: true}}, of[emergency.CallAgent](b.all))
	require.Equal(t, "emg_transfer_114", of[emergency.Say](b.all)[0].Key())
	require.Equal(t, []emergency.Hold{{On: true}}, of[emergency.Hold](b.all))
}

func TestAnAgentWhoIsThereIsNotRung(t *testing.T) {
	t.Parallel()
	b := begin(t, "lan")
	require.Empty(t, of[emergency.CallAgent](b.all))
	require.Empty(t, of[emergency.Hold](b.all), "the citizen hears the agent")
	require.Empty(t, of[emergency.Say](b.all), "and no prompt over their words")
}

func TestTheNextDestinationJoinsTheRinging(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	out := b.after(12 * time.Second)
	require.Equal(t, "d1", of[emergency.Ring](out)[0].Rung.Address)
	require.Empty(t, of[emergency.Drop](out), "the first one goes on ringing")
	out = b.apply(emergency.Answered{Attempt: 1})
	require.Equal(t, []emergency.Join{{Attempt: 1}}, of[emergency.Join](out))
	require.Equal(t, []emergency.Drop{{Attempt: 2}}, of[emergency.Drop](out))
	require.Equal(t, []emergency.Hold{{On: false}}, of[emergency.Hold](out))
}

func TestBusyCongestedAndUnreachableMoveOnAtOnce(t *testing.T) {
	t.Parallel()
	for _, how := range []call.DestinationEnd{call.DestinationBusy, call.DestinationCongested, call.DestinationNoRoute} {
		b := begin(t, "")
		out := b.apply(emergency.Gone{Attempt: 1, How: how})
		require.Equal(t, "d1", of[emergency.Ring](out)[0].Rung.Address, how)
	}
}

func TestADestinationThatHangsUpEarlyIsFollowedByTheNext(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	b.apply(emergency.Answered{Attempt: 1})
	out := b.apply(emergency.Gone{Attempt: 1, How: call.DestinationNoAnswer})
	require.Equal(t, call.DestinationHungUp, facts[call.DestinationClosed](out)[0].How, "it had answered")
	require.Equal(t, "d1", of[emergency.Ring](out)[0].Rung.Address)
	require.Equal(t, []emergency.Hold{{On: true}}, of[emergency.Hold](out))
}

func TestWhenTheLadderEndsItBeginsAgainAndSupervisorsRing(t *testing.T) {
	t.Parallel()
	b := begin(t, "lan")
	for attempt := range 3 {
		b.apply(emergency.Gone{Attempt: attempt + 1, How: call.DestinationBusy})
	}
	require.Equal(t, []emergency.CallSupervisors{{On: true}}, of[emergency.CallSupervisors](b.all))
	require.Len(t, of[emergency.Ring](b.all), 3)
	out := b.after(3 * time.Second)
	require.Equal(t, "114", of[emergency.Ring](out)[0].Rung.Address)
	require.Equal(t, 2, facts[call.LadderRestarted](out)[0].Round)
	out = b.apply(emergency.Answered{Attempt: 4})
	require.Equal(t, []emergency.CallSupervisors{{On: false}}, of[emergency.CallSupervisors](out))
}

func TestSupervisorsRingWhenNobodyIsFreeAndWhenNobodyComes(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	out := b.apply(emergency.NobodyFree{})
	require.Equal(t, "nobody_free", facts[call.SupervisorsCalled](out)[0].Why)
	out = b.apply(emergency.Entered{Agent: "thu"})
	require.Equal(t, []emergency.JoinAgent{{Agent: "thu"}}, of[emergency.JoinAgent](out))
	require.Equal(t, []emergency.CallSupervisors{{On: false}}, of[emergency.CallSupervisors](out))
	require.Equal(t, []emergency.CallAgent{{On: false}}, of[emergency.CallAgent](out))

	b = begin(t, "")
	b.apply(emergency.Answered{Attempt: 1})
	out = b.after(30 * time.Second)
	require.Equal(t, "alone", facts[call.SupervisorsCalled](out)[0].Why)
}

func TestThreeWayUntilOneOfUsConfirms(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	b.apply(emergency.Entered{Agent: "lan"})
	require.Empty(t, b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"}), "nobody has answered")
	b.apply(emergency.Answered{Attempt: 1})
	require.Empty(t, b.apply(emergency.Confirm{Service: call.Fire, Agent: "minh"}), "who is not there cannot have heard it")
	out := b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"})
	require.Equal(t, []call.HandoverConfirmed{{Service: call.Fire, Attempt: 1, Agent: "lan"}}, facts[call.HandoverConfirmed](out))
	require.Equal(t, []emergency.LetGo{{Agent: "lan"}}, of[emergency.LetGo](out))
	require.Empty(t, b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"}))
	b.apply(emergency.Left{Agent: "lan"})
	out = b.apply(emergency.CitizenGone{})
	require.Empty(t, facts[call.CallbackOwed](out))
	require.Equal(t, call.HandedOver, of[emergency.Finish](out)[0].Outcome.Result)
	require.Equal(t, []emergency.Drop{{Attempt: 1}}, of[emergency.Drop](out))
}

func TestASecondServiceInTheSameConference(t *testing.T) {
	t.Parallel()
	b := begin(t, "lan")
	b.apply(emergency.Answered{Attempt: 1})
	out := b.apply(emergency.AddService{Service: call.Ambulance, Agent: "lan"})
	require.Equal(t, "115", of[emergency.Ring](out)[0].Rung.Address)
	require.Empty(t, of[emergency.Drop](out))
	out = b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"})
	require.Empty(t, of[emergency.LetGo](out), "the ambulance is not confirmed yet")
	b.apply(emergency.Answered{Attempt: 2})
	out = b.apply(emergency.Confirm{Service: call.Ambulance, Agent: "lan"})
	require.Equal(t, []emergency.LetGo{{Agent: "lan"}}, of[emergency.LetGo](out))
	require.Empty(t, of[emergency.Drop](b.all))
}

func TestACitizenWhoGoesBeforeTheConfirmationIsOwedACallback(t *testing.T) {
	t.Parallel()
	b := begin(t, "lan")
	b.apply(emergency.Answered{Attempt: 1})
	out := b.apply(emergency.CitizenGone{})
	require.Equal(t, []call.CallbackOwed{{Service: call.Fire}}, facts[call.CallbackOwed](out))
	require.Empty(t, of[emergency.Finish](out), "agent and command centre talk on")
	require.Empty(t, b.apply(emergency.CitizenGone{}), "told twice")
	out = b.apply(emergency.Gone{Attempt: 1})
	require.Len(t, of[emergency.Finish](out), 1)
	require.Empty(t, b.apply(emergency.Left{Agent: "lan"}), "after the end nothing is done")
}

func TestACommandCentreThatHangsUpLeavesTheCitizenToUs(t *testing.T) {
	t.Parallel()
	b := begin(t, "lan")
	b.apply(emergency.Answered{Attempt: 1})
	b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"})
	b.apply(emergency.Left{Agent: "lan"})
	out := b.apply(emergency.Gone{Attempt: 1})
	require.Equal(t, emergency.SayAfter, of[emergency.Say](out)[0].Prompt)
	require.Empty(t, of[emergency.CallAgent](out), "most citizens hang up now")
	out = b.after(8 * time.Second)
	require.Equal(t, []emergency.CallAgent{{On: true}}, of[emergency.CallAgent](out))
	require.Empty(t, of[emergency.Ring](out))
}

func TestOneWhoDoesNotSpeakIsFollowedByTheNextWhenWanted(t *testing.T) {
	t.Parallel()
	b := begin(t, "lan")
	b.apply(emergency.Answered{Attempt: 1})
	out := b.apply(emergency.Advance{Service: call.Fire})
	require.Equal(t, "d1", of[emergency.Ring](out)[0].Rung.Address)
	require.Empty(t, of[emergency.Drop](out), "it may speak yet")
	b.apply(emergency.Answered{Attempt: 2})
	out = b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"})
	require.Equal(t, 2, facts[call.HandoverConfirmed](out)[0].Attempt, "the one who came later, and was asked for")
	require.Equal(t, []emergency.Drop{{Attempt: 1}}, of[emergency.Drop](out))
}

func TestACitizenWhoWaitsIsSpokenTo(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	b.after(2 * time.Minute)
	require.GreaterOrEqual(t, len(of[emergency.Say](b.all)), 7)
}
