package staffing_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd/staffing"
)

// hair is what rounding may take or give.
const hair = 1e-9

// drawTraffic is a load from none to far too much for so many agents. Patience, if
// there is any, is from a second to a lifetime.
func drawTraffic(t *rapid.T, agents int) staffing.Traffic {
	handling := time.Duration(rapid.IntRange(1, 3*3600).Draw(t, "handling")) * time.Second
	share := rapid.OneOf(rapid.Float64Range(0, 1.5), rapid.Float64Range(0.99, 1.01), rapid.Float64Range(0, 2.4)).Draw(t, "share")
	traffic := staffing.Traffic{PerHour: share * float64(max(agents, 1)) / handling.Hours(), Handling: handling}
	if rapid.Bool().Draw(t, "impatient") {
		traffic.Patience = drawPatience(t)
	}
	return traffic
}

func drawPatience(t *rapid.T) time.Duration {
	return seconds(math.Exp(rapid.Float64Range(0, math.Log(2e9)).Draw(t, "log patience")))
}

func drawAgents(t *rapid.T) int {
	return rapid.OneOf(rapid.IntRange(0, 12), rapid.IntRange(1, 2000)).Draw(t, "agents")
}

func drawWithin(t *rapid.T) time.Duration {
	return time.Duration(rapid.IntRange(0, 600).Draw(t, "within")) * time.Second
}

func drawTarget(t *rapid.T) staffing.Target {
	g := staffing.Target{Percent: rapid.Float64Range(1, 99.9).Draw(t, "percent"), Within: drawWithin(t)}
	if rapid.Bool().Draw(t, "limit") {
		g.Lost = rapid.Float64Range(0.01, 50).Draw(t, "lost")
	}
	return g
}

// TestEveryFigureIsAFigure: whatever the traffic, shares are shares and times are times.
func TestEveryFigureIsAFigure(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		agents := drawAgents(t)
		traffic := drawTraffic(t, agents)
		s := expect(t, traffic, agents, drawWithin(t))
		for _, share := range []float64{s.Waits, s.InTime, s.Late, s.Abandoned, s.Occupancy} {
			require.True(t, share >= 0 && share <= 1, "%+v", s) // not a number is neither
		}
		require.GreaterOrEqual(t, s.Answer, time.Duration(0))
		require.GreaterOrEqual(t, s.Wait, time.Duration(0))
		require.LessOrEqual(t, s.Late, s.Waits+hair)
		if s.Overload {
			require.Zero(t, traffic.Patience, "who gives up ends the line")
			require.GreaterOrEqual(t, traffic.Load(), float64(agents))
		} else if agents > 0 { // what is carried is what is offered and not given up
			require.InDelta(t, traffic.Load()*(1-s.Abandoned), s.Occupancy*float64(agents), hair*float64(agents))
		}
		b, c := staffing.ErlangB(agents, traffic.Load()), staffing.ErlangC(agents, traffic.Load())
		require.True(t, 0 <= b && b <= c && c <= 1)
	})
}

// TestMoreAgentsHelpAndMoreCallsDoNot: callers never find it worse with one agent more,
// nor better with more calls.
func TestMoreAgentsHelpAndMoreCallsDoNot(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		agents, within := drawAgents(t), drawWithin(t)
		traffic := drawTraffic(t, agents)
		s := expect(t, traffic, agents, within)
		worse := func(than, s staffing.Service) {
			require.GreaterOrEqual(t, s.Waits, than.Waits-hair)
			require.LessOrEqual(t, s.InTime, than.InTime+hair)
			require.GreaterOrEqual(t, s.Late, than.Late-hair)
			require.GreaterOrEqual(t, s.Abandoned, than.Abandoned-hair)
			require.GreaterOrEqual(t, s.Wait.Seconds(), than.Wait.Seconds()*(1-hair)-1e-6)
			require.GreaterOrEqual(t, s.Answer.Seconds(), than.Answer.Seconds()*(1-1e-6)-1e-6)
		}
		worse(expect(t, traffic, agents+1, within), s)
		more := traffic
		more.PerHour *= 1 + rapid.Float64Range(0, 1).Draw(t, "more")
		worse(s, expect(t, more, agents, within))
	})
}

// TestGivingUpShortensTheLine: with patience fewer wait than without, the fewer the
// less patience there is, and patience without end is Erlang C.
func TestGivingUpShortensTheLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		agents, within := rapid.IntRange(1, 2000).Draw(t, "agents"), drawWithin(t)
		traffic := drawTraffic(t, agents)
		traffic.Patience = 0
		patient := expect(t, traffic, agents, within)
		traffic.Patience = drawPatience(t)
		s := expect(t, traffic, agents, within)
		require.LessOrEqual(t, s.Waits, patient.Waits+hair)
		require.LessOrEqual(t, s.Late, patient.Late+hair)
		require.GreaterOrEqual(t, s.InTime, patient.InTime-hair)
		require.LessOrEqual(t, s.Wait.Seconds(), patient.Wait.Seconds()*(1+hair)+1e-6)

		shorter := traffic
		shorter.Patience = max(traffic.Patience/2, time.Second)
		less := expect(t, shorter, agents, within)
		require.LessOrEqual(t, less.Waits, s.Waits+hair)
		require.GreaterOrEqual(t, less.Abandoned, s.Abandoned-hair)

		traffic.PerHour = min(traffic.PerHour, 0.95*float64(agents)/traffic.Handling.Hours())
		traffic.Patience = 0
		patient = expect(t, traffic, agents, within)
		traffic.Patience = staffing.Endless
		s = expect(t, traffic, agents, within)
		require.InDelta(t, patient.Waits, s.Waits, 1e-4)
		require.InDelta(t, patient.InTime, s.InTime, 1e-4)
		require.InDelta(t, patient.Answer.Seconds(), s.Answer.Seconds(), 1e-3*patient.Answer.Seconds()+1e-6)
		require.InDelta(t, 0, s.Abandoned, 1e-4)
	})
}

// TestNeededAndCapacityAreInverse: the agents who are needed carry the calls, one fewer
// does not; the calls that agents can carry need no more of them, a few more do.
func TestNeededAndCapacityAreInverse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		target := drawTarget(t)
		traffic := drawTraffic(t, rapid.IntRange(1, 400).Draw(t, "for"))
		need, err := staffing.Needed(traffic, target)
		require.NoError(t, err)
		meets := func(agents int) bool {
			s := expect(t, traffic, agents, target.Within)
			return s.InTime >= target.Percent/100 && (target.Lost == 0 || s.Abandoned <= target.Lost/100)
		}
		require.True(t, meets(need))
		if need == 0 {
			require.Zero(t, traffic.PerHour)
			return
		}
		require.False(t, need > 1 && meets(need-1))
		most, err := staffing.Capacity(need, traffic.Handling, traffic.Patience, target)
		require.NoError(t, err)
		require.GreaterOrEqual(t, most, traffic.PerHour*(1-hair))
		fewer, err := staffing.Capacity(need-1, traffic.Handling, traffic.Patience, target)
		require.NoError(t, err)
		require.LessOrEqual(t, fewer, traffic.PerHour*(1+hair))

		traffic.PerHour = most
		again, err := staffing.Needed(traffic, target)
		require.NoError(t, err)
		require.Equal(t, need, again)
		traffic.PerHour *= 1.001
		if traffic.Check() == nil {
			again, err = staffing.Needed(traffic, target)
			require.NoError(t, err)
			require.Greater(t, again, need)
		}
	})
}
