package app

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/outside"
)

// What an agent called before a restart counts as if there had been none.
func TestLimitsOfOutsideCallsSurviveARestart(t *testing.T) {
	t.Parallel()
	rules := outside.Rules{Allowed: []string{"+84"}, PerHour: 2, PerDay: 5, AtOnce: 1, MaxLength: time.Minute}
	book := outside.NewBook(rules)
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for i, at := range []time.Time{now.Add(-2 * time.Hour), now.Add(-30 * time.Minute), now.Add(-time.Minute)} {
		id := call.ID("t1-1764000000.9")
		calledBefore(book, call.Event{At: at, Call: id, Fact: call.CalledOut{Leg: id.Called(i + 1), Agent: "lan", Number: "+84908123456"}})
		calledBefore(book, call.Event{At: at, Call: id, Fact: call.Greeted{}})
	}
	_, err := book.Ask(now, "lan", "t1-1.2-c1", "0908123456", false)
	var refusal *outside.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, outside.TooManyThisHour, refusal.Reason, "and none of them goes on")
	_, err = book.Ask(now, "hoa", "t1-1.2-c1", "0908123456", false)
	require.NoError(t, err)
}
