package emergency_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// dies takes up what is left of a hand-over in a new controller.
func (b *bench) dies(found emergency.Found) []emergency.Action {
	var past []call.Event
	for _, r := range of[emergency.Record](b.all) {
		past = append(past, call.Event{At: b.now, Fact: r.Fact})
	}
	h, actions, ok := emergency.Resume(plan(), past, found, b.now)
	require.True(b.tb, ok)
	b.h, b.all = h, append(b.all, actions...)
	return actions
}

func TestARestartWhileRingingGoesOnWhereTheLadderWas(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	b.after(12 * time.Second)
	out := b.dies(emergency.Found{Ringing: []int{1, 2}})
	require.Equal(t, []emergency.BridgeCitizen{{}}, of[emergency.BridgeCitizen](out))
	require.Equal(t, []emergency.Hold{{On: true}}, of[emergency.Hold](out))
	require.Equal(t, []emergency.CallAgent{{On: true}}, of[emergency.CallAgent](out))
	require.Empty(t, of[emergency.Ring](out), "both ring on")
	out = b.after(12 * time.Second)
	require.Equal(t, "0908123456", of[emergency.Ring](out)[0].Rung.Address)
	require.Equal(t, 3, of[emergency.Ring](out)[0].Attempt)
}

func TestARestartInAConferenceLetsNobodyGo(t *testing.T) {
	t.Parallel()
	b := begin(t, "lan")
	b.apply(emergency.Answered{Attempt: 1})
	out := b.dies(emergency.Found{Live: []int{1}, Here: []call.AgentID{"lan"}})
	require.Empty(t, of[emergency.Drop](out))
	require.Equal(t, []emergency.Hold{{On: false}}, of[emergency.Hold](out), "nobody knows whether it was on")
	out = b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"})
	require.Len(t, facts[call.HandoverConfirmed](out), 1)
	require.Empty(t, facts[call.HandoverConfirmed](b.dies(emergency.Found{Live: []int{1}, Here: []call.AgentID{"lan"}})))
	require.Empty(t, b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"}), "it was confirmed before")
}

func TestWhatEndedWhileNobodyLookedIsFollowedByTheNext(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	b.apply(emergency.Answered{Attempt: 1})
	out := b.dies(emergency.Found{})
	require.Equal(t, call.DestinationHungUp, facts[call.DestinationClosed](out)[0].How)
	require.Equal(t, "d1", of[emergency.Ring](out)[0].Rung.Address)
}

func TestALegThatNoFactTellsOfIsLetGo(t *testing.T) {
	t.Parallel()
	b := begin(t, "")
	out := b.dies(emergency.Found{Ringing: []int{1, 7}})
	require.Equal(t, []emergency.Drop{{Attempt: 7}}, of[emergency.Drop](out))
	out = b.after(12 * time.Second)
	require.Equal(t, 8, of[emergency.Ring](out)[0].Attempt, "its number is not used again")
}

func TestALegThatHasAnsweredIsKeptThoughNoFactTellsOfIt(t *testing.T) {
	t.Parallel()
	b := begin(t, "lan")
	out := b.dies(emergency.Found{Ringing: []int{1}, Live: []int{2}, Here: []call.AgentID{"lan"}})
	require.Equal(t, []emergency.Join{{Attempt: 2}}, of[emergency.Join](out))
	require.Equal(t, []emergency.Drop{{Attempt: 1}}, of[emergency.Drop](out), "which only rang")
	require.Len(t, facts[call.HandoverConfirmed](b.apply(emergency.Confirm{Service: call.Fire, Agent: "lan"})), 1)
}

func TestACallWithoutAHandoverHasNoneToResume(t *testing.T) {
	t.Parallel()
	_, _, ok := emergency.Resume(plan(), []call.Event{{Fact: call.Greeted{}}}, emergency.Found{}, time.Now())
	require.False(t, ok)
}
