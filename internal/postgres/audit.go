package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/audit"
	"hotline1022/internal/postgres/db"
	"hotline1022/internal/ticket"
)

var _ audit.Store = (*DB)(nil)

// AddAudit keeps entries; those that are there already change nothing.
func (d *DB) AddAudit(ctx context.Context, entries []audit.Entry) error {
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		for _, e := range entries {
			detail := map[string]string{}
			for name, value := range e.Detail {
				detail[clean(name)] = clean(value)
			}
			data, err := json.Marshal(detail)
			if err != nil {
				return fmt.Errorf("keeping an audit entry: %w", err)
			}
			err = q.AddAudit(ctx, db.AddAuditParams{
				ID: e.ID, At: e.At, Who: clean(e.Who), Name: clean(e.Name), Role: clean(e.Role), Act: clean(string(e.Act)), Whom: clean(e.Whom),
				Result: string(e.Result), Address: clean(e.Address), Node: e.Node, Detail: data,
				Search: clean(ticket.Plain(e.Who + " " + e.Name + " " + e.Whom)),
			})
			if err != nil {
				return fmt.Errorf("keeping an audit entry: %w", err)
			}
		}
		return nil
	})
}

// Audit lists entries, the last first.
func (d *DB) Audit(ctx context.Context, f audit.Filter) ([]audit.Entry, error) {
	p := db.AuditParams{
		Act: clean(string(f.Act)), Who: clean(f.Who), Whom: clean(f.Whom), Since: optional(f.Since), Until: optional(f.Until),
		BeforeAt: optional(f.BeforeAt), BeforeID: clean(f.BeforeID), Rows: page(f.Limit),
	}
	if words := ticket.Plain(f.Search); words != "" {
		p.Search = "%" + escapeLike(clean(words)) + "%"
	}
	rows, err := d.q.Audit(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("reading the audit log: %w", err)
	}
	entries := make([]audit.Entry, len(rows))
	for i, r := range rows {
		entries[i] = audit.Entry{
			ID: r.ID, At: r.At.UTC().Truncate(time.Microsecond), Who: r.Who, Name: r.Name, Role: r.Role, Act: audit.Act(r.Act), Whom: r.Whom,
			Result: audit.Result(r.Result), Address: r.Address, Node: r.Node,
		}
		if err := json.Unmarshal(r.Detail, &entries[i].Detail); err != nil {
			return nil, fmt.Errorf("reading the audit log: %w", err)
		}
	}
	return entries, nil
}
