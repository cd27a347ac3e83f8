package app

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

// newID names a leave or a swap.
func newID() string { return strings.ToLower(rand.Text()[:12]) }

// Leaves lists who is away, or asks to be.
func (s *shifts) Leaves(ctx context.Context, from, to string) ([]web.Leave, error) {
	var list []web.Leave
	err := s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		rows, err := r.Leaves(ctx, from, to)
		for _, l := range rows {
			row := web.Leave{Leave: l.Leave, AskedAt: l.AskedAt, At: l.At}
			if l.State == roster.LeaveAsked && err == nil {
				row.Struck, err = s.struck(ctx, r, l.Leave)
			}
			list = append(list, row)
		}
		return err
	})
	return list, err
}

// struck lists the shifts, of those that have not begun, that the leave takes its agent
// off.
func (s *shifts) struck(ctx context.Context, r *postgres.Roster, l roster.Leave) ([]roster.Slot, error) {
	list, err := s.assigned(ctx, r, l.From, l.To)
	if err != nil {
		return nil, err
	}
	_, gone := l.Struck(plain(list))
	var slots []roster.Slot
	for _, a := range gone {
		if !s.begun(a.Slot(), s.now()) {
			slots = append(slots, a.Slot())
		}
	}
	return slots, nil
}

// AskLeave keeps a new leave.
func (s *shifts) AskLeave(ctx context.Context, l roster.Leave) (web.Leave, error) {
	if !s.staffed(l.Agent) {
		return web.Leave{}, web.ErrNotFound
	}
	l.ID, l.State = newID(), roster.LeaveAsked
	now := s.now().UTC().Truncate(time.Microsecond)
	row := web.Leave{Leave: l, AskedAt: now, At: now}
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		others, err := r.Leaves(ctx, l.From, l.To)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.Agent == l.Agent && (o.State == roster.LeaveAsked || o.State == roster.LeaveApproved) {
				return web.ErrAlreadyAsked
			}
		}
		if row.Struck, err = s.struck(ctx, r, l); err != nil {
			return err
		}
		return r.AddLeave(ctx, l, now)
	})
	return row, err
}

// TakeLeave takes a step of a leave. Approving takes its agent off the shifts that have
// not begun; withdrawing gives none back.
func (s *shifts) TakeLeave(ctx context.Context, id string, step roster.LeaveStep, by roster.Actor) (web.Leave, error) {
	var row web.Leave
	now := s.now().UTC().Truncate(time.Microsecond)
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		l, err := r.Leave(ctx, id)
		if err != nil {
			return err
		}
		next, err := l.Take(step, by)
		if err != nil {
			return err
		}
		row = web.Leave{Leave: next, AskedAt: l.AskedAt, At: now}
		if next.State == roster.LeaveApproved {
			if row.Struck, err = s.strike(ctx, r, next, now); err != nil {
				return err
			}
		}
		return r.StepLeave(ctx, next, now)
	})
	if err != nil {
		return row, notFound(err)
	}
	s.changed(ctx)
	return row, nil
}

func (s *shifts) strike(ctx context.Context, r *postgres.Roster, l roster.Leave, now time.Time) ([]roster.Slot, error) {
	slots, err := s.struck(ctx, r, l)
	if err != nil {
		return nil, err
	}
	for _, slot := range slots {
		a := roster.Assignment{Date: slot.Date, Shift: slot.Shift, Agent: l.Agent}
		if err := r.Unassign(ctx, a); err != nil {
			return nil, err
		}
		if err := r.NoteChange(ctx, postgres.RosterChange{At: now, By: l.By, Kind: postgres.LeaveTaken, What: a}); err != nil {
			return nil, err
		}
	}
	return slots, nil
}

// begun says whether the shift of that date has begun.
func (s *shifts) begun(slot roster.Slot, now time.Time) bool {
	span, ok := s.roster.Span(slot)
	return ok && !now.Before(span.From)
}
