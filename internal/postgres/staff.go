package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
)

var _ auth.Store = (*DB)(nil)

// noteUse is how often it is written down that a session or token is in use; a write
// for every request would be most of what the database does.
const noteUse = time.Minute

// Password reads a member of staff and the hash of their password.
func (d *DB) Password(ctx context.Context, id string) (auth.Person, string, error) {
	s, err := d.q.Staff(ctx, clean(id))
	if err != nil {
		return auth.Person{}, "", orUnknown(err)
	}
	return auth.Person{ID: s.ID, Name: s.Name, Role: auth.Role(s.Role)}, s.PasswordHash, nil
}

// BySSO finds who has that account of the province's sign-in.
func (d *DB) BySSO(ctx context.Context, sso string) (auth.Person, error) {
	sso = clean(sso)
	s, err := d.q.StaffBySSO(ctx, &sso)
	return auth.Person{ID: s.ID, Name: s.Name, Role: auth.Role(s.Role)}, orUnknown(err)
}

// AddSession keeps a session under the hash of its token.
func (d *DB) AddSession(ctx context.Context, hash []byte, staff string, way auth.Way, now time.Time) error {
	return d.q.AddSession(ctx, db.AddSessionParams{TokenHash: hash, Staff: staff, Way: string(way), Now: now, IdleSince: now.Add(-auth.Idle)})
}

// UseSession finds the session's owner and notes that it was used.
func (d *DB) UseSession(ctx context.Context, hash []byte, now, idleSince time.Time) (auth.KeptSession, error) {
	s, err := d.q.UseSession(ctx, db.UseSessionParams{Now: now, TokenHash: hash, IdleSince: idleSince, NotedBefore: now.Add(-noteUse)})
	return auth.KeptSession{
		Person: auth.Person{ID: s.ID, Name: s.Name, Role: auth.Role(s.Role)},
		Way:    auth.Way(s.Way), Locked: s.Locked, Second: s.Second, Temporary: s.Temporary,
	}, orUnknown(err)
}

// LockSession locks and unlocks a session.
func (d *DB) LockSession(ctx context.Context, hash []byte, locked bool) error {
	n, err := d.q.LockSession(ctx, db.LockSessionParams{Locked: locked, TokenHash: hash})
	return orNobody(n, err)
}

// EndSession forgets a session.
func (d *DB) EndSession(ctx context.Context, hash []byte) error { return d.q.EndSession(ctx, hash) }

// AddToken keeps a bearer token; staff may be empty for a tool that is nobody.
func (d *DB) AddToken(ctx context.Context, hash []byte, name, staff string, role auth.Role, now time.Time) error {
	p := db.AddTokenParams{TokenHash: hash, Name: name, Role: string(role), CreatedAt: now}
	if staff != "" {
		p.Staff = &staff
	}
	return d.q.AddToken(ctx, p)
}

// Token finds whose a bearer token is.
func (d *DB) Token(ctx context.Context, hash []byte) (auth.Person, error) {
	now := time.Now()
	noted := now.Add(-noteUse)
	t, err := d.q.Token(ctx, db.TokenParams{TokenHash: hash, Now: &now, NotedBefore: &noted})
	return auth.Person{ID: t.ID, Name: t.Name, Role: auth.Role(t.Role)}, orUnknown(err)
}

func orUnknown(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return auth.ErrUnknown
	}
	return err
}

// orNobody is for changes that must find their row.
func orNobody(rows int64, err error) error {
	if err == nil && rows == 0 {
		return auth.ErrUnknown
	}
	return err
}

// AddStaff adds a person; one who is there already stays as they are.
func (d *DB) AddStaff(ctx context.Context, p auth.Person, passwordHash string) error {
	return d.q.AddStaff(ctx, db.AddStaffParams{ID: p.ID, Name: p.Name, Role: string(p.Role), PasswordHash: passwordHash})
}

// Staff lists everybody who works here.
func (d *DB) Staff(ctx context.Context) ([]auth.Person, error) {
	rows, err := d.q.AllStaff(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the staff: %w", err)
	}
	people := make([]auth.Person, len(rows))
	for i, s := range rows {
		people[i] = auth.Person{ID: s.ID, Name: s.Name, Role: auth.Role(s.Role)}
	}
	return people, nil
}

// namesOf maps agents to what people call them.
func namesOf(ctx context.Context, q *db.Queries) (map[call.AgentID]string, error) {
	staff, err := q.AllStaff(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the staff: %w", err)
	}
	names := make(map[call.AgentID]string, len(staff))
	for _, s := range staff {
		names[call.AgentID(s.ID)] = s.Name
	}
	return names, nil
}
