package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/ticket"
	"hotline1022/internal/wallboard"
)

// TestStaffingOfRealCalls: one call is served, one gives up; the wallboard has measured
// both and says what it needs, and plan and table can be asked for.
func TestStaffingOfRealCalls(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	ctx, cancel := w.soon()
	defer cancel()
	phone := w.telephone()
	desk := w.desk("minh.tran", softphone.DeskOptions{})
	citizen := w.dials(phone, "0908123456")
	require.NoError(t, citizen.Press(ctx, "31"))
	_, err := citizen.Heard.WaitTone(ctx, agentTone, time.Second)
	require.NoError(t, err)
	citizen.Hangup()
	w.ticket("of the call that was served", served("+84908123456"))
	desk.Stop()

	second := w.dials(phone, "0912000222")
	require.NoError(t, second.Press(ctx, "11"))
	w.ticket("of one who waits", func(r ticket.Row) bool { return r.Field == "guidance" })
	second.Hangup()
	w.ticket("of one who gave up", func(r ticket.Row) bool { return r.Outcome.Stage == call.Waiting })

	var live wallboard.Live
	require.Eventually(t, func() bool {
		require.NoError(t, w.watch.Get(ctx, "/api/live", &live))
		s := live.Staffing
		return s != nil && s.Seen.Arrived == 2 && s.Seen.Answered == 1 && s.Seen.Abandoned == 1
	}, 20*time.Second, 100*time.Millisecond)
	s := live.Staffing
	require.Zero(t, s.Have, "the desk has gone")
	require.Equal(t, "overload", s.Reason)
	require.Positive(t, s.Missing)
	require.Positive(t, s.Seen.HandlingMs)
	require.Positive(t, s.Seen.WaitedMs)
	require.Equal(t, wallboard.StaffingTarget{Percent: 90, WithinMs: 15_000, LostPercent: 5}, s.Target)

	var plan struct {
		Weeks  int
		Hours  []struct{ Need, Weeks int }
		Shifts []struct{ Shift string }
	}
	require.NoError(t, w.watch.Get(ctx, "/api/staffing/plan?weeks=2", &plan))
	require.Equal(t, 2, plan.Weeks)
	require.Len(t, plan.Hours, 168)
	require.Len(t, plan.Shifts, 7)
	for _, h := range plan.Hours {
		require.Equal(t, w.config.Staffing.Least, h.Need, "nothing is known yet but a part of an hour")
		require.Zero(t, h.Weeks)
	}
	var table struct {
		Targets []struct{ Name string }
		Rows    []struct{ Calls []int }
	}
	require.NoError(t, w.watch.Get(ctx, "/api/staffing/table", &table))
	require.Len(t, table.Targets, 4)
	require.Len(t, table.Rows, 3*12)
}
