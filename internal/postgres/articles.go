package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/call"
	"hotline1022/internal/knowledge"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

// Articles finds articles, the nearest first.
func (d *DB) Articles(ctx context.Context, f knowledge.Filter) ([]knowledge.Article, error) {
	p := db.ArticlesParams{
		Patterns: []string{}, Group: clean(string(f.Group)), Status: clean(string(f.Status)),
		NearGroup: clean(string(f.Near.Group)), NearField: clean(f.Near.Field), Most: page(f.Limit),
	}
	for _, word := range ticket.Words(f.Search) {
		p.Patterns = append(p.Patterns, "%"+escapeLike(clean(word))+"%")
	}
	if len(p.Patterns) > 1 {
		p.Phrase = "%" + escapeLike(clean(strings.Join(strings.Fields(ticket.Plain(f.Search)), " "))) + "%"
	}
	return d.articles(ctx, p)
}

// Article reads one as it stands. ErrNotFound when there is none.
func (d *DB) Article(ctx context.Context, id string) (knowledge.Article, error) {
	if id == "" { // would be no filter at all
		return knowledge.Article{}, ErrNotFound
	}
	found, err := d.articles(ctx, db.ArticlesParams{Patterns: []string{}, ID: clean(id), Most: 1})
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return knowledge.Article{}, err
	}
	return found[0], nil
}

func (d *DB) articles(ctx context.Context, p db.ArticlesParams) ([]knowledge.Article, error) {
	rows, err := d.q.Articles(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("looking for articles: %w", err)
	}
	list := make([]knowledge.Article, len(rows))
	for i, r := range rows {
		a := r.Article
		list[i] = knowledge.Article{
			ID: a.ID, Version: int(a.Version), Title: a.Title, Body: a.Body, Group: call.Group(a.Group), Field: a.Field,
			Status: knowledge.Status(a.Status), By: a.By, ByName: r.ByName, At: a.At.UTC(),
		}
	}
	return list, nil
}

// AddArticle keeps the first version of articles; those whose ids are there are refused.
func (d *DB) AddArticle(ctx context.Context, articles ...knowledge.Article) error {
	err := pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		for _, a := range articles {
			if err := q.AddArticle(ctx, db.AddArticleParams{
				ID: a.ID, Title: clean(a.Title), Body: clean(a.Body), Group: string(a.Group), Field: a.Field, Status: string(a.Status),
				By: a.By, At: a.At, Heading: clean(a.Heading()), Search: clean(a.Text()),
			}); err != nil {
				return err
			}
			if err := q.KeepVersion(ctx, a.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keeping an article: %w", err)
	}
	return nil
}

// ChangeArticle keeps the version after a.Version. knowledge.ErrChanged when that is not
// the one that stands, ErrNotFound when there is no such article.
func (d *DB) ChangeArticle(ctx context.Context, a knowledge.Article) error {
	changed := int64(0)
	err := pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) (err error) {
		q := d.q.WithTx(tx)
		changed, err = q.ChangeArticle(ctx, db.ChangeArticleParams{
			ID: clean(a.ID), Version: int32(a.Version), Title: clean(a.Title), Body: clean(a.Body), Group: string(a.Group), Field: a.Field,
			Status: string(a.Status), By: a.By, At: a.At, Heading: clean(a.Heading()), Search: clean(a.Text()),
		})
		if err != nil || changed == 0 {
			return err
		}
		return q.KeepVersion(ctx, clean(a.ID))
	})
	if err != nil {
		return fmt.Errorf("keeping an article: %w", err)
	}
	if changed == 0 {
		if _, err := d.Article(ctx, a.ID); err != nil {
			return err
		}
		return knowledge.ErrChanged
	}
	return nil
}

// ArticleVersions lists what an article was, the last first. ErrNotFound when there is
// none.
func (d *DB) ArticleVersions(ctx context.Context, id string) ([]knowledge.Article, error) {
	rows, err := d.q.Versions(ctx, clean(id))
	if err != nil {
		return nil, fmt.Errorf("reading an article's versions: %w", err)
	}
	if len(rows) == 0 {
		return nil, ErrNotFound
	}
	list := make([]knowledge.Article, len(rows))
	for i, r := range rows {
		v := r.ArticleVersion
		list[i] = knowledge.Article{
			ID: v.Article, Version: int(v.Version), Title: v.Title, Body: v.Body, Group: call.Group(v.Group), Field: v.Field,
			Status: knowledge.Status(v.Status), By: v.By, ByName: r.ByName, At: v.At.UTC(),
		}
	}
	return list, nil
}

// NoArticles says that there is none at all, not even one that was withdrawn.
func (d *DB) NoArticles(ctx context.Context) (bool, error) {
	n, err := d.q.ArticleCount(ctx)
	if err != nil {
		return false, fmt.Errorf("counting articles: %w", err)
	}
	return n == 0, nil
}
