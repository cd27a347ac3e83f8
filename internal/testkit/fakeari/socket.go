package fakeari

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// session is one client's event WebSocket.
type session struct {
	wire *wire
	conn *websocket.Conn

	mu    sync.Mutex
	queue []item
	ready chan struct{} // holds a token while there is something to send
}

// item is what the writer does next: send an event, see that all of it was read, or
// close the socket.
type item struct {
	event []byte
	read  chan struct{} // closed when the client has read everything before it
}

func (s *session) put(next item) {
	s.mu.Lock()
	s.queue = append(s.queue, next)
	s.mu.Unlock()
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// write carries items out in order until the socket ends.
func (s *session) write(ctx context.Context) {
	for {
		select {
		case <-s.ready:
		case <-ctx.Done():
			return
		}
		s.mu.Lock()
		queue := s.queue
		s.queue = nil
		s.mu.Unlock()
		for _, next := range queue {
			if s.carryOut(ctx, next) != nil {
				return
			}
		}
	}
}

func (s *session) carryOut(ctx context.Context, next item) error {
	switch {
	case next.event != nil:
		return s.conn.Write(ctx, websocket.MessageText, next.event)
	case next.read != nil:
		// The pong comes when the client's reader has come to the ping.
		defer close(next.read)
		return s.conn.Ping(ctx)
	}
	return s.conn.Close(websocket.StatusNormalClosure, "")
}

// serveEvents is GET /events. As in Asterisk the application is there before the
// upgrade is answered, and a client that had it loses it.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("app")
	switch {
	case r.Header.Get("Upgrade") == "":
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusUpgradeRequired)
		_, _ = io.WriteString(w, "<html><body><h1>Upgrade Required</h1></body></html>\r\n")
		return
	case name == "":
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	line, _ := r.Context().Value(wireKey{}).(*wire)
	here := &session{wire: line, ready: make(chan struct{}, 1)}
	s.mu.Lock()
	s.register(name, here)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.leave(name, here)
	}()
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.mu.Lock()
	here.conn = conn
	s.touch()
	s.mu.Unlock()
	var writer sync.WaitGroup
	writer.Go(func() { here.write(ctx) })
	// Reading answers pings, and ends when the client has gone.
	for err == nil {
		_, _, err = conn.Read(ctx)
	}
	cancel()
	_ = conn.CloseNow()
	writer.Wait()
}

// CloseSocket ends the application's WebSocket with a closing handshake, behind the
// events that were sent.
func (s *Server) CloseSocket() { s.socket().put(item{}) }

// AwaitRead waits until the application's client has read every event.
func (s *Server) AwaitRead() {
	s.tb.Helper()
	read := make(chan struct{})
	s.socket().put(item{read: read})
	select {
	case <-read:
	case <-time.After(patience):
		s.tb.Error("the client does not read its events")
	}
}

// CutSocket ends the application's WebSocket without a word.
func (s *Server) CutSocket() { _ = s.socket().wire.Close() }

// FreezeSocket leaves the application's WebSocket open, but nothing passes any more
// and no ping is answered. Requests go on.
func (s *Server) FreezeSocket() { s.socket().wire.freeze() }

// socket waits for the application to have a client.
func (s *Server) socket() *session {
	s.tb.Helper()
	var found *session
	s.within("a client of "+App, func() bool {
		if app := s.apps[App]; app != nil && app.client != nil && app.client.conn != nil {
			found = app.client
		}
		return found != nil
	})
	return found
}
