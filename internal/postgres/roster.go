package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
)

// Roster is what shifts are planned from, and the plan, within one transaction.
type Roster struct {
	q *db.Queries
}

// ChangeRoster runs f alone: whoever else changes the roster, in whatever process,
// waits. All that f did is kept when it returns nil, and nothing otherwise.
func (d *DB) ChangeRoster(ctx context.Context, f func(*Roster) error) error {
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		q := d.q.WithTx(tx)
		if err := q.LockRoster(ctx); err != nil {
			return fmt.Errorf("locking the roster: %w", err)
		}
		return f(&Roster{q})
	})
}

// ReadRoster runs f on the roster as it is at one moment.
func (d *DB) ReadRoster(ctx context.Context, f func(*Roster) error) error {
	o := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, d.pool, o, func(tx pgx.Tx) error { return f(&Roster{d.q.WithTx(tx)}) })
}

// Members lists the agents, with what they can be planned for.
func (r *Roster) Members(ctx context.Context) ([]roster.Member, error) {
	rows, err := r.q.Members(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the members: %w", err)
	}
	members := make([]roster.Member, len(rows))
	for i, m := range rows {
		members[i] = roster.Member{
			Agent: call.AgentID(m.ID), Name: m.Name, Never: m.Never, OnCall: m.OnCall,
			WeeklyHours: time.Duration(m.WeeklyMinutes) * time.Minute,
		}
	}
	return members, nil
}

// SaveMember keeps what an agent can be planned for; hours to the minute.
func (r *Roster) SaveMember(ctx context.Context, m roster.Member, by call.AgentID, now time.Time) error {
	err := r.q.SaveMember(ctx, db.SaveMemberParams{
		Staff: string(m.Agent), Never: append([]string{}, m.Never...), OnCall: m.OnCall, By: string(by), At: now,
		WeeklyMinutes: int32(m.WeeklyHours / time.Minute), //nolint:gosec // the check of the table is narrower
	})
	if err != nil {
		return fmt.Errorf("keeping the terms of %s: %w", m.Agent, err)
	}
	return nil
}

// Assigned is an assignment, and whether a lead put it there against the rules.
type Assigned struct {
	roster.Assignment
	Forced bool
}

// Assignments lists who is on which shift between two dates, both included.
func (r *Roster) Assignments(ctx context.Context, from, to string) ([]Assigned, error) {
	first, last, err := dates(from, to)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.Assignments(ctx, db.AssignmentsParams{FromDate: first, ToDate: last})
	if err != nil {
		return nil, fmt.Errorf("reading the plan: %w", err)
	}
	list := make([]Assigned, len(rows))
	for i, a := range rows {
		list[i] = Assigned{roster.Assignment{Date: a.Date.Format(time.DateOnly), Shift: a.Shift, Agent: call.AgentID(a.Staff)}, a.Forced}
	}
	return list, nil
}

// Assign puts agents on shifts; those who are there already stay.
func (r *Roster) Assign(ctx context.Context, forced bool, plan ...roster.Assignment) error {
	d, shifts, staff, err := columns(plan)
	if err != nil {
		return err
	}
	if err := r.q.Assign(ctx, db.AssignParams{Dates: d, Shifts: shifts, Staff: staff, Forced: forced}); err != nil {
		return fmt.Errorf("assigning shifts: %w", err)
	}
	return nil
}

// Unassign takes agents off shifts. ErrNotFound when one of them was not there.
func (r *Roster) Unassign(ctx context.Context, plan ...roster.Assignment) error {
	d, shifts, staff, err := columns(plan)
	if err != nil {
		return err
	}
	n, err := r.q.Unassign(ctx, db.UnassignParams{Dates: d, Shifts: shifts, Staff: staff})
	switch {
	case err != nil:
		return fmt.Errorf("taking agents off shifts: %w", err)
	case n < int64(len(plan)):
		return ErrNotFound
	}
	return nil
}

// MarkPlanned says that a plan was made for these dates; by is empty for the hotline.
func (r *Roster) MarkPlanned(ctx context.Context, planned []string, by call.AgentID, now time.Time) error {
	p := db.MarkPlannedParams{At: now}
	if by != "" {
		name := string(by)
		p.By = &name
	}
	for _, text := range planned {
		d, err := date(text)
		if err != nil {
			return err
		}
		p.Dates = append(p.Dates, d)
	}
	if err := r.q.MarkPlanned(ctx, p); err != nil {
		return fmt.Errorf("noting what is planned: %w", err)
	}
	return nil
}

// PlannedDates lists the dates, from that one on, that a plan was made for.
func (r *Roster) PlannedDates(ctx context.Context, from string) ([]string, error) {
	first, err := date(from)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.PlannedDates(ctx, first)
	if err != nil {
		return nil, fmt.Errorf("reading what is planned: %w", err)
	}
	list := make([]string, len(rows))
	for i, d := range rows {
		list[i] = d.Format(time.DateOnly)
	}
	return list, nil
}

func columns(plan []roster.Assignment) (d []time.Time, shifts, staff []string, err error) {
	for _, a := range plan {
		on, err := date(a.Date)
		if err != nil {
			return nil, nil, nil, err
		}
		d, shifts, staff = append(d, on), append(shifts, clean(a.Shift)), append(staff, clean(string(a.Agent)))
	}
	return d, shifts, staff, nil
}

func dates(from, to string) (first, last time.Time, err error) {
	first, errFrom := date(from)
	last, errTo := date(to)
	return first, last, errors.Join(errFrom, errTo)
}

func date(s string) (time.Time, error) {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is no date; write it as 2026-11-24: %w", s, err)
	}
	return d, nil
}
