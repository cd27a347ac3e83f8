package roster_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

func lead(agent call.AgentID) roster.Actor { return roster.Actor{Agent: agent, Lead: true} }

func self(agent call.AgentID) roster.Actor { return roster.Actor{Agent: agent} }

func slot(day int, shift string) roster.Slot { return roster.Slot{Date: on(day), Shift: shift} }

// swapping is an office where a01 has a morning and a06 an afternoon of the same day.
func swapping() (roster.Terms, []roster.Assignment, roster.Swap) {
	plan := join(put(on(3), "morning", "a01", "a07"), put(on(3), "afternoon", "a06", "a08"))
	return office(), plan, roster.Swap{ID: "s1", From: "a01", To: "a06", Give: slot(3, "morning"), Take: slot(3, "afternoon")}
}

func TestSwap(t *testing.T) {
	t.Parallel()
	terms, plan, s := swapping()
	now := at(t, on(2)+" 09:00:00")
	s, err := terms.Propose(plan, s, now)
	require.NoError(t, err)
	require.Equal(t, roster.SwapProposed, s.State)

	_, _, err = terms.TakeSwap(plan, s, roster.ApproveSwap, lead("boss"), now)
	require.ErrorIs(t, err, roster.ErrNotNow, "the colleague comes first")
	_, _, err = terms.TakeSwap(plan, s, roster.AcceptSwap, self("a07"), now)
	require.ErrorIs(t, err, roster.ErrNotYours)
	_, _, err = terms.TakeSwap(plan, s, roster.AcceptSwap, self("a01"), now)
	require.ErrorIs(t, err, roster.ErrNotYours, "not who proposed it")

	s, same, err := terms.TakeSwap(plan, s, roster.AcceptSwap, self("a06"), now)
	require.NoError(t, err)
	require.Equal(t, plan, same, "nothing changes before it is approved")
	_, _, err = terms.TakeSwap(plan, s, roster.ApproveSwap, self("a07"), now)
	require.ErrorIs(t, err, roster.ErrNotALead)
	_, _, err = terms.TakeSwap(plan, s, roster.ApproveSwap, lead("a06"), now)
	require.ErrorIs(t, err, roster.ErrOwnRequest)

	s, changed, err := terms.TakeSwap(plan, s, roster.ApproveSwap, lead("boss"), now)
	require.NoError(t, err)
	require.Equal(t, roster.Swap{
		ID: "s1", From: "a01", To: "a06", Give: slot(3, "morning"), Take: slot(3, "afternoon"),
		State: roster.SwapApproved, By: "boss", At: now,
	}, s)
	require.Equal(t, join(put(on(3), "morning", "a06", "a07"), put(on(3), "afternoon", "a01", "a08")), changed)
	require.Equal(t, call.AgentID("a01"), plan[0].Agent, "the plan given stays as it is")
	_, _, err = terms.TakeSwap(changed, s, roster.ApproveSwap, lead("boss"), now)
	require.ErrorIs(t, err, roster.ErrNotNow, "a step that comes twice")
}

// TestSwapIsCheckedAtEachStep: what was right when it was proposed need not be when it
// is accepted or approved.
func TestSwapIsCheckedAtEachStep(t *testing.T) {
	t.Parallel()
	terms, plan, s := swapping()
	now := at(t, on(2)+" 09:00:00")
	s, err := terms.Propose(plan, s, now)
	require.NoError(t, err)

	var broken *roster.RuleError
	late := join(plan, put(on(2), "night", "a06"))
	_, _, err = terms.TakeSwap(late, s, roster.AcceptSwap, self("a06"), now)
	require.ErrorAs(t, err, &broken)
	require.Equal(t, []roster.ProblemKind{roster.TooLittleRest}, kinds(broken.Problems))
	require.ErrorContains(t, err, "drop or swap one of the two")

	accepted, _, err := terms.TakeSwap(plan, s, roster.AcceptSwap, self("a06"), now)
	require.NoError(t, err)
	away := terms
	away.Leaves = []roster.Leave{{Agent: "a01", From: on(3), To: on(3), State: roster.LeaveApproved}}
	_, _, err = away.TakeSwap(plan, accepted, roster.ApproveSwap, lead("boss"), now)
	require.ErrorAs(t, err, &broken)
	require.Equal(t, []roster.ProblemKind{roster.OnLeave}, kinds(broken.Problems))

	_, _, err = terms.TakeSwap(plan[1:], accepted, roster.ApproveSwap, lead("boss"), now)
	require.ErrorIs(t, err, roster.ErrNotPlanned)
	_, _, err = terms.TakeSwap(plan, accepted, roster.ApproveSwap, lead("boss"), at(t, on(3)+" 06:00:00"))
	require.ErrorIs(t, err, roster.ErrBegun)
	_, _, err = terms.TakeSwap(join(plan, put(on(3), "morning", "a06")), accepted, roster.ApproveSwap, lead("boss"), now)
	require.ErrorAs(t, err, &broken, "a06 has that morning already: a seat would be lost")

	// What ends it can be said at any time.
	after := at(t, on(9)+" 06:00:00")
	for step, by := range map[roster.SwapStep]roster.Actor{roster.RejectSwap: lead("boss"), roster.WithdrawSwap: self("a01")} {
		ended, same, err := terms.TakeSwap(nil, accepted, step, by, after)
		require.NoError(t, err)
		require.Nil(t, same)
		require.Equal(t, by.Agent, ended.By)
	}
	_, _, err = terms.TakeSwap(plan, s, roster.DeclineSwap, self("a06"), after)
	require.NoError(t, err)
	_, _, err = terms.TakeSwap(plan, s, roster.WithdrawSwap, self("a06"), after)
	require.ErrorIs(t, err, roster.ErrNotYours)
}

func TestSwapThatCannotBe(t *testing.T) {
	t.Parallel()
	terms, plan, good := swapping()
	now := at(t, on(2)+" 09:00:00")
	for name, spoil := range map[string]func(*roster.Swap){
		"with oneself":   func(s *roster.Swap) { s.To = "a01" },
		"with nobody":    func(s *roster.Swap) { s.To = "" },
		"no such shift":  func(s *roster.Swap) { s.Give.Shift = "noon" },
		"no such date":   func(s *roster.Swap) { s.Take.Date = "soon" },
		"not theirs":     func(s *roster.Swap) { s.Give = s.Take },
		"not the other":  func(s *roster.Swap) { s.Take.Shift = "night" },
		"on the shift":   func(s *roster.Swap) { s.To, s.Take = "a07", roster.Slot{} },
		"unknown member": func(s *roster.Swap) { s.To, s.Take = "ghost", roster.Slot{} },
	} {
		s := good
		spoil(&s)
		_, err := terms.Propose(plan, s, now)
		require.Error(t, err, name)
	}
	give := good
	give.Take = roster.Slot{}
	give.To = "a05"
	_, err := terms.Propose(plan, give, now)
	require.NoError(t, err, "nothing in return, from one who asked for leave only")
	give.To = "a02"
	_, err = terms.Propose(join(plan, put(on(3), "night", "a02")), give, now)
	require.Error(t, err, "a02 has a night that day")
}

// TestNoSwapLosesASeat: whatever is proposed, accepted and approved, in any order and
// again, every shift keeps its number of people and no rule is newly broken.
func TestNoSwapLosesASeat(t *testing.T) {
	t.Parallel()
	terms := province(21)
	start, _, err := terms.Generate(monday, 14, nil)
	require.NoError(t, err)
	now := at(t, on(-1)+" 09:00:00")
	rapid.Check(t, func(t *rapid.T) {
		plan := start
		var swaps []roster.Swap
		agent := rapid.Map(rapid.IntRange(1, 21), func(n int) call.AgentID { return call.AgentID(fmt.Sprintf("a%02d", n)) })
		approved := 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			if len(swaps) == 0 || rapid.Bool().Draw(t, "new") {
				give, take := rapid.SampledFrom(plan).Draw(t, "give"), rapid.SampledFrom(plan).Draw(t, "take")
				s := roster.Swap{From: give.Agent, To: take.Agent, Give: give.Slot(), Take: take.Slot()}
				if rapid.IntRange(0, 3).Draw(t, "gift") == 0 {
					s.Take = roster.Slot{}
				}
				if s, err := terms.Propose(plan, s, now); err == nil {
					swaps = append(swaps, s)
				}
				continue
			}
			i := rapid.IntRange(0, len(swaps)-1).Draw(t, "swap")
			by := rapid.SampledFrom([]roster.Actor{self(swaps[i].From), self(swaps[i].To), lead("boss"), self(agent.Draw(t, "agent"))}).Draw(t, "by")
			step := rapid.SampledFrom([]roster.SwapStep{
				roster.AcceptSwap, roster.AcceptSwap, roster.ApproveSwap, roster.ApproveSwap, roster.DeclineSwap, roster.RejectSwap, roster.WithdrawSwap,
			}).Draw(t, "step")
			want, legal := swaps[i].State.After(step)
			next, changed, err := terms.TakeSwap(plan, swaps[i], step, by, now)
			if err != nil {
				require.Equal(t, swaps[i], next)
				require.Equal(t, plan, changed)
				continue
			}
			require.True(t, legal)
			require.Equal(t, want, next.State)
			require.Equal(t, next.State == roster.SwapApproved, !slices.Equal(plan, changed))
			if next.State == roster.SwapApproved {
				approved++
			}
			swaps[i], plan = next, changed
		}
		require.Equal(t, bySlot(start), bySlot(plan))
		require.Empty(t, roster.CheckPlan(terms, plan))
		if approved == 0 {
			require.Equal(t, start, plan)
		}
	})
}
