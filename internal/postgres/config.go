package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/config"
	"hotline1022/internal/postgres/db"
)

var _ config.Store = (*DB)(nil)

// ConfigVersions lists the last versions of a document without their texts.
func (d *DB) ConfigVersions(ctx context.Context, document string, limit int) ([]config.Version, error) {
	rows, err := d.q.ConfigVersions(ctx, db.ConfigVersionsParams{Document: clean(document), Rows: page(limit)})
	if err != nil {
		return nil, fmt.Errorf("reading the history of the configuration: %w", err)
	}
	versions := make([]config.Version, len(rows))
	for i, r := range rows {
		versions[i] = config.Version{
			Document: r.Document, Number: int(r.Number), At: r.At.UTC(), By: r.ByStaff, ByName: r.ByName, Why: r.Why, SHA256: r.Sha256,
		}
	}
	return versions, nil
}

// ConfigVersion is one of them with its text.
func (d *DB) ConfigVersion(ctx context.Context, document string, number int) (config.Version, error) {
	r, err := d.q.ConfigVersion(ctx, db.ConfigVersionParams{Document: clean(document), Number: int32(number)}) //nolint:gosec // counted from 1
	if err != nil {
		return config.Version{}, notFound(err)
	}
	return config.Version{
		Document: r.Document, Number: int(r.Number), At: r.At.UTC(), By: r.ByStaff, ByName: r.ByName, Why: r.Why, Text: r.Text, SHA256: r.Sha256,
	}, nil
}

// KeepConfig adds a version, and before it what was found on disk unless that is the last
// one; neither, when use fails.
func (d *DB) KeepConfig(ctx context.Context, found, next config.Version, use func() error) (int, error) {
	err := pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		if err := q.LockConfig(ctx); err != nil {
			return fmt.Errorf("keeping a version of the configuration: %w", err)
		}
		last, err := q.ConfigVersions(ctx, db.ConfigVersionsParams{Document: next.Document, Rows: 1})
		if err != nil {
			return fmt.Errorf("keeping a version of the configuration: %w", err)
		}
		add := []config.Version{found, next}
		if len(last) > 0 {
			next.Number = int(last[0].Number)
			if last[0].Sha256 == found.SHA256 {
				add = add[1:]
			}
		}
		for _, v := range add {
			next.Number++
			err := q.AddConfigVersion(ctx, db.AddConfigVersionParams{
				Document: v.Document, Number: int32(next.Number), At: v.At, ByStaff: clean(v.By), ByName: clean(v.ByName), Why: clean(v.Why), //nolint:gosec // counted from 1
				Text: v.Text, Sha256: v.SHA256,
			})
			if err != nil {
				return fmt.Errorf("keeping a version of the configuration: %w", err)
			}
		}
		return use()
	})
	if err != nil {
		return 0, err
	}
	return next.Number, nil
}
