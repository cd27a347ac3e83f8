package fakeari

import (
	"context"
	"io"
	"net/http"
	"sync"

	"github.com/coder/websocket"
)

// session is one client's event WebSocket.
type session struct {
	wire *wire
	conn *websocket.Conn

	mu    sync.Mutex
	queue [][]byte
	ready chan struct{} // holds a token while there is something to send
}

func (s *session) send(event []byte) {
	s.mu.Lock()
	s.queue = append(s.queue, event)
	s.mu.Unlock()
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// write sends events in order until the socket ends.
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
		for _, event := range queue {
			if s.conn.Write(ctx, websocket.MessageText, event) != nil {
				return
			}
		}
	}
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

// CloseSocket ends the application's WebSocket with a closing handshake.
func (s *Server) CloseSocket() { _ = s.socket().conn.Close(websocket.StatusNormalClosure, "") }

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
