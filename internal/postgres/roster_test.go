package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
)

func slot(date, shift string) roster.Slot { return roster.Slot{Date: date, Shift: shift} }

func put(date, shift string, agent call.AgentID) roster.Assignment {
	return roster.Assignment{Date: date, Shift: shift, Agent: agent}
}

// change changes the roster, and must be able to.
func change(t *testing.T, db *postgres.DB, f func(*postgres.Roster) error) {
	t.Helper()
	require.NoError(t, db.ChangeRoster(t.Context(), f))
}

// fails changes the roster, and must not be able to.
func fails(t *testing.T, db *postgres.DB, f func(*postgres.Roster) error) {
	t.Helper()
	require.Error(t, db.ChangeRoster(t.Context(), f))
}

func TestThePlanIsKept(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	plan := []roster.Assignment{put("2026-11-24", "morning", "lan"), put("2026-11-25", "night", "lan"), put("2026-11-26", "night", "hung")}
	planned := func(from, to string) []postgres.Assigned {
		var list []postgres.Assigned
		require.NoError(t, db.ReadRoster(ctx, func(r *postgres.Roster) (err error) {
			list, err = r.Assignments(ctx, from, to)
			return err
		}))
		return list
	}
	change(t, db, func(r *postgres.Roster) error {
		return errors.Join(r.Assign(ctx, false, plan[:2]...), r.Assign(ctx, true, plan[1:]...), r.Assign(ctx, false))
	})
	require.Equal(t, []postgres.Assigned{{Assignment: plan[0]}, {Assignment: plan[1]}}, planned("2026-11-24", "2026-11-25"))
	require.Equal(t, []postgres.Assigned{{Assignment: plan[2], Forced: true}}, planned("2026-11-26", "2026-12-31"))
	change(t, db, func(r *postgres.Roster) error { return r.Unassign(ctx, plan[0], plan[2]) })
	require.Equal(t, []postgres.Assigned{{Assignment: plan[1]}}, planned("2026-01-01", "2026-12-31"))

	// All or nothing.
	err := db.ChangeRoster(ctx, func(r *postgres.Roster) error { return r.Unassign(ctx, plan[1], plan[2]) })
	require.ErrorIs(t, err, postgres.ErrNotFound)
	require.Len(t, planned("2026-01-01", "2026-12-31"), 1)
	for _, wrong := range []roster.Assignment{put("2026-11-24", "morning", "nobody"), put("tomorrow", "morning", "lan")} {
		fails(t, db, func(r *postgres.Roster) error { return r.Assign(ctx, false, plan[0], wrong) })
	}
	fails(t, db, func(r *postgres.Roster) error { return r.Unassign(ctx, put("tomorrow", "x", "lan")) })
	require.Len(t, planned("2026-01-01", "2026-12-31"), 1)
	require.Error(t, db.ReadRoster(ctx, func(r *postgres.Roster) error { _, err := r.Assignments(ctx, "x", "y"); return err }))
	require.Error(t, db.ReadRoster(ctx, func(r *postgres.Roster) error { return r.Assign(ctx, false, plan[0]) }), "reading changes nothing")

	change(t, db, func(r *postgres.Roster) error {
		return errors.Join(r.MarkPlanned(ctx, []string{"2026-11-25", "2026-11-24"}, "", at), r.MarkPlanned(ctx, []string{"2026-11-25"}, "hung", at))
	})
	change(t, db, func(r *postgres.Roster) error {
		dates, err := r.PlannedDates(ctx, "2026-11-25")
		require.Equal(t, []string{"2026-11-25"}, dates)
		return err
	})
}

// Two who change the roster at once come one after the other: the second sees what
// the first did.
func TestChangesOfTheRosterTakeTurns(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	const people = 8
	done := make(chan error, people)
	for i := range people {
		go func() {
			done <- db.ChangeRoster(context.WithoutCancel(t.Context()), func(r *postgres.Roster) error {
				list, err := r.Assignments(t.Context(), "2026-11-01", "2026-11-30")
				if err != nil || len(list) >= 3 {
					return err
				}
				return r.Assign(t.Context(), false, put(fmt.Sprintf("2026-11-%02d", i+1), "night", "lan"))
			})
		}()
	}
	for range people {
		require.NoError(t, <-done)
	}
	change(t, db, func(r *postgres.Roster) error {
		list, err := r.Assignments(t.Context(), "2026-11-01", "2026-11-30")
		require.Len(t, list, 3)
		return err
	})
}

func TestMembers(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	ctx := t.Context()
	require.NoError(t, db.AddStaff(ctx, auth.Person{ID: "mai", Name: "Võ Thị Mai", Role: auth.Agent}, "hash of mai"))
	mai := roster.Member{Agent: "mai", Name: "Võ Thị Mai", Never: []string{"night"}, WeeklyHours: 20*time.Hour + 30*time.Minute, OnCall: true}
	change(t, db, func(r *postgres.Roster) error { return r.SaveMember(ctx, mai, "hung", at) })
	members := func() (list []roster.Member) {
		require.NoError(t, db.ReadRoster(ctx, func(r *postgres.Roster) (err error) { list, err = r.Members(ctx); return err }))
		return list
	}
	require.Equal(t, []roster.Member{{Agent: "lan", Name: "Nguyễn Thị Lan", Never: []string{}}, mai}, members(), "supervisors work on no shift")
	mai.Never, mai.WeeklyHours = nil, 0
	change(t, db, func(r *postgres.Roster) error { return r.SaveMember(ctx, mai, "hung", at) })
	require.Empty(t, members()[1].Never)
	exec(t, url, "UPDATE staff SET active = false WHERE id = 'lan'")
	require.Len(t, members(), 1)
	mai.WeeklyHours = 169 * time.Hour
	fails(t, db, func(r *postgres.Roster) error { return r.SaveMember(ctx, mai, "hung", at) })
}

func TestChangesOfThePlanAreKeptForEver(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	ctx := t.Context()
	want := []postgres.RosterChange{
		{ID: 2, At: at.Truncate(time.Microsecond), By: "hung", Kind: postgres.Unassigned, What: put("2026-11-24", "night", "lan"), Problems: []roster.Problem{}},
		{ID: 1, At: at.Truncate(time.Microsecond), By: "hung", Kind: postgres.NewlyAssigned, What: put("2026-11-24", "night", "lan"), Problems: []roster.Problem{
			{Kind: roster.TooLittleRest, Agent: "lan", Slot: slot("2026-11-24", "night"), Other: slot("2026-11-24", "morning"), Vi: "nghỉ ít", En: "little rest"},
		}},
	}
	change(t, db, func(r *postgres.Roster) error {
		return errors.Join(r.NoteChange(ctx, want[1]), r.NoteChange(ctx, want[0]))
	})
	change(t, db, func(r *postgres.Roster) error {
		got, err := r.Changes(ctx, 0, 0)
		require.NoError(t, err)
		require.Equal(t, want, got)
		got, err = r.Changes(ctx, 2, 1)
		require.Equal(t, want[1:], got)
		return err
	})
	var forced int
	query(t, url, &forced, "SELECT count(*) FROM roster_change WHERE forced")
	require.Equal(t, 1, forced)
	for _, sql := range []string{"UPDATE roster_change SET forced = false", "DELETE FROM roster_change", "TRUNCATE roster_change"} {
		require.ErrorContains(t, tryExec(t, url, sql), "append-only", sql)
	}
}
