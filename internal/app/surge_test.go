package app_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/ticket"
)

// mind is what a citizen has in mind.
type mind int

const (
	hangsUp  mind = iota // when patience is over
	calledUp             // takes the offer to be called back
	speaks               // stays for the message
	patient              // stays until somebody answers
	urgent               // presses the emergency key, at once or after a while in line
)

// rush is a surge: many citizens in a short time, of every mind, at six desks.
type rush struct {
	*world
	calls    int
	over     time.Duration
	phone    *softphone.Phone
	began    time.Time
	citizens []*citizen

	mu     sync.Mutex
	rang   map[string]time.Time // when a desk first rang for a call
	silent []string             // calls in which an agent heard nobody
	ended  int
}

type citizen struct {
	number  string
	mind    mind
	inLine  bool // urgent: presses the key while they wait in line
	greeted time.Duration
	up      time.Duration // from the INVITE to the 200
	urgent  time.Time     // end of the last of the emergency's keys
	heard   bool          // an agent's voice, of those who listen
	err     error
}

// size is how many calls come, and in what time: 1,000 in a minute with `make surge`.
func size(tb testing.TB) (calls int, over time.Duration) {
	tb.Helper()
	calls, err := strconv.Atoi(cmp.Or(os.Getenv("HOTLINE_SURGE_CALLS"), "150"))
	require.NoError(tb, err)
	over, err = time.ParseDuration(cmp.Or(os.Getenv("HOTLINE_SURGE_OVER"), "12s"))
	require.NoError(tb, err)
	return calls, over
}

// TestSurge: whoever calls in a surge is answered and greeted, is told the truth about
// the wait, and ends as served, as called back, with a message or by hanging up; and an
// emergency key in the middle of it rings a desk at once.
func TestSurge(t *testing.T) {
	network, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(network.Close)
	network.Answer(func(softphone.Incoming) softphone.Reply {
		return softphone.Reply{Ring: 100 * time.Millisecond, Say: softphone.ToneSource(loopTone)}
	})
	w := begin(t, func(c *config.Config) { surgeLine(c, network.Address()) })
	r := &rush{world: w, phone: w.telephone(), rang: map[string]time.Time{}}
	r.calls, r.over = size(t)
	for _, s := range w.config.Staff[:6] {
		w.desk(s.ID, softphone.DeskOptions{AnswerAfter: 100 * time.Millisecond, Tell: r.deskTells})
	}
	cost := r.watchCost()
	r.come()
	r.drain()
	cost.stop()
	r.report(cost)
}

// surgeLine is the line in a surge: two desks are kept for emergencies, who waits in one
// queue is asked for a message, and in the other is called back.
func surgeLine(c *config.Config, outside string) {
	l, h := &c.Line, &c.Hotline
	l.EmergencyReserve, l.ExpectedHandling, l.RingTime, l.RefusalsBeforePause = 2, 4*time.Second, 15*time.Second, 100
	for i := range l.Queues {
		if q := &l.Queues[i]; q.Name == "field" {
			q.MaxWait, q.Overflow = 2*time.Second, acd.Target{To: acd.ToVoicemail}
		}
	}
	h.Out, h.CallbackAfter, h.Survey, h.LongestMessage = outside, 5*time.Second, false, 3*time.Second
	h.RTPEnd = 31999
}

// deskTells takes note of what rings, and has every agent talk for a moment from when
// they hear the citizen.
func (r *rush) deskTells(e softphone.DeskEvent) {
	switch e.What {
	case "ringing":
		r.mu.Lock()
		defer r.mu.Unlock()
		if _, known := r.rang[e.Call]; !known {
			r.rang[e.Call] = e.At
		}
	case "answered":
		go r.talks(e)
	}
}

// talks for two and a half seconds from when the agent hears the citizen.
func (r *rush) talks(e softphone.DeskEvent) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	go ends(ctx, cancel, e.Talk)
	if _, err := e.Talk.Heard.WaitTone(ctx, loopTone, 100*time.Millisecond); err == nil {
		select {
		case <-time.After(2500 * time.Millisecond):
		case <-ctx.Done():
		}
	} else if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		r.mu.Lock()
		r.silent = append(r.silent, e.Call)
		r.mu.Unlock()
	}
	e.Talk.Hangup()
}

// ends lets a context end with a call: nothing will be heard any more.
func ends(ctx context.Context, cancel func(), call interface{ Done() <-chan struct{} }) {
	select {
	case <-call.Done():
		cancel()
	case <-ctx.Done():
	}
}

// come lets everybody call, evenly over the time; for a quarter of it the database stands
// still. Twenty at the least have an
// emergency; of the others half hang up, and the rest shares the other ways out.
func (r *rush) come() {
	r.began = time.Now()
	tick := time.NewTicker(r.over / time.Duration(r.calls))
	defer tick.Stop()
	every := r.calls / max(25, r.calls/40)
	minds := []mind{hangsUp, calledUp, hangsUp, speaks, hangsUp, patient, hangsUp, speaks, hangsUp, hangsUp, calledUp, hangsUp, patient, hangsUp}
	var all sync.WaitGroup
	for n := range r.calls {
		c := &citizen{number: fmt.Sprintf("09%08d", n+1), mind: minds[n%len(minds)]}
		if n%every == every-1 {
			c.mind, c.inLine = urgent, n%2 == 0
		}
		r.citizens = append(r.citizens, c)
		all.Go(func() {
			c.err = r.call(c, n)
			r.mu.Lock()
			r.ended++
			r.mu.Unlock()
		})
		if n%max(r.calls/10, 1) == 0 {
			r.progress("calling")
		}
		if n == r.calls/2 {
			all.Go(func() { r.withoutDatabase(r.over / 4) })
		}
		<-tick.C
	}
	over := make(chan struct{})
	go func() { all.Wait(); close(over) }()
	for {
		select {
		case <-over:
			return
		case <-time.After(5 * time.Second):
			r.progress("waiting")
		}
	}
}

func (r *rush) progress(what string) {
	r.mu.Lock()
	ended := r.ended
	r.mu.Unlock()
	r.tb.Logf("%5.1f s  %s: %d have called, %d are over, %d calls stand", time.Since(r.began).Seconds(), what, len(r.citizens), ended, r.app.Board().Calls())
}

// call is one citizen's call, to its end.
func (r *rush) call(c *citizen, n int) error {
	ctx, cancel := context.WithTimeout(r.tb.Context(), 5*time.Minute)
	defer cancel()
	listens := c.mind == urgent || c.mind == patient && n%4 == 0
	o := softphone.CallOptions{Via: r.config.Hotline.SIPListen, To: "1022", From: c.number, Say: softphone.ToneSource(loopTone), Light: !listens}
	p, err := r.phone.Call(ctx, o)
	if err != nil {
		return err
	}
	defer p.Hangup()
	go ends(ctx, cancel, p)
	c.up = p.Answered.Sub(p.Invited)
	if err := p.Heard.WaitSound(ctx); err != nil {
		return fmt.Errorf("the greeting is not heard: %w", err)
	}
	c.greeted = p.Heard.FirstSound().Sub(p.Invited)
	patience := time.Duration(4+n%12) * time.Second
	switch c.mind {
	case urgent:
		return r.emergency(ctx, p, c)
	case speaks:
		err = p.Press(ctx, "31")
	case hangsUp, calledUp, patient:
		err = p.Press(ctx, "11")
	}
	if err != nil {
		return err
	}
	if listens {
		_, err := p.Heard.WaitTone(ctx, agentTone, 100*time.Millisecond)
		c.heard = err == nil
	}
	var enough, again <-chan time.Time
	if c.mind == hangsUp {
		enough = time.After(patience)
	}
	if c.mind == calledUp {
		ticker := time.NewTicker(2500 * time.Millisecond)
		defer ticker.Stop()
		again = ticker.C
	}
	for {
		select {
		case <-p.Done():
			return nil
		case <-enough:
			return nil
		case <-again: // the offer to be called back, and that the number is right
			p.Press(ctx, "1") //nolint:errcheck // it may be over
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return nil
			}
			return fmt.Errorf("%w: in line for five minutes", ctx.Err())
		}
	}
}

// loopTone fills 20 ms with whole waves, so that it can be said over and over.
const loopTone = 400.0

// emergency presses the key, in the menu or in line, and talks for a moment.
func (r *rush) emergency(ctx context.Context, p *softphone.Call, c *citizen) error {
	if c.inLine {
		if err := p.Press(ctx, "11"); err != nil {
			return err
		}
		select {
		case <-time.After(3 * time.Second):
		case <-p.Done():
			return nil // served before: an agent was fast
		}
	}
	if err := p.Press(ctx, "22"); err != nil {
		return err
	}
	c.urgent = p.KeyEnded()
	if _, err := p.Heard.WaitTone(ctx, agentTone, 100*time.Millisecond); err != nil {
		return fmt.Errorf("no agent is heard in an emergency: %w", err)
	}
	c.heard = true
	return nil
}

// drain waits for the last callback.
func (r *rush) drain() {
	require.Eventually(r.tb, func() bool {
		return r.app.Board().Calls() == 0 && r.callbacksLeft() == 0
	}, 8*time.Minute, time.Second, "callbacks are left")
	r.progress("over")
	r.nothingLeft()
}

// callbacksLeft is how many wait to be called back.
func (r *rush) callbacksLeft() int {
	left := 0
	for _, t := range r.allTickets() {
		if t.Outcome.Result == call.Callback && t.Status == ticket.New {
			left++
		}
	}
	return left
}

func percentile(all []time.Duration, share float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[min(int(share*float64(len(all))), len(all)-1)].Round(time.Millisecond)
}
