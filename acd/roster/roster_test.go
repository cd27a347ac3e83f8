package roster_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// shifts are the ones that the hotline is shipped with.
func shifts() []roster.Shift {
	return []roster.Shift{
		{Key: "morning", Vi: "Ca sáng", En: "Morning", From: 6 * time.Hour, To: 14 * time.Hour, Seats: 6},
		{Key: "afternoon", Vi: "Ca chiều", En: "Afternoon", From: 14 * time.Hour, To: 22 * time.Hour, Seats: 6},
		{Key: "night", Vi: "Ca đêm", En: "Night", From: 22 * time.Hour, To: 6 * time.Hour, Seats: 6},
	}
}

func zone(t require.TestingT) *time.Location {
	z, err := time.LoadLocation(roster.Zone)
	require.NoError(t, err)
	return z
}

func at(t require.TestingT, s string) time.Time {
	when, err := time.ParseInLocation("2006-01-02 15:04:05", s, zone(t))
	require.NoError(t, err)
	return when.UTC()
}

func TestCurrent(t *testing.T) {
	t.Parallel()
	r := roster.New(shifts(), zone(t), nil)
	for when, want := range map[string][2]string{
		"2026-11-24 06:00:00": {"morning", "2026-11-24"},
		"2026-11-24 13:59:59": {"morning", "2026-11-24"},
		"2026-11-24 14:00:00": {"afternoon", "2026-11-24"},
		"2026-11-24 22:00:00": {"night", "2026-11-24"},
		"2026-11-24 23:59:59": {"night", "2026-11-24"},
		"2026-11-25 00:00:00": {"night", "2026-11-24"}, // still the 24th's night
		"2026-11-25 05:59:59": {"night", "2026-11-24"},
		"2027-01-01 03:00:00": {"night", "2026-12-31"},
	} {
		shift, date := r.Current(at(t, when))
		require.Equal(t, want, [2]string{shift.Key, date}, when)
	}
	shift, date := roster.New(nil, zone(t), nil).Current(at(t, "2026-11-24 10:00:00"))
	require.Equal(t, roster.Shift{}, shift)
	require.Equal(t, "2026-11-24", date)
}

func TestWhoIsOn(t *testing.T) {
	t.Parallel()
	r := roster.New(shifts(), zone(t), []call.AgentID{"supervisor"})
	r.SetWeekly([]roster.Weekly{
		{Weekday: time.Tuesday, Shift: "night", Agent: "lan"},
		{Weekday: time.Tuesday, Shift: "night", Agent: "hoa"},
		{Weekday: time.Tuesday, Shift: "night", Agent: "hoa"}, // named twice
		{Weekday: time.Wednesday, Shift: "night", Agent: "minh"},
		{Weekday: time.Wednesday, Shift: "morning", Agent: "minh"},
	})
	r.SetPlan([]roster.Assignment{{Date: "2026-11-25", Shift: "night", Agent: "tuan"}})

	tuesdayNight := at(t, "2026-11-25 02:00:00") // of Wednesday by the calendar
	require.Equal(t, []call.AgentID{"lan", "hoa"}, r.Planned(tuesdayNight))
	require.True(t, r.OnShift(tuesdayNight, "lan"))
	require.False(t, r.OnShift(tuesdayNight, "minh"))
	require.True(t, r.OnShift(tuesdayNight, "supervisor"))
	require.Equal(t, "night", r.ShiftOf(tuesdayNight, "lan"))
	require.Empty(t, r.ShiftOf(tuesdayNight, "supervisor"), "may work, but is not planned")
	require.Equal(t, 1, r.Present(tuesdayNight, func(a call.AgentID) bool { return a == "hoa" || a == "minh" }))

	require.Equal(t, []call.AgentID{"minh"}, r.Planned(at(t, "2026-11-25 06:00:00")), "the shift has changed")
	require.Equal(t, []call.AgentID{"tuan"}, r.Planned(at(t, "2026-11-25 22:00:00")), "a date's plan replaces the weekly one")
	require.Equal(t, []call.AgentID{"minh"}, r.Planned(at(t, "2026-12-02 22:00:00")), "for that date only")
	require.Empty(t, r.Planned(at(t, "2026-11-25 15:00:00")))

	r.SetPlan(nil)
	require.True(t, r.OnShift(at(t, "2026-11-25 22:00:00"), "minh"))
	require.Empty(t, roster.New(nil, zone(t), nil).Planned(tuesdayNight))
}

func TestNextChange(t *testing.T) {
	t.Parallel()
	r := roster.New(shifts(), zone(t), nil)
	for when, want := range map[string]string{
		"2026-11-24 00:00:00": "2026-11-24 06:00:00",
		"2026-11-24 05:59:59": "2026-11-24 06:00:00",
		"2026-11-24 06:00:00": "2026-11-24 14:00:00",
		"2026-11-24 22:30:00": "2026-11-25 06:00:00",
	} {
		next, ok := r.NextChange(at(t, when))
		require.True(t, ok)
		require.Equal(t, at(t, want), next.UTC(), when)
	}
	_, ok := roster.New(nil, zone(t), nil).NextChange(time.Now())
	require.False(t, ok)
	split := roster.New([]roster.Shift{{Key: "late", From: 20 * time.Hour, To: 24 * time.Hour}}, zone(t), nil)
	next, _ := split.NextChange(at(t, "2026-11-24 21:00:00"))
	require.Equal(t, at(t, "2026-11-25 00:00:00"), next.UTC())
}

// TestEveryMomentHasOneShift: however a day is cut, one shift runs at any moment,
// and it is the same until the next change.
func TestEveryMomentHasOneShift(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cuts := rapid.SliceOfNDistinct(rapid.IntRange(0, 24*60-1), 1, 6, rapid.ID).Draw(t, "cuts")
		slices.Sort(cuts)
		var parts []roster.Shift
		for i, cut := range cuts {
			parts = append(parts, roster.Shift{
				Key: string(rune('a' + i)), Seats: 1,
				From: time.Duration(cut) * time.Minute, To: time.Duration(cuts[(i+1)%len(cuts)]) * time.Minute,
			})
		}
		require.NoError(t, roster.Check(parts))
		r := roster.New(parts, zone(t), nil)
		now := at(t, "2026-11-24 00:00:00").Add(time.Duration(rapid.IntRange(0, 3*86400).Draw(t, "second")) * time.Second)
		shift, date := r.Current(now)
		require.NotEmpty(t, shift.Key)
		next, _ := r.NextChange(now)
		require.True(t, next.After(now))
		require.LessOrEqual(t, next.Sub(now), shift.Length())
		before, same := r.Current(next.Add(-time.Nanosecond))
		require.Equal(t, shift, before)
		require.Equal(t, date, same)
		began, _ := time.ParseInLocation(time.DateOnly, date, zone(t))
		require.False(t, began.Add(shift.From).After(now))
	})
}

func TestCheck(t *testing.T) {
	t.Parallel()
	require.NoError(t, roster.Check(shifts()))
	for want, spoil := range map[string]func([]roster.Shift){
		"no key":           func(s []roster.Shift) { s[0].Key = "" },
		"two shifts have":  func(s []roster.Shift) { s[0].Key = "night" },
		"outside of a day": func(s []roster.Shift) { s[0].To = 25 * time.Hour },
		"no seat":          func(s []roster.Shift) { s[1].Seats = 0 },
		"overlap":          func(s []roster.Shift) { s[1].From = 13 * time.Hour },
		"cover 23h0m0s":    func(s []roster.Shift) { s[1].From = 15 * time.Hour },
	} {
		broken := shifts()
		spoil(broken)
		require.ErrorContains(t, roster.Check(broken), want)
	}
	require.Error(t, roster.Check(nil))
}
