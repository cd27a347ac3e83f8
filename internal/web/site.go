package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/ticket"
)

type site struct {
	desks   Desks
	guests  Guests
	tickets Tickets
	auth    *auth.Service
	fields  ticket.Fields
	deps    Deps
	log     *slog.Logger
	stopped chan struct{} // ends streams and relays
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
func New(d Deps) *Server {
	s := &site{
		desks: d.Desks, guests: d.Guests, tickets: d.Tickets, auth: d.Auth, fields: d.Fields,
		deps: d, log: d.Log, stopped: make(chan struct{}),
	}
	return &Server{site: s, http: &http.Server{
		Handler: s.recovered(guard(s.routes())), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(d.Log.Handler(), slog.LevelDebug),
	}}
}

// Handler serves without a listener, for tests.
func (s *Server) Handler() http.Handler { return s.http.Handler }

// Start listens on host:port; port 0 takes a free one.
func (s *Server) Start(ctx context.Context, address string) error {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("the pages cannot be served (%w); stop what listens there, or set another web.listen in configs/hotline.yaml", err)
	}
	s.addr = l.Addr().String()
	s.done.Go(func() {
		if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.site.log.Error("serving pages", slog.Any("error", err))
		}
	})
	return nil
}

// Addr is where it listens, after Start.
func (s *Server) Addr() string { return s.addr }

// Stop ends streams and relays, lets requests finish, and closes the listener.
func (s *Server) Stop() {
	s.once.Do(func() { close(s.site.stopped) })
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		s.http.Close() //nolint:errcheck // it was asked nicely
	}
	s.done.Wait()
}

// routes is every address there is. Those of staff name the role that they need.
func (s *site) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("POST /api/session", s.serve(s.signIn))
	mux.Handle("GET /api/session", s.allow(auth.Agent, s.whoami))
	mux.Handle("DELETE /api/session", s.allow(auth.Agent, s.signOut))

	mux.Handle("POST /api/desk", s.allow(auth.Agent, s.openDesk))
	mux.Handle("GET /api/desk", s.allow(auth.Agent, s.desk))
	mux.Handle("DELETE /api/desk", s.allow(auth.Agent, s.closeDesk))
	mux.Handle("POST /api/desk/ready", s.allow(auth.Agent, s.ready))
	mux.Handle("POST /api/desk/pause", s.allow(auth.Agent, s.pause))
	mux.Handle("POST /api/desk/wrap-up", s.allow(auth.Agent, s.wrapUp))
	mux.Handle("GET /api/desk/events", s.allow(auth.Agent, s.deskEvents))

	mux.Handle("GET /api/tickets", s.allow(auth.Agent, s.listTickets))
	mux.Handle("GET /api/tickets/{code}", s.allow(auth.Agent, s.ticket))
	mux.Handle("GET /api/calls", s.allow(auth.Agent, s.listCalls))
	mux.Handle("GET /api/calls/{id}", s.allow(auth.Agent, s.call))
	mux.Handle("GET /api/recordings/{call}", s.allow(auth.Agent, s.recording))
	mux.Handle("GET /api/agents", s.allow(auth.Agent, s.agents))
	mux.Handle("GET /api/live", s.allow(auth.Agent, s.live))
	mux.Handle("GET /api/live/events", s.allow(auth.Agent, s.liveEvents))

	mux.Handle("POST /api/public/call", s.serve(s.publicCall))
	mux.Handle("GET /healthz", s.serve(s.health))
	mux.Handle("GET /sip/{key}", s.serve(s.relay))
	mux.Handle("GET /api/{$}", s.serve(s.manual))
	mux.Handle("/api/", s.serve(func(http.ResponseWriter, *http.Request) error { return ErrNotFound }))
	s.pages(mux)
	return mux
}

// recovered keeps one request's panic from being everybody's.
func (s *site) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				s.log.ErrorContext(r.Context(), "a request panicked", slog.String("path", r.URL.Path), slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
