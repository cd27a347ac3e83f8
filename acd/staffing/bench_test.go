package staffing_test

import (
	"fmt"
	"testing"
	"time"

	"hotline1022/acd/staffing"
)

// BenchmarkExpect is one figure of the board, without patience and with.
func BenchmarkExpect(b *testing.B) {
	for _, agents := range []int{6, 50, 500, 2000} {
		for _, patience := range []time.Duration{0, 2 * time.Minute} {
			b.Run(fmt.Sprintf("agents=%d/patience=%s", agents, patience), func(b *testing.B) {
				calls := staffing.Traffic{PerHour: 14 * float64(agents), Handling: 4 * time.Minute, Patience: patience}
				b.ReportAllocs()
				for b.Loop() {
					if _, err := staffing.Expect(calls, agents, 20*time.Second); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkNeeded searches the agents for a target.
func BenchmarkNeeded(b *testing.B) {
	for _, perHour := range []float64{57, 700, 28_000} {
		for _, patience := range []time.Duration{0, 2 * time.Minute} {
			b.Run(fmt.Sprintf("calls=%g/patience=%s", perHour, patience), func(b *testing.B) {
				calls := staffing.Traffic{PerHour: perHour, Handling: 4 * time.Minute, Patience: patience}
				for b.Loop() {
					if _, err := staffing.Needed(calls, eighty20); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkAdvise is what the board asks every few seconds.
func BenchmarkAdvise(b *testing.B) {
	m := halfHour(42, 4*time.Minute)
	m.Abandoned, m.Waited = 6, 20*time.Minute
	for b.Loop() {
		if _, err := province().Advise(m, 6); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlan is a week of 168 hours.
func BenchmarkPlan(b *testing.B) {
	past := staffing.History{}
	for i := range 168 {
		past[staffing.Slot{Day: time.Weekday(i / 24), Hour: i % 24}] = []int{i, i + 3, i + 5, i + 1}
	}
	for b.Loop() {
		if _, err := province().Plan(past, threeShifts()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTable is the capacity table of a shift.
func BenchmarkTable(b *testing.B) {
	handling := []time.Duration{3 * time.Minute, 4 * time.Minute, 5 * time.Minute}
	for b.Loop() {
		if _, err := staffing.Table(handling, []int{6, 5, 4}, staffing.Targets()); err != nil {
			b.Fatal(err)
		}
	}
}
