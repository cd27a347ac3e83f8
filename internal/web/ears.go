package web

import (
	"net/http"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// ear is a supervisor's softphone (openapi.yaml Ear).
type ear struct {
	SIP       *sipAccount          `json:"sip,omitempty"`
	Doing     switchboard.EarDoing `json:"doing"`
	Since     time.Time            `json:"since"`
	Agent     call.AgentID         `json:"agent"`
	AgentName string               `json:"agent_name"`
	Call      call.ID              `json:"call"`
	Ended     call.ListenEnd       `json:"ended"`
}

func (s *site) earOf(state switchboard.EarState) ear {
	view := ear{Doing: state.Doing, Since: state.Since.UTC(), Agent: state.Agent, Call: state.Call, Ended: state.Ended}
	if state.Agent != "" {
		view.AgentName = s.deps.Roster.Name(state.Agent)
	}
	return view
}

func (s *site) openEar(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	credential, err := s.deps.Ears.SignIn(r.Context(), by)
	if err != nil {
		return err
	}
	state, _, ok := s.deps.Ears.State(by)
	if !ok {
		return errNoEar // signed out again in the same moment
	}
	view, sip := s.earOf(state), account(credential) // the one answer that has the password
	view.SIP = &sip
	writeJSON(w, http.StatusOK, view)
	return nil
}

func (s *site) ear(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	state, credential, ok := s.deps.Ears.State(by)
	if !ok {
		return ErrNotFound
	}
	view, sip := s.earOf(state), account(credential)
	view.SIP = &sip
	writeJSON(w, http.StatusOK, view)
	return nil
}

func (s *site) closeEar(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	s.deps.Ears.SignOut(by)
	return done(w, nil)
}

// earEvents tells a supervisor's page what the softphone does, at first what it does now.
func (s *site) earEvents(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	states, cancel := s.deps.Ears.Watch(by)
	defer cancel()
	if states == nil {
		return errNoEar
	}
	out, err := s.openStream(w)
	if err != nil {
		return nil //nolint:nilerr // the client has gone
	}
	pump(s, out, r, states, func(state switchboard.EarState) error { return out.send("ear", s.earOf(state)) })
	return nil
}

func (s *site) listen(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		Agent   call.AgentID `json:"agent"`
		Whisper bool         `json:"whisper"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	if form.Agent == "" {
		return badRequest("Thiếu tên nhân viên cần nghe.", "The field \"agent\" is missing.")
	}
	tellWhom(r, string(form.Agent))
	if form.Whisper {
		tell(r, "whisper", "true")
	}
	return done(w, earProblem(s.deps.Ears.Listen(by, form.Agent, form.Whisper)))
}

// stopListening answers when nothing is heard any more.
func (s *site) stopListening(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	select {
	case <-s.deps.Ears.End(by, call.ListenStopped):
	case <-r.Context().Done():
	}
	return done(w, nil)
}
