package duty

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

func told(facts ...call.Fact) []call.Event {
	at := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	events := make([]call.Event, len(facts))
	for i, f := range facts {
		events[i] = call.Event{ID: fmt.Sprint(i), At: at.Add(time.Duration(i) * time.Second), Call: "t1-1.1", Fact: f}
	}
	return events
}

func TestADutyStandsUntilSomebodyIsReached(t *testing.T) {
	t.Parallel()
	b := NewBook()
	events := told(
		call.Arrived{Caller: "+84908123456", Ticket: "2632900017"}, call.CallbackOwed{Service: call.Fire},
		call.DutyNoted{Agent: "lan", How: call.DutyTaken}, call.DutyNoted{Agent: "lan", How: call.DutyNoAnswer, Note: "chuông dài"},
	)
	b.Apply(events[:2]...)
	owed := b.Owed()
	require.Len(t, owed, 1)
	require.Equal(t, "2632900017", owed[0].Ticket)
	require.False(t, owed[0].Overdue(owed[0].Since.Add(Within-1)))
	require.True(t, owed[0].Overdue(owed[0].Since.Add(Within)))
	b.Apply(events...)
	d, ok := b.Of("t1-1.1")
	require.True(t, ok)
	require.Equal(t, call.AgentID("lan"), d.TakenBy())
	require.Equal(t, 1, d.Tries(), "told twice is done once")
	require.False(t, d.Done())
	require.False(t, d.Overdue(d.Since.Add(time.Hour)), "somebody has tried")
	b.Apply(call.Event{ID: "9", Call: "t1-1.1", Fact: call.DutyNoted{Agent: "lan", How: call.DutyReached}})
	d, _ = b.Of("t1-1.1")
	require.True(t, d.Done())
}

func TestWhoHangsUpInTheLineOfTheEmergencyIsOwedACallToo(t *testing.T) {
	t.Parallel()
	b := NewBook()
	gone := call.Finished{Outcome: call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Waiting}}
	b.Apply(told(call.Arrived{Caller: "+84908123456"}, call.Queued{Queue: "emergency", Topic: call.Topic{Group: call.Emergency}}, gone)...)
	require.Len(t, b.Owed(), 1)
	b = NewBook()
	b.Apply(told(call.Arrived{Caller: "+84908123456"}, call.Queued{Queue: "field", Topic: call.Topic{Group: call.Field}}, gone)...)
	require.Empty(t, b.Owed())
}
