package softphone_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone"
)

// Light calls are calls: the far end hears each of them, and each hears that there is
// sound, presses keys and is hung up on.
func TestLightCallsAreHeardAndHear(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	const calls = 30
	up := make(chan *softphone.Call, calls)
	p.callee.Answer(func(softphone.Incoming) softphone.Reply {
		return softphone.Reply{Say: softphone.ToneSource(1000), Up: func(c *softphone.Call) { up <- c }}
	})
	var all sync.WaitGroup
	for range calls {
		all.Go(func() {
			c, err := p.caller.Call(t.Context(), softphone.CallOptions{
				Via: p.callee.Address(), To: "1022", From: "0908123456", Say: softphone.ToneSource(400), Light: true,
			})
			if !fine(t, err) {
				return
			}
			fine(t, c.Heard.WaitSound(t.Context()))
			began := time.Now()
			fine(t, c.Press(t.Context(), "22"))
			if ended := c.KeyEnded(); ended.Before(began) || ended.After(time.Now()) {
				t.Errorf("the key ended at %v, not since %v", ended, began)
			}
			select {
			case <-c.Done():
			case <-time.After(soon):
				t.Error("the call does not end")
			}
		})
	}
	for range calls {
		all.Go(func() {
			c := <-up
			_, err := c.Heard.WaitTone(t.Context(), 400, 200*time.Millisecond)
			fine(t, err)
			select { // time for the keys
			case <-time.After(time.Second):
			case <-c.Done():
			}
			c.Hangup()
		})
	}
	all.Wait()
	require.False(t, t.Failed())
}

// fine reports an error from a goroutine that is not the test's.
func fine(t *testing.T, err error) bool {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
	return err == nil
}
