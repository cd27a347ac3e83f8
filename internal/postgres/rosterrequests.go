package postgres

import (
	"context"
	"fmt"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
)

// mostRequests bounds a list of leaves or swaps; a staff of hundreds has fewer open.
const mostRequests = 1000

// Leave is a leave, and when it was asked for and last decided on.
type Leave struct {
	roster.Leave
	AskedAt, At time.Time
}

// Swap is a swap, and when it was asked for.
type Swap struct {
	roster.Swap
	AskedAt time.Time
}

// AddLeave keeps a new leave.
func (r *Roster) AddLeave(ctx context.Context, l roster.Leave, now time.Time) error {
	first, last, err := dates(l.From, l.To)
	if err != nil {
		return err
	}
	err = r.q.AddLeave(ctx, db.AddLeaveParams{
		ID: l.ID, Staff: string(l.Agent), FirstDate: first, LastDate: last, Kind: string(l.Kind), Reason: clean(l.Reason),
		State: string(l.State), By: string(l.By), At: now,
	})
	if err != nil {
		return fmt.Errorf("keeping leave %s: %w", l.ID, err)
	}
	return nil
}

// StepLeave keeps the leave's new state. The table refuses a step that does not follow
// from where the leave stands there.
func (r *Roster) StepLeave(ctx context.Context, l roster.Leave, now time.Time) error {
	n, err := r.q.StepLeave(ctx, db.StepLeaveParams{ID: l.ID, State: string(l.State), By: string(l.By), At: now})
	return stepped(n, err, "leave "+l.ID)
}

// Leaves lists leaves that have a date between two, both included, the first one first.
func (r *Roster) Leaves(ctx context.Context, from, to string) ([]Leave, error) {
	first, last, err := dates(from, to)
	if err != nil {
		return nil, err
	}
	return r.leaves(ctx, db.LeavesParams{FromDate: first, ToDate: last, Most: mostRequests})
}

// Leave reads one leave. ErrNotFound when there is none.
func (r *Roster) Leave(ctx context.Context, id string) (Leave, error) {
	if id == "" { // would be no filter at all
		return Leave{}, ErrNotFound
	}
	list, err := r.leaves(ctx, db.LeavesParams{ID: clean(id), FromDate: time.Unix(0, 0), ToDate: farDate(), Most: 1})
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Leave{}, err
	}
	return list[0], nil
}

func (r *Roster) leaves(ctx context.Context, p db.LeavesParams) ([]Leave, error) {
	rows, err := r.q.Leaves(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("reading leaves: %w", err)
	}
	list := make([]Leave, len(rows))
	for i, l := range rows {
		list[i] = Leave{roster.Leave{
			ID: l.ID, Agent: call.AgentID(l.Staff), From: l.FirstDate.Format(time.DateOnly), To: l.LastDate.Format(time.DateOnly),
			Kind: roster.LeaveKind(l.Kind), Reason: l.Reason, State: roster.LeaveState(l.State), By: call.AgentID(l.By),
		}, l.AskedAt.UTC(), l.At.UTC()}
	}
	return list, nil
}

// AddSwap keeps a new swap.
func (r *Roster) AddSwap(ctx context.Context, s roster.Swap) error {
	give, err := date(s.Give.Date)
	if err != nil {
		return err
	}
	p := db.AddSwapParams{
		ID: s.ID, Asker: string(s.From), Asked: string(s.To), GiveDate: give, GiveShift: clean(s.Give.Shift), TakeShift: clean(s.Take.Shift),
		Reason: clean(s.Reason), State: string(s.State), By: string(s.By), At: s.At,
	}
	if s.Take != (roster.Slot{}) {
		take, err := date(s.Take.Date)
		if err != nil {
			return err
		}
		p.TakeDate = &take
	}
	if err := r.q.AddSwap(ctx, p); err != nil {
		return fmt.Errorf("keeping swap %s: %w", s.ID, err)
	}
	return nil
}

// StepSwap keeps the swap's new state, as StepLeave does.
func (r *Roster) StepSwap(ctx context.Context, s roster.Swap) error {
	n, err := r.q.StepSwap(ctx, db.StepSwapParams{ID: s.ID, State: string(s.State), By: string(s.By), At: s.At})
	return stepped(n, err, "swap "+s.ID)
}

// Swaps lists the swaps that were asked for since then, the last one first.
func (r *Roster) Swaps(ctx context.Context, since time.Time) ([]Swap, error) {
	return r.swaps(ctx, db.SwapsParams{Since: since, Most: mostRequests})
}

// Swap reads one swap. ErrNotFound when there is none.
func (r *Roster) Swap(ctx context.Context, id string) (Swap, error) {
	if id == "" { // would be no filter at all
		return Swap{}, ErrNotFound
	}
	list, err := r.swaps(ctx, db.SwapsParams{ID: clean(id), Most: 1})
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Swap{}, err
	}
	return list[0], nil
}

func (r *Roster) swaps(ctx context.Context, p db.SwapsParams) ([]Swap, error) {
	rows, err := r.q.Swaps(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("reading swaps: %w", err)
	}
	list := make([]Swap, len(rows))
	for i, s := range rows {
		list[i] = Swap{roster.Swap{
			ID: s.ID, From: call.AgentID(s.Asker), To: call.AgentID(s.Asked), Reason: s.Reason,
			Give:  roster.Slot{Date: s.GiveDate.Format(time.DateOnly), Shift: s.GiveShift},
			State: roster.SwapState(s.State), By: call.AgentID(s.By), At: s.At.UTC(),
		}, s.AskedAt.UTC()}
		if s.TakeDate != nil {
			list[i].Take = roster.Slot{Date: s.TakeDate.Format(time.DateOnly), Shift: s.TakeShift}
		}
	}
	return list, nil
}

func stepped(n int64, err error, what string) error {
	switch {
	case err != nil:
		return fmt.Errorf("keeping %s: %w", what, err)
	case n == 0:
		return ErrNotFound
	}
	return nil
}

// farDate is after every date that anybody asks about.
func farDate() time.Time { return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC) }
