package app_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/app"
	"hotline1022/internal/softphone"
)

// The hotline calls itself: from the trunk over greeting and emergency menu to a destination
// of its own, with sound both ways. Nobody is rung, and no figure counts it.
func TestADrillGoesTheWholeWayAndIsInNoFigure(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	rang := make(chan softphone.DeskEvent, 10)
	w.desk("minh.tran", softphone.DeskOptions{Tell: func(e softphone.DeskEvent) {
		if e.What == "ringing" {
			rang <- e
		}
	}})
	ctx, cancel := w.soon()
	defer cancel()
	var live struct {
		Emergency struct{ Drill *app.Drilled }
		Today     struct{ Arrived int }
	}
	for _, service := range []string{"114", "115"} {
		require.NoError(t, w.watch.Post(ctx, "/api/emergency/drill", map[string]string{"service": service}, nil))
		require.Eventually(t, func() bool {
			require.NoError(t, w.watch.Get(ctx, "/api/live", &live))
			return live.Emergency.Drill != nil && string(live.Emergency.Drill.Service) == service
		}, time.Minute, 100*time.Millisecond)
		require.True(t, live.Emergency.Drill.OK, "%+v", live.Emergency.Drill)
		require.Less(t, live.Emergency.Drill.RangMS, int64(1000))
		require.Positive(t, live.Emergency.Drill.TogetherMS)
		t.Logf("%+v", live.Emergency.Drill)
	}
	require.Zero(t, live.Today.Arrived)
	require.Empty(t, w.tickets())
	select {
	case e := <-rang:
		require.Fail(t, "an agent was rung", "%+v", e)
	default:
	}
	w.nothingLeft()
}
