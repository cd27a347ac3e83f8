package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

// Forms keeps what belongs to a ticket and is no fact of its call: forms that are being
// filled in, and files. Reads of what is not there are ErrNotFound.
type Forms interface {
	// SaveDraft is false when a later save came before, or the form is done.
	SaveDraft(ctx context.Context, d ticket.Draft) (bool, error)
	Draft(ctx context.Context, agent call.AgentID, now time.Time) (ticket.Draft, error)
	CloseDraft(ctx context.Context, agent call.AgentID, id call.ID, now time.Time) error
	// Attach keeps a file. ErrNotFound for an unknown ticket, ErrTooManyFiles for one
	// that is full.
	Attach(ctx context.Context, code string, a ticket.Attachment, body io.Reader) (ticket.Attachment, error)
	// OpenFile opens a ticket's file; it has to be closed.
	OpenFile(ctx context.Context, code, id string) (ticket.Attachment, io.ReadSeekCloser, error)
}

// ErrTooManyFiles says that a ticket has as many files as it may have.
var ErrTooManyFiles = errors.New("the ticket has too many files")

var errDraftOver = &problem{
	http.StatusConflict, "draft_over", "Bản nháp này cũ hơn bản đã lưu, hoặc phiếu đã được lưu.",
	"A later draft was saved before this one, or the form is saved.",
}

// formRoutes are the addresses of forms and files.
func (s *site) formRoutes(add func(pattern string, need auth.Need, h handler)) {
	add("GET /api/desk/draft", auth.WorkDesk, unlocked(s.draft))
	add("PUT /api/desk/draft", auth.WorkDesk, s.saveDraft)
	add("POST /api/tickets/{code}/attachments", auth.ReadCalls, s.attach)
	add("GET /api/tickets/{code}/attachments/{id}", auth.ReadCalls, s.attachment)
}

// draftForm is what a draft holds: what the page shows again.
type draftForm struct {
	Ticket  string     `json:"ticket"`
	Caller  string     `json:"caller"` // as it is shown
	Group   call.Group `json:"group"`
	Field   string     `json:"field"`
	Citizen string     `json:"citizen"`
	Place   call.Place `json:"place"`
	Note    string     `json:"note"`
}

func (s *site) draft(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	var view struct {
		Draft *ticket.Draft `json:"draft"`
	}
	d, err := s.deps.Forms.Draft(r.Context(), agent, time.Now())
	switch {
	case errors.Is(err, ErrNotFound):
	case err != nil:
		return err
	default:
		view.Draft = &d
	}
	writeJSON(w, http.StatusOK, view)
	return nil
}

func (s *site) saveDraft(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	var body struct {
		Call call.ID   `json:"call"`
		Seq  int64     `json:"seq"`
		Form draftForm `json:"form"`
	}
	if err := s.read(w, r, &body); err != nil {
		return err
	}
	if body.Call == "" || body.Seq < 1 {
		return badRequest("Thiếu mã cuộc gọi hoặc số thứ tự.", "The fields \"call\" and \"seq\", which grows from 1, are missing.")
	}
	form, err := json.Marshal(body.Form)
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	kept, err := s.deps.Forms.SaveDraft(r.Context(), ticket.Draft{Agent: agent, Call: body.Call, Seq: body.Seq, SavedAt: now, Form: form})
	if err != nil {
		return err
	}
	if !kept {
		return errDraftOver
	}
	writeJSON(w, http.StatusOK, map[string]any{"saved_at": now})
	return nil
}

// closeDraft: the form is in the journal. A draft that stays is offered once more, which
// hurts nobody.
func (s *site) closeDraft(r *http.Request, agent call.AgentID, id call.ID) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), s.pace.earlier)
	defer cancel()
	if err := s.deps.Forms.CloseDraft(ctx, agent, id, time.Now()); err != nil {
		s.log.WarnContext(ctx, "the draft of a form that is saved stays", slog.String("call", string(id)), slog.Any("error", err))
	}
}
