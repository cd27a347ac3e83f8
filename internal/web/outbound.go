package web

import (
	"context"
	"net/http"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// Calling is how agents call citizens.
type Calling interface {
	MakeCall(ctx context.Context, agent call.AgentID, want switchboard.WantedCall) (switchboard.MadeCall, error)
}

// errNotUrgent answers who may not set hours and limits aside.
var errNotUrgent = &problem{
	http.StatusForbidden, "not_allowed", "Chỉ trưởng ca hoặc giám sát viên được gọi khẩn ngoài giờ và vượt giới hạn.",
	"Only a shift lead or a supervisor may set hours and limits aside for an urgent call.",
}

// longestNumber bounds what may be typed as a number, in bytes.
const longestNumber = 40

// makeCall calls a number for the agent, for a ticket or a new one. A ticket without a
// number means its citizen's.
func (s *site) makeCall(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		Number string `json:"number"`
		Ticket string `json:"ticket"`
		Urgent bool   `json:"urgent"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	if form.Urgent && !auth.LeadShift.MetBy(person(r).Role) {
		return errNotUrgent
	}
	want := switchboard.WantedCall{Number: form.Number, Ticket: form.Ticket, Urgent: form.Urgent}
	if form.Ticket != "" {
		t, err := s.tickets.Ticket(r.Context(), form.Ticket)
		if err != nil {
			return err
		}
		want.Topic = call.Topic{Group: t.Group, Field: t.Field, Service: t.Service}
		if want.Number == "" {
			want.Number = t.Caller
		}
	}
	if want.Number == "" || len(want.Number) > longestNumber {
		return badRequest("Thiếu số cần gọi, hoặc số quá dài.", "The number to call is missing, or too long.")
	}
	made, err := s.desks.MakeCall(r.Context(), agent, want)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusCreated, map[string]any{"call": made.Call, "ticket": made.Ticket})
	return nil
}
