package fakeari

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What the server takes: its user, and the application that Arrive fills in.
const (
	User     = "controller"
	Password = "s3cret"
	App      = "hotline"
)

// patience is how long a test waits for what must come.
const patience = time.Minute

// Server is one pretended Asterisk. Its methods may be called from anywhere.
type Server struct {
	tb       testing.TB
	listener *listener
	done     chan struct{} // closed when the test ends
	work     sync.WaitGroup

	mu       sync.Mutex
	changed  chan struct{} // closed, and made anew, when anything below changes
	apps     map[string]*application
	channels map[string]*channel
	bridges  map[string]*bridge
	objects  map[string][]Field
	stored   []string // names of finished recordings
	requests []Request
	faults   []*Fault
	twice    bool     // every event is sent twice
	paused   bool     // events wait in kept
	kept     [][]byte // in the order they happened
	names    int      // channels so far, to number their names
}

// Request is one request that was made, with whatever came of it.
type Request struct {
	Verb  string
	Path  string // below /ari, unescaped
	Query url.Values
	Body  string
}

// New starts a server that ends with the test.
func New(tb testing.TB) *Server {
	tb.Helper()
	tcp, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // only opened
	require.NoError(tb, err)
	s := &Server{
		tb: tb, listener: &listener{Listener: tcp, wires: map[*wire]struct{}{}}, done: make(chan struct{}),
		changed: make(chan struct{}), apps: map[string]*application{}, channels: map[string]*channel{},
		bridges: map[string]*bridge{}, objects: map[string][]Field{},
	}
	server := &http.Server{ //nolint:gosec // for tests: nobody is slow on purpose
		Handler: http.StripPrefix("/ari", s.handler()),
		ConnContext: func(ctx context.Context, conn net.Conn) context.Context {
			return context.WithValue(ctx, wireKey{}, conn)
		},
	}
	s.work.Go(func() { _ = server.Serve(s.listener) })
	tb.Cleanup(func() {
		s.mu.Lock()
		close(s.done) // with the lock, for begin looks at it
		s.mu.Unlock()
		_ = server.Close()
		s.listener.closeAll()
		s.work.Wait()
	})
	return s
}

// URL is the base of the requests, to be given to ari.Options.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() + "/ari" }

// reply is what a request is answered with. A nil body sends none.
type reply struct {
	status int
	body   any
}

func refusal(status int, message string) reply {
	return reply{status: status, body: map[string]string{"message": message}}
}

var noContent = reply{status: http.StatusNoContent}

func (r reply) write(w http.ResponseWriter) {
	if r.body == nil {
		w.WriteHeader(r.status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.status)
	_ = json.NewEncoder(w).Encode(r.body)
}

// begin counts a request in, unless the test has ended.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.done:
		return false
	default:
		s.work.Add(1)
		return true
	}
}

// touch tells everybody who waits that something has changed. The lock is held.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// until waits for cond, with the lock held but for the waiting. False when the test
// ended meanwhile.
func (s *Server) until(cond func() bool) bool {
	for !cond() {
		changed := s.changed
		s.mu.Unlock()
		select {
		case <-changed:
		case <-s.done:
			s.mu.Lock()
			return false
		}
		s.mu.Lock()
	}
	return true
}

// within is until for tests: the condition must come true soon. The lock is not held.
func (s *Server) within(what string, cond func() bool) {
	s.tb.Helper()
	late := false
	timer := time.AfterFunc(patience, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		late = true
		s.touch()
	})
	defer timer.Stop()
	s.mu.Lock()
	came := false
	s.until(func() bool { came = cond(); return came || late })
	s.mu.Unlock()
	require.True(s.tb, came, "the fake Asterisk waits in vain for %s", what)
}
