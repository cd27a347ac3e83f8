package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// Who waits when a queue is closed goes on waiting, and is served; who comes later
// overflows at once, until it is open again. An emergency knows no closing.
func TestAClosedQueueServesWhoWaitsAndTakesNobodyMore(t *testing.T) {
	t.Parallel()
	cfg := overflowing("procedure", acd.Target{To: acd.ToVoicemail}, false)
	w := newWorld(t, cfg)
	w.arrive("n1-1.1", "procedure")
	w.pass(10 * time.Second)
	closed := cfg
	closed.Queues = append([]acd.Queue{}, cfg.Queues...)
	for i := range closed.Queues {
		if closed.Queues[i].Name == "procedure" {
			closed.Queues[i].Closed = w.now
		}
	}
	w.reload(closed)
	w.pass(time.Second)
	require.Empty(t, only[acd.Overflowed](w.log), "who waits already")
	w.arrive("n1-1.2", "procedure")
	w.pass(time.Millisecond)
	gone := only[acd.Overflowed](w.log)
	require.Len(t, gone, 1)
	require.Equal(t, call.ID("n1-1.2"), gone[0].Call)
	require.Equal(t, acd.Target{To: acd.ToVoicemail}, gone[0].To)
	w.arrive("n1-1.3", "field")
	w.pass(time.Millisecond)
	require.Len(t, only[acd.Overflowed](w.log), 1, "another queue is open")
	w.desk("lan", "procedure")
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))

	w.reload(cfg)
	w.arrive("n1-1.4", "procedure")
	w.pass(time.Second)
	require.Len(t, only[acd.Overflowed](w.log), 1, "open again")
}
