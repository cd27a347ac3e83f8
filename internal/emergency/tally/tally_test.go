package tally

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
)

func TestTheDaysHandovers(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	n := 0
	told := func(id call.ID, after time.Duration, f call.Fact) call.Event {
		n++
		return call.Event{ID: fmt.Sprint(n), At: at.Add(after), Call: id, Fact: f}
	}
	events := []call.Event{
		told("t1-1.1", 0, call.HandoverBegan{Service: call.Fire}),
		told("t1-1.1", 0, call.DestinationTried{Attempt: 1, Service: call.Fire, Rung: 1, Round: 1}),
		told("t1-1.1", 12*time.Second, call.DestinationTried{Attempt: 2, Service: call.Fire, Rung: 2, Round: 1}),
		told("t1-1.1", 12*time.Second, call.Connected{Agent: "lan"}),
		told("t1-1.1", 14*time.Second, call.DestinationAnswered{Attempt: 2, Service: call.Fire}),
		told("t1-1.1", 30*time.Second, call.HandoverConfirmed{Attempt: 2, Service: call.Fire, Agent: "lan"}),
		told("t1-1.2", 0, call.HandoverBegan{Service: call.Police}),
		told("t1-1.2", 5*time.Second, call.CallbackOwed{Service: call.Police}),
		told("t1-1.2", time.Minute, call.DutyNoted{Agent: "lan", How: call.DutyReached}),
		told("t1-1.3", 0, call.HandoverBegan{Service: call.Police}),
		told("t1-1.4", 0, call.Connected{Agent: "hoa"}),
		told("t1-1.5", -30*time.Hour, call.HandoverBegan{Service: call.Police}),
	}
	b := NewBook(time.UTC)
	b.Apply(events...)
	b.Apply(events...)
	require.Equal(t, Today{
		Asked: 3, AnsweredIn15s: 1, AnsweredIn20s: 1, ToAnswerMs: 14000, ToConfirmMs: 30000, Confirmed: 1, FirstFailed: 1, Depth: 2, Owed: 1, CalledBack: 1,
	}, b.Today(at))
}
