package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// SaveDraft keeps a form that is being filled in. It is false, and changes nothing, when
// a later save came before this one or the form is done.
func (d *DB) SaveDraft(ctx context.Context, t ticket.Draft) (bool, error) {
	_, err := d.q.SaveDraft(ctx, db.SaveDraftParams{
		Agent: string(t.Agent), Call: clean(string(t.Call)), Seq: t.Seq, SavedAt: t.SavedAt, Data: jsonb(t.Form),
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("keeping a draft: %w", err)
	}
	return true, nil
}

// jsonb is JSON that Postgres can keep: it takes no character NUL, escaped or not.
func jsonb(data []byte) []byte {
	return []byte(strings.ReplaceAll(clean(string(data)), `\u0000`, `\ufffd`))
}

// Draft reads what the agent was filling in last. ErrNotFound when there is nothing.
func (d *DB) Draft(ctx context.Context, agent call.AgentID, now time.Time) (ticket.Draft, error) {
	r, err := d.q.Draft(ctx, db.DraftParams{Agent: string(agent), Since: now.Add(-ticket.DraftLasts)})
	if err != nil {
		return ticket.Draft{}, notFound(err)
	}
	return ticket.Draft{Agent: agent, Call: call.ID(r.Call), Seq: r.Seq, SavedAt: r.SavedAt.UTC(), Form: r.Data}, nil
}

// CloseDraft forgets a form that was saved; a save of the draft that comes late is
// refused from now on.
func (d *DB) CloseDraft(ctx context.Context, agent call.AgentID, id call.ID, now time.Time) error {
	err := d.q.CloseDraft(ctx, db.CloseDraftParams{
		Agent: string(agent), Call: clean(string(id)), SavedAt: now, ForgetBefore: now.Add(-ticket.DraftLasts),
	})
	if err != nil {
		return fmt.Errorf("closing a draft: %w", err)
	}
	return nil
}

// AddAttachment notes a file that the file store has. ErrNotFound when there is no such
// ticket.
func (d *DB) AddAttachment(ctx context.Context, code string, a ticket.Attachment) error {
	err := d.q.AddAttachment(ctx, db.AddAttachmentParams{
		ID: a.ID, Ticket: code, Name: clean(a.Name), Type: a.Type, Bytes: a.Bytes, Sha256: a.SHA256, Path: a.Path, By: a.By, At: a.At,
	})
	if foreignKey(err) {
		return ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("keeping an attachment: %w", err)
	}
	return nil
}

// foreignKey is SQLSTATE 23503: the row that this one belongs to is not there.
func foreignKey(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == "23503"
}

// Attachments lists a ticket's files, oldest first.
func (d *DB) Attachments(ctx context.Context, code string) ([]ticket.Attachment, error) {
	rows, err := d.q.Attachments(ctx, clean(code))
	if err != nil {
		return nil, fmt.Errorf("listing attachments: %w", err)
	}
	list := make([]ticket.Attachment, len(rows))
	for i, r := range rows {
		a := r.Attachment
		list[i] = ticket.Attachment{
			ID: a.ID, Name: a.Name, Type: a.Type, Bytes: a.Bytes, SHA256: a.Sha256, By: a.By, ByName: r.ByName, At: a.At.UTC(), Path: a.Path,
		}
	}
	return list, nil
}
