package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// asterisk is the far end of relays: it echoes, counts, and can misbehave.
type asterisk struct {
	server *httptest.Server
	mu     sync.Mutex
	open   int
	conns  []*websocket.Conn
	speaks []string // sub-protocols
}

func newAsterisk(t *testing.T) *asterisk {
	t.Helper()
	a := &asterisk{speaks: []string{sipProtocol}}
	a.server = httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(a.server.Close)
	return a
}

func (a *asterisk) url() string { return "ws" + strings.TrimPrefix(a.server.URL, "http") + "/ws" }

func (a *asterisk) serve(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: a.speaks})
	if err != nil {
		return
	}
	defer conn.CloseNow() //nolint:errcheck // over is over
	conn.SetReadLimit(relayFrame)
	a.count(+1, conn)
	defer a.count(-1, nil)
	ctx := context.WithoutCancel(r.Context())
	for {
		kind, data, err := conn.Read(ctx)
		if err != nil || conn.Write(ctx, kind, append([]byte("echo "), data...)) != nil {
			return
		}
	}
}

func (a *asterisk) count(n int, conn *websocket.Conn) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.open += n
	if conn != nil {
		a.conns = append(a.conns, conn)
	}
}

func (a *asterisk) sockets() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.open
}

// relayWorld is a world with an Asterisk.
func relayWorld(t *testing.T, changes ...func(*world, *pace)) (*world, *asterisk) {
	t.Helper()
	a := newAsterisk(t)
	return newWorld(t, append(changes, func(w *world, _ *pace) { w.deps.SIP = a.url() })...), a
}

// connect opens a softphone's socket.
func (w *world) connect(key string, headers ...string) (*websocket.Conn, *http.Response, error) {
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return websocket.Dial(w.t.Context(), "ws://"+w.server.Addr()+"/sip/"+key, &websocket.DialOptions{ //nolint:bodyclose // the library does
		Subprotocols: []string{sipProtocol}, HTTPHeader: h, HTTPClient: w.client,
	})
}

func (w *world) phone(key string, headers ...string) *websocket.Conn {
	w.t.Helper()
	conn, _, err := w.connect(key, headers...) //nolint:bodyclose // the library does
	require.NoError(w.t, err)
	conn.SetReadLimit(relayFrame)
	w.t.Cleanup(func() { conn.CloseNow() }) //nolint:errcheck // over is over
	require.Equal(w.t, sipProtocol, conn.Subprotocol())
	return conn
}

func exchange(t *testing.T, conn *websocket.Conn, message string) {
	t.Helper()
	require.NoError(t, conn.Write(t.Context(), websocket.MessageText, []byte(message)))
	kind, data, err := conn.Read(t.Context())
	require.NoError(t, err)
	require.Equal(t, websocket.MessageText, kind)
	require.Equal(t, "echo "+message, string(data))
}

func (l *fakeLines) hears(t *testing.T, want string) {
	t.Helper()
	select {
	case got := <-l.told:
		require.Equal(t, want, got)
	case <-time.After(5 * time.Second):
		require.Fail(t, "not told: "+want)
	}
}

func TestRelayCarriesBothWays(t *testing.T) {
	t.Parallel()
	w, a := relayWorld(t)
	for _, c := range []struct {
		key   string
		lines *fakeLines
	}{{"deskkey", w.desks.fakeLines}, {"guestkey", w.guests.fakeLines}} {
		conn := w.phone(c.key, "Origin", w.base)
		c.lines.hears(t, "up "+c.key)
		exchange(t, conn, "REGISTER sip:hotline SIP/2.0\r\n\r\n")
		exchange(t, conn, strings.Repeat("x", relayFrame-len("echo ")))
		require.NoError(t, conn.Close(websocket.StatusNormalClosure, ""))
		c.lines.hears(t, "down "+c.key)
	}
	require.Eventually(t, func() bool { return a.sockets() == 0 }, 5*time.Second, time.Millisecond)
	require.NotContains(t, w.log.String(), "REGISTER")
	require.NotContains(t, w.log.String(), "deskkey")
}

// A page that is closed or loaded anew takes its sound along, which browsers tell by how
// they close its sockets; a guest's call has its own time for that.
func TestRelayTellsThatAPageIsGone(t *testing.T) {
	t.Parallel()
	w, _ := relayWorld(t)
	for _, c := range []struct {
		key, told string
		lines     *fakeLines
	}{{"deskkey", "gone deskkey", w.desks.fakeLines}, {"guestkey", "down guestkey", w.guests.fakeLines}} {
		conn := w.phone(c.key, "Origin", w.base)
		c.lines.hears(t, "up "+c.key)
		require.NoError(t, conn.Close(websocket.StatusGoingAway, ""))
		c.lines.hears(t, c.told)
	}
}

func TestRelayTellsThatAPhoneIsRegistered(t *testing.T) {
	t.Parallel()
	w, a := relayWorld(t)
	conn := w.phone("deskkey")
	w.desks.hears(t, "up deskkey")
	exchange(t, conn, "x")
	a.mu.Lock()
	far := a.conns[0]
	a.mu.Unlock()
	const confirmed = "SIP/2.0 200 OK\r\nCSeq: 2 REGISTER\r\nContact: <sip:x@y;transport=ws>;expires=59\r\nContent-Length: 0\r\n\r\n"
	for _, message := range []string{
		strings.Replace(confirmed, "200 OK", "401 Unauthorized", 1),
		strings.Replace(confirmed, "REGISTER", "OPTIONS", 1),
		strings.Replace(confirmed, "Contact", "X-Contact", 1), // it has left
		"SIP/2.0 200 OK\r\nCSeq: 2 REGISTER\r\n\r\nContact: <sip:x@y>\r\n",
		confirmed,
	} {
		require.NoError(t, far.Write(t.Context(), websocket.MessageText, []byte(message)))
		_, data, err := conn.Read(t.Context())
		require.NoError(t, err)
		require.Equal(t, message, string(data))
	}
	w.desks.hears(t, "registered deskkey")
	conn.CloseNow() //nolint:errcheck // over is over
	w.desks.hears(t, "down deskkey")
}

func TestRelayRefuses(t *testing.T) {
	t.Parallel()
	w, a := relayWorld(t)
	for _, c := range []struct {
		name, key string
		headers   []string
		status    int
	}{
		{"unknown key", "guess", nil, 403},
		{"another site's page", "deskkey", []string{"Origin", "https://evil.example"}, 403},
		{"a page without an origin of its own", "deskkey", []string{"Origin", "null"}, 403},
	} {
		_, resp, err := w.connect(c.key, c.headers...) //nolint:bodyclose // the library does
		require.Error(t, err, c.name)
		require.Equal(t, c.status, resp.StatusCode, c.name)
	}
	_, resp, err := websocket.Dial(t.Context(), "ws://"+w.server.Addr()+"/sip/deskkey", &websocket.DialOptions{HTTPClient: w.client}) //nolint:bodyclose // the library does
	require.Error(t, err)
	require.Equal(t, 400, resp.StatusCode, "not SIP")
	require.Zero(t, a.sockets())
	require.Empty(t, w.desks.told, "nothing is told of a socket that never was")
}

func TestRelayWithoutAsterisk(t *testing.T) {
	t.Parallel()
	w, a := relayWorld(t)
	a.server.Close()
	_, resp, err := w.connect("deskkey") //nolint:bodyclose // the library does
	require.Error(t, err)
	require.Equal(t, 503, resp.StatusCode)
	w.desks.hears(t, "up deskkey")
	w.desks.hears(t, "down deskkey")

	w, a = relayWorld(t)
	a.speaks = nil
	_, resp, err = w.connect("deskkey") //nolint:bodyclose // the library does
	require.Error(t, err)
	require.Equal(t, 503, resp.StatusCode, "what listens there is no SIP server")
}

func TestRelayEndsWithTheSignIn(t *testing.T) {
	t.Parallel()
	w, a := relayWorld(t)
	conn := w.phone("deskkey")
	exchange(t, conn, "x")
	w.desks.signOut("deskkey")
	_, _, err := conn.Read(t.Context())
	require.Equal(t, websocket.StatusPolicyViolation, websocket.CloseStatus(err))
	require.Eventually(t, func() bool { return a.sockets() == 0 }, 5*time.Second, time.Millisecond)
	_, resp, err := w.connect("deskkey") //nolint:bodyclose // the library does
	require.Error(t, err)
	require.Equal(t, 403, resp.StatusCode)
}

func TestRelayEndsWithAsterisk(t *testing.T) {
	t.Parallel()
	w, a := relayWorld(t)
	conn := w.phone("deskkey")
	exchange(t, conn, "x")
	a.mu.Lock()
	far := a.conns[0]
	a.mu.Unlock()
	require.NoError(t, far.CloseNow())
	_, _, err := conn.Read(t.Context())
	require.Equal(t, websocket.StatusGoingAway, websocket.CloseStatus(err), "the phone comes back by itself")
	w.desks.hears(t, "up deskkey")
	w.desks.hears(t, "down deskkey")
}

func TestRelayEndsWithTheServer(t *testing.T) {
	t.Parallel()
	w, a := relayWorld(t)
	conn := w.phone("deskkey")
	exchange(t, conn, "x")
	read := make(chan error, 1)
	go func() {
		_, _, err := conn.Read(context.WithoutCancel(t.Context()))
		read <- err
	}()
	w.server.Stop()
	require.Equal(t, websocket.StatusGoingAway, websocket.CloseStatus(<-read))
	w.desks.hears(t, "up deskkey")
	w.desks.hears(t, "down deskkey")
	require.Eventually(t, func() bool { return a.sockets() == 0 }, 5*time.Second, time.Millisecond)
}

func TestRelayTakesTextOfBoundedLengthOnly(t *testing.T) {
	t.Parallel()
	for name, send := range map[string]func(*websocket.Conn) error{
		"binary": func(c *websocket.Conn) error { return c.Write(t.Context(), websocket.MessageBinary, []byte("x")) },
		"too long": func(c *websocket.Conn) error {
			return c.Write(t.Context(), websocket.MessageText, make([]byte, relayFrame+1))
		},
	} {
		w, _ := relayWorld(t)
		conn := w.phone("deskkey")
		exchange(t, conn, "x")
		require.NoError(t, send(conn), name)
		_, _, err := conn.Read(t.Context())
		require.Error(t, err, name)
		w.desks.hears(t, "up deskkey")
		w.desks.hears(t, "down deskkey")
	}
}

// A phone whose network has gone closes nothing: its socket stays open and silent.
func TestRelayNoticesABrowserThatIsGone(t *testing.T) {
	t.Parallel()
	w, a := relayWorld(t, func(_ *world, p *pace) { p.ping = 100 * time.Millisecond })
	var dialer net.Dialer
	conn, err := dialer.DialContext(t.Context(), "tcp", w.server.Addr())
	require.NoError(t, err)
	defer conn.Close() //nolint:errcheck // over is over
	_, err = conn.Write([]byte("GET /sip/deskkey HTTP/1.1\r\nHost: " + w.server.Addr() + "\r\nOrigin: http://" + w.server.Addr() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sip\r\n\r\n"))
	require.NoError(t, err)
	w.desks.hears(t, "up deskkey")
	w.desks.hears(t, "down deskkey") // after a ping without an answer
	require.Eventually(t, func() bool { return a.sockets() == 0 }, 5*time.Second, time.Millisecond)
}

func TestOneKeyCannotTakeAllSockets(t *testing.T) {
	t.Parallel()
	w, _ := relayWorld(t)
	var conns []*websocket.Conn
	for range relaysPerKey {
		conns = append(conns, w.phone("guestkey"))
	}
	_, resp, err := w.connect("guestkey") //nolint:bodyclose // the library does
	require.Error(t, err)
	require.Equal(t, 429, resp.StatusCode)
	exchange(t, w.phone("deskkey"), "x")

	require.NoError(t, conns[0].Close(websocket.StatusNormalClosure, ""))
	require.Eventually(t, func() bool {
		conn, _, err := w.connect("guestkey") //nolint:bodyclose // the library does
		if err != nil {
			return false
		}
		conn.CloseNow() //nolint:errcheck // over is over
		return true
	}, 5*time.Second, time.Millisecond)
}
