package web

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// longestMessage bounds a message to desks, in characters.
const longestMessage = 500

// message is what a supervisor said to desks (openapi.yaml Message).
type message struct {
	ID     string      `json:"id"`
	At     time.Time   `json:"at"`
	By     string      `json:"by"`
	ByName string      `json:"by_name"`
	Text   string      `json:"text"`
	To     []addressee `json:"to"`
}

type addressee struct {
	Agent  call.AgentID `json:"agent"`
	Name   string       `json:"name"`
	ReadAt *time.Time   `json:"read_at"`
}

func (s *site) messageOf(m switchboard.Message) message {
	view := message{ID: m.ID, At: m.At.UTC(), By: string(m.By), ByName: s.deps.Roster.Name(m.By), Text: m.Text, To: []addressee{}}
	for _, to := range m.To {
		a := addressee{Agent: to.Agent, Name: s.deps.Roster.Name(to.Agent)}
		if at := to.ReadAt.UTC(); !to.ReadAt.IsZero() {
			a.ReadAt = &at
		}
		view.To = append(view.To, a)
	}
	return view
}

// sendMessage shows a text at desks: of those named, of everybody who has one now, or of
// a shift whether they have signed in yet or not.
func (s *site) sendMessage(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		To    []call.AgentID `json:"to"`
		All   bool           `json:"all"`
		Shift string         `json:"shift"`
		Text  string         `json:"text"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	form.Text = strings.TrimSpace(form.Text)
	switch {
	case form.Text == "":
		return badRequest("Tin nhắn trống.", "The message is empty.")
	case utf8.RuneCountInString(form.Text) > longestMessage:
		return badRequest("Tin nhắn quá dài (tối đa 500 ký tự).", "The message is too long (500 characters at most).")
	}
	to, err := s.addressees(r, form.To, form.All, form.Shift)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusCreated, s.messageOf(s.desks.Send(by, to, form.Text)))
	return nil
}

func (s *site) addressees(r *http.Request, named []call.AgentID, all bool, shift string) ([]call.AgentID, error) {
	people, err := s.tickets.Staff(r.Context())
	if err != nil {
		return nil, err
	}
	known, to := map[call.AgentID]bool{}, []call.AgentID{}
	now := time.Now()
	for _, p := range people {
		id := call.AgentID(p.ID)
		known[id] = true
		_, seated := s.desks.State(id)
		if all && seated || shift != "" && s.deps.ShiftOf(now, id) == shift {
			to = append(to, id)
		}
	}
	for _, id := range named {
		if !known[id] {
			return nil, badRequest("Không có nhân viên "+string(id)+".", "Nobody of the staff is called "+string(id)+".")
		}
		to = append(to, id)
	}
	if len(to) == 0 {
		return nil, badRequest("Không có ai để nhận tin nhắn này.", "There is nobody whom this message is for.")
	}
	return to, nil
}

func (s *site) messages(w http.ResponseWriter, _ *http.Request) error {
	list := []message{}
	for _, m := range s.desks.Sent() {
		list = append(list, s.messageOf(m))
	}
	writeJSON(w, http.StatusOK, map[string]any{"messages": list})
	return nil
}

func (s *site) readMessage(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	return done(w, s.desks.Read(agent, r.PathValue("id")))
}
