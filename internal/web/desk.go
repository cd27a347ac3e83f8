package web

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/ticket"
)

// desk is a signed-in place as its agent sees it (openapi.yaml Desk).
type desk struct {
	Agent  call.AgentID     `json:"agent"`
	Name   string           `json:"name"`
	SIP    sipAccount       `json:"sip"`
	State  call.AgentState  `json:"state"`
	Reason call.PauseReason `json:"reason"`
	Since  time.Time        `json:"since"`
	Pauses []Pause          `json:"pause_reasons"`
	Fields ticket.Fields    `json:"fields"`
	Offer  *offer           `json:"offer"`
	Talk   *talk            `json:"talk,omitempty"`
	Kept   *kept            `json:"kept"`
	// Connected says that a softphone has the desk's socket: this page's, or another's.
	Connected bool `json:"connected"`
}

// kept is a citizen on hold for the agent, whose desk was lost in conversation.
type kept struct {
	offer
	Until time.Time `json:"until"`
}

func (s *site) keptOf(r *http.Request, d switchboard.DeskState) *kept {
	if d.Kept == nil {
		return nil
	}
	return &kept{s.offerOf(r, d.Kept.Offer), d.Kept.Until.UTC()}
}

func (s *site) deskOf(r *http.Request, d switchboard.DeskState) desk {
	view := desk{
		Agent: d.Agent, Name: person(r).Name, SIP: account(d.Phone), State: d.State, Reason: d.Reason, Since: d.Since.UTC(),
		Pauses: list(s.deps.Pauses), Fields: s.fields, Kept: s.keptOf(r, d), Connected: d.Connected,
	}
	if d.Offer != nil {
		o := s.offerOf(r, *d.Offer)
		view.Offer = &o
	}
	if d.Talk != nil {
		t := talkOf(*d.Talk)
		view.Talk = &t
	}
	return view
}

func (s *site) openDesk(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	credential, err := s.desks.SignIn(r.Context(), agent)
	if err != nil {
		return err
	}
	state, ok := s.desks.State(agent)
	if !ok {
		return errNoDesk // signed out again in the same moment
	}
	state.Phone = credential // the one answer that has the password
	writeJSON(w, http.StatusOK, s.deskOf(r, state))
	return nil
}

func (s *site) desk(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	state, ok := s.desks.State(agent)
	if !ok {
		return ErrNotFound
	}
	state.Phone.Password = ""
	writeJSON(w, http.StatusOK, s.deskOf(r, state))
	return nil
}

func (s *site) closeDesk(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	return done(w, s.desks.SignOut(r.Context(), agent, "signed_out"))
}

func (s *site) ready(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	return done(w, s.desks.Ready(r.Context(), agent))
}

func (s *site) pause(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		Reason call.PauseReason `json:"reason"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	if s.isPause(form.Reason) {
		return done(w, s.desks.Pause(r.Context(), agent, form.Reason))
	}
	return badRequest("Lý do tạm dừng không có trong danh sách.", "That is no reason for a pause; see pause_reasons.")
}

// Limits of a form, in characters.
const (
	longestNote  = 10_000
	longestName  = 100
	longestPlace = 500
)

func (s *site) wrapUp(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		Call  call.ID    `json:"call"`
		Group call.Group `json:"group"`
		Field string     `json:"field"`
		Note  string     `json:"note"`
		Ready bool       `json:"ready"`

		Citizen string     `json:"citizen"`
		Place   call.Place `json:"place"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	switch {
	case form.Call == "":
		return badRequest("Thiếu mã cuộc gọi.", "The field \"call\" is missing.")
	case !form.Group.Valid():
		return badRequest("Nhóm không đúng.", "There is no such group.")
	case !s.fields.Has(form.Group, form.Field):
		return badRequest("Nhóm này không có lĩnh vực đó.", "The group has no such field.")
	case utf8.RuneCountInString(form.Note) > longestNote:
		return badRequest("Ghi chú quá dài (tối đa 10.000 ký tự).", "The note is too long (10,000 characters at most).")
	case utf8.RuneCountInString(form.Citizen) > longestName || utf8.RuneCountInString(form.Place.Said) > longestPlace:
		return badRequest("Tên hoặc địa điểm quá dài.", "The name or the place is too long (100 and 500 characters at most).")
	case !form.Place.Valid():
		return badRequest("Tọa độ không đúng.", "The pin must have lat and lon in degrees, and \"located\".")
	}
	err = s.desks.WrapUp(r.Context(), agent, switchboard.WrapUpForm{
		Call: form.Call, Topic: call.Topic{Group: form.Group, Field: form.Field}, Note: form.Note,
		Citizen: strings.TrimSpace(form.Citizen), Place: form.Place, Ready: form.Ready,
	})
	if err == nil {
		s.closeDraft(r, agent, form.Call)
	}
	return done(w, err)
}

func done(w http.ResponseWriter, err error) error {
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
	}
	return err
}
