package staffing_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/staffing"
)

// TestABrokenLoadNeedsEverybody: a figure that is none must not send agents home.
func TestABrokenLoadNeedsEverybody(t *testing.T) {
	t.Parallel()
	for _, load := range []float64{math.NaN(), -1, math.Inf(1), math.Inf(-1)} {
		require.InDelta(t, 1, staffing.ErlangB(6, load), 0)
		require.InDelta(t, 1, staffing.ErlangC(6, load), 0)
	}
	require.InDelta(t, 1, staffing.ErlangB(0, 3), 0)
	require.InDelta(t, 1, staffing.ErlangB(-1, 3), 0)
	require.InDelta(t, 1, staffing.ErlangC(-1, 0), 0)
	require.Zero(t, staffing.ErlangC(1, 0))
}

func TestWithoutAgentsOrCalls(t *testing.T) {
	t.Parallel()
	calls := staffing.Traffic{PerHour: 30, Handling: time.Minute}
	for _, agents := range []int{0, -3} {
		require.Equal(t, staffing.Service{Waits: 1, Late: 1, Answer: staffing.Endless, Wait: staffing.Endless, Overload: true},
			expect(t, calls, agents, time.Minute))
	}
	calls.Patience = time.Minute
	s := expect(t, calls, 0, time.Minute)
	require.InDelta(t, math.Exp(-1), s.Late, 1e-12)
	require.Equal(t, [2]time.Duration{staffing.Endless, time.Minute}, [2]time.Duration{s.Answer, s.Wait})
	calls.PerHour = 0
	require.Equal(t, staffing.Service{InTime: 1}, expect(t, calls, 0, time.Minute))
	need, err := staffing.Needed(calls, eighty20)
	require.NoError(t, err)
	require.Zero(t, need)
	most, err := staffing.Capacity(0, time.Minute, 0, eighty20)
	require.NoError(t, err)
	require.Zero(t, most)
	// Who waits an hour for an answer "in time" is patient with any load that can be computed.
	most, err = staffing.Capacity(9_000, time.Hour, time.Second, staffing.Target{Percent: 50, Within: time.Hour})
	require.NoError(t, err)
	require.InDelta(t, 10_000, most, 1)
}

// TestCheck: a wrong figure is told in words that say what to give instead.
func TestCheck(t *testing.T) {
	t.Parallel()
	good := staffing.Traffic{PerHour: 60, Handling: time.Minute}
	for want, spoil := range map[string]func(*staffing.Traffic){
		"NaN calls per hour":   func(c *staffing.Traffic) { c.PerHour = math.NaN() },
		"-1 calls per hour":    func(c *staffing.Traffic) { c.PerHour = -1 },
		"handling time of 0s":  func(c *staffing.Traffic) { c.Handling = 0 },
		"handling time of 25h": func(c *staffing.Traffic) { c.Handling = 25 * time.Hour },
		"patience of -1s":      func(c *staffing.Traffic) { c.Patience = -time.Second },
		"patience of 20ns":     func(c *staffing.Traffic) { c.Patience = 20 },
		"agents busy":          func(c *staffing.Traffic) { c.PerHour = 1e9 },
	} {
		c := good
		spoil(&c)
		_, err := staffing.Expect(c, 6, 0)
		require.ErrorContains(t, err, want)
		_, err = staffing.Needed(c, eighty20)
		require.ErrorContains(t, err, want)
	}
	_, err := staffing.Expect(good, 6, -1)
	require.ErrorContains(t, err, "cannot be answered within")
	_, err = staffing.Capacity(6, 0, 0, eighty20)
	require.ErrorContains(t, err, "handling time")

	for want, g := range map[string]staffing.Target{
		"0 percent cannot":    {Within: 20},
		"NaN percent":         {Percent: math.NaN()},
		"can promise 100":     {Percent: 100},
		"within -1ns":         {Percent: 80, Within: -1},
		"100 percent lost":    {Percent: 80, Lost: 100},
		"-0.1 percent lost":   {Percent: 80, Lost: -0.1},
		"percent lost cannot": {Percent: 80, Lost: math.NaN()},
	} {
		_, err := staffing.Needed(good, g)
		require.ErrorContains(t, err, want)
		_, err = staffing.Table([]time.Duration{time.Minute}, []int{6}, []staffing.Target{g})
		require.ErrorContains(t, err, want)
		_, err = staffing.Line{Target: g, Handling: time.Minute}.Advise(halfHour(9, time.Minute), 6)
		require.ErrorContains(t, err, want)
	}
	require.Equal(t, "80/20", eighty20.String())
	require.Equal(t, "99.5/2.5", staffing.Target{Percent: 99.5, Within: 2500 * time.Millisecond}.String())
}

func TestCheckOfLines(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*staffing.Line){
		"handling time": func(l *staffing.Line) { l.Handling = 0 },
		"at least -1":   func(l *staffing.Line) { l.Least = -1 },
		"away NaN":      func(l *staffing.Line) { l.Away = math.NaN() },
		"away 1":        func(l *staffing.Line) { l.Away = 1 },
	} {
		l := province()
		spoil(&l)
		_, err := l.Plan(nil, nil)
		require.ErrorContains(t, err, want)
	}
	_, err := province().Advise(staffing.Measure{Arrived: 9}, 6)
	require.ErrorContains(t, err, "over 0s")
	_, err = province().Advise(staffing.Measure{Over: time.Hour, Abandoned: -1}, 6)
	require.ErrorContains(t, err, "below zero")
	_, err = province().Advise(halfHour(9, time.Minute), -1)
	require.ErrorContains(t, err, "-1 agents")
	_, err = province().Plan(staffing.History{{Hour: 24}: {1}}, nil)
	require.ErrorContains(t, err, "hour 24")
	_, err = province().Plan(staffing.History{{Hour: 3}: {-1}}, nil)
	require.ErrorContains(t, err, "-1 calls on Sunday at 3")
	_, err = province().Plan(nil, []staffing.Shift{{Key: "late", From: 24 * time.Hour}})
	require.ErrorContains(t, err, `shift "late"`)
}
