package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
)

// RosterChange is one change of the plan of one person, and the rules that it broke.
type RosterChange struct {
	ID       int64 // given by the database, growing
	At       time.Time
	By       call.AgentID
	Kind     RosterChangeKind
	What     roster.Assignment
	Problems []roster.Problem // that were overridden; none for a change within the rules
}

// RosterChangeKind says what was changed.
type RosterChangeKind string

// The kinds of changes.
const (
	NewlyAssigned RosterChangeKind = "assigned"
	Unassigned    RosterChangeKind = "unassigned"
	LeaveTaken    RosterChangeKind = "leave"   // taken off the shift by a leave
	Swapped       RosterChangeKind = "swapped" // has the shift after a swap
)

// NoteChange keeps who changed the plan.
func (r *Roster) NoteChange(ctx context.Context, c RosterChange) error {
	on, err := date(c.What.Date)
	if err != nil {
		return err
	}
	problems, err := json.Marshal(append([]roster.Problem{}, c.Problems...))
	if err != nil {
		return fmt.Errorf("noting a change of the plan: %w", err)
	}
	err = r.q.AddRosterChange(ctx, db.AddRosterChangeParams{
		At: c.At, By: string(c.By), Kind: string(c.Kind), Date: on, Shift: clean(c.What.Shift), Staff: string(c.What.Agent),
		Forced: len(c.Problems) > 0, Problems: withoutNUL(problems),
	})
	if err != nil {
		return fmt.Errorf("noting a change of the plan: %w", err)
	}
	return nil
}

// Changes lists changes of the plan, the last first, from before that id on; 0 begins.
func (r *Roster) Changes(ctx context.Context, before int64, limit int) ([]RosterChange, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	rows, err := r.q.RosterChanges(ctx, db.RosterChangesParams{Before: before, Most: page(limit)})
	if err != nil {
		return nil, fmt.Errorf("reading changes of the plan: %w", err)
	}
	list := make([]RosterChange, len(rows))
	for i, c := range rows {
		list[i] = RosterChange{
			ID: c.ID, At: c.At.UTC(), By: call.AgentID(c.By), Kind: RosterChangeKind(c.Kind),
			What: roster.Assignment{Date: c.Date.Format(time.DateOnly), Shift: c.Shift, Agent: call.AgentID(c.Staff)},
		}
		if err := json.Unmarshal(c.Problems, &list[i].Problems); err != nil {
			return nil, fmt.Errorf("reading changes of the plan: %w", err)
		}
	}
	return list, nil
}

// AgentEvents reads what tells who was signed in, from one moment up to another.
func (d *DB) AgentEvents(ctx context.Context, since, until time.Time) ([]call.Event, error) {
	rows, err := d.q.AgentEvents(ctx, db.AgentEventsParams{Since: since, Until: until})
	if err != nil {
		return nil, fmt.Errorf("reading sign-ins: %w", err)
	}
	events := make([]call.Event, 0, len(rows))
	for _, r := range rows {
		if e, ok := d.event(ctx, r.ID, r.At, r.Call, r.Kind, r.Data); ok {
			events = append(events, e)
		}
	}
	return events, nil
}

// LiveCalls lists calls that arrived since then and have no end yet. One that a crash
// took the end of is among them.
func (r *Roster) LiveCalls(ctx context.Context, since time.Time) ([]roster.OpenCall, error) {
	rows, err := r.q.LiveCalls(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("reading the calls that go on: %w", err)
	}
	list := make([]roster.OpenCall, len(rows))
	for i, c := range rows {
		list[i] = roster.OpenCall{
			Call: call.ID(c.ID), Stage: call.Stage(c.Stage), Agent: call.AgentID(c.Agent), Emergency: c.Emergency,
			Since: c.ArrivedAt.UTC(), Ticket: c.Code,
		}
	}
	return list, nil
}

// MissedCall is a call whose citizen nobody has talked to since.
type MissedCall struct {
	Call    call.ID
	Ticket  string
	Caller  string // E.164 with +, "web:…" or "" where nobody can call back
	EndedAt time.Time
}

// MissedCalls lists the calls of that time that were missed, the longest ago first.
func (r *Roster) MissedCalls(ctx context.Context, since, until time.Time) ([]MissedCall, error) {
	rows, err := r.q.MissedCalls(ctx, db.MissedCallsParams{Since: &since, Until: &until, Most: mostRequests})
	if err != nil {
		return nil, fmt.Errorf("reading missed calls: %w", err)
	}
	list := make([]MissedCall, len(rows))
	for i, c := range rows {
		list[i] = MissedCall{Call: call.ID(c.ID), Ticket: c.Code, Caller: c.Caller, EndedAt: c.EndedAt.UTC()}
	}
	return list, nil
}
