package roster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
)

func TestLeave(t *testing.T) {
	t.Parallel()
	asked := roster.Leave{ID: "l1", Agent: "a01", From: on(1), To: on(2), Kind: roster.AnnualLeave, State: roster.LeaveAsked}
	for name, c := range map[string]struct {
		step roster.LeaveStep
		by   roster.Actor
		want roster.LeaveState
		err  error
	}{
		"approved":          {roster.ApproveLeave, lead("boss"), roster.LeaveApproved, nil},
		"refused":           {roster.RefuseLeave, lead("boss"), roster.LeaveRefused, nil},
		"withdrawn":         {roster.WithdrawLeave, self("a01"), roster.LeaveWithdrawn, nil},
		"withdrawn by lead": {roster.WithdrawLeave, lead("boss"), roster.LeaveWithdrawn, nil},
		"not by others":     {roster.WithdrawLeave, self("a02"), roster.LeaveAsked, roster.ErrNotYours},
		"not by an agent":   {roster.ApproveLeave, self("a02"), roster.LeaveAsked, roster.ErrNotALead},
		"not one's own":     {roster.ApproveLeave, lead("a01"), roster.LeaveAsked, roster.ErrOwnRequest},
	} {
		l, err := asked.Take(c.step, c.by)
		require.ErrorIs(t, err, c.err, name)
		require.Equal(t, c.want, l.State, name)
		if c.err == nil {
			require.Equal(t, c.by.Agent, l.By)
		}
	}
	approved, err := asked.Take(roster.ApproveLeave, lead("boss"))
	require.NoError(t, err)
	_, err = approved.Take(roster.ApproveLeave, lead("boss"))
	require.ErrorIs(t, err, roster.ErrNotNow)
	back, err := approved.Take(roster.WithdrawLeave, self("a01"))
	require.NoError(t, err)
	for _, step := range []roster.LeaveStep{roster.ApproveLeave, roster.RefuseLeave, roster.WithdrawLeave} {
		_, err = back.Take(step, lead("boss"))
		require.ErrorIs(t, err, roster.ErrNotNow, "what has ended stays so")
	}
}

// TestStruck: before a leave is approved, it is seen for what a substitute is needed.
func TestStruck(t *testing.T) {
	t.Parallel()
	l := roster.Leave{Agent: "a01", From: on(1), To: on(2), State: roster.LeaveAsked}
	stays := join(put(on(0), "night", "a01"), put(on(1), "morning", "a02"), put(on(3), "morning", "a01"))
	goes := join(put(on(1), "night", "a01"), put(on(2), "night", "a01"))
	kept, struck := l.Struck(join(goes, stays))
	require.Equal(t, stays, kept)
	require.Equal(t, goes, struck)
}

func TestSubstitutes(t *testing.T) {
	t.Parallel()
	terms := office()
	terms.Staff[6].OnCall = true
	plan := join(
		put(on(2), "morning", "a01"),                                      // rests 8 h before the night
		daily("a06", "afternoon", -4, 6), daily("a07", "afternoon", 0, 2), // a full week; two days
		daily("a08", "afternoon", 0, 2), put(on(2), "night", "a03"), // two days; on it already
		put(on(1), "night", "a05"), put("2026-11-01", "night", "a05", "a08"), // night before; long ago
	)
	list := terms.Substitutes(plan, slot(2, "night"))
	var agents []string
	for _, s := range list {
		agents = append(agents, string(s.Agent))
	}
	require.Equal(t, []string{"a05", "a07", "a08", "a06", "a01"}, agents,
		"fewest hours, the willing first; then who is tired. Not who is on leave, never works nights or is there")
	for i, want := range [][]roster.ProblemKind{nil, nil, nil, {roster.TooLongAWeek, roster.NoDayOff}, {roster.TooLittleRest, roster.TooLongADay}} {
		require.Equal(t, want, kinds(list[i].Problems), list[i].Agent)
	}
	require.Equal(t, 16*hour, list[0].Week)
	require.Equal(t, 16*hour, list[0].Rest)
	require.Equal(t, 24*hour, list[1].Rest)
	require.True(t, list[1].OnCall)
	require.Nil(t, terms.Substitutes(plan, slot(2, "noon")))

	empty := terms.Substitutes(nil, slot(2, "night"))
	require.Equal(t, 7*24*hour, empty[0].Rest)
}
