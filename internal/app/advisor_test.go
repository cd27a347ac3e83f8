package app

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/staffing"
	"hotline1022/internal/wallboard"
)

func busy(calls int) wallboard.Measure {
	return wallboard.Measure{OverMs: 30 * 60_000, Arrived: calls, Answered: calls, HandlingMs: int64(calls) * 240_000, WaitedMs: 5000}
}

func testAdvisor() (*advisor, *bytes.Buffer) {
	var log bytes.Buffer
	return &advisor{
		line: staffing.Line{Target: staffing.Target{Percent: 80, Within: 20 * time.Second, Lost: 5}, Handling: 4 * time.Minute},
		log:  slog.New(slog.NewTextHandler(&log, nil)),
	}, &log
}

func TestAdviceOnTheWall(t *testing.T) {
	t.Parallel()
	a, _ := testAdvisor()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, zone())
	s := a.advise(now, busy(40), 6)
	wait := int64(257_000)
	require.InDelta(t, wait, *s.Found.AverageWaitMs, 1000)
	s.Found.AverageWaitMs = &wait
	require.Equal(t, &wallboard.Staffing{
		At: now.UTC(), Reason: "short", Vi: "Cần 8 người, đang có 6: gọi thêm 2", En: "You need 8, you have 6: call in 2",
		Have: 6, Need: 8, Missing: 2, Low: s.Low, High: s.High,
		Target: wallboard.StaffingTarget{Percent: 80, WithinMs: 20_000, LostPercent: 5},
		Seen:   busy(40),
		Taken:  wallboard.Traffic{CallsPerHour: 80, HandlingMs: 240_000},
		Found:  wallboard.Service{InTimePercent: 32.5, AverageWaitMs: &wait, OccupancyPercent: 88.9},
	}, s)
	require.True(t, s.Low <= 8 && 8 <= s.High)

	s = a.advise(now, busy(100), 4)
	require.Equal(t, "overload", s.Reason)
	require.Nil(t, s.Found.AverageWaitMs, "the line grows without end")
}

func TestAnAdviceStandsForSeconds(t *testing.T) {
	t.Parallel()
	a, _ := testAdvisor()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, zone())
	first := a.advise(now, busy(40), 6)
	require.Same(t, first, a.advise(now.Add(4*time.Second), busy(60), 6))
	require.Equal(t, 7, a.advise(now.Add(4*time.Second), busy(40), 7).Have, "an agent who comes is seen at once")
	require.Greater(t, a.advise(now.Add(9*time.Second), busy(60), 7).Need, first.Need)
	require.Equal(t, 8, a.advise(now.Add(-time.Hour), busy(40), 7).Need, "the clock was set back")
}

func TestWhatCannotBeToldIsNotShown(t *testing.T) {
	t.Parallel()
	a, log := testAdvisor()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, zone())
	for range 3 { // looked at four times a second, told once
		require.Nil(t, a.advise(now, wallboard.Measure{}, 6))
	}
	require.Equal(t, 1, bytes.Count(log.Bytes(), []byte("cannot say how many agents are needed")))
}
