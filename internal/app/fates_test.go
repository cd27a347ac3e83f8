package app_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/ticket"
	"hotline1022/internal/wallboard"
)

// reliefTone is of the agents who take over where others failed.
const reliefTone = 1500.0

// fates lets citizens call, and remembers how each call has to be told.
type fates struct {
	*world
	phone *softphone.Phone
	users []string // agents, who take their turns at the desks

	mu   sync.Mutex
	want map[string]call.Outcome // that the ticket must tell, by the caller's number
}

// caller makes up a number and says how its call is going to end.
func (f *fates) caller(want call.Outcome) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := len(f.want) + 1
	f.want[fmt.Sprintf("+8490812%04d", n)] = want
	return fmt.Sprintf("090812%04d", n)
}

// inLine brings a citizen into the line for traffic.
func (f *fates) inLine(want call.Outcome) *softphone.Call {
	c := f.dials(f.phone, f.caller(want))
	ctx, cancel := f.soon()
	defer cancel()
	require.NoError(f.tb, c.Press(ctx, "31"))
	return c
}

// together has n citizens do the same at the same time.
func together(n int, citizen func()) {
	var all sync.WaitGroup
	for range n {
		all.Go(citizen)
	}
	all.Wait()
}

// desks signs that many agents in; whoever signed in first is rung first.
func (f *fates) desks(n int, o softphone.DeskOptions) []*softphone.Desk {
	desks := make([]*softphone.Desk, n)
	for i := range desks {
		desks[i] = f.desk(f.user(), o)
	}
	return desks
}

// user is the agent whose turn it is.
func (f *fates) user() string {
	next := f.users[0]
	f.users = append(f.users[1:], next)
	return next
}

// live is the wallboard.
func (w *world) live() wallboard.Live {
	w.tb.Helper()
	var l wallboard.Live
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/live", &l))
	return l
}

// hears waits for a tone in what the citizen hears.
func (f *fates) hears(c *softphone.Call, hz float64) {
	f.tb.Helper()
	ctx, cancel := f.soon()
	defer cancel()
	_, err := c.Heard.WaitTone(ctx, hz, 200*time.Millisecond)
	require.NoError(f.tb, err, "the tone of %g Hz is not heard", hz)
}

func stop(desks ...*softphone.Desk) {
	for _, d := range desks {
		d.Stop()
	}
}

func byCitizen(r call.Result, s call.Stage) call.Outcome {
	return call.Outcome{Result: r, By: call.ByCitizen, Stage: s}
}

func TestFiftyCallsOfEveryFate(t *testing.T) {
	w := begin(t, func(c *config.Config) { c.Line.RingTime, c.Line.RefusalsBeforePause = 4*time.Second, 1 })
	f := &fates{world: w, phone: w.telephone(), want: map[string]call.Outcome{}, users: w.app.OnShift()}

	f.hangUpInTheMenu(10)
	f.hangUpInLine(10)
	f.hangUpWhileRinging(6)
	f.hangUpAfterTalk(6)
	f.agentHangsUp(6)
	f.agentsRefuse(4)
	f.agentsLetItRing(4)
	f.desksVanish(4)

	f.nothingLeft()
	rows := f.allTold()
	require.Len(t, rows, 50)
	// Six served by desks that hang up, six by those that do not, eight by the second
	// desk that rang, and four twice.
	require.Equal(t, map[call.OfferEnd]int{
		call.OfferAccepted: 6 + 6 + 8 + 2*4, call.OfferRefused: 4, call.OfferTimedOut: 4, call.OfferRescinded: 6,
	}, f.offers(rows))
	live := f.live()
	require.Zero(t, live.Calls, "no call stands anywhere")
	for _, d := range live.Desks {
		require.Contains(t, []call.AgentState{call.Available, call.Paused, call.Offline}, d.State, "%s is stuck", d.Agent)
	}
	require.Equal(t, [3]int{50, 24, 26}, [3]int{live.Today.Arrived, live.Today.Served, live.Today.Abandoned})
}

func (f *fates) hangUpInTheMenu(n int) {
	together(n, func() {
		f.dials(f.phone, f.caller(byCitizen(call.Abandoned, call.Menu))).Hangup()
	})
}

func (f *fates) hangUpInLine(n int) {
	calls := make(chan *softphone.Call, n)
	together(n, func() { calls <- f.inLine(byCitizen(call.Abandoned, call.Waiting)) })
	close(calls)
	require.Eventually(f.tb, func() bool { return f.live().Calls.Waiting == n }, 30*time.Second, 50*time.Millisecond, "all wait")
	for c := range calls {
		c.Hangup()
	}
}

// hangUpWhileRinging lets each citizen hang up as soon as the desk rings for them.
func (f *fates) hangUpWhileRinging(n int) {
	rings := make(chan string, n)
	desks := f.desks(1, softphone.DeskOptions{Policy: softphone.Ignore, Tell: func(e softphone.DeskEvent) {
		if e.What == "ringing" {
			rings <- e.Call
		}
	}})
	var mu sync.Mutex
	calls := map[string]*softphone.Call{} // by number
	together(n, func() {
		c := f.inLine(byCitizen(call.Abandoned, call.Ringing))
		mu.Lock()
		defer mu.Unlock()
		calls["+84"+c.From[1:]] = c
	})
	for range n {
		<-rings
		var desk struct{ Offer struct{ Caller string } }
		require.NoError(f.tb, desks[0].API().Get(f.tb.Context(), "/api/desk", &desk))
		require.Contains(f.tb, calls, desk.Offer.Caller)
		calls[desk.Offer.Caller].Hangup()
	}
	stop(desks...)
}

func (f *fates) hangUpAfterTalk(n int) {
	desks := f.desks(2, softphone.DeskOptions{})
	together(n, func() {
		c := f.inLine(byCitizen(call.Served, call.Talking))
		f.hears(c, agentTone)
		c.Hangup()
	})
	stop(desks...)
}

func (f *fates) agentHangsUp(n int) {
	desks := f.desks(2, softphone.DeskOptions{TalkFor: time.Second})
	together(n, func() {
		c := f.inLine(call.Outcome{Result: call.Served, By: call.ByAgent, Stage: call.Talking})
		<-c.Done()
		require.Equal(f.tb, "far end", c.EndedBy())
	})
	stop(desks...)
}

// agentsRefuse has one agent for each citizen refuse a call, and others serve in the end.
func (f *fates) agentsRefuse(n int) {
	f.servedInTheEnd(n, f.desks(n, softphone.DeskOptions{Policy: softphone.Refuse}))
}

func (f *fates) agentsLetItRing(n int) {
	f.servedInTheEnd(n, f.desks(n, softphone.DeskOptions{Policy: softphone.Ignore}))
}

func (f *fates) servedInTheEnd(n int, desks []*softphone.Desk) {
	calls := make(chan *softphone.Call, n)
	together(n, func() { calls <- f.inLine(byCitizen(call.Served, call.Talking)) })
	close(calls)
	require.Eventually(f.tb, func() bool { return f.live().Agents.Paused == n }, 30*time.Second, 50*time.Millisecond, "all have let one go")
	desks = append(desks, f.desks(2, softphone.DeskOptions{Say: softphone.ToneSource(reliefTone)})...)
	together(n, func() {
		if c, ok := <-calls; ok {
			f.hears(c, reliefTone)
			c.Hangup()
		}
	})
	stop(desks...)
}

// desksVanish kills every desk in the middle of its call, one of them a browser; each
// citizen comes back in line and is served by somebody else.
func (f *fates) desksVanish(n int) {
	desks := f.desks(n-1, softphone.DeskOptions{})
	page := f.browserDesk(f.user())
	calls := make(chan *softphone.Call, n)
	var citizens sync.WaitGroup
	for range n {
		citizens.Go(func() {
			c := f.inLine(byCitizen(call.Served, call.Talking))
			f.hears(c, agentTone)
			calls <- c
		})
	}
	page.Click("answer")
	page.Hears(citizenTone)
	citizens.Wait()
	close(calls)
	page.Kill()
	for _, d := range desks {
		d.Vanish()
	}
	relief := f.desks(2, softphone.DeskOptions{Say: softphone.ToneSource(reliefTone)})
	together(n, func() {
		if c, ok := <-calls; ok {
			f.hears(c, reliefTone)
			c.Hangup()
		}
	})
	stop(append(desks, relief...)...)
}

// allTold waits until every call has a ticket that tells it as it was.
func (f *fates) allTold() []ticket.Row {
	f.tb.Helper()
	var rows []ticket.Row
	require.Eventually(f.tb, func() bool {
		rows = f.tickets()
		for _, r := range rows {
			if r.Outcome.Result == "" || r.Outcome.Result == call.Served && !r.Recording {
				return false
			}
		}
		return len(rows) >= len(f.want)
	}, 30*time.Second, 200*time.Millisecond, "every call has a ticket, and every conversation its recording")
	for _, r := range rows {
		want, known := f.want[r.Caller]
		require.True(f.tb, known, "a ticket for nobody: %+v", r)
		require.Equal(f.tb, want, r.Outcome, "ticket %s of %s", r.Code, r.Caller)
		delete(f.want, r.Caller)
	}
	require.Empty(f.tb, f.want, "calls without a ticket")
	return rows
}

// offers is how often the offers of the tickets' calls ended in which way.
func (f *fates) offers(rows []ticket.Row) map[call.OfferEnd]int {
	f.tb.Helper()
	ends := map[call.OfferEnd]int{}
	for _, r := range rows {
		var whole struct{ Events []call.Event }
		require.NoError(f.tb, f.watch.Get(f.tb.Context(), "/api/calls/"+string(r.Call), &whole))
		for _, e := range whole.Events {
			if closed, ok := e.Fact.(call.OfferClosed); ok {
				ends[closed.How]++
			}
		}
	}
	return ends
}
