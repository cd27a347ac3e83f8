package web

import (
	"net/http"
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

// offer is a call as the agent sees it (API.md Offer).
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
	Since    *time.Time    `json:"since,omitempty"`
}

// offerOf adds the caller's earlier tickets. When they cannot be read now, the agent
// gets the call without them.
func (s *site) offerOf(r *http.Request, o switchboard.OfferInfo) offer {
	earlier := []ticket.Row{}
	if o.Caller != "" {
		found, err := s.tickets.Tickets(r.Context(), ticket.Filter{Caller: o.Caller, Except: o.Ticket, Limit: 5})
		if err == nil && found != nil {
			earlier = found
		}
	}
	return offer{
		ID: o.ID, Call: o.Call, Caller: o.Caller, CallerVi: phone.Display(o.Caller), Group: o.Topic.Group, Field: o.Topic.Field,
		Service: o.Topic.Service, Language: o.Language, WaitedMS: time.Since(o.QueuedAt).Milliseconds(), Ticket: o.Ticket, Earlier: earlier,
	}
}

func (s *site) agent(r *http.Request) (call.AgentID, error) {
	id := person(r).ID
	if id == "" { // a tool's token is nobody's
		return "", errForbidden
	}
	return call.AgentID(id), nil
}

func (s *site) openDesk(w http.ResponseWriter, r *http.Request) error {
	agent, err := s.agent(r)
	if err != nil {
		return err
	}
	credential, err := s.desks.SignIn(r.Context(), agent)
	if err != nil {
		return err
	}
	state, ok := s.desks.State(agent)
	if !ok {
		return errNoDesk
	}
	state.Phone = credential
	writeJSON(w, http.StatusOK, s.deskOf(r, state))
	return nil
}

func (s *site) desk(w http.ResponseWriter, r *http.Request) error {
	state, ok := s.desks.State(call.AgentID(person(r).ID))
	if !ok {
		return ErrNotFound
	}
	writeJSON(w, http.StatusOK, s.deskOf(r, state))
	return nil
}

// deskOf is API.md's Desk.
func (s *site) deskOf(r *http.Request, d switchboard.DeskState) map[string]any {
	var open *offer
	if d.Offer != nil {
		o := s.offerOf(r, *d.Offer)
		open = &o
	}
	return map[string]any{
		"agent": d.Agent, "name": person(r).Name, "sip": account(d.Phone), "state": d.State, "reason": d.Reason, "since": d.Since.UTC(),
		"pause_reasons": s.deps.Pauses, "fields": s.fields, "offer": open,
	}
}

func (s *site) closeDesk(w http.ResponseWriter, r *http.Request) error {
	return done(w, s.desks.SignOut(r.Context(), call.AgentID(person(r).ID), "signed_out"))
}

func (s *site) ready(w http.ResponseWriter, r *http.Request) error {
	return done(w, s.desks.Ready(r.Context(), call.AgentID(person(r).ID)))
}

func (s *site) pause(w http.ResponseWriter, r *http.Request) error {
	var form struct{ Reason call.PauseReason }
	if err := read(w, r, &form); err != nil {
		return err
	}
	known := false
	for _, p := range s.deps.Pauses {
		known = known || p.Key == string(form.Reason)
	}
	if !known {
		return badRequest("Lý do tạm dừng không có trong danh sách.", "That is no reason for a pause; see pause_reasons.")
	}
	return done(w, s.desks.Pause(r.Context(), call.AgentID(person(r).ID), form.Reason))
}

// longestNote bounds a note, in bytes.
const longestNote = 8 << 10

func (s *site) wrapUp(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Call  call.ID    `json:"call"`
		Group call.Group `json:"group"`
		Field string     `json:"field"`
		Note  string     `json:"note"`
		Ready bool       `json:"ready"`
	}
	if err := read(w, r, &form); err != nil {
		return err
	}
	if !form.Group.Valid() || !s.fields.Has(form.Group, form.Field) {
		return badRequest("Nhóm hoặc lĩnh vực không đúng.", "There is no such group or field.")
	}
	if len(form.Note) > longestNote {
		return badRequest("Ghi chú quá dài.", "The note is too long.")
	}
	return done(w, s.desks.WrapUp(r.Context(), call.AgentID(person(r).ID), switchboard.WrapUpForm{
		Call: form.Call, Topic: call.Topic{Group: form.Group, Field: form.Field}, Note: form.Note, Ready: form.Ready,
	}))
}

func done(w http.ResponseWriter, err error) error {
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
	}
	return err
}
