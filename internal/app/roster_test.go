package app

import (
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// The demo's 21 fill every seat by the rules, those of the running shift first, and the
// plan grows by a day each day.
func (o *office) thePlanIsMadeAhead() {
	t := o.t
	o.open(monday)
	p := o.plan("2026-11-22", 16)
	require.Empty(t, p.Gaps)
	require.Empty(t, p.Problems)
	require.Len(t, p.Assignments, 16*18)
	require.Equal(t, "2026-12-07", p.Until)
	require.Equal(t, 21, p.Needed)
	require.Len(t, p.Terms.Staff, 21)
	require.Contains(t, o.on("2026-11-22", "morning"), call.AgentID("lan.nguyen"), "where they come from")
	require.Len(t, o.s.roster.Planned(o.s.now()), 6)
	require.True(t, o.s.roster.OnShift(o.s.now(), "thu.nguyen"), "supervisors always")
	require.Empty(t, o.log.String())

	before := o.plan("2026-11-22", 16).Assignments
	require.Equal(t, time.Date(2026, 11, 24, 0, 0, 16, 0, zone()), o.look("2026-11-24 00:00:01"))
	require.Equal(t, before, o.plan("2026-11-22", 16).Assignments, "what is planned stays")
	p = o.plan("2026-11-22", 17)
	require.Equal(t, "2026-12-08", p.Until)
	require.Empty(t, p.Gaps)
	require.Empty(t, p.Problems)

	// A start in the middle of it changes nothing; one after weeks makes up for them.
	o.open("2026-11-24 09:00:00")
	require.Equal(t, p.Assignments, o.plan("2026-11-22", 17).Assignments)
	o.open("2026-12-30 01:00:00")
	require.Len(t, o.s.roster.Planned(o.s.now()), 6, "the night of the day before runs")
	p = o.plan("2026-12-29", 16)
	require.Empty(t, p.Gaps)
	require.Empty(t, p.Problems)
	require.Equal(t, "2027-01-13", p.Until)
}

// One shift around the clock is against the law, and none is planned: everybody has the
// shift of their line in staff-demo.yaml.
func (o *office) shiftsNobodyMayWork() {
	o.conf.Shifts = []roster.Shift{{Key: "day", To: 24 * time.Hour, Seats: 6}}
	for i := range o.conf.Staff {
		if o.conf.Staff[i].Shift != "" {
			o.conf.Staff[i].Shift = "day"
		}
	}
	o.open(monday)
	require.Len(o.t, o.s.roster.Planned(o.s.now()), 18)
	p := o.plan("2026-11-23", 15)
	require.Len(o.t, p.Assignments, 15*18)
	require.Zero(o.t, p.Needed)
}

// Whoever renames shifts has a plan for the new ones at once.
func (o *office) shiftsWithOtherNames() {
	o.open(monday)
	for i, key := range []string{"sang", "chieu", "dem"} {
		o.conf.Shifts[i].Key = key
	}
	o.open("2026-11-25 08:00:00")
	p := o.plan("2026-11-25", 15)
	require.Empty(o.t, p.Gaps)
	require.Len(o.t, p.Assignments, 15*18)
	require.Len(o.t, o.s.roster.Planned(o.s.now()), 6)
}

func (o *office) tooFewPeople() {
	for i := range o.conf.Shifts {
		o.conf.Shifts[i].Seats = 7
	}
	o.open(monday)
	require.Contains(o.t, o.log.String(), "the plan lacks people")
	require.Contains(o.t, o.log.String(), "people needed, 21 there")
	p := o.plan("2026-11-23", 14)
	require.NotEmpty(o.t, p.Gaps)
	require.Equal(o.t, 25, p.Needed)
	require.Empty(o.t, p.Problems)
}

// What somebody forced onto a day that is not planned yet keeps it from being planned,
// and is told; the next day is tried again.
func (o *office) aBrokenPlanIsNotMadeOn() {
	t := o.t
	o.open(monday)
	_, err := o.s.Assign(t.Context(), put("2026-12-08", "morning", "lan.nguyen"), "thu.nguyen", true)
	require.NoError(t, err)
	_, err = o.s.Assign(t.Context(), put("2026-12-08", "afternoon", "lan.nguyen"), "thu.nguyen", true)
	require.NoError(t, err)
	o.look("2026-11-24 00:00:01")
	require.Contains(t, o.log.String(), "the plan is not made further ahead")
	require.Equal(t, "2026-12-07", o.plan("2026-11-24", 1).Until)
	_, err = o.s.Unassign(t.Context(), put("2026-12-08", "afternoon", "lan.nguyen"), "thu.nguyen", true)
	require.NoError(t, err)
	o.look("2026-11-25 00:00:01")
	require.Equal(t, "2026-12-09", o.plan("2026-11-25", 1).Until)
}
