package staffing_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd/staffing"
)

// province is a line as it is shipped: 80/20, calls of four minutes.
func province() staffing.Line {
	return staffing.Line{Target: eighty20, Handling: 4 * time.Minute}
}

// halfHour is a measure of that many calls, all answered, of that mean.
func halfHour(calls int, handling time.Duration) staffing.Measure {
	return staffing.Measure{
		Over: 30 * time.Minute, Arrived: calls, Answered: calls, Handling: time.Duration(calls) * handling,
	}
}

func advise(t require.TestingT, l staffing.Line, m staffing.Measure, have int) staffing.Advice {
	a, err := l.Advise(m, have)
	require.NoError(t, err)
	return a
}

func TestYouNeedEightYouHaveSix(t *testing.T) {
	t.Parallel()
	a := advise(t, province(), halfHour(40, 4*time.Minute), 6)
	require.Equal(t, staffing.Short, a.Reason)
	require.Equal(t, [3]int{8, 6, 2}, [3]int{a.Need, a.Have, a.Missing})
	require.InDelta(t, 80, a.Traffic.PerHour, 1e-9)
	require.InDelta(t, 80*4/60.0/6, a.Now.Occupancy, 1e-9)
	require.InDelta(t, 0.325, a.Now.InTime, 5e-4)
	vi, en := a.Sentence()
	require.Equal(t, "Cần 8 người, đang có 6: gọi thêm 2", vi)
	require.Equal(t, "You need 8, you have 6: call in 2", en)

	a = advise(t, province(), halfHour(40, 4*time.Minute), 9)
	require.Equal(t, staffing.Enough, a.Reason)
	require.Zero(t, a.Missing)
	_, en = a.Sentence()
	require.Equal(t, "Enough: you need 8, you have 9", en)
}

// TestASurgeIsOverload: 59,000 calls a day came to 25 agents elsewhere. Without agents
// it is the same.
func TestASurgeIsOverload(t *testing.T) {
	t.Parallel()
	for _, have := range []int{25, 0} {
		a := advise(t, province(), halfHour(59_000/48, 4*time.Minute), have)
		require.Equal(t, staffing.Overload, a.Reason)
		require.True(t, a.Now.Overload)
		require.Equal(t, staffing.Endless, a.Now.Answer)
		require.Greater(t, a.Need, 163)
		require.Equal(t, a.Need-have, a.Missing)
		vi, en := a.Sentence()
		require.Contains(t, vi, "Quá tải")
		require.Contains(t, en, "Overload")
	}
	// More than can be computed is as much as can, and no fault of a board.
	a := advise(t, province(), halfHour(10_000_000, 4*time.Minute), 6)
	require.Equal(t, staffing.Overload, a.Reason)
	require.Greater(t, a.Need, 10_000)
}

// TestWhatIsLeftOfASurgeIsWork: arrivals are back to normal, but 100 wait.
func TestWhatIsLeftOfASurgeIsWork(t *testing.T) {
	t.Parallel()
	m := halfHour(20, 4*time.Minute)
	require.Equal(t, staffing.Enough, advise(t, province(), m, 6).Reason)
	m.Waiting = 100
	a := advise(t, province(), m, 6)
	require.Equal(t, staffing.Overload, a.Reason)
	require.InDelta(t, 140, a.Traffic.PerHour, 1e-9)
}

// TestTooFewCallsToTell: a quiet night says little, and only that is told.
func TestTooFewCallsToTell(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		arrived, have int
		reason        staffing.Reason
		need          int
	}{
		{0, 2, staffing.Enough, 0}, // even the most calls that may be meant need no more
		{0, 1, staffing.TooFew, 0},
		{3, 1, staffing.TooFew, 0},
		{3, 2, staffing.TooFew, 0},
		{3, 6, staffing.Enough, 2},
		{3, 0, staffing.Overload, 1}, // even the fewest need somebody
		{8, 1, staffing.Overload, 2},
		{9, 3, staffing.TooFew, 0},
		{10, 3, staffing.Enough, 3},
	} {
		a := advise(t, province(), halfHour(c.arrived, 4*time.Minute), c.have)
		require.Equal(t, c.reason, a.Reason, "%d calls, %d agents: %+v", c.arrived, c.have, a)
		require.Equal(t, c.need, a.Need, "%d calls, %d agents: %+v", c.arrived, c.have, a)
		require.Equal(t, max(0, a.Need-c.have), a.Missing)
	}
	vi, en := advise(t, province(), halfHour(3, 4*time.Minute), 2).Sentence()
	require.Equal(t, "Quá ít cuộc gọi để nói chắc: cần từ 1 đến 3 người, đang có 2", vi)
	require.Equal(t, "Too few calls to tell: you need 1 to 3, you have 2", en)
}

// TestThePastPrevailsWhileLittleIsSeen: in handling time and in patience.
func TestThePastPrevailsWhileLittleIsSeen(t *testing.T) {
	t.Parallel()
	taken := func(l staffing.Line, m staffing.Measure) staffing.Traffic { return advise(t, l, m, 6).Traffic }
	m := halfHour(12, 4*time.Minute)
	m.Answered, m.Handling = 0, 0
	require.Equal(t, 4*time.Minute, taken(province(), m).Handling, "nothing is finished yet")
	m.Answered, m.Handling = 1, time.Hour
	require.Equal(t, 80*time.Minute/6, taken(province(), m).Handling, "one long call is one of six")
	m.Answered, m.Handling = 95, 95*6*time.Minute
	require.Equal(t, 354*time.Second, taken(province(), m).Handling)
	m.Handling = 0
	require.Equal(t, 4*time.Minute, taken(province(), m).Handling, "a sum of nothing is a fault")

	m.Abandoned, m.Waited = 4, 4*time.Minute
	require.Zero(t, taken(province(), m).Patience, "four who gave up tell no patience")
	m.Abandoned, m.Waited = 5, 10*time.Minute
	require.Equal(t, 2*time.Minute, taken(province(), m).Patience)
	m.Waited = 0
	require.Equal(t, time.Second, taken(province(), m).Patience)
	known := province()
	known.Patience = 3 * time.Minute
	m.Abandoned, m.Waited = 0, 0
	require.Equal(t, 3*time.Minute, taken(known, m).Patience)
	m.Abandoned, m.Waited = 10, 10*time.Minute
	require.Equal(t, 100*time.Second, taken(known, m).Patience)
}

// TestLearnIsWhatAdviceTakes: a plan is made with the same figures.
func TestLearnIsWhatAdviceTakes(t *testing.T) {
	t.Parallel()
	m := halfHour(95, 6*time.Minute)
	m.Abandoned, m.Waited = 10, 20*time.Minute
	l, err := province().Learn(m)
	require.NoError(t, err)
	a := advise(t, province(), m, 6)
	require.Equal(t, [2]time.Duration{a.Traffic.Handling, a.Traffic.Patience}, [2]time.Duration{l.Handling, l.Patience})
	require.Equal(t, province().Target, l.Target)
	_, err = province().Learn(staffing.Measure{})
	require.ErrorContains(t, err, "over")
	_, err = staffing.Line{}.Learn(m)
	require.Error(t, err)
}

// TestGivingUpIsNotServing: callers who give up in seconds leave a fine percentage. It
// does not count as enough, and a limit to the lost asks for more.
func TestGivingUpIsNotServing(t *testing.T) {
	t.Parallel()
	m := halfHour(60, 4*time.Minute) // eight erlangs
	m.Abandoned, m.Waited = 30, 5*time.Minute
	fine := expect(t, staffing.Traffic{PerHour: 120, Handling: 4 * time.Minute, Patience: 10 * time.Second}, 6, 20*time.Second)
	require.Greater(t, fine.InTime, 0.8)
	require.Greater(t, fine.Abandoned, 0.3)

	a := advise(t, province(), m, 6)
	require.Equal(t, staffing.Overload, a.Reason)
	require.Equal(t, 9, a.Need)
	limited := province()
	limited.Target.Lost = 5
	b := advise(t, limited, m, 6)
	require.Greater(t, b.Need, a.Need)
	require.LessOrEqual(t, expect(t, b.Traffic, b.Need, 20*time.Second).Abandoned, 0.05)
}

// TestAdviceOfAnything: no measure makes nonsense.
func TestAdviceOfAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.OneOf(rapid.IntRange(0, 12), rapid.IntRange(0, 3000))
		whole := func(name string) time.Duration {
			return time.Duration(rapid.IntRange(0, 1_000_000).Draw(t, name)) * time.Second
		}
		l := staffing.Line{
			Target: drawTarget(t), Handling: whole("past handling")/100 + time.Second,
			Least: rapid.IntRange(0, 4).Draw(t, "least"),
		}
		if rapid.Bool().Draw(t, "patience known") {
			l.Patience = drawPatience(t)
		}
		m := staffing.Measure{
			Over: whole("over")/100 + time.Second, Arrived: count.Draw(t, "arrived"), Answered: count.Draw(t, "answered"),
			Handling: whole("handling"), Abandoned: count.Draw(t, "abandoned"), Waited: whole("waited"), Waiting: count.Draw(t, "waiting"),
		}
		have := rapid.IntRange(0, 60).Draw(t, "have")
		a := advise(t, l, m, have)
		require.NoError(t, a.Traffic.Check())
		require.LessOrEqual(t, l.Least, a.Low)
		require.LessOrEqual(t, a.Low, a.High)
		require.Equal(t, have, a.Have)
		switch a.Reason {
		case staffing.TooFew:
			require.Zero(t, a.Need+a.Missing)
			require.Less(t, m.Arrived, 10)
			require.True(t, a.Low <= have && have < a.High)
		case staffing.Enough:
			require.LessOrEqual(t, a.Need, have)
			require.Zero(t, a.Missing)
		case staffing.Short, staffing.Overload:
			require.Equal(t, a.Need-have, a.Missing)
			require.Positive(t, a.Missing)
		default:
			require.Fail(t, "no reason", "%+v", a)
		}
		if a.Reason != staffing.TooFew {
			require.True(t, a.Low <= a.Need && a.Need <= a.High, "%+v", a)
		}
		vi, en := a.Sentence()
		require.NotEmpty(t, vi)
		require.NotEmpty(t, en)
	})
}
