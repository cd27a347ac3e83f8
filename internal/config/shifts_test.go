package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/config"
)

func TestShippedShifts(t *testing.T) {
	t.Parallel()
	c, err := config.Load("../../configs")
	require.NoError(t, err)
	require.Equal(t, roster.Shift{
		Key: "night", Vi: "Ca đêm", En: "Night", From: 22 * time.Hour, To: 6 * time.Hour, Seats: 6, Minimum: 3,
	}, c.Shifts[2])
	require.Equal(t, roster.Relief{Early: 15 * time.Minute, Late: 30 * time.Minute}, c.Roster.Relief)
	require.Equal(t, roster.Patience{Seat: 5 * time.Minute, Minimum: time.Minute}, c.Roster.Patience)
	require.Equal(t, 14, c.Roster.Ahead)
	require.NoError(t, roster.Terms{Shifts: c.Shifts, Rules: c.Roster.Rules, Holidays: c.Roster.Holidays}.Check())
	require.Equal(t, roster.Holiday{Date: "2027-01-01", Vi: "Tết Dương lịch", En: "New Year's Day"}, c.Roster.Holidays[0])

	agents, began := 0, map[string]int{}
	for _, s := range c.Staff {
		if s.Role == auth.Agent {
			agents++
			began[s.Shift]++
		}
	}
	require.Equal(t, roster.PeopleNeeded(c.Shifts, c.Roster.Rules), agents, "the demo's staff fills every seat")
	require.Equal(t, map[string]int{"morning": 6, "afternoon": 6, "night": 6, "": 3}, began)
}

// shiftsFile is the configuration with other shifts.
func shiftsFile(t *testing.T, text string) (*config.Config, error) {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shifts.yaml"), []byte(text), 0o600))
	return config.Load(dir)
}

const threeShifts = `shifts:
  morning: {vi: Sáng, en: Morning, from: "06:00", to: "14:00"}
  afternoon: {vi: Chiều, en: Afternoon, from: "14:00", to: "22:00"}
  night: {vi: Đêm, en: Night, from: "22:00", to: "06:00"}
`

func TestShiftsWithNothingElseAreTheLaws(t *testing.T) {
	t.Parallel()
	c, err := shiftsFile(t, threeShifts)
	require.NoError(t, err)
	shipped, err := config.Load("../../configs")
	require.NoError(t, err)
	shipped.Roster.Holidays = nil
	require.Equal(t, shipped.Roster, c.Roster)
	require.Equal(t, 3, c.Shifts[0].LeastSeats())
	require.False(t, c.Roster.Guard)
	c, err = shiftsFile(t, threeShifts+"minimum_guard: ask\n")
	require.NoError(t, err)
	require.True(t, c.Roster.Guard)
}

func TestFaultsOfShiftsAreToldWhereTheyStand(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"minimum above the seats": {strings.Replace(threeShifts, `"14:00"}`, `"14:00", seats: 4, minimum: 5}`, 1),
			`shifts.yaml:2: "minimum" in shift morning is "5"; write a whole number from 1 to 4`},
		"overlap of the right length": {strings.Replace(threeShifts, `from: "14:00", to: "22:00"`, `from: "13:00", to: "21:00"`, 1),
			`shifts.yaml:1: shifts "morning" and "afternoon" overlap; let one end where the other begins`},
		"relief without unit": {threeShifts + "relief: {early: 15}\n", `shifts.yaml:5: "early" in relief is "15"; write a time from 0s to 2h0m0s`},
		"impatient":           {threeShifts + "alarms: {seat_empty: 3h}\n", `shifts.yaml:5: "seat_empty" in alarms is "3h"; write a time`},
		"no day off":          {threeShifts + "rules:\n  days_in_a_row: 7\n", `shifts.yaml:6: "days_in_a_row" in rules is "7"; write a whole number from 1 to 6`},
		"no rest":             {threeShifts + "rules: {rest: 0s}\n", `shifts.yaml:5: "rest" in rules is "0s"; write a time from 1h0m0s`},
		"unknown rule":        {threeShifts + "rules: {rests: 12h}\n", `shifts.yaml:5: unknown key "rests" in rules; did you mean "rest"?`},
		"no date":             {threeShifts + "holidays:\n  tet: {vi: Tết, en: Tết}\n", `shifts.yaml:6: the holiday "tet" is no date; write it in quotes`},
		"no name":             {threeShifts + "holidays:\n  \"2027-02-06\": {vi: Tết}\n", `shifts.yaml:6: 2027-02-06 has no "en"; add it`},
		"seats of no shift": {threeShifts + "holidays:\n  \"2027-02-06\":\n    vi: Tết\n    en: Tết\n    seats: {noon: 3}\n",
			`shifts.yaml:9: holiday 2027-02-06 gives seats to the shift "noon", which is not above; write one that is`},
		"no seat": {threeShifts + "holidays:\n  \"2027-02-06\":\n    vi: Tết\n    en: Tết\n    seats: {night: 0}\n",
			`shifts.yaml:9: "night" in the seats of holiday 2027-02-06 is "0"; write a whole number from 1 to 1000`},
		"a holiday twice": {threeShifts + "holidays:\n  \"2027-02-06\": {vi: a, en: b}\n  \"2027-02-06\": {vi: a, en: b}\n",
			`shifts.yaml:7: "2027-02-06" stands twice in holidays, first in line 6`},
		"a guard of its own": {threeShifts + "minimum_guard: maybe\n", `shifts.yaml:5: minimum_guard is "maybe"; write tell or ask`},
		"plans for ever":     {threeShifts + "plan_ahead_days: 365\n", `shifts.yaml:5: "plan_ahead_days" in the file is "365"; write a whole number from 1 to 92`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := shiftsFile(t, tt.text)
			require.ErrorContains(t, err, tt.want)
		})
	}
}
