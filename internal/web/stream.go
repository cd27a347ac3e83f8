package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// stream is a client's line of server-sent events (HTML Living Standard §9.2).
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	patient time.Duration // with a client that takes nothing
}

// openStream begins to answer. A client that loses the stream comes back after a
// second, and is told the present state first.
func (s *site) openStream(w http.ResponseWriter) (*stream, error) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // proxies that would collect
	out := &stream{w: w, control: http.NewResponseController(w), patient: s.pace.write}
	return out, out.write([]byte("retry: 1000\n\n"))
}

func (out *stream) write(text []byte) error {
	if err := out.control.SetWriteDeadline(time.Now().Add(out.patient)); err != nil {
		return err
	}
	if _, err := out.w.Write(text); err != nil {
		return err
	}
	return out.control.Flush()
}

func (out *stream) send(name string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return out.write(event(name, data))
}

// event is one event as it is sent.
func event(name string, data []byte) []byte {
	return fmt.Appendf(nil, "event: %s\ndata: %s\n\n", name, data)
}

// pump sends what comes until it ends, the client has gone, is signed out or takes
// nothing any more, or the server stops. Nothing of that can be told to anybody.
func pump[E any](s *site, out *stream, r *http.Request, events <-chan E, send func(E) error) {
	// The end is told too, however long ago the last thing was.
	defer func() { out.control.SetWriteDeadline(time.Now().Add(out.patient)) }() //nolint:errcheck // the client has gone
	comments := time.NewTicker(s.pace.comment)
	defer comments.Stop()
	rechecks := time.NewTicker(s.pace.recheck)
	defer rechecks.Stop()
	rung := s.bell.wait()
	if s.dismissed(r) { // while the stream was opened, before the bell could be heard
		return
	}
	for {
		select {
		case e, ok := <-events:
			if !ok || send(e) != nil {
				return
			}
		case <-comments.C:
			if out.write([]byte(": here\n\n")) != nil {
				return
			}
		case <-rung:
			rung = s.bell.wait()
			if s.dismissed(r) {
				return
			}
		case <-rechecks.C:
			if s.dismissed(r) {
				return
			}
		case <-r.Context().Done():
			return
		case <-s.stopped:
			return
		}
	}
}
