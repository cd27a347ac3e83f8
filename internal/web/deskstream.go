package web

import (
	"net/http"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// deskEvents tells an agent's page what happens at the desk, the present state first.
// The stream ends when the desk is signed out, and when the page falls behind.
func (s *site) deskEvents(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	events, cancel := s.desks.Watch(agent)
	defer cancel()
	if events == nil {
		return errNoDesk
	}
	out, err := s.openStream(w)
	if err != nil {
		return nil //nolint:nilerr // the client has gone
	}
	pump(s, out, r, events, func(event switchboard.DeskEvent) error {
		name, body := s.deskEvent(r, event)
		if name == "" {
			return nil
		}
		return out.send(name, body)
	})
	return nil
}

// deskMoved is the event "state".
type deskMoved struct {
	State       string     `json:"state"`
	Reason      string     `json:"reason"`
	Since       time.Time  `json:"since"`
	WrapUpUntil *time.Time `json:"wrap_up_until"`
	Call        string     `json:"call"`
	Kept        *kept      `json:"kept"`
}

// deskRecording is the event "recording".
type deskRecording struct {
	Call  call.ID           `json:"call"`
	On    bool              `json:"on"`
	Until *time.Time        `json:"until"`
	Why   call.RecordingWhy `json:"why"`
}

// deskEvent is an event as openapi.yaml has it; a name that is empty is none for pages.
func (s *site) deskEvent(r *http.Request, event switchboard.DeskEvent) (name string, body any) {
	switch e := event.(type) {
	case switchboard.DeskMoved:
		moved := deskMoved{State: string(e.State.State), Reason: string(e.State.Reason), Since: e.State.Since.UTC(), Call: string(e.Call), Kept: s.keptOf(r, e.State)}
		if until := e.State.WrapUpUntil.UTC(); !until.IsZero() {
			moved.WrapUpUntil = &until
		}
		return "state", moved
	case switchboard.DeskOffer:
		return "offer", s.offerOf(r, e.Offer)
	case switchboard.DeskOfferClosed:
		return "offer_closed", map[string]any{"id": e.ID, "how": e.How, "taken_by": e.TakenBy}
	case switchboard.DeskConnected:
		o, since := s.offerOf(r, e.Offer), e.Since.UTC()
		o.Since = &since
		return "connected", o
	case switchboard.DeskTalk:
		return "talk", talkOf(e.Talk)
	case switchboard.DeskEnded:
		return "ended", map[string]any{"call": e.Call, "ticket": e.Ticket, "why": e.Why}
	case switchboard.DeskRecording:
		light := deskRecording{Call: e.Call, On: !e.Off, Why: e.Why}
		if until := e.Until.UTC(); e.Off {
			light.Until = &until
		}
		return "recording", light
	case switchboard.DeskMessage:
		m := s.messageOf(e.Message)
		return "message", map[string]any{"id": m.ID, "at": m.At, "by": m.By, "by_name": m.ByName, "text": m.Text}
	case switchboard.DeskMessageRead:
		return "message_read", map[string]any{"id": e.ID}
	case switchboard.DeskSignedOut:
		return "signed_out", map[string]any{"why": e.Why}
	}
	return "", nil
}
