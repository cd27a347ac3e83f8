package staffing_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/staffing"
)

var eighty20 = staffing.Target{Percent: 80, Within: 20 * time.Second}

// digits compares as many significant digits as the source prints.
func digits(t *testing.T, want string, got float64) {
	t.Helper()
	decimals := 0
	for i := range want {
		if want[i] == '.' {
			decimals = len(want) - i - 1
		}
	}
	require.Equal(t, want, fmt.Sprintf("%.*f", decimals, got))
}

func expect(t require.TestingT, traffic staffing.Traffic, agents int, within time.Duration) staffing.Service {
	s, err := staffing.Expect(traffic, agents, within)
	require.NoError(t, err)
	return s
}

// The table in the README of the CRAN package ErlangC 0.1.0 (2024),
// https://cran.r-project.org/web/packages/ErlangC/readme/README.html: 100 calls in
// 30 minutes of 180 s each, 20 s to answer; the first that meets 80 % are 14 agents,
// and with 30 % shrinkage 20. pyworkforce has the same figures for 14.
func TestErlangCOfCRAN(t *testing.T) {
	t.Parallel()
	calls := staffing.Traffic{PerHour: 200, Handling: 180 * time.Second}
	digits(t, "10.000", calls.Load())
	for _, row := range []struct {
		agents                     int
		waits, inTime, answer, occ string
	}{
		{11, "0.6821182", "0.3896138", "122.781277", "0.9090909"},
		{12, "0.4493882", "0.6401580", "40.444940", "0.8333333"},
		{13, "0.2852705", "0.7955948", "17.116227", "0.7692308"},
		{14, "0.1741319", "0.8883500", "7.835937", "0.7142857"},
	} {
		s := expect(t, calls, row.agents, 20*time.Second)
		digits(t, row.waits, s.Waits)
		digits(t, row.inTime, s.InTime)
		digits(t, row.answer, s.Answer.Seconds())
		digits(t, row.occ, s.Occupancy)
	}
	need, err := staffing.Needed(calls, eighty20)
	require.NoError(t, err)
	require.Equal(t, 14, need)
}

// The worked example of "The Erlang-C formula", mitan.co.uk/erlang/elgcmath.htm: 360
// calls per half hour of 4 minutes, 55 agents; 23.9 % wait.
func TestErlangCOfMitan(t *testing.T) {
	t.Parallel()
	s := expect(t, staffing.Traffic{PerHour: 720, Handling: 4 * time.Minute}, 55, 15*time.Second)
	digits(t, "0.239", s.Waits)
	digits(t, "0.873", s.Occupancy)
}

// R. Bronson, "Operations research" (Schaum, 1982), problem 24.6: 300 a year, 2 days
// each, 3 servers; 0.352 in line, who wait 0.001175 years.
func TestErlangCOfBronson(t *testing.T) {
	t.Parallel()
	const year = 365 * 24.0
	// In hours a service of two days is too long; in seconds nothing else changes.
	s := expect(t, staffing.Traffic{PerHour: 300 / year * 3600, Handling: 48 * time.Second}, 3, 0)
	digits(t, "0.352", 300/year*3600*s.Wait.Hours())
	digits(t, "0.001175", s.Wait.Seconds()/year)
}

// Small cases worked out from the definition, as in any textbook: C(2,1) is
// 1/(1+1+1), C(3,2) is 4/(1+2+2+4), and with one agent the chance to wait is the load.
func TestErlangCByHand(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 1.0/3, staffing.ErlangC(2, 1), 1e-15)
	require.InDelta(t, 4.0/9, staffing.ErlangC(3, 2), 1e-15)
	require.InDelta(t, 0.75, staffing.ErlangC(1, 0.75), 1e-15)
	require.InDelta(t, 0.5, staffing.ErlangB(1, 1), 1e-15)
	require.InDelta(t, 0.2, staffing.ErlangB(2, 1), 1e-15)
}

// The table of the Erlang formula that ITU-T E.520 refers to (Supplement No. 1 of its
// fascicle): the load in erlangs that so many circuits carry with 1 %, 3 % and 5 % lost.
func TestErlangBOfITU(t *testing.T) {
	t.Parallel()
	lost := []float64{0.01, 0.03, 0.05}
	for circuits, loads := range map[int][]string{
		2: {"0.15", "0.28", "0.38"}, 4: {"0.87", "1.26", "1.52"}, 5: {"1.36", "1.88", "2.22"},
		6: {"1.91", "2.54", "2.96"}, 10: {"4.46", "5.53", "6.22"}, 20: {"12.03", "14.00", "15.25"},
	} {
		for i, want := range loads {
			low, high := 0.0, float64(circuits)
			for range 100 {
				if middle := (low + high) / 2; staffing.ErlangB(circuits, middle) < lost[i] {
					low = middle
				} else {
					high = middle
				}
			}
			digits(t, want, low)
		}
	}
}

// O. Garnett, A. Mandelbaum, M. Reiman, "Designing a call center with impatient
// customers" (2002), table 1: 50 agents, 48 calls per minute of 1 minute, patience 2
// minutes; without and with abandonment: nobody and 3.1 % give up, the mean wait is
// 20.8 s and 3.7 s, nine in ten wait less than 58.1 s and 12.5 s, agents are busy 96 %
// and 93 %.
func TestErlangAOfGarnettMandelbaumReiman(t *testing.T) {
	t.Parallel()
	calls := staffing.Traffic{PerHour: 48 * 60, Handling: time.Minute}
	s := expect(t, calls, 50, 58100*time.Millisecond)
	digits(t, "20.8", s.Wait.Seconds())
	digits(t, "0.100", s.Late)
	digits(t, "0.96", s.Occupancy)
	require.Zero(t, s.Abandoned)

	calls.Patience = 2 * time.Minute
	s = expect(t, calls, 50, 12500*time.Millisecond)
	digits(t, "0.031", s.Abandoned)
	digits(t, "3.7", s.Wait.Seconds())
	digits(t, "0.10", s.Late)
	digits(t, "0.93", s.Occupancy)
}

// The capacity of a shift of six, five and four, and what six do with 40, 60 and 80
// calls of 240 s per hour; 3,000 calls a day need 12 agents, 5,000 need 18. Computed
// apart from this package when the hotline was designed.
func TestCapacityOfAShift(t *testing.T) {
	t.Parallel()
	handling := []time.Duration{180 * time.Second, 240 * time.Second, 300 * time.Second}
	rows, err := staffing.Table(handling, []int{6, 5, 4}, staffing.Targets())
	require.NoError(t, err)
	var calls [][]int
	for i, row := range rows {
		require.Equal(t, handling[i/3], row.Handling)
		require.Equal(t, 6-i%3, row.Agents)
		calls = append(calls, row.Calls)
	}
	require.Equal(t, [][]int{
		{77, 63, 62, 55}, {60, 49, 48, 41}, {45, 35, 34, 28},
		{57, 47, 46, 40}, {45, 36, 35, 30}, {33, 26, 25, 21},
		{45, 37, 36, 32}, {35, 28, 28, 24}, {26, 20, 20, 16},
	}, calls)

	for perHour, want := range map[float64][2]string{40: {"95.3", "4"}, 60: {"75.9", "34"}, 80: {"32.5", "257"}} {
		s := expect(t, staffing.Traffic{PerHour: perHour, Handling: 240 * time.Second}, 6, 20*time.Second)
		digits(t, want[0], 100*s.InTime)
		digits(t, want[1], s.Answer.Seconds())
	}
	for perDay, want := range map[float64]int{3000: 12, 5000: 18} {
		need, err := staffing.Needed(staffing.Traffic{PerHour: perDay / 24, Handling: 240 * time.Second}, eighty20)
		require.NoError(t, err)
		require.Equal(t, want, need)
	}
	digits(t, "0.127", staffing.ErlangC(6, 48*240.0/3600)) // 48 calls per hour: all busy at most 12.7 %
}
