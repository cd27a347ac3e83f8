package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/knowledge"
	"hotline1022/internal/postgres"
	"hotline1022/internal/ticket"
	"hotline1022/internal/web"
)

// forms joins database and file store into what the web keeps beside tickets.
type forms struct{ a *App }

var (
	_ web.Forms    = forms{}
	_ web.Articles = articles{}
)

// SaveDraft keeps a form that is being filled in.
func (f forms) SaveDraft(ctx context.Context, d ticket.Draft) (bool, error) {
	return f.a.db.SaveDraft(ctx, d)
}

// Draft reads what the agent was filling in last.
func (f forms) Draft(ctx context.Context, agent call.AgentID, now time.Time) (ticket.Draft, error) {
	d, err := f.a.db.Draft(ctx, agent, now)
	return d, notFound(err)
}

// CloseDraft forgets a form that was saved.
func (f forms) CloseDraft(ctx context.Context, agent call.AgentID, id call.ID, now time.Time) error {
	return f.a.db.CloseDraft(ctx, agent, id, now)
}

// Attach keeps a file: first its content, then that it is there. A crash between the two
// leaves a file that nobody is told of.
func (f forms) Attach(ctx context.Context, code string, a ticket.Attachment, body io.Reader) (ticket.Attachment, error) {
	there, err := f.a.db.Attachments(ctx, code)
	if err != nil {
		return a, err
	}
	if len(there) >= ticket.MostAttachments {
		return a, web.ErrTooManyFiles
	}
	a.ID = strings.ToLower(rand.Text())
	a.Path = a.At.Format("2006/01/02/") + a.ID + ticket.FileTypes()[a.Type]
	sum := sha256.New()
	err = f.a.files.Put(ctx, a.Path, func(w io.Writer) (err error) {
		a.Bytes, err = io.Copy(io.MultiWriter(w, sum), body)
		return err
	})
	if err != nil {
		return a, err
	}
	a.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if err := f.a.db.AddAttachment(ctx, code, a); err != nil {
		return a, notFound(errors.Join(err, f.a.files.Delete(context.WithoutCancel(ctx), a.Path)))
	}
	return a, nil
}

// OpenFile opens a ticket's file.
func (f forms) OpenFile(ctx context.Context, code, id string) (ticket.Attachment, io.ReadSeekCloser, error) {
	all, err := f.a.db.Attachments(ctx, code)
	if err != nil {
		return ticket.Attachment{}, nil, err
	}
	for _, a := range all {
		if a.ID == id {
			file, _, err := f.a.files.Open(ctx, a.Path)
			return a, file, notFound(err)
		}
	}
	return ticket.Attachment{}, nil, web.ErrNotFound
}

// articles is the knowledge base.
type articles struct{ db *postgres.DB }

// Articles finds articles.
func (k articles) Articles(ctx context.Context, f knowledge.Filter) ([]knowledge.Article, error) {
	return k.db.Articles(ctx, f)
}

// Article reads one.
func (k articles) Article(ctx context.Context, id string) (knowledge.Article, error) {
	a, err := k.db.Article(ctx, id)
	return a, notFound(err)
}

// ArticleVersions lists what an article was.
func (k articles) ArticleVersions(ctx context.Context, id string) ([]knowledge.Article, error) {
	versions, err := k.db.ArticleVersions(ctx, id)
	return versions, notFound(err)
}

// AddArticle keeps a new one.
func (k articles) AddArticle(ctx context.Context, a knowledge.Article) (string, error) {
	a.ID = strings.ToLower(rand.Text()[:10])
	return a.ID, k.db.AddArticle(ctx, a)
}

// ChangeArticle keeps the next version of one.
func (k articles) ChangeArticle(ctx context.Context, a knowledge.Article) error {
	return notFound(k.db.ChangeArticle(ctx, a))
}

// seedArticles gives a new hotline something to answer from. Articles that are there,
// withdrawn ones too, stay as they are.
func (a *App) seedArticles(ctx context.Context) error {
	none, err := a.db.NoArticles(ctx)
	if err != nil || !none {
		return err
	}
	first, err := knowledge.First()
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	for i := range first {
		first[i].At = now
	}
	if err := a.db.AddArticle(ctx, first...); err != nil {
		return fmt.Errorf("adding the first articles: %w", err)
	}
	return nil
}
