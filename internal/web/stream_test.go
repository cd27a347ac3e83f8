package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// listener reads a stream of server-sent events.
type listener struct {
	t     *testing.T
	resp  *http.Response
	lines *bufio.Scanner
}

func (w *world) listen(target string) *listener {
	w.t.Helper()
	resp := w.do("GET "+target, "", as("t-lan")) //nolint:bodyclose // do closes it
	require.Equal(w.t, 200, resp.StatusCode)
	require.Equal(w.t, "text/event-stream", resp.Header.Get("Content-Type"))
	require.Equal(w.t, "no-store", resp.Header.Get("Cache-Control"))
	return &listener{t: w.t, resp: resp, lines: bufio.NewScanner(resp.Body)}
}

// next waits for an event; it is empty at the end of the stream.
func (l *listener) next() (name string, data map[string]any) {
	l.t.Helper()
	for l.lines.Scan() {
		line := l.lines.Text()
		if value, ok := strings.CutPrefix(line, "event: "); ok {
			name = value
		}
		if value, ok := strings.CutPrefix(line, "data: "); ok {
			require.NoError(l.t, json.Unmarshal([]byte(value), &data))
			return name, data
		}
	}
	return "", nil
}

func TestDeskEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.refused(409, "desk_needed", "GET /api/desk/events", "", as("t-lan"))
	w.desks.sit("lan")
	l := w.listen("/api/desk/events")
	name, data := l.next()
	require.Equal(t, "state", name)
	require.Equal(t, map[string]any{
		"state": "paused", "reason": "signed_in", "since": "2026-11-24T01:00:00Z", "wrap_up_until": nil, "call": "c-1.1", "kept": nil,
	}, data)

	events := w.desks.events["lan"]
	events <- switchboard.DeskOffer{Offer: anOffer()}
	name, data = l.next()
	require.Equal(t, "offer", name)
	require.Equal(t, "bd1-1.1-o1", data["id"])
	require.NotContains(t, data, "since")
	require.Len(t, data["earlier"], 5)

	events <- switchboard.DeskOfferClosed{ID: "bd1-1.1-o1", How: call.OfferRefused}
	name, data = l.next()
	require.Equal(t, "offer_closed", name)
	require.Equal(t, map[string]any{"id": "bd1-1.1-o1", "how": "refused", "taken_by": ""}, data)

	events <- switchboard.DeskConnected{Offer: anOffer(), Since: someTime}
	name, data = l.next()
	require.Equal(t, "connected", name)
	require.Equal(t, "2026-11-24T01:00:00Z", data["since"])

	events <- switchboard.DeskEnded{Call: "bd1-1.1", Ticket: "2632800018", Why: "citizen_hung_up"}
	name, data = l.next()
	require.Equal(t, "ended", name)
	require.Equal(t, map[string]any{"call": "bd1-1.1", "ticket": "2632800018", "why": "citizen_hung_up"}, data)

	events <- switchboard.DeskMoved{State: switchboard.DeskState{State: call.WrapUp, Since: someTime, WrapUpUntil: someTime.Add(time.Minute)}, Call: "bd1-1.1"}
	name, data = l.next()
	require.Equal(t, "state", name)
	require.Equal(t, "2026-11-24T01:01:00Z", data["wrap_up_until"])

	require.NoError(t, w.desks.SignOut(t.Context(), "lan", "replaced"))
	name, data = l.next()
	require.Equal(t, "signed_out", name)
	require.Equal(t, map[string]any{"why": "replaced"}, data)
	name, _ = l.next()
	require.Empty(t, name, "the stream ends with the desk")
}

// A page that loses its stream comes back, and is told the present state first.
func TestDeskEventsAfterAReconnect(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	l := w.listen("/api/desk/events")
	l.next()
	require.NoError(t, l.resp.Body.Close())
	require.Eventually(t, func() bool { return w.desks.watching() == 0 }, 5*time.Second, time.Millisecond, "the watch ends with the connection")

	w.desks.set("lan", func(d *switchboard.DeskState) { d.State = call.Available })
	name, data := w.listen("/api/desk/events").next()
	require.Equal(t, "state", name)
	require.Equal(t, "available", data["state"])
}

func TestLiveEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.listen("/api/live/events")
	name, data := l.next()
	require.Equal(t, "live", name)
	require.Equal(t, map[string]any{"waiting": 0.0}, data["calls"])
	w.live.set(3)
	_, data = l.next()
	require.Equal(t, map[string]any{"waiting": 3.0}, data["calls"], "what only grows with time is not sent each time")
}

func TestStoppingTheServerEndsStreams(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	desk, live := w.listen("/api/desk/events"), w.listen("/api/live/events")
	desk.next()
	live.next()
	begin := time.Now()
	w.server.Stop()
	require.Less(t, time.Since(begin), usualPace().stop)
	name, _ := desk.next()
	require.Empty(t, name)
	name, _ = live.next()
	require.Empty(t, name)
	require.Zero(t, w.desks.watching())
}

// A client that is connected and takes nothing is dropped.
func TestAClientThatTakesNothingIsDropped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desks.sit("lan")
	var dialer net.Dialer
	conn, err := dialer.DialContext(t.Context(), "tcp", w.server.Addr())
	require.NoError(t, err)
	defer conn.Close() //nolint:errcheck // over is over
	require.NoError(t, conn.(*net.TCPConn).SetReadBuffer(1<<10))
	_, err = conn.Write([]byte("GET /api/desk/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t-lan\r\n\r\n"))
	require.NoError(t, err)
	require.Eventually(t, func() bool { return w.desks.watching() == 1 }, 5*time.Second, time.Millisecond)
	long := switchboard.DeskEnded{Why: strings.Repeat("x", 1<<20)}
	require.Eventually(t, func() bool {
		select {
		case w.desks.events["lan"] <- long:
		default:
		}
		return w.desks.watching() == 0
	}, 10*time.Second, time.Millisecond)
}

// screen is a client of a stream without a connection, for a clock of its own.
type screen struct {
	*httptest.ResponseRecorder
	mu     sync.Mutex
	sent   []string
	at     []time.Time
	broken bool
}

func (p *screen) SetWriteDeadline(time.Time) error { return nil }

func (p *screen) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.broken {
		return 0, errors.New("gone")
	}
	p.sent, p.at = append(p.sent, string(data)), append(p.at, time.Now())
	return len(data), nil
}

func (p *screen) count(prefix string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, text := range p.sent {
		if strings.HasPrefix(text, prefix) {
			n++
		}
	}
	return n
}

// streamWorld follows a stream in a bubble of synctest.
func streamWorld(t *testing.T, path string) (s *site, figures *fakeFigures, p *screen, gone context.CancelFunc, over chan struct{}) {
	t.Helper()
	desks := newFakeDesks()
	desks.sit("lan")
	figures = &fakeFigures{}
	s = newSite(Deps{Desks: desks, Auth: newFakeAuth(), Live: figures.now, Log: slog.New(slog.DiscardHandler)}, usualPace())
	ctx, gone := context.WithCancel(t.Context())
	r := httptest.NewRequest(http.MethodGet, path, nil).WithContext(ctx)
	as("t-lan")(r)
	p, over = &screen{ResponseRecorder: httptest.NewRecorder()}, make(chan struct{})
	go func() {
		s.handler().ServeHTTP(p, r)
		close(over)
	}()
	synctest.Wait()
	return s, figures, p, gone, over
}

func TestAQuietStreamIsKeptOpenByComments(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, _, p, gone, over := streamWorld(t, "/api/desk/events")
		time.Sleep(46 * time.Second) //nolint:forbidigo // the clock is synctest's
		require.Equal(t, 1, p.count("retry: "))
		require.Equal(t, 1, p.count("event: state"))
		require.Equal(t, 3, p.count(": here"))
		gone()
		<-over
	})
}

func TestFiguresAreSentAtMostFourTimesASecondAndEachFiveSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, figures, p, gone, over := streamWorld(t, "/api/live/events")
		require.Equal(t, 1, p.count("event: live"), "at once")
		for n := range 1000 { // a second of a busy line
			figures.set(n + 1)
			time.Sleep(time.Millisecond) //nolint:forbidigo // the clock is synctest's
		}
		require.LessOrEqual(t, p.count("event: live"), 1+4)
		require.GreaterOrEqual(t, p.count("event: live"), 1+3)
		time.Sleep(time.Second) //nolint:forbidigo // the clock is synctest's
		before := p.count("event: live")
		time.Sleep(21 * time.Second) //nolint:forbidigo // the clock is synctest's
		require.Equal(t, before+4, p.count("event: live"), "nothing changes, and it is said each five seconds")
		gone()
		<-over
	})
}

func TestStreamsEndForWhoIsSignedOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _, _, gone, over := streamWorld(t, "/api/live/events")
		defer gone()
		who := s.auth.(*fakeAuth)
		who.mu.Lock()
		who.err = errBroken // the database is away: nobody is sent off
		who.mu.Unlock()
		time.Sleep(10 * time.Minute) //nolint:forbidigo // the clock is synctest's
		synctest.Wait()
		select {
		case <-over:
			require.Fail(t, "the stream ended")
		default:
		}
		who.mu.Lock()
		who.err = auth.ErrUnknown
		who.mu.Unlock()
		begin := time.Now()
		<-over
		require.LessOrEqual(t, time.Since(begin), time.Minute)
	})
}

func TestStreamsEndWhenAWriteFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, path := range []string{"/api/desk/events", "/api/live/events"} {
			_, _, p, gone, over := streamWorld(t, path)
			p.mu.Lock()
			p.broken = true
			p.mu.Unlock()
			<-over
			gone()
		}
	})
}
