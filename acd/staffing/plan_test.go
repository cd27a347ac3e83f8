package staffing_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/staffing"
)

func threeShifts() []staffing.Shift {
	return []staffing.Shift{
		{Key: "morning", From: 6 * time.Hour, To: 14 * time.Hour},
		{Key: "afternoon", From: 14 * time.Hour, To: 22 * time.Hour},
		{Key: "night", From: 22 * time.Hour, To: 6 * time.Hour},
	}
}

// TestPlanOfAWeek: Mondays from nine to ten bring 57 calls, which six agents carry, and
// once brought 80; after midnight there are few.
func TestPlanOfAWeek(t *testing.T) {
	t.Parallel()
	past := staffing.History{}
	for day := time.Sunday; day <= time.Saturday; day++ {
		for hour := range 24 {
			past[staffing.Slot{Day: day, Hour: hour}] = []int{20, 20, 20, 20}
		}
	}
	past[staffing.Slot{Day: time.Monday, Hour: 9}] = []int{57, 40, 51, 80}
	past[staffing.Slot{Day: time.Tuesday, Hour: 2}] = []int{1, 0, 2, 1}
	past[staffing.Slot{Day: time.Sunday, Hour: 3}] = []int{95, 85, 90, 90}
	delete(past, staffing.Slot{Day: time.Wednesday, Hour: 23})

	l := province()
	l.Least, l.Away = 2, 0.3
	p, err := l.Plan(past, threeShifts())
	require.NoError(t, err)
	require.Len(t, p.Hours, 168)
	require.Len(t, p.Shifts, 21)

	nine := p.Hours[24+9]
	require.Equal(t, staffing.Slot{Day: time.Monday, Hour: 9}, nine.Slot)
	require.Equal(t, [3]int{4, 80, 6}, [3]int{nine.Weeks, nine.Busiest, nine.Need})
	require.InDelta(t, 57, nine.Calls, 1e-12)
	require.InDelta(t, 0.802, nine.Service.InTime, 0.001)
	worst, err := staffing.Needed(staffing.Traffic{PerHour: 80, Handling: 4 * time.Minute}, eighty20)
	require.NoError(t, err)
	require.Equal(t, worst, nine.Worst)
	require.Equal(t, 2, p.Hours[2*24+2].Need, "never fewer than the least")
	unseen := p.Hours[3*24+23]
	require.Equal(t, [3]int{0, 2, 2}, [3]int{unseen.Weeks, unseen.Need, unseen.Worst})

	for i, s := range p.Shifts {
		require.Equal(t, time.Weekday(i/3), s.Day)
		require.Equal(t, threeShifts()[i%3].Key, s.Shift)
		switch {
		case s.Day == time.Monday && s.Shift == "morning":
			require.Equal(t, [3]int{6, worst, 9}, [3]int{s.Need, s.Worst, s.Seats}) // 6/0.7
			require.Equal(t, nine.Slot, s.Peak)
		case s.Day == time.Saturday && s.Shift == "night": // Sunday at three is Saturday's night
			require.Equal(t, 9, s.Need)
			require.Equal(t, staffing.Slot{Day: time.Sunday, Hour: 3}, s.Peak)
		case s.Day == time.Wednesday && s.Shift == "night":
			require.Equal(t, [2]int{3, 1}, [2]int{s.Need, s.Unseen})
		default:
			require.Equal(t, [3]int{3, 5, 0}, [3]int{s.Need, s.Seats, s.Unseen}, "%+v", s)
		}
	}
}

// TestSeatsOfCRAN: 14 at their desks with 30 % shrinkage are 20, as in the README of the
// CRAN package ErlangC; and what divides evenly is not rounded up.
func TestSeatsOfCRAN(t *testing.T) {
	t.Parallel()
	for away, want := range map[float64]int{0.3: 20, 0: 14, 0.5: 28, 0.9: 140, 0.6: 35} {
		l := staffing.Line{Target: eighty20, Handling: 180 * time.Second, Away: away}
		p, err := l.Plan(staffing.History{{Day: time.Friday, Hour: 10}: {200}}, threeShifts())
		require.NoError(t, err)
		require.Equal(t, [2]int{14, want}, [2]int{p.Shifts[15].Need, p.Shifts[15].Seats}, "away %v", away)
	}
}

// TestAShiftTakesEveryHourThatItTouches, the broken ones at its ends too.
func TestAShiftTakesEveryHourThatItTouches(t *testing.T) {
	t.Parallel()
	past := staffing.History{{Day: time.Monday, Hour: 6}: {57}, {Day: time.Monday, Hour: 14}: {80}}
	need := func(from, to time.Duration) int {
		p, err := province().Plan(past, []staffing.Shift{{From: from, To: to}})
		require.NoError(t, err)
		return p.Shifts[1].Need
	}
	require.Equal(t, 6, need(6*time.Hour, 14*time.Hour))
	require.Equal(t, 6, need(6*time.Hour+30*time.Minute, 14*time.Hour))
	require.Equal(t, 8, need(6*time.Hour+30*time.Minute, 14*time.Hour+time.Minute))
	require.Equal(t, 0, need(7*time.Hour, 14*time.Hour))
	require.Equal(t, 8, need(7*time.Hour, 7*time.Hour), "all day")
	require.Equal(t, 0, need(15*time.Hour, 24*time.Hour))
}

// TestCollect counts two weeks and a bit in the zone's hours.
func TestCollect(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("+07", 7*3600)
	from := time.Date(2026, 11, 2, 8, 10, 0, 0, zone) // a Monday
	to := from.Add(14*24*time.Hour + 2*time.Hour)
	arrivals := []time.Time{
		from.Add(time.Minute),                                         // 08:11, of an hour that is not whole
		from.Add(50 * time.Minute), from.Add(109 * time.Minute).UTC(), // 09:00, 09:59
		from.Add(110 * time.Minute),                // 10:00
		from.Add(7*24*time.Hour + 50*time.Minute),  // 09:00 a week later
		from.Add(14*24*time.Hour + 60*time.Minute), // 09:10 two weeks later
		to, to.Add(time.Hour), from.Add(-100 * 24 * time.Hour),
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(arrivals), func(i, j int) { arrivals[i], arrivals[j] = arrivals[j], arrivals[i] })
	h := staffing.Collect(from, to, zone, arrivals)
	require.Len(t, h, 168)
	require.Equal(t, []int{2, 1, 1}, h[staffing.Slot{Day: time.Monday, Hour: 9}])
	require.Equal(t, []int{1, 0}, h[staffing.Slot{Day: time.Monday, Hour: 10}], "the last is not over")
	require.Equal(t, []int{0, 0}, h[staffing.Slot{Day: time.Monday, Hour: 8}])
	require.NoError(t, h.Check())
	counted := []staffing.Arrivals{{At: from.Add(50 * time.Minute), Calls: 57}, {At: from.Add(100 * time.Minute), Calls: 3}, {At: from, Calls: 9}}
	require.Equal(t, []int{60, 0, 0}, staffing.CollectCounts(from, to, zone, counted)[staffing.Slot{Day: time.Monday, Hour: 9}])
	require.Empty(t, staffing.Collect(from, from.Add(90*time.Minute), zone, arrivals))
	require.Empty(t, staffing.Collect(to, from, zone, arrivals))
	india := time.FixedZone("+0530", 5*3600+1800)
	require.Equal(t, staffing.History{{Day: time.Monday, Hour: 7}: {1}},
		staffing.Collect(from.Add(20*time.Minute), from.Add(80*time.Minute), india, []time.Time{from.Add(50 * time.Minute)}))
}
