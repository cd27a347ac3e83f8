package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/postgres"
)

func TestLeavesAreKept(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	asked := roster.Leave{ID: "l1", Agent: "lan", From: "2026-12-01", To: "2026-12-03", Kind: roster.AnnualLeave, Reason: "về\x00quê", State: roster.LeaveAsked, By: "lan"}
	change(t, db, func(r *postgres.Roster) error { return r.AddLeave(ctx, asked, at) })
	fails(t, db, func(r *postgres.Roster) error { return r.AddLeave(ctx, asked, at) })
	approved, err := asked.Take(roster.ApproveLeave, roster.Actor{Agent: "hung", Lead: true})
	require.NoError(t, err)
	change(t, db, func(r *postgres.Roster) error { return r.StepLeave(ctx, approved, at.Add(time.Hour)) })
	fails(t, db, func(r *postgres.Roster) error { return r.StepLeave(ctx, approved, at) })

	approved.Reason = "về\uFFFDquê"
	want := postgres.Leave{Leave: approved, AskedAt: at.Truncate(time.Microsecond), At: at.Add(time.Hour).Truncate(time.Microsecond)}
	change(t, db, func(r *postgres.Roster) error {
		got, err := r.Leave(ctx, "l1")
		require.NoError(t, err)
		require.Equal(t, want, got)
		for dates, n := range map[[2]string]int{
			{"2026-11-01", "2026-11-30"}: 0, {"2026-11-01", "2026-12-01"}: 1, {"2026-12-03", "2026-12-31"}: 1, {"2026-12-04", "2026-12-31"}: 0,
		} {
			list, err := r.Leaves(ctx, dates[0], dates[1])
			require.NoError(t, err)
			require.Len(t, list, n, "%v", dates)
		}
		for _, id := range []string{"", "l2"} {
			_, err := r.Leave(ctx, id)
			require.ErrorIs(t, err, postgres.ErrNotFound)
		}
		require.ErrorIs(t, r.StepLeave(ctx, roster.Leave{ID: "l2", State: roster.LeaveApproved, By: "hung"}, at), postgres.ErrNotFound)
		return nil
	})
}

func TestSwapsAreKept(t *testing.T) {
	t.Parallel()
	db, _ := open(t)
	ctx := t.Context()
	require.NoError(t, db.AddStaff(ctx, auth.Person{ID: "mai", Name: "Võ Thị Mai", Role: auth.Agent}, "hash of mai"))
	now := at.Truncate(time.Microsecond)
	given := roster.Swap{ID: "s1", From: "lan", To: "mai", Give: slot("2026-12-01", "night"), State: roster.SwapProposed, By: "lan", At: now}
	exchanged := given
	exchanged.ID, exchanged.Take, exchanged.At = "s2", slot("2026-12-02", "morning"), now.Add(time.Minute)
	change(t, db, func(r *postgres.Roster) error { return r.AddSwap(ctx, given) })
	change(t, db, func(r *postgres.Roster) error { return r.AddSwap(ctx, exchanged) })
	accepted := exchanged
	accepted.State, accepted.By, accepted.At = roster.SwapAccepted, "mai", now.Add(time.Hour)
	change(t, db, func(r *postgres.Roster) error { return r.StepSwap(ctx, accepted) })
	change(t, db, func(r *postgres.Roster) error {
		list, err := r.Swaps(ctx, now)
		require.NoError(t, err)
		require.Equal(t, []postgres.Swap{{Swap: accepted, AskedAt: now.Add(time.Minute)}, {Swap: given, AskedAt: now}}, list)
		list, err = r.Swaps(ctx, now.Add(time.Second))
		require.NoError(t, err)
		require.Len(t, list, 1)
		got, err := r.Swap(ctx, "s1")
		require.NoError(t, err)
		require.Equal(t, given, got.Swap)
		_, err = r.Swap(ctx, "")
		require.ErrorIs(t, err, postgres.ErrNotFound)
		_, err = r.Swap(ctx, "s3")
		require.ErrorIs(t, err, postgres.ErrNotFound)
		return nil
	})
	for _, s := range []roster.Swap{{ID: "s4", Give: slot("x", "night")}, {ID: "s4", Give: given.Give, Take: slot("x", "night")}} {
		fails(t, db, func(r *postgres.Roster) error { return r.AddSwap(ctx, s) })
	}
}

// The tables allow exactly the steps that the roster may take.
func TestTheStepsOfLeavesAndSwapsAreThoseOfTheRoster(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	require.NoError(t, db.AddStaff(t.Context(), auth.Person{ID: "mai", Name: "Võ Thị Mai", Role: auth.Agent}, "hash of mai"))
	leaves := []roster.LeaveState{"", roster.LeaveAsked, roster.LeaveApproved, roster.LeaveRefused, roster.LeaveWithdrawn}
	leaveSteps := []roster.LeaveStep{roster.ApproveLeave, roster.RefuseLeave, roster.WithdrawLeave}
	for i, was := range leaves {
		for j, state := range append(leaves, "lost") {
			may := was == "" && state == roster.LeaveAsked
			for _, step := range leaveSteps {
				next, ok := was.After(step)
				may = may || ok && next == state
			}
			err := tryExec(t, url, fmt.Sprintf(`INSERT INTO leave (id, staff, first_date, last_date, kind, reason, asked_at, was, state, by_, at)
				VALUES ('%d%d', 'lan', '2026-12-01', '2026-12-01', 'sick', '', now(), '%s', '%s', 'hung', now())`, i, j, was, state))
			require.Equal(t, may, err == nil, "leave %q → %q: %v", was, state, err)
		}
	}
	swaps := []roster.SwapState{"", roster.SwapProposed, roster.SwapAccepted, roster.SwapDeclined, roster.SwapApproved, roster.SwapRejected, roster.SwapWithdrawn}
	by := map[roster.SwapState]string{
		roster.SwapProposed: "lan", roster.SwapWithdrawn: "lan", roster.SwapAccepted: "mai", roster.SwapDeclined: "mai",
		roster.SwapApproved: "hung", roster.SwapRejected: "hung",
	}
	insert := func(id string, was, state roster.SwapState, by string) error {
		return tryExec(t, url, fmt.Sprintf(`INSERT INTO swap (id, asker, asked, give_date, give_shift, take_shift, reason, asked_at, was, state, by_, at)
			VALUES ('%s', 'lan', 'mai', '2026-12-01', 'night', '', '', now(), '%s', '%s', '%s', now())`, id, was, state, by))
	}
	for i, was := range swaps {
		for j, state := range append(swaps, "lost") {
			may := was == "" && state == roster.SwapProposed
			for _, step := range []roster.SwapStep{roster.AcceptSwap, roster.DeclineSwap, roster.ApproveSwap, roster.RejectSwap, roster.WithdrawSwap} {
				next, ok := was.After(step)
				may = may || ok && next == state
			}
			err := insert(fmt.Sprintf("%d%d", i, j), was, state, by[state])
			require.Equal(t, may, err == nil, "swap %q → %q: %v", was, state, err)
		}
	}
	// Nobody decides for another.
	require.Error(t, insert("a", roster.SwapAccepted, roster.SwapApproved, "mai"))
	require.Error(t, insert("b", roster.SwapProposed, roster.SwapAccepted, "lan"))
	require.Error(t, insert("c", roster.SwapProposed, roster.SwapWithdrawn, "mai"))
	require.Error(t, tryExec(t, url, `INSERT INTO leave (id, staff, first_date, last_date, kind, reason, asked_at, was, state, by_, at)
		VALUES ('own', 'hung', '2026-12-01', '2026-12-01', 'sick', '', now(), 'asked', 'approved', 'hung', now())`))
}
