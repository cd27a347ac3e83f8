package ticket_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// A recording holds what the citizen said and heard with somebody, and no hold.
func TestMarkersStandWhereTheRecordingHasThem(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	var events []call.Event
	now := begin
	tell := func(after time.Duration, f call.Fact) {
		now = now.Add(after)
		events = append(events, call.Event{ID: fmt.Sprintf("t1-%012d", len(events)+1), At: now, Call: "t1-1.1", Fact: f})
	}
	tell(0, call.Arrived{Ticket: "2632800017"})
	tell(3*time.Second, call.KeyPressed{Digit: "3", Accepted: true})
	tell(20*time.Second, call.Connected{Offer: "t1-1.1-o1", Agent: "lan"})
	tell(10*time.Second, call.Held{Agent: "lan"})
	tell(40*time.Second, call.Resumed{Agent: "lan"})
	tell(5*time.Second, call.Held{Agent: "lan"})
	tell(time.Second, call.ConsultBegan{Agent: "lan"})
	tell(9*time.Second, call.Connected{Offer: "t1-1.1-o2", Agent: "hoa"})
	tell(0, call.Transferred{From: "lan"})
	tell(0, call.Disconnected{Offer: "t1-1.1-o1", Agent: "lan", Why: "transferred"})
	tell(7*time.Second, call.RecordingPaused{})
	tell(3*time.Second, call.Disconnected{Offer: "t1-1.1-o2", Agent: "hoa", Why: "citizen_hung_up"})
	tell(0, call.Finished{})

	var got []string
	for _, m := range ticket.Markers(events, ticket.Names{}, 24900*time.Millisecond) {
		require.NotEmpty(t, m.Vi)
		require.NotEmpty(t, m.En)
		got = append(got, fmt.Sprint(m.Kind, " ", m.AtMs))
	}
	require.Equal(t, []string{
		"key_pressed 0", "connected 0", "held 10000", "resumed 10000", "held 15000", "consult_began 15000", "connected 15000", "transferred 15000",
		"disconnected 15000", "recording_paused 22000", "disconnected 24900",
	}, got, "never behind the end")
	require.Empty(t, ticket.Markers(nil, ticket.Names{}, time.Second))
}
