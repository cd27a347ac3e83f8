package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// pace is how long things take; tests have less patience.
type pace struct {
	answer  time.Duration // to take an ordinary answer
	body    time.Duration // to send a body
	file    time.Duration // to send a file
	comment time.Duration // between comments on a quiet stream, for proxies
	write   time.Duration // to take what a stream has written; who does not is gone
	recheck time.Duration // between looks whether who follows a stream still may
	look    time.Duration // between looks at the figures: at most so often they are sent
	silence time.Duration // at least so often they are sent
	earlier time.Duration // to find a caller's earlier tickets
	dial    time.Duration // to reach Asterisk
	ping    time.Duration // between pings of both ends of a relay, and to answer one
	goodbye time.Duration // for the other end to agree that a socket closes
	healthy time.Duration // for which a look at the parts is good
	stop    time.Duration // for requests to finish when the server stops
}

func usualPace() pace {
	return pace{
		answer: time.Minute, body: 10 * time.Second, file: 3 * time.Minute, comment: 15 * time.Second, write: 10 * time.Second, recheck: time.Minute,
		look: 250 * time.Millisecond, silence: 5 * time.Second, earlier: 300 * time.Millisecond,
		dial: 5 * time.Second, ping: 5 * time.Second, goodbye: time.Second, healthy: time.Second, stop: 5 * time.Second,
	}
}

// Server is the listener and everything behind it.
type Server struct {
	http *http.Server
	site *site

	once sync.Once
	done sync.WaitGroup
	addr string
}

// New builds a server; it listens after Start.
func New(d Deps) *Server { return newServer(d, usualPace()) }

func newServer(d Deps, p pace) *Server {
	s := newSite(d, p)
	return &Server{site: s, http: &http.Server{
		Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		// What clients do wrong below HTTP is theirs.
		ErrorLog: slog.NewLogLogger(d.Log.Handler(), slog.LevelDebug),
	}}
}

// Handler serves without a listener, for tests.
func (s *Server) Handler() http.Handler { return s.http.Handler }

// Start listens on host:port; port 0 takes a free one. It fails after Stop.
func (s *Server) Start(ctx context.Context, address string) error {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("the pages cannot be served (%w); stop what listens there, or set another web.listen in configs/hotline.yaml", err)
	}
	s.addr = l.Addr().String()
	s.done.Go(func() {
		if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.site.log.Error("the pages are not served any more", slog.Any("error", err))
		}
	})
	return nil
}

// Addr is where it listens, after Start.
func (s *Server) Addr() string { return s.addr }

// Stop ends streams and relays, lets other requests finish, and closes the listener.
// Conversations go on: their sound does not pass here.
func (s *Server) Stop() {
	s.once.Do(func() { close(s.site.stopped) })
	ctx, cancel := context.WithTimeout(context.Background(), s.site.pace.stop)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		s.http.Close() //nolint:errcheck // it was asked nicely
	}
	s.done.Wait()
	s.site.relays.wait() // a relay's connection is not the HTTP server's any more
}
