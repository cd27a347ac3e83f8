package asterisk_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/asterisk"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

// Tones that stand for what is said and played, and for who speaks.
const (
	menuTone     = 1200.0
	transferTone = 1400.0
	holdTone     = 1600.0
	retryTone    = 1800.0
	goneTone     = 2000.0
	citizenTone  = 440.0
	fireTone     = 1000.0
)

// outskirts is a real Asterisk without any controller, and the far end of its trunk.
type outskirts struct {
	tb    testing.TB
	ends  stack.Endpoints
	stack *stack.Stack

	mu      sync.Mutex
	reply   map[string]func(softphone.Incoming) softphone.Reply
	invited []softphone.Incoming
}

// forsaken starts it. Every prompt is a tone of two seconds.
func forsaken(t *testing.T, survival asterisk.Survival) *outskirts {
	t.Helper()
	o := &outskirts{tb: t, reply: map[string]func(softphone.Incoming) softphone.Reply{}}
	far, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(far.Close)
	far.Answer(func(in softphone.Incoming) softphone.Reply {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.invited = append(o.invited, in)
		if f := o.reply[in.To]; f != nil {
			return f(in)
		}
		return softphone.Reply{Status: 404}
	})
	opts := realstack.Options(t, stack.Asterisk)
	opts.Out, opts.Survival = far.Address(), survival
	for name, hz := range map[string]float64{
		"vi/survival": survivalTone, "vi/emg_menu": menuTone, "vi/emg_transfer_114": transferTone, "vi/emg_hold": transferTone,
		"vi/emg_direct": transferTone, "vi/emg_retry": retryTone, "vi/emg_after": retryTone, "vi/controller_gone": goneTone,
		"en/controller_gone": goneTone, "vi/survival_hold": transferTone, "en/survival": survivalTone, "en/emg_menu": menuTone, "moh/hold": holdTone,
	} {
		path := filepath.Join(opts.PromptDir, name+".wav")
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, audio.WriteWAV(path, audio.Tone(hz, 0, 2*audio.Rate)))
	}
	o.stack = realstack.Start(t, opts)
	o.ends = o.stack.Endpoints()
	return o
}

// centre says what becomes of calls to a number.
func (o *outskirts) centre(number string, f func(softphone.Incoming) softphone.Reply) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.reply[number] = f
}

func (o *outskirts) calls(number string) (list []softphone.Incoming) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, in := range o.invited {
		if in.To == number {
			list = append(list, in)
		}
	}
	return list
}

func (o *outskirts) dials(number string) (*softphone.Call, context.Context) {
	o.tb.Helper()
	p, err := softphone.NewPhone("127.0.0.1")
	require.NoError(o.tb, err)
	o.tb.Cleanup(p.Close)
	ctx, cancel := context.WithTimeout(o.tb.Context(), time.Minute)
	o.tb.Cleanup(cancel)
	c, err := p.Call(ctx, softphone.CallOptions{
		Via: o.ends.SIPAddress, To: number, From: "0908123456", Say: softphone.ToneSource(citizenTone),
	})
	require.NoError(o.tb, err)
	return c, ctx
}

// log is what Asterisk wrote down about the one call that there was.
func (o *outskirts) log() []string {
	o.tb.Helper()
	files, err := filepath.Glob(filepath.Join(o.ends.SurvivalDir, "*.log"))
	require.NoError(o.tb, err)
	require.Len(o.tb, files, 1)
	data, err := os.ReadFile(files[0])
	require.NoError(o.tb, err)
	var lines []string
	for line := range strings.Lines(string(data)) {
		_, what, _ := strings.Cut(strings.TrimSpace(line), " ")
		lines = append(lines, what)
	}
	return lines
}

// silence is the longest time in which the citizen heard nothing, of all that they heard.
func silence(heard []int16) time.Duration {
	const window = audio.Rate / 50
	var longest, now int
	for ; len(heard) >= window; heard = heard[window:] {
		if now += window; audio.RMS(heard[:window]) > 50 {
			now = 0
		}
		longest = max(longest, now)
	}
	return time.Duration(longest) * time.Second / audio.Rate
}

// answers is a centre that says the tone, and tells when it has the call.
func answers(hz float64) (func(softphone.Incoming) softphone.Reply, chan *softphone.Call) {
	up := make(chan *softphone.Call, 1)
	return func(softphone.Incoming) softphone.Reply {
		return softphone.Reply{Ring: time.Second, Say: softphone.ToneSource(hz), Up: func(c *softphone.Call) { up <- c }}
	}, up
}

func soon[T any](tb testing.TB, c chan T, within time.Duration) T {
	tb.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(within):
		tb.Fatal("it does not come")
		panic("unreachable")
	}
}

func TestWithoutAControllerTheFireKeyReachesTheFireCentre(t *testing.T) {
	t.Parallel()
	o := forsaken(t, alone())
	fire, up := answers(fireTone)
	o.centre("114", fire)
	c, ctx := o.dials("1022")
	_, err := c.Heard.WaitTone(ctx, menuTone, 500*time.Millisecond)
	require.NoError(t, err, "the emergency menu")
	pressed := time.Now()
	require.NoError(t, c.Press(ctx, "2"))
	_, err = c.Heard.WaitTone(ctx, transferTone, 500*time.Millisecond)
	require.NoError(t, err, "who is called")
	centre := soon(t, up, 10*time.Second)
	_, err = c.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err, "the citizen hears the fire centre")
	_, err = centre.Heard.WaitTone(ctx, citizenTone, time.Second)
	require.NoError(t, err, "the fire centre hears the citizen")

	in := o.calls("114")[0]
	t.Logf("INVITE %v after the key was pressed", in.At.Sub(pressed))
	require.Equal(t, "1022", in.From)
	require.Equal(t, "emergency", in.Header("Priority"))
	require.Equal(t, "0908123456", in.Header("X-Hotline-Caller"))
	require.Less(t, silence(c.Heard.Samples()), 3*time.Second)

	c.Hangup()
	require.Eventually(t, func() bool { return strings.Contains(strings.Join(o.log(), "\n"), "gone") }, 10*time.Second, 20*time.Millisecond)
	lines := o.log()
	require.Equal(t, []string{"open 0908123456 1022 from-trunk", "began 114", "tried 114 1 114 1", "answered 114 1 114"}, lines[:4])
	require.Contains(t, lines, "gone")
	recorded, err := filepath.Glob(filepath.Join(o.ends.RecordingDir, "*-rx.wav"))
	require.NoError(t, err)
	require.Len(t, recorded, 1)
}

func TestWithoutAControllerBusyAndEarlyHangUpsMoveOn(t *testing.T) {
	t.Parallel()
	survival := alone()
	survival.Plan.Desks = nil
	survival.Passwords = nil
	o := forsaken(t, survival)
	o.centre("114", func(softphone.Incoming) softphone.Reply { return softphone.Reply{Status: softphone.Busy} })
	first := true
	second, up := answers(fireTone)
	o.centre("0908123456", func(in softphone.Incoming) softphone.Reply {
		r := second(in)
		if first {
			first, r.TalkFor = false, 2*time.Second
		}
		return r
	})
	c, ctx := o.dials("114")
	soon(t, up, 10*time.Second)
	_, err := c.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err, "the first is busy, the second answers")
	require.Less(t, o.calls("0908123456")[0].At.Sub(o.calls("114")[0].At), 2*time.Second, "at once")
	_, err = c.Heard.WaitTone(ctx, retryTone, 500*time.Millisecond)
	require.NoError(t, err, "it hung up early")
	soon(t, up, 30*time.Second)
	_, err = c.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err)
	require.Less(t, silence(c.Heard.Samples()), 3*time.Second)
	c.Hangup()
}

func TestWithoutAControllerTheNextDestinationJoinsTheRinging(t *testing.T) {
	t.Parallel()
	o := forsaken(t, alone())
	gone := make(chan struct{})
	o.centre("114", func(softphone.Incoming) softphone.Reply { return softphone.Reply{Status: softphone.Unheard} })
	second, up := answers(fireTone)
	o.centre("0908123456", func(in softphone.Incoming) softphone.Reply { close(gone); return second(in) })
	c, ctx := o.dials("114")
	soon(t, gone, 15*time.Second)
	apart := o.calls("0908123456")[0].At.Sub(o.calls("114")[0].At)
	require.InDelta(t, 4, apart.Seconds(), 1, "after next_after")
	soon(t, up, 5*time.Second)
	_, err := c.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err)
	require.Len(t, o.calls("114"), 1, "the first one rang on and was not called again")
	require.Less(t, silence(c.Heard.Samples()), 3*time.Second)
	c.Hangup()
}

func TestWithoutAControllerWhoPressesNothingHearsSomethingAllTheTime(t *testing.T) {
	t.Parallel()
	o := forsaken(t, alone())
	c, ctx := o.dials("1022")
	_, err := c.Heard.WaitTone(ctx, goneTone, 500*time.Millisecond)
	require.NoError(t, err, "where help is")
	_, err = c.Heard.WaitTone(ctx, survivalTone, 500*time.Millisecond)
	require.NoError(t, err, "and the menu again")
	require.Less(t, silence(c.Heard.Samples()), 3*time.Second)
	select {
	case <-c.Done():
		t.Fatal("the citizen was let go")
	default:
	}
	c.Hangup()
}

func TestWithoutAControllerEverybodyReachesTheEmergencyServices(t *testing.T) {
	t.Parallel()
	o := forsaken(t, alone())
	r := &rig{tb: t, ends: o.ends}
	r.listen()
	r.account("d7k2m9x", "secret", "from-desk")
	r.account("g7k2m9x", "secret", "from-web")
	r.client.Stop()
	desk, err := os.ReadFile(filepath.Join(filepath.Dir(o.ends.SurvivalDir), "..", "..", "secrets", "desk-d1"))
	require.NoError(t, err)
	phone := r.citizen(0)
	for i, calls := range []func() int{
		func() int { return r.citizen(0).invite("114", "0912345678", "") },
		func() int { return r.browser().invite("114", "d7k2m9x", "secret") },
		func() int { return r.browser().invite("114", "g7k2m9x", "secret") },
		func() int { return phone.invite("114", "d1", strings.TrimSpace(string(desk))) },
	} {
		fire, up := answers(fireTone)
		o.centre("114", fire)
		require.Equal(t, 200, calls(), i)
		soon(t, up, 10*time.Second)
	}
	require.Equal(t, 401, r.citizen(0).invite("114", "d1", "wrong"), "a desk needs its password")
	for _, number := range []string{"0908123456", "116", "1022"} {
		require.GreaterOrEqual(t, r.citizen(0).invite(number, "d1", strings.TrimSpace(string(desk))), 400, number)
	}
}

func TestNewDestinationsAreForNewHandoversAndRunningOnesGoOn(t *testing.T) {
	t.Parallel()
	o := forsaken(t, alone())
	rings := func(softphone.Incoming) softphone.Reply { return softphone.Reply{Status: softphone.Unheard} }
	o.centre("114", rings)
	old, up := answers(fireTone)
	o.centre("0908123456", old)
	running, ctx := o.dials("114")
	require.Eventually(t, func() bool { return len(o.calls("114")) == 1 }, 10*time.Second, 10*time.Millisecond)

	fresh := alone()
	fresh.Plan.Services[2].Ladder[0].Address, fresh.Plan.Services[2].Ladder[1].Address = "02743822114", "0908000000"
	require.NoError(t, o.stack.SetSurvival(ctx, fresh))
	changed, hears := answers(fireTone)
	o.centre("02743822114", changed)
	later, _ := o.dials("114")
	soon(t, hears, 10*time.Second)
	_, err := later.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err, "the new destination")

	soon(t, up, 10*time.Second)
	_, err = running.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err, "the ladder of before goes on to its second destination")
	require.Len(t, o.calls("114"), 1)
	require.Less(t, silence(running.Heard.Samples()), 3*time.Second)

	// And again, while both talk.
	require.NoError(t, o.stack.SetSurvival(ctx, alone()))
	for _, c := range []*softphone.Call{running, later} {
		_, err := c.Heard.WaitTone(ctx, fireTone, time.Second)
		require.NoError(t, err)
		select {
		case <-c.Done():
			t.Fatal("the call was ended")
		default:
		}
		c.Hangup()
	}
}

func TestWithoutAControllerTheDesksRingForTheRest(t *testing.T) {
	t.Parallel()
	desk, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(desk.Close)
	reply, up := answers(fireTone)
	desk.Answer(reply)
	survival := alone()
	survival.Plan.Desks[0].Address = desk.Address()
	o := forsaken(t, survival)
	c, ctx := o.dials("1022")
	soon(t, up, 30*time.Second)
	_, err = c.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err)
	require.Less(t, silence(c.Heard.Samples()), 3*time.Second)
	c.Hangup()
}

// A disk that is full, or a folder that is gone, costs the log and nothing else.
func TestWithoutAControllerAndWithoutADiskTheFireCentreIsReached(t *testing.T) {
	t.Parallel()
	o := forsaken(t, alone())
	require.NoError(t, os.RemoveAll(o.ends.SurvivalDir))
	require.NoError(t, os.RemoveAll(o.ends.RecordingDir))
	fire, up := answers(fireTone)
	o.centre("114", fire)
	c, ctx := o.dials("114")
	soon(t, up, 10*time.Second)
	_, err := c.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err)
	c.Hangup()
}

// Who pressed nothing, and then does while the desks ring, is taken to the fire centre.
func TestWithoutAControllerAKeyCountsWhileTheDesksRing(t *testing.T) {
	t.Parallel()
	desk, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(desk.Close)
	rings := make(chan struct{}, 10)
	desk.Answer(func(softphone.Incoming) softphone.Reply {
		rings <- struct{}{}
		return softphone.Reply{Status: softphone.Unheard}
	})
	survival := alone()
	survival.Plan.Desks[0].Address = desk.Address()
	o := forsaken(t, survival)
	fire, up := answers(fireTone)
	o.centre("114", fire)
	c, ctx := o.dials("1022")
	soon(t, rings, 30*time.Second)
	require.NoError(t, c.Press(ctx, "2"))
	soon(t, up, 10*time.Second)
	_, err = c.Heard.WaitTone(ctx, fireTone, time.Second)
	require.NoError(t, err)
	require.Less(t, silence(c.Heard.Samples()), 3*time.Second)
	c.Hangup()
}
