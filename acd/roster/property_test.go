package roster_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd/roster"
)

// TestAnyPlanKeepsTheRules: whatever the terms, whatever was before and is fixed, a
// generated plan breaks no rule, has everything that was fixed and nobody in a seat
// that is not there, and says exactly what is missing.
func TestAnyPlanKeepsTheRules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(1, 12).Draw(t, "days")
		terms := anyTerms(t, days)
		var fixed []roster.Assignment
		for range rapid.IntRange(0, 12).Draw(t, "fixed") {
			fixed = append(fixed, roster.Assignment{
				Date:  on(rapid.IntRange(-7, days+6).Draw(t, "date")),
				Shift: rapid.SampledFrom(terms.Shifts).Draw(t, "shift").Key,
				Agent: rapid.SampledFrom(terms.Staff).Draw(t, "agent").Agent,
			})
		}
		plan, short, err := terms.Generate(monday, days, fixed)
		if refused := (*roster.RuleError)(nil); errors.As(err, &refused) {
			require.NotEmpty(t, refused.Problems)
			require.NotEmpty(t, roster.CheckPlan(terms, fixed), "it is refused for a reason")
			return
		}
		require.NoError(t, err)

		within := func(a roster.Assignment) bool { return a.Date >= on(0) && a.Date < on(days) }
		outside := slices.DeleteFunc(slices.Clone(fixed), within)
		old := roster.CheckPlan(terms, outside)
		for _, p := range roster.CheckPlan(terms, join(plan, outside)) {
			require.True(t, slices.ContainsFunc(old, func(q roster.Problem) bool { return p.En == q.En }), p.En)
		}
		for _, a := range fixed {
			require.Equal(t, within(a), slices.Contains(plan, a))
		}

		missing := 0
		for _, g := range short.Gaps {
			missing += g.Missing
			require.Equal(t, g.Seats-g.Missing, bySlot(plan)[g.Slot])
			require.Zero(t, g.Free, "a seat is empty though somebody could take it: %s", g.En)
		}
		require.Equal(t, short.Wanted, short.Filled+missing)
		require.Len(t, plan, short.Filled)
		require.LessOrEqual(t, short.Unavoidable, missing)
		require.Equal(t, missing == 0, short.En == "")
		if short.Needed > 0 {
			require.GreaterOrEqual(t, short.Needed, short.Staff)
		}
	})
}

// TestAsManyAsCanBe compares with the best of all plans of two people, which are few
// enough to be tried one by one. The cases are the same each time.
func TestAsManyAsCanBe(t *testing.T) {
	t.Parallel()
	const days, cases = 4, 30
	type office struct {
		terms  roster.Terms
		before []roster.Assignment
	}
	offices := rapid.Custom(func(t *rapid.T) office {
		terms := anyTerms(t, days)
		terms.Staff = terms.Staff[:min(2, len(terms.Staff))]
		terms.Leaves = slices.DeleteFunc(terms.Leaves, func(l roster.Leave) bool { return l.Agent > "a02" })
		return office{terms, rapid.SliceOfN(rapid.Custom(func(t *rapid.T) roster.Assignment {
			return roster.Assignment{
				Date: on(-rapid.IntRange(1, 6).Draw(t, "date")), Shift: rapid.SampledFrom(terms.Shifts).Draw(t, "shift").Key,
				Agent: rapid.SampledFrom(terms.Staff).Draw(t, "agent").Agent,
			}
		}), 0, 6).Draw(t, "before")}
	})
	for i := range cases {
		o := offices.Example(i)
		_, short, err := o.terms.Generate(monday, days, o.before)
		require.NoError(t, err)
		best := most(o.terms, o.before, days)
		require.Equal(t, best, short.Filled)
		require.LessOrEqual(t, short.Unavoidable, short.Wanted-best)
	}
}

// most is how many seats the best plan fills, by trying every choice of every date.
func most(terms roster.Terms, plan []roster.Assignment, days int) int {
	old := len(roster.CheckPlan(terms, plan))
	best := 0
	var try func(plan []roster.Assignment, turn, filled int)
	try = func(plan []roster.Assignment, turn, filled int) {
		if turn == days*len(terms.Staff) {
			best = max(best, filled)
			return
		}
		if filled+days*len(terms.Staff)-turn <= best {
			return
		}
		for _, s := range terms.Shifts {
			more := append(slices.Clip(plan), roster.Assignment{
				Date: on(turn / len(terms.Staff)), Shift: s.Key, Agent: terms.Staff[turn%len(terms.Staff)].Agent,
			})
			if len(roster.CheckPlan(terms, more)) == old {
				try(more, turn+1, filled+1)
			}
		}
		try(plan, turn+1, filled)
	}
	try(plan, 0, 0)
	return best
}
