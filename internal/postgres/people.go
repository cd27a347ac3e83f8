package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hotline1022/internal/auth"
	"hotline1022/internal/postgres/db"
)

// People lists everybody, also who has left.
func (d *DB) People(ctx context.Context) ([]auth.Member, error) {
	rows, err := d.q.People(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the staff: %w", err)
	}
	people := make([]auth.Member, len(rows))
	for i, r := range rows {
		people[i] = auth.Member{
			Person: auth.Person{ID: r.ID, Name: r.Name, Role: auth.Role(r.Role)}, Active: r.Active, Second: r.Second, Temporary: r.Temporary,
		}
		if r.Sso != nil {
			people[i].SSO = *r.Sso
		}
		if r.Seen.Unix() > 0 { // the epoch stands for never
			people[i].Seen = r.Seen
		}
	}
	return people, nil
}

// AddMember adds somebody with a temporary password.
func (d *DB) AddMember(ctx context.Context, m auth.Member, passwordHash string) error {
	n, err := d.q.NewStaff(ctx, db.NewStaffParams{ID: m.ID, Name: clean(m.Name), Role: string(m.Role), Sso: some(m.SSO), PasswordHash: passwordHash})
	if err == nil && n == 0 {
		return auth.ErrTaken
	}
	return orTaken(err)
}

// ChangeMember keeps another name, role and account.
func (d *DB) ChangeMember(ctx context.Context, m auth.Member) error {
	return d.changeStaff(ctx, func(q *db.Queries) error {
		n, err := q.ChangeStaff(ctx, db.ChangeStaffParams{Name: clean(m.Name), Role: string(m.Role), Sso: some(m.SSO), ID: clean(m.ID)})
		return orTaken(orNobody(n, err))
	})
}

// SetActive shuts somebody out, whose sessions end, or lets them in again.
func (d *DB) SetActive(ctx context.Context, staff string, active bool) error {
	return d.changeStaff(ctx, func(q *db.Queries) error {
		n, err := q.SetActive(ctx, db.SetActiveParams{Active: active, ID: clean(staff)})
		if err := orNobody(n, err); err != nil || active {
			return err
		}
		return q.EndOtherSessions(ctx, db.EndOtherSessionsParams{Staff: staff, But: []byte{}})
	})
}

// changeStaff makes a change that leaves an admin.
func (d *DB) changeStaff(ctx context.Context, change func(*db.Queries) error) error {
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		if err := q.LockStaff(ctx); err != nil {
			return fmt.Errorf("changing the staff: %w", err)
		}
		before, err := q.ActiveAdmins(ctx)
		if err != nil {
			return fmt.Errorf("changing the staff: %w", err)
		}
		if err := change(q); err != nil {
			return err
		}
		left, err := q.ActiveAdmins(ctx)
		if err != nil {
			return fmt.Errorf("changing the staff: %w", err)
		}
		if left == 0 && before > 0 {
			return auth.ErrLastAdmin
		}
		return nil
	})
}

// SetPassword keeps a password, and ends the person's sessions but one.
func (d *DB) SetPassword(ctx context.Context, staff, passwordHash string, temporary bool, but []byte) error {
	if but == nil {
		but = []byte{}
	}
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		n, err := q.SetPassword(ctx, db.SetPasswordParams{PasswordHash: passwordHash, Temporary: temporary, ID: clean(staff)})
		if err := orNobody(n, err); err != nil {
			return err
		}
		return q.EndOtherSessions(ctx, db.EndOtherSessionsParams{Staff: staff, But: but})
	})
}

func some(text string) *string {
	if text == "" {
		return nil
	}
	text = clean(text)
	return &text
}

// orTaken knows a row that would have stood there twice (SQLSTATE 23505).
func orTaken(err error) error {
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == "23505" {
		return auth.ErrTaken
	}
	return err
}
