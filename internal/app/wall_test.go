package app_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/ticket"
)

// watchPixels has a page measure, for each desk whose state it shows anew, how long ago that
// state began: from the event's own time to after the frame that showed it was drawn.
const watchPixels = `(() => {
	window.late = []
	const seen = new Map()
	const look = () => {
		const fresh = []
		for (const li of document.querySelectorAll('[data-testid=wallboard-desk]')) {
			if (seen.get(li.dataset.agent) === li.dataset.since) continue
			if (seen.has(li.dataset.agent)) fresh.push(Date.parse(li.dataset.since))
			seen.set(li.dataset.agent, li.dataset.since)
		}
		// A task after the frame's callback runs when the frame is with the compositor.
		if (fresh.length > 0) requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => fresh.forEach(at => window.late.push(Date.now() - at)); c.port2.postMessage(0) })
	}
	look()
	new MutationObserver(look).observe(document.querySelector('[data-testid=wallboard]'), { subtree: true, childList: true, attributes: true, attributeFilter: ['data-since', 'data-state'] })
	return 'watching'
})()`

// pixels are what a page has measured so far.
func pixels(t *testing.T, wall *browser.Page) []time.Duration {
	t.Helper()
	var ms []float64
	require.NoError(t, json.Unmarshal([]byte(wall.Says(`JSON.stringify(window.late)`)), &ms))
	late := make([]time.Duration, len(ms))
	for i, n := range ms {
		late[i] = time.Duration(n * float64(time.Millisecond))
	}
	return late
}

// screen opens the wall as it hangs there.
func (w *world) screen() *browser.Page {
	w.tb.Helper()
	wall := browser.Open(w.tb, browser.Options{Width: 1920, Height: 1080})
	wall.Go(w.base + "/wallboard?screen=1")
	wall.Type("sign-in-user", "thu.nguyen")
	wall.Type("sign-in-password", w.password)
	wall.Click("sign-in-submit")
	wall.See("wallboard")
	return wall
}

// TestWhatHappensIsOnTheWallWithinASecond: with six desks that take real calls, and with two
// hundred of which the journal tells beside them, an event is painted within a second in 99
// of 100 cases; and then every figure is the one that events and tickets give.
func TestWhatHappensIsOnTheWallWithinASecond(t *testing.T) {
	w := begin(t, nil)
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	for _, s := range w.config.Staff[:6] {
		w.desk(s.ID, softphone.DeskOptions{})
	}
	wall := w.screen()
	wall.Until(`document.querySelectorAll('[data-testid=wallboard-desk]').length === 6`)

	load := w.underLoad()
	defer load.stop()
	wall.Says(watchPixels)
	<-time.After(20 * time.Second)
	six := pixels(t, wall)
	wall.Picture(filepath.Join(dir, "wall-busy.png"))

	const crowd = 194
	agents := make([]call.AgentID, crowd)
	for i := range agents {
		agents[i] = call.AgentID(fmt.Sprintf("desk%03d", i))
		w.app.Journal().Append("", call.AgentMoved{Agent: agents[i], From: call.Offline, To: call.Paused, Reason: "signed_in"})
	}
	wall.Until(`document.querySelectorAll('[data-testid=wallboard-desk]').length === 200`)
	wall.Says(watchPixels)
	tick := time.NewTicker(50 * time.Millisecond)
	for n := range 400 {
		from, to := call.Paused, call.Available
		if (n/crowd)%2 == 1 {
			from, to = to, from
		}
		w.app.Journal().Append("", call.AgentMoved{Agent: agents[n%crowd], From: from, To: to, Reason: map[call.AgentState]call.PauseReason{call.Paused: "asked"}[to]})
		<-tick.C
	}
	tick.Stop()
	require.Eventually(t, func() bool { return len(pixels(t, wall)) >= 380 }, 10*time.Second, 100*time.Millisecond)
	many := pixels(t, wall)
	wall.Picture(filepath.Join(dir, "wall-200.png"))
	calls := load.stop()

	for name, late := range map[string][]time.Duration{"6 desks": six, "200 desks": many} {
		t.Logf("event to pixel with %s: p50 %v, p99 %v of %d", name, percentile(late, 0.5), percentile(late, 0.99), len(late))
		require.Greater(t, len(late), 20, name)
		require.Less(t, percentile(late, 0.99), time.Second, name)
	}
	require.Empty(t, wall.Complaints())
	w.wallAgrees(calls)
}

// traffic is citizens who call, one after the other, on several lines.
type traffic struct {
	cancel context.CancelFunc
	all    sync.WaitGroup
	mu     sync.Mutex
	calls  int
	once   sync.Once
}

// underLoad has four lines of citizens call, talk for a moment, and call again.
func (w *world) underLoad() *traffic {
	w.tb.Helper()
	l := &traffic{}
	var ctx context.Context
	ctx, l.cancel = context.WithCancel(w.tb.Context())
	for n := range 4 {
		phone := w.telephone()
		l.all.Go(func() {
			for ctx.Err() == nil {
				c, err := phone.Call(ctx, softphone.CallOptions{Via: w.config.Hotline.SIPListen, To: "1022", From: "090812345" + strconv.Itoa(n), Say: softphone.ToneSource(citizenTone)})
				if err != nil {
					continue
				}
				l.mu.Lock()
				l.calls++
				l.mu.Unlock()
				if c.Press(ctx, "31") == nil {
					c.Heard.WaitTone(ctx, agentTone, 500*time.Millisecond) //nolint:errcheck // who is not answered hangs up all the same
				}
				c.Hangup()
			}
		})
	}
	return l
}

// stop ends the traffic, and gives how many calls there were. Safe twice.
func (l *traffic) stop() int {
	l.once.Do(func() { l.cancel(); l.all.Wait() })
	return l.calls
}

// wallAgrees compares the wall, a fold of the event log, and the tickets.
func (w *world) wallAgrees(calls int) {
	w.tb.Helper()
	w.nothingLeft()
	var rows []ticket.Row
	require.Eventually(w.tb, func() bool {
		rows = w.allTickets()
		open := 0
		for _, row := range rows {
			if row.Outcome.Result == "" {
				open++
			}
		}
		return open == 0 && len(rows) >= calls
	}, 30*time.Second, 200*time.Millisecond, "each call has a ticket that is complete")
	ends := map[call.Result]int{}
	for _, row := range rows {
		ends[row.Outcome.Result]++
	}
	live, recomputed := w.live(), w.recomputed()
	require.Equal(w.tb, [3]int{len(rows), ends[call.Served], ends[call.Abandoned]}, [3]int{live.Today.Arrived, live.Today.Served, live.Today.Abandoned})
	require.Equal(w.tb, recomputed.Today, live.Today)
	for i := range live.Queues {
		require.NotNil(w.tb, live.Queues[i].EstimateMs, "%s", live.Queues[i].Queue)
		live.Queues[i].EstimateMs = nil // of no events
	}
	require.Equal(w.tb, recomputed.Queues, live.Queues)
	var list struct{ Calls []ticket.CallRow }
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/calls?direction=inbound&line=in_time&limit=200", &list))
	require.Len(w.tb, list.Calls, min(live.Today.AnsweredIn15s, 200), "a figure is opened to as many calls")
	for _, part := range live.System {
		require.True(w.tb, part.Well, part.Name)
	}
}

// TestTheWallIsOpenedDownToItsCalls: a supervisor presses a number and reads the calls.
func TestTheWallIsOpenedDownToItsCalls(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	w.choosesTraffic("0908123456", "31")
	dir := cmp.Or(os.Getenv("HOTLINE_SCREENSHOTS"), t.TempDir())
	wall := browser.Open(t, browser.Options{Width: 1920, Height: 1080})
	wall.Go(w.base + "/wallboard")
	wall.Type("sign-in-user", "thu.nguyen")
	wall.Type("sign-in-password", w.password)
	wall.Click("sign-in-submit")
	wall.See("wallboard-system")
	wall.Until(`document.querySelector('[data-testid=queue-field] td:nth-child(5)').textContent === '1'`)
	wall.Picture(filepath.Join(dir, "wall-day.png"))
	wall.Until(`(document.querySelector('[data-testid=queue-field] td:nth-child(5) a').click(), true)`)
	wall.See("calls", "rows", "1")
	wall.See("call-row")
	wall.Picture(filepath.Join(dir, "calls.png"))
	wall.Go(w.base + "/history")
	wall.See("history-charts")
	wall.See("history-period")
	wall.Picture(filepath.Join(dir, "history.png"))
	wall.Go(w.base + "/wallboard?screen=1")
	wall.See("wallboard-queues")
	require.Equal(t, "0", wall.Says(`String(document.querySelectorAll('[data-testid=wallboard] main :is(a, button)').length)`), "a screen needs no hand")
	require.Empty(t, wall.Complaints())
}
