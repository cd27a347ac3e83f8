package softphone_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emiago/sipgo"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/softphone"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// soon is how long a test waits for what must come.
const soon = 20 * time.Second

// pair is a phone that calls and one that is called.
type pair struct {
	t      *testing.T
	caller *softphone.Phone
	callee *softphone.Phone
}

func newPair(t *testing.T) pair {
	t.Helper()
	p := pair{t: t}
	for _, phone := range []**softphone.Phone{&p.caller, &p.callee} {
		made, err := softphone.NewPhone("127.0.0.1")
		require.NoError(t, err)
		t.Cleanup(made.Close)
		*phone = made
	}
	return p
}

func (p pair) call(ctx context.Context, say softphone.Source) (*softphone.Call, error) {
	return p.caller.Call(ctx, softphone.CallOptions{Via: p.callee.Address(), To: "0908123456", From: "02741022", Say: say})
}

// status is what the callee refused with.
func (p pair) status() int {
	p.t.Helper()
	_, err := p.call(p.t.Context(), nil)
	require.ErrorIs(p.t, err, softphone.ErrNotAnswered)
	var refused *sipgo.ErrDialogResponse
	require.ErrorAs(p.t, err, &refused)
	return refused.Res.StatusCode
}

func over(t *testing.T, c *softphone.Call) {
	t.Helper()
	select {
	case <-c.Done():
	case <-time.After(soon):
		t.Fatal("the call does not end")
	}
}

func TestACallThatIsTakenHasSoundBothWaysAndEnds(t *testing.T) {
	t.Parallel()
	for name, hangUp := range map[string]func(caller, callee *softphone.Call){
		"the caller hangs up": func(caller, _ *softphone.Call) { caller.Hangup() },
		"the callee hangs up": func(_, callee *softphone.Call) { callee.Hangup() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t)
			up := make(chan *softphone.Call, 1)
			const ring = 100 * time.Millisecond
			p.callee.Answer(func(in softphone.Incoming) softphone.Reply {
				require.Equal(t, "02741022", in.From)
				require.Equal(t, "0908123456", in.To)
				require.Equal(t, "application/sdp", in.Header("Content-Type"))
				require.Empty(t, in.Header("X-Hotline-Call"))
				return softphone.Reply{Ring: ring, Say: softphone.ToneSource(1000), Up: func(c *softphone.Call) { up <- c }}
			})
			caller, err := p.call(t.Context(), softphone.ToneSource(440))
			require.NoError(t, err)
			require.GreaterOrEqual(t, caller.Answered.Sub(caller.Invited), ring)
			callee := <-up
			require.Equal(t, "02741022", callee.From)
			ctx, cancel := context.WithTimeout(t.Context(), soon)
			defer cancel()
			_, err = caller.Heard.WaitTone(ctx, 1000, 200*time.Millisecond)
			require.NoError(t, err)
			_, err = callee.Heard.WaitTone(ctx, 440, 200*time.Millisecond)
			require.NoError(t, err)
			caller.Restart() // another source says the same
			_, err = callee.Heard.WaitTone(ctx, 440, 200*time.Millisecond)
			require.NoError(t, err)
			hangUp(caller, callee)
			over(t, caller)
			over(t, callee)
			require.ElementsMatch(t, []string{"us", "far end"}, []string{caller.EndedBy(), callee.EndedBy()})
		})
	}
}

func TestACallThatIsNotTaken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply softphone.Reply
		want  int
	}{
		"busy":             {softphone.Reply{Status: softphone.Busy}, 486},
		"declined":         {softphone.Reply{Status: softphone.Declined, Ring: 50 * time.Millisecond}, 603},
		"no such number":   {softphone.Reply{Status: 404}, 404},
		"gone elsewhere":   {softphone.Reply{Status: 302, MovedTo: "sip:1@127.0.0.1"}, 302},
		"nobody can do it": {softphone.Reply{Status: 503}, 503},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t)
			p.callee.Answer(func(softphone.Incoming) softphone.Reply { return c.reply })
			require.Equal(t, c.want, p.status())
		})
	}
	require.Equal(t, 480, newPair(t).status(), "nobody is asked")
}

// The caller gives up, and the phone is free again.
func TestACallThatRingsUntilTheCallerGivesUp(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	var calls atomic.Int64
	rings := make(chan struct{}, 2)
	p.callee.Answer(func(softphone.Incoming) softphone.Reply {
		rings <- struct{}{}
		if calls.Add(1) == 1 {
			return softphone.Reply{Status: softphone.Unheard}
		}
		return softphone.Reply{TalkFor: 100 * time.Millisecond}
	})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := p.call(ctx, nil)
		ended <- err
	}()
	<-rings
	cancel()
	require.ErrorIs(t, <-ended, softphone.ErrNotAnswered)

	caller, err := p.call(t.Context(), nil)
	require.NoError(t, err)
	over(t, caller)
	require.Equal(t, "far end", caller.EndedBy(), "hung up early")
}

func TestAPhoneThatIsClosedLetsGoOfEverything(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	rings := make(chan struct{}, 2)
	up := make(chan *softphone.Call, 1)
	p.callee.Answer(func(softphone.Incoming) softphone.Reply {
		rings <- struct{}{}
		if len(up) == 0 {
			return softphone.Reply{Up: func(c *softphone.Call) { up <- c }}
		}
		return softphone.Reply{Status: softphone.Unheard}
	})
	caller, err := p.call(t.Context(), nil)
	require.NoError(t, err)
	<-rings
	require.Eventually(t, func() bool { return len(up) == 1 }, soon, time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := p.call(ctx, nil)
		ended <- err
	}()
	<-rings
	p.callee.Close()
	over(t, caller)
	over(t, <-up)
	cancel()
	require.Error(t, <-ended)
}
