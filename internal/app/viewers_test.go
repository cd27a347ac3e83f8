package app_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
)

// BenchmarkGreetingWhileTheWallIsWatched is what viewers of the live figures cost a call:
// the time from the citizen's INVITE to the greeting without any and with 500 of them, in
// one run, while two hundred desks change so often that the figures are sent as often as
// they ever are.
func BenchmarkGreetingWhileTheWallIsWatched(b *testing.B) {
	w := begin(b, nil)
	phone := w.telephone()
	ctx, cancel := context.WithCancel(b.Context())
	var busy sync.WaitGroup
	defer busy.Wait()
	defer cancel()
	busy.Go(func() { w.desksChange(ctx, 200) })
	for _, viewers := range []int{0, 500} {
		b.Run(fmt.Sprintf("%d-viewers", viewers), func(b *testing.B) {
			seen := w.viewers(b, viewers)
			began, before := time.Now(), seen.Load()
			var greeted latencies
			for b.Loop() {
				c := w.dials(phone, "0908123456")
				greeted = append(greeted, c.Heard.FirstSound().Sub(c.Invited))
				c.Hangup()
			}
			greeted.report(b, "invite-to-greeting")
			if viewers > 0 {
				b.ReportMetric(float64(seen.Load()-before)/float64(viewers)/time.Since(began).Seconds(), "figures/viewer/s")
			}
			b.ReportMetric(0, "ns/op") // says nothing here
		})
	}
}

// desksChange tells of so many desks, ten changes a second.
func (w *world) desksChange(ctx context.Context, desks int) {
	state := make([]call.AgentState, desks)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ {
		i := n % desks
		move := call.AgentMoved{Agent: call.AgentID(fmt.Sprintf("desk%03d", i)), From: state[i], To: call.Paused, Reason: "asked"}
		switch state[i] {
		case "":
			move.From = call.Offline
		case call.Paused:
			move.To, move.Reason = call.Available, ""
		default:
		}
		state[i] = move.To
		w.app.Journal().Append("", move)
		if n < desks { // all are there before anything is measured
			continue
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// viewers follow the live figures until the test ends, and count what they are sent.
func (w *world) viewers(tb testing.TB, n int) *atomic.Int64 {
	tb.Helper()
	seen := &atomic.Int64{}
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	tb.Cleanup(func() { cancel(); all.Wait() })
	token := w.viewerToken(tb)
	client := &http.Client{Transport: &http.Transport{}}
	tb.Cleanup(client.CloseIdleConnections)
	var here sync.WaitGroup
	for range n {
		here.Add(1)
		all.Go(func() {
			arrived := sync.OnceFunc(here.Done)
			defer arrived()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.base+"/api/live/events", nil)
			if err != nil {
				return
			}
			req.AddCookie(token)
			resp, err := client.Do(req)
			if err != nil {
				return
			}
			defer resp.Body.Close() //nolint:errcheck // only read
			buf := make([]byte, 64<<10)
			for {
				got, err := resp.Body.Read(buf)
				if err != nil {
					return
				}
				arrived()
				seen.Add(int64(bytes.Count(buf[:got], []byte("event: live"))))
			}
		})
	}
	here.Wait()
	if n > 0 {
		require.Eventually(tb, func() bool { return seen.Load() >= int64(n) }, 30*time.Second, 50*time.Millisecond, "all see something")
	}
	return seen
}

// viewerToken is a session that all viewers share.
func (w *world) viewerToken(tb testing.TB) *http.Cookie {
	tb.Helper()
	api := softphone.NewAPI(w.base, "")
	require.NoError(tb, api.SignIn(tb.Context(), "thu.nguyen", w.password))
	cookies := api.Cookies()
	require.Len(tb, cookies, 1)
	return cookies[0]
}
