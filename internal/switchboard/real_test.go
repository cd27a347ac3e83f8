package switchboard_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/ari"
	"hotline1022/internal/call"
	"hotline1022/internal/journal"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/stack"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/telephony"
	"hotline1022/internal/testkit/realstack"
	"hotline1022/ivr/flow"
)

// Prompts are tones here: the citizen is proved to hear what they ought to hear.
const (
	greeting  = 500
	menuAgain = 900
	emergency = 1300
	survival  = 1700
	long      = 20 * time.Second
)

// tones finds a tone for each prompt that the tests are about, and a moment of silence
// for the others.
type tones struct{ dir string }

func (p tones) make(t *testing.T) {
	t.Helper()
	for name, hz := range map[string]float64{"greet": greeting, "main_menu": menuAgain, "emg_menu": emergency} {
		require.NoError(t, audio.WriteWAV(filepath.Join(p.dir, name+".wav"), audio.Tone(hz, 0, int(long.Seconds())*audio.Rate)))
	}
	require.NoError(t, audio.WriteWAV(filepath.Join(p.dir, "silence.wav"), make([]int16, audio.Rate/10)))
}

func (p tones) Find(_ call.Language, keys []string) (paths []string, total time.Duration, err error) {
	for _, key := range keys {
		name, length := "silence", 100*time.Millisecond
		if _, err := os.Stat(filepath.Join(p.dir, key+".wav")); err == nil {
			name, length = key, long
		}
		paths, total = append(paths, filepath.Join(p.dir, name)), total+length
	}
	return paths, total, nil
}

type nobody struct{}

func (nobody) Finish(call.ID)                                       {}
func (nobody) Discard(call.ID)                                      {}
func (nobody) FinishOutside(string)                                 {}
func (nobody) OnShift(time.Time, call.AgentID) bool                 { return false }
func (nobody) MayStay(time.Time, call.AgentID, bool) bool           { return false }
func (nobody) Save(context.Context, switchboard.SavedDesk) error    { return nil }
func (nobody) Delete(context.Context, call.AgentID) error           { return nil }
func (nobody) All(context.Context) ([]switchboard.SavedDesk, error) { return nil, nil }

// hotline is a real Asterisk, and controllers one after the other.
type hotline struct {
	t       *testing.T
	ends    stack.Endpoints
	via     string
	prompts tones
	journal string // path
	flow    *flow.Flow
	stop    func()
	events  chan call.Event // of the controller that runs
}

func newHotline(t *testing.T, lease time.Duration) *hotline {
	t.Helper()
	opts := realstack.Options(t, stack.Asterisk)
	opts.Lease = lease
	dir := filepath.Join(opts.PromptDir, "vi")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, audio.WriteWAV(filepath.Join(dir, "survival.wav"), audio.Tone(survival, 0, int(long.Seconds())*audio.Rate)))
	h := &hotline{t: t, via: opts.SIPBind, prompts: tones{opts.PromptDir}, journal: filepath.Join(t.TempDir(), "journal.db")}
	h.prompts.make(t)
	data, err := os.ReadFile("../../configs/ivr.yaml")
	require.NoError(t, err)
	h.flow, err = flow.Parse("ivr.yaml", data)
	require.NoError(t, err)
	h.ends = realstack.Start(t, opts).Endpoints()
	return h
}

// controller starts a controller that takes up what is there.
func (h *hotline) controller(lease time.Duration) {
	h.t.Helper()
	log := slog.New(slog.DiscardHandler)
	j, err := journal.Open(journal.Options{Path: h.journal, Node: "t1", Log: log})
	require.NoError(h.t, err)
	history := switchboard.NewHistory()
	require.NoError(h.t, j.Replay(time.Now().Add(-time.Hour), history.Apply))
	past := history.Open()
	events := make(chan call.Event, 1000)
	h.events = events
	j.Subscribe(func(batch []call.Event) {
		for _, e := range batch {
			events <- e
		}
	})
	require.NoError(h.t, j.Start(h.t.Context()))

	var board *switchboard.Board
	var exchange *telephony.Exchange
	ready := make(chan struct{})
	var once sync.Once
	client := ari.New(ari.Options{
		BaseURL: h.ends.ARIURL, User: h.ends.ARIUser, Password: h.ends.ARIPassword, App: telephony.App, Events: telephony.Events(), Log: log,
		OnConnect: func(ctx context.Context) error {
			truth, err := exchange.Truth(ctx)
			if err != nil {
				return err
			}
			defer once.Do(func() { close(ready) })
			return board.Adopt(ctx, truth, past)
		},
		OnEvent: func(event ari.Event) {
			if signal, ok := telephony.Signal(event); ok {
				board.Signal(signal)
			}
		},
	})
	exchange = telephony.New(client, log)
	board = switchboard.New(switchboard.Deps{
		Phones: exchange, Prompts: h.prompts, Journal: j, Recordings: nobody{}, Roster: nobody{}, Desks: nobody{}, Flow: h.flow, Log: log,
		Line: acd.Config{Queues: []acd.Queue{{Name: "emergency", Group: call.Emergency, Emergency: true}}},
		Options: switchboard.Options{
			Lease: lease, RingTime: 15 * time.Second, FirstPosition: time.Hour, RequestTimeout: 5 * time.Second, DeskGrace: 5 * time.Second,
		},
	})
	require.NoError(h.t, board.Start(h.t.Context()))
	require.NoError(h.t, client.Start(h.t.Context()))
	h.stop = func() {
		client.Stop()
		board.Stop()
		j.Stop()
	}
	select {
	case <-ready:
	case <-time.After(10 * time.Second):
		h.t.Fatal("the controller does not get connected to Asterisk")
	}
}

// call places a citizen's call, which ends with the test.
func (h *hotline) call() *softphone.Call {
	h.t.Helper()
	phone, err := softphone.NewPhone("127.0.0.1")
	require.NoError(h.t, err)
	h.t.Cleanup(phone.Close)
	c, err := phone.Call(h.t.Context(), softphone.CallOptions{Via: h.via, To: "1022", From: "0908123456"})
	require.NoError(h.t, err)
	h.t.Cleanup(c.Hangup)
	return c
}

// hears waits for a tone, not longer than d.
func (h *hotline) hears(c *softphone.Call, hz float64, d time.Duration) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), d)
	defer cancel()
	_, err := c.Heard.WaitTone(ctx, hz, 100*time.Millisecond)
	require.NoError(h.t, err, "no tone of %v Hz", hz)
}

// fact waits for a fact of that kind.
func (h *hotline) fact(kind string) call.Fact {
	h.t.Helper()
	for {
		select {
		case e := <-h.events:
			if e.Fact.Kind() == kind {
				return e.Fact
			}
		case <-time.After(10 * time.Second):
			h.t.Fatalf("nothing is told of kind %s", kind)
		}
	}
}

// TestRealRestartInThePrompt: a controller that comes back stops the prompt of the one
// before, so that menu and emergency key work at once and do not wait for its end.
func TestRealRestartInThePrompt(t *testing.T) {
	t.Parallel()
	h := newHotline(t, 15*time.Second)
	h.controller(15 * time.Second)
	c := h.call()
	h.hears(c, greeting, 5*time.Second)
	h.stop()
	h.controller(15 * time.Second)
	h.hears(c, menuAgain, 3*time.Second)
	require.NoError(t, c.Press(t.Context(), "2"))
	h.hears(c, emergency, 2*time.Second)
	require.NoError(t, c.Press(t.Context(), "1"))
	require.Equal(t, call.Queued{Queue: "emergency", Topic: call.Topic{Group: call.Emergency, Service: call.Police}}, h.fact("queued"))
	c.Hangup()
	require.Equal(t, call.Finished{Outcome: call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Waiting}}, h.fact("finished"))
	h.stop()
}

// TestRealSurvivalKeepsTheCitizen: a controller that comes back after the lease closes
// the call, and leaves the citizen where the dialplan has them.
func TestRealSurvivalKeepsTheCitizen(t *testing.T) {
	t.Parallel()
	h := newHotline(t, 2*time.Second)
	h.controller(time.Second)
	c := h.call()
	h.hears(c, greeting, 5*time.Second)
	require.NoError(t, c.Press(t.Context(), "21")) // in line: a lease of a second
	h.fact("queued")
	h.stop()
	h.hears(c, survival, 5*time.Second)
	h.controller(time.Second)
	outcome := call.Outcome{Result: call.Failed, By: call.ByUs, Stage: call.Waiting, Detail: "ended while the controller was away"}
	require.Equal(t, call.Finished{Outcome: outcome}, h.fact("finished"))
	heard := len(c.Heard.Samples())
	require.Eventually(t, func() bool { return len(c.Heard.Samples()) > heard+2*audio.Rate }, 10*time.Second, 50*time.Millisecond)
	select {
	case <-c.Done():
		t.Fatal("the citizen was hung up")
	default:
	}
	h.stop()
}
