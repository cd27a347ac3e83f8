package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/phone"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/ticket"
)

// sipAccount is what a softphone signs in with.
type sipAccount struct {
	URI      string `json:"uri"`
	User     string `json:"user"`
	Password string `json:"password,omitempty"`
	WS       string `json:"ws"`
}

func account(c switchboard.Credential) sipAccount {
	return sipAccount{URI: "sip:" + c.SIPUser + "@hotline", User: c.SIPUser, Password: c.Password, WS: "/sip/" + c.Key}
}

// offer is a call as the agent sees it (openapi.yaml Offer).
type offer struct {
	ID       call.OfferID  `json:"id"`
	Call     call.ID       `json:"call"`
	Caller   string        `json:"caller"`
	CallerVi string        `json:"caller_vi"`
	Group    call.Group    `json:"group"`
	Field    string        `json:"field"`
	Service  call.Service  `json:"service"`
	Language call.Language `json:"language"`
	WaitedMS int64         `json:"waited_ms"`
	Ticket   string        `json:"ticket"`
	Earlier  []ticket.Row  `json:"earlier"`
	Outbound bool          `json:"outbound,omitempty"`
	Since    *time.Time    `json:"since,omitempty"`
	From     call.AgentID  `json:"from,omitempty"`
	How      string        `json:"how,omitempty"`
	Back     bool          `json:"back"`
	Recorded bool          `json:"recorded"`
	Paused   *time.Time    `json:"recording_paused_until,omitempty"`
}

// earlierShown is how many of the caller's earlier tickets an agent is shown.
const earlierShown = 5

func (s *site) offerOf(r *http.Request, o switchboard.OfferInfo) offer {
	view := offer{
		ID: o.ID, Call: o.Call, Caller: o.Caller, CallerVi: phone.Display(o.Caller), Group: o.Topic.Group, Field: o.Topic.Field,
		Service: o.Topic.Service, Language: o.Language, WaitedMS: time.Since(o.QueuedAt).Milliseconds(), Ticket: o.Ticket,
		Earlier: s.earlier(r, o), From: o.From, How: string(o.How), Back: o.Back, Recorded: o.Recorded, Outbound: o.Outbound,
	}
	if until := o.RecordingOff.UTC(); !o.RecordingOff.IsZero() {
		view.Paused = &until
	}
	return view
}

// earlier finds the caller's earlier tickets. The call is there the moment the citizen
// is: when the tickets are not found at once, the agent gets it without them.
func (s *site) earlier(r *http.Request, o switchboard.OfferInfo) []ticket.Row {
	if o.Caller == "" || strings.HasPrefix(o.Caller, "web:") { // names nobody
		return []ticket.Row{}
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.pace.earlier)
	defer cancel()
	rows, err := s.tickets.Tickets(ctx, ticket.Filter{Caller: o.Caller, Except: o.Ticket, Limit: earlierShown})
	if err != nil {
		return []ticket.Row{}
	}
	return inUTC(rows)
}
