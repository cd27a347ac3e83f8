package web

import (
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// answer notes what a request was answered with.
type answer struct {
	http.ResponseWriter
	status int
}

// Unwrap lets http.ResponseController and the WebSocket library reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// WriteHeader notes the first status that is no mere information (RFC 9110 §15.2).
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && (status >= http.StatusOK || status == http.StatusSwitchingProtocols) {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write answers 200 when nothing else was said.
func (a *answer) Write(data []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(data)
}

// observe logs every request, and keeps one request's panic from being everybody's.
// A log line has the pattern of the address and not the address: that may hold a
// socket's key, or words that somebody searches for.
func (s *site) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		a := &answer{ResponseWriter: w}
		// A client that does not take its answer must not keep us. Streams and
		// recordings set their own time; a recorder in a test has none.
		http.NewResponseController(w).SetWriteDeadline(begin.Add(s.pace.answer)) //nolint:errcheck // see above
		defer s.finish(a, r, begin)
		next.ServeHTTP(a, r)
	})
}

// finish is deferred by observe, and so the one that recovers.
func (s *site) finish(a *answer, r *http.Request, begin time.Time) {
	p := recover()
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p) // how a handler breaks a connection off; the server knows
	}
	if p != nil {
		s.log.ErrorContext(r.Context(), "a request panicked",
			slog.String("route", r.Pattern), slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
		if a.status == 0 {
			writeProblem(a, errFailed)
		}
	}
	s.note(r, a.status, time.Since(begin))
}

func (s *site) note(r *http.Request, status int, took time.Duration) {
	level := slog.LevelDebug
	if strings.HasPrefix(r.Pattern, "POST ") || strings.HasPrefix(r.Pattern, "DELETE ") || status >= http.StatusInternalServerError {
		level = slog.LevelInfo
	}
	attrs := []slog.Attr{
		slog.String("method", r.Method), slog.String("route", r.Pattern), slog.Int("status", status), slog.Int64("took_ms", took.Milliseconds()),
	}
	id := r.PathValue("call")
	if strings.Contains(r.Pattern, "/calls/{id}") { // leaves and swaps have ids of their own
		id = r.PathValue("id")
	}
	if id != "" {
		attrs = append(attrs, slog.String("call", id))
	}
	s.log.LogAttrs(r.Context(), level, "request", attrs...)
}
