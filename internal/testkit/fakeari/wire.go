package fakeari

import (
	"net"
	"sync"
)

// wireKey finds a request's connection in its context.
type wireKey struct{}

// listener keeps the connections, so that they can be silenced and counted.
type listener struct {
	net.Listener

	mu     sync.Mutex
	frozen bool
	wires  map[*wire]struct{}
	total  int
	most   int
}

// wire is one connection. A frozen one stays open, but nothing passes any more: the
// far host has lost its power or the network its way.
type wire struct {
	net.Conn
	listener *listener
	frozen   chan struct{}
	closed   chan struct{}
	freeze   func()
	end      func()
}

// Accept takes a connection.
func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	w := &wire{Conn: conn, listener: l, frozen: make(chan struct{}), closed: make(chan struct{})}
	w.freeze = sync.OnceFunc(func() { close(w.frozen) })
	w.end = sync.OnceFunc(func() { close(w.closed) })
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wires[w] = struct{}{}
	l.total++
	l.most = max(l.most, len(l.wires))
	if l.frozen {
		w.freeze()
	}
	return w, nil
}

func (l *listener) all() []*wire {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]*wire, 0, len(l.wires))
	for w := range l.wires {
		all = append(all, w)
	}
	return all
}

func (l *listener) closeAll() {
	for _, w := range l.all() {
		_ = w.Close()
	}
}

// Read gives what came before the freeze, and nothing after it.
func (w *wire) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	select {
	case <-w.frozen:
		<-w.closed
		return 0, net.ErrClosed
	default:
		return n, err
	}
}

// Write loses what is written after the freeze, as a network does.
func (w *wire) Write(b []byte) (int, error) {
	select {
	case <-w.frozen:
		return len(b), nil
	default:
		return w.Conn.Write(b)
	}
}

// Close ends the connection.
func (w *wire) Close() error {
	w.end()
	w.listener.mu.Lock()
	delete(w.listener.wires, w)
	w.listener.mu.Unlock()
	return w.Conn.Close()
}

// Freeze silences every connection that is open or comes, until Thaw. What was
// frozen stays so.
func (s *Server) Freeze() {
	s.listener.mu.Lock()
	s.listener.frozen = true
	s.listener.mu.Unlock()
	for _, w := range s.listener.all() {
		w.freeze()
	}
}

// Thaw lets new connections work again.
func (s *Server) Thaw() {
	s.listener.mu.Lock()
	defer s.listener.mu.Unlock()
	s.listener.frozen = false
}

// Connections says how many connections were made, and how many at once at most.
func (s *Server) Connections() (total, most int) {
	s.listener.mu.Lock()
	defer s.listener.mu.Unlock()
	return s.listener.total, s.listener.most
}
