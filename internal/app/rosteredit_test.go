package app

import (
	"errors"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/web"
)

// broken are the rules that an error names.
func broken(err error) []roster.ProblemKind {
	var rules *roster.RuleError
	var kinds []roster.ProblemKind
	if errors.As(err, &rules) {
		for _, p := range rules.Problems {
			kinds = append(kinds, p.Kind)
		}
	}
	return kinds
}

func (o *office) editing() {
	t := o.t
	ctx := t.Context()
	o.open(monday)
	morning, noon := o.on("2026-11-24", "morning"), o.on("2026-11-24", "afternoon")
	extra := put("2026-11-24", "morning", noon[0])

	_, err := o.s.Assign(ctx, extra, "thu.nguyen", false)
	require.Contains(t, broken(err), roster.NoSeatLeft)
	require.Contains(t, broken(err), roster.TooLittleRest)
	require.Len(t, o.on("2026-11-24", "morning"), 6)
	overridden, err := o.s.Assign(ctx, extra, "thu.nguyen", true)
	require.NoError(t, err)
	require.NotEmpty(t, overridden)
	p := o.plan("2026-11-24", 1)
	require.True(t, slices.Contains(p.Assignments, web.PlannedShift{Assignment: extra, Forced: true}))
	require.NotEmpty(t, p.Problems)
	overridden, err = o.s.Assign(ctx, extra, "thu.nguyen", false)
	require.NoError(t, err, "is there already")
	require.Empty(t, overridden)

	changes, err := o.s.PlanChanges(ctx, 0, 10)
	require.NoError(t, err)
	require.Len(t, changes, 1)
	require.Equal(t, [3]any{call.AgentID("thu.nguyen"), "assigned", extra}, [3]any{changes[0].By, changes[0].Kind, changes[0].What})
	require.Contains(t, changes[0].Overridden[0].Vi, "Ca sáng")

	// Down to the minimum of three, and not below without force.
	for _, agent := range morning[:4] {
		_, err = o.s.Unassign(ctx, put("2026-11-24", "morning", agent), "thu.nguyen", false)
		require.NoError(t, err)
	}
	_, err = o.s.Unassign(ctx, put("2026-11-24", "morning", morning[4]), "thu.nguyen", false)
	require.Equal(t, []roster.ProblemKind{belowMinimum}, broken(err))
	require.ErrorContains(t, err, "2 people are left, and the minimum is 3. Morning on Tue 24 Nov 2026: 4 of 6 people missing.")
	overridden, err = o.s.Unassign(ctx, put("2026-11-24", "morning", morning[4]), "thu.nguyen", true)
	require.NoError(t, err)
	require.Len(t, overridden, 1)
	_, err = o.s.Unassign(ctx, put("2026-11-24", "morning", morning[4]), "thu.nguyen", true)
	require.ErrorIs(t, err, web.ErrNotFound)

	// Somebody for the empty seats: those first whom no rule keeps from it.
	list, err := o.s.Substitutes(ctx, slot("2026-11-24", "morning"))
	require.NoError(t, err)
	require.Empty(t, list[0].Problems)
	_, err = o.s.Assign(ctx, put("2026-11-24", "morning", list[0].Agent), "thu.nguyen", false)
	require.NoError(t, err)
	_, err = o.s.Substitutes(ctx, slot("2026-11-24", "noon"))
	require.ErrorIs(t, err, web.ErrNotFound)

	// Who is called in to the shift that runs may take calls at once.
	helper := o.on("2026-11-23", "night")[0]
	require.False(t, o.s.roster.OnShift(o.s.now(), helper))
	_, err = o.s.Assign(ctx, put("2026-11-23", "morning", helper), "thu.nguyen", true)
	require.NoError(t, err)
	require.True(t, o.s.roster.OnShift(o.s.now(), helper))

	// To another seat in one step; who may not go there stays where they are.
	mover := o.on("2026-11-26", "morning")[0]
	from, to := slot("2026-11-26", "morning"), slot("2026-11-26", "night")
	_, err = o.s.Move(ctx, mover, from, to, "thu.nguyen", false)
	require.Contains(t, broken(err), roster.NoSeatLeft)
	require.Contains(t, o.on("2026-11-26", "morning"), mover)
	require.NotContains(t, o.on("2026-11-26", "night"), mover)
	overridden, err = o.s.Move(ctx, mover, from, to, "thu.nguyen", true)
	require.NoError(t, err)
	require.NotEmpty(t, overridden)
	require.NotContains(t, o.on("2026-11-26", "morning"), mover)
	require.Contains(t, o.on("2026-11-26", "night"), mover)
	_, err = o.s.Move(ctx, mover, from, to, "thu.nguyen", true)
	require.ErrorIs(t, err, roster.ErrNotPlanned)
	changes, err = o.s.PlanChanges(ctx, 0, 2)
	require.NoError(t, err)
	require.Equal(t, [2]string{"assigned", "unassigned"}, [2]string{changes[0].Kind, changes[1].Kind})
	_, err = o.s.Move(ctx, helper, slot("2026-11-22", "night"), to, "thu.nguyen", true)
	require.ErrorIs(t, err, web.ErrShiftOver)

	_, err = o.s.Assign(ctx, put("2026-11-22", "night", helper), "thu.nguyen", true)
	require.ErrorIs(t, err, web.ErrShiftOver)
	for _, nothing := range []roster.Assignment{put("2026-11-24", "noon", helper), put("2026-11-24", "night", "nobody")} {
		_, err = o.s.Assign(ctx, nothing, "thu.nguyen", true)
		require.ErrorIs(t, err, web.ErrNotFound)
	}
}

func (o *office) planningAnew() {
	t := o.t
	ctx := t.Context()
	o.open(monday)
	before := o.plan("2026-11-24", 14)
	hole := before.Assignments[40]
	_, err := o.s.Unassign(ctx, hole.Assignment, "thu.nguyen", false)
	require.NoError(t, err)

	// What is there stays, and the hole is filled; a dry run fills nothing.
	g := web.Generation{From: "2026-11-24", Days: 14, Keep: true}
	made, err := o.s.Generate(ctx, g, "thu.nguyen")
	require.NoError(t, err)
	require.Len(t, made.Added, 1)
	require.Empty(t, made.Removed)
	require.Equal(t, hole.Slot(), made.Added[0].Slot())
	require.Len(t, o.plan("2026-11-24", 14).Gaps, 1)
	g.Apply = true
	again, err := o.s.Generate(ctx, g, "thu.nguyen")
	require.NoError(t, err)
	require.Equal(t, made, again, "the same terms give the same plan")
	require.Empty(t, o.plan("2026-11-24", 14).Gaps)

	// One person less: 21 people needed, 20 there. Planned anew it is still within the rules.
	require.NoError(t, o.s.SaveMember(ctx, roster.Member{Agent: "lan.nguyen", Never: []string{"morning", "afternoon", "night"}}, "thu.nguyen"))
	made, err = o.s.Generate(ctx, web.Generation{From: "2026-11-30", Days: 28, Apply: true}, "thu.nguyen")
	require.NoError(t, err)
	require.Equal(t, [2]int{21, 22}, [2]int{made.Shortfall.Staff, made.Shortfall.Needed})
	require.Contains(t, made.Shortfall.Vi, "Cần 22 người, hiện có 21")
	p := o.plan("2026-11-30", 28)
	require.Equal(t, "2026-12-27", p.Until)
	require.Len(t, p.Gaps, len(made.Shortfall.Gaps))
	require.Empty(t, p.Problems)
	for _, a := range p.Assignments {
		require.NotEqual(t, call.AgentID("lan.nguyen"), a.Agent)
	}

	// Dates that have begun are no matter of plans; what is kept must keep the rules.
	_, err = o.s.Generate(ctx, web.Generation{From: "2026-11-23", Days: 7}, "thu.nguyen")
	require.ErrorIs(t, err, web.ErrTooSoon)
	_, err = o.s.Generate(ctx, web.Generation{From: "2026-11-24", Days: 7, Keep: true}, "thu.nguyen")
	require.Contains(t, broken(err), roster.NeverTheirs)

	members, err := o.s.Members(ctx)
	require.NoError(t, err)
	require.Len(t, members, 21)
	require.ErrorIs(t, o.s.SaveMember(ctx, roster.Member{Agent: "thu.nguyen"}, "thu.nguyen"), web.ErrNotFound, "no agent")
	require.ErrorIs(t, o.s.SaveMember(ctx, roster.Member{Agent: "lan.nguyen", Never: []string{"noon"}}, "thu.nguyen"), web.ErrNoShift)
}

func (o *office) leaves() {
	t := o.t
	ctx := t.Context()
	o.open(monday)
	agent := o.on("2026-11-23", "morning")[0]
	planned := func(from string, days int) (list []roster.Slot) {
		for _, a := range o.plan(from, days).Assignments {
			if a.Agent == agent {
				list = append(list, a.Slot())
			}
		}
		return list
	}
	would := planned("2026-11-24", 3)
	asked, err := o.s.AskLeave(ctx, roster.Leave{Agent: agent, From: "2026-11-23", To: "2026-11-26", Kind: roster.AnnualLeave, Reason: "về quê", By: agent})
	require.NoError(t, err)
	require.Equal(t, would, asked.Struck, "the shift that runs is not taken away")
	_, err = o.s.AskLeave(ctx, roster.Leave{Agent: agent, From: "2026-11-26", To: "2026-11-27", Kind: roster.SickLeave, By: agent})
	require.ErrorIs(t, err, web.ErrAlreadyAsked)
	_, err = o.s.AskLeave(ctx, roster.Leave{Agent: "nobody", From: "2026-11-26", To: "2026-11-27", Kind: roster.SickLeave, By: "thu.nguyen"})
	require.ErrorIs(t, err, web.ErrNotFound)
	list, err := o.s.Leaves(ctx, "2026-11-26", "2026-12-31")
	require.NoError(t, err)
	require.Equal(t, []web.Leave{asked}, list)

	_, err = o.s.TakeLeave(ctx, asked.ID, roster.ApproveLeave, self(agent))
	require.ErrorIs(t, err, roster.ErrNotALead)
	approved, err := o.s.TakeLeave(ctx, asked.ID, roster.ApproveLeave, lead())
	require.NoError(t, err)
	require.Equal(t, would, approved.Struck)
	require.Empty(t, planned("2026-11-24", 3))
	require.Len(t, planned("2026-11-23", 1), 1)
	changes, err := o.s.PlanChanges(ctx, 0, 10)
	require.NoError(t, err)
	require.Len(t, changes, len(would))
	require.Equal(t, "leave", changes[0].Kind)

	// They cannot be put back while the leave lasts.
	_, err = o.s.Assign(ctx, put("2026-11-25", "night", agent), "thu.nguyen", false)
	require.Contains(t, broken(err), roster.OnLeave)
	_, err = o.s.TakeLeave(ctx, asked.ID, roster.RefuseLeave, lead())
	require.ErrorIs(t, err, roster.ErrNotNow)
	gone, err := o.s.TakeLeave(ctx, asked.ID, roster.WithdrawLeave, self(agent))
	require.NoError(t, err)
	require.Equal(t, roster.LeaveWithdrawn, gone.State)
	_, err = o.s.TakeLeave(ctx, "l0", roster.ApproveLeave, lead())
	require.ErrorIs(t, err, web.ErrNotFound)
	_, err = o.s.AskLeave(ctx, roster.Leave{Agent: agent, From: "2026-11-26", To: "2026-11-27", Kind: roster.SickLeave, By: agent})
	require.NoError(t, err, "one that is withdrawn is in nobody's way")
}

func (o *office) swaps() {
	t := o.t
	ctx := t.Context()
	o.open(monday)
	// Two who have the same day off: the one who works the night gives it to the other
	// for the other's.
	from := o.on("2026-11-26", "night")[0]
	give := slot("2026-11-26", "night")
	partners, err := o.s.Partners(ctx, from, give)
	require.NoError(t, err)
	require.NotEmpty(t, partners)
	i := slices.IndexFunc(partners, func(p web.Partner) bool { return len(p.Take) > 0 })
	require.GreaterOrEqual(t, i, 0, "somebody of the same pattern")
	to, take := partners[i].Agent, partners[i].Take[0]
	_, err = o.s.Partners(ctx, from, slot("2026-11-26", "morning"))
	require.ErrorIs(t, err, web.ErrNotFound, "is not theirs")

	asked, err := o.s.ProposeSwap(ctx, roster.Swap{From: from, To: to, Give: give, Take: take, Reason: "con ốm"})
	require.NoError(t, err)
	require.Equal(t, roster.SwapProposed, asked.State)
	_, err = o.s.TakeSwap(ctx, asked.ID, roster.ApproveSwap, lead())
	require.ErrorIs(t, err, roster.ErrNotNow)
	_, err = o.s.TakeSwap(ctx, asked.ID, roster.AcceptSwap, self(from))
	require.ErrorIs(t, err, roster.ErrNotYours)
	_, err = o.s.TakeSwap(ctx, asked.ID, roster.AcceptSwap, self(to))
	require.NoError(t, err)
	done, err := o.s.TakeSwap(ctx, asked.ID, roster.ApproveSwap, lead())
	require.NoError(t, err)
	list, err := o.s.Swaps(ctx, o.s.now().Add(-time.Hour))
	require.NoError(t, err)
	require.Equal(t, []web.Swap{done}, list)
	require.Contains(t, o.on(give.Date, give.Shift), to)
	require.NotContains(t, o.on(give.Date, give.Shift), from)
	require.Contains(t, o.on(take.Date, take.Shift), from)
	p := o.plan("2026-11-24", 14)
	require.Empty(t, p.Problems)
	require.Empty(t, p.Gaps)
	changes, err := o.s.PlanChanges(ctx, 0, 10)
	require.NoError(t, err)
	require.Len(t, changes, 2)
	require.Equal(t, "swapped", changes[0].Kind)

	// One that would break rules is not even proposed.
	busy := o.on("2026-11-27", "morning")[0]
	_, err = o.s.ProposeSwap(ctx, roster.Swap{From: o.on("2026-11-26", "night")[0], To: busy, Give: give})
	require.NotEmpty(t, broken(err))
	for _, nothing := range []roster.Swap{{From: from, To: "nobody", Give: give}, {From: from, To: to, Give: slot("2026-11-26", "noon")}, {From: from, To: to, Give: give, Take: slot("2026-11-26", "noon")}} {
		_, err = o.s.ProposeSwap(ctx, nothing)
		require.ErrorIs(t, err, web.ErrNotFound)
	}
	_, err = o.s.TakeSwap(ctx, "s0", roster.AcceptSwap, self(to))
	require.ErrorIs(t, err, web.ErrNotFound)
}
