package emergency_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

func TestClocksAreTheSameInAnyOrderAndTwice(t *testing.T) {
	t.Parallel()
	began := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	at := func(after time.Duration, f call.Fact) call.Event { return call.Event{At: began.Add(after), Fact: f} }
	events := []call.Event{
		at(0, call.HandoverBegan{Service: call.Fire}),
		at(0, call.DestinationTried{Attempt: 1, Service: call.Fire, Rung: 1, Round: 1}),
		at(time.Second, call.DestinationRang{Attempt: 1, Service: call.Fire}),
		at(12*time.Second, call.DestinationTried{Attempt: 2, Service: call.Fire, Rung: 2, Round: 1}),
		at(14*time.Second, call.DestinationAnswered{Attempt: 2, Service: call.Fire}),
		at(30*time.Second, call.HandoverBegan{Service: call.Ambulance}),
		at(40*time.Second, call.SheetAcknowledged{Service: call.Fire}),
		at(50*time.Second, call.HandoverConfirmed{Service: call.Fire, Attempt: 2}),
		at(60*time.Second, call.CallbackOwed{Service: call.Fire}),
	}
	want := emergency.Clocks(events)
	require.Len(t, want, 2)
	fire := want[0]
	answer, ok := fire.ToAnswer()
	require.True(t, ok)
	require.Equal(t, 14*time.Second, answer)
	confirm, _ := fire.ToConfirm()
	require.Equal(t, 50*time.Second, confirm)
	acknowledge, _ := fire.ToAcknowledge()
	require.Equal(t, 40*time.Second, acknowledge)
	require.Equal(t, []int{2, 1, 2}, []int{fire.Depth, fire.Rounds, fire.Attempts})
	require.True(t, fire.FirstFailed)
	_, ok = want[1].ToAnswer()
	require.False(t, ok)
	slices.Reverse(events)
	require.Equal(t, want, emergency.Clocks(append(events, events...)))
}
