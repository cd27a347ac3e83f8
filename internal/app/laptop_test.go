package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone"
)

// TestALaptopSleepsInConversation: nothing comes from it, though its sockets are open. The
// citizen is told when the sound has been away for the phones' ten seconds or the socket
// for its own, and kept; awake, the page finds out by itself what it has missed.
func TestALaptopSleepsInConversation(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	desk := w.browserDesk("lan.nguyen")
	citizen := w.inConversation(desk)
	w.desk("minh.tran", softphone.DeskOptions{Say: softphone.ToneSource(reliefTone)})

	desk.Sleep()
	t.Cleanup(desk.Wake)
	asleep := time.Now()
	require.Eventually(t, func() bool {
		state, ok := w.app.Board().Desks().State("lan.nguyen")
		return ok && state.Kept != nil
	}, 20*time.Second, 50*time.Millisecond, "the citizen sits in silence")
	t.Logf("told after %v", time.Since(asleep))
	desk.Wake()
	woken := time.Now()
	w.again(desk, citizen)
	t.Logf("talking again %v after it woke up", time.Since(woken))
	require.Less(t, time.Since(woken), backWithin)
	w.endsInOneTicket(desk, citizen)
}
