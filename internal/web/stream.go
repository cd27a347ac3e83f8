package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

const (
	streamComment = 15 * time.Second // keeps proxies from closing a quiet stream
	streamWrite   = 10 * time.Second // a client that takes no more by then is gone
)

// stream is a line of server-sent events.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func openStream(w http.ResponseWriter) (*stream, error) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	s := &stream{w: w, control: http.NewResponseController(w)}
	return s, s.write(": open\n\n")
}

func (s *stream) write(text string) error {
	if err := s.control.SetWriteDeadline(time.Now().Add(streamWrite)); err != nil {
		return err
	}
	if _, err := fmt.Fprint(s.w, text); err != nil {
		return err
	}
	return s.control.Flush()
}

func (s *stream) send(name string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return s.write(fmt.Sprintf("event: %s\ndata: %s\n\n", name, data))
}

// deskEvents tells an agent's page what happens at the desk. The stream ends when the
// desk is signed out; what cannot be written any more has no one to be told to.
func (s *site) deskEvents(w http.ResponseWriter, r *http.Request) error {
	events, cancel := s.desks.Watch(call.AgentID(person(r).ID))
	defer cancel()
	if events == nil {
		return errNoDesk
	}
	out, err := openStream(w)
	if err != nil {
		return nil //nolint:nilerr // the client has gone
	}
	comments := time.NewTicker(streamComment)
	defer comments.Stop()
	for {
		select {
		case event, ok := <-events:
			if !ok {
				return nil
			}
			name, body := s.deskEvent(r, event)
			if out.send(name, body) != nil {
				return nil
			}
		case <-comments.C:
			if out.write(": here\n\n") != nil {
				return nil
			}
		case <-r.Context().Done():
			return nil
		case <-s.stopped:
			return nil
		}
	}
}

// deskEvent is an event as API.md has it.
func (s *site) deskEvent(r *http.Request, event switchboard.DeskEvent) (name string, body any) {
	switch e := event.(type) {
	case switchboard.DeskMoved:
		var until *time.Time
		if !e.State.WrapUpUntil.IsZero() {
			t := e.State.WrapUpUntil.UTC()
			until = &t
		}
		return "state", map[string]any{
			"state": e.State.State, "reason": e.State.Reason, "since": e.State.Since.UTC(), "wrap_up_until": until, "call": e.Call,
		}
	case switchboard.DeskOffer:
		return "offer", s.offerOf(r, e.Offer)
	case switchboard.DeskOfferClosed:
		return "offer_closed", map[string]any{"id": e.ID, "how": e.How}
	case switchboard.DeskConnected:
		o := s.offerOf(r, e.Offer)
		since := e.Since.UTC()
		o.Since = &since
		return "connected", o
	case switchboard.DeskEnded:
		return "ended", map[string]any{"call": e.Call, "ticket": e.Ticket, "why": e.Why}
	case switchboard.DeskSignedOut:
		return "signed_out", map[string]any{"why": e.Why}
	}
	return "unknown", nil
}

// How often the wallboard is looked at, and how long it may be silent.
const (
	liveEvery   = 250 * time.Millisecond
	liveSilence = 5 * time.Second
)

func (s *site) live(w http.ResponseWriter, _ *http.Request) error {
	writeJSON(w, http.StatusOK, s.deps.Live(time.Now()))
	return nil
}

// liveEvents sends the figures when they change. A slow screen gets fewer of them,
// and always the newest.
func (s *site) liveEvents(w http.ResponseWriter, r *http.Request) error {
	out, err := openStream(w)
	if err != nil {
		return nil //nolint:nilerr // the client has gone
	}
	tick := time.NewTicker(liveEvery)
	defer tick.Stop()
	var last []byte
	var lastAt time.Time
	for {
		now := time.Now()
		figures := s.deps.Live(now)
		shape, err := steady(figures)
		if err != nil {
			return err
		}
		if !bytes.Equal(shape, last) || now.Sub(lastAt) >= liveSilence {
			if out.send("live", figures) != nil {
				return nil
			}
			last, lastAt = shape, now
		}
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return nil
		case <-s.stopped:
			return nil
		}
	}
}

// steady is the figures without those that change by themselves as time passes.
func steady(figures any) ([]byte, error) {
	data, err := json.Marshal(figures)
	if err != nil {
		return nil, err
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	delete(all, "at")
	delete(all, "longest_wait_ms")
	if queues, ok := all["queues"].([]any); ok {
		for _, q := range queues {
			if q, ok := q.(map[string]any); ok {
				delete(q, "longest_wait_ms")
			}
		}
	}
	return json.Marshal(all)
}
