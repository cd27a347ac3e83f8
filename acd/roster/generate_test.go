package roster_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// TestTwentyOnePeople: six seats around the clock are 3 × 6 × 7 × 8 = 1008 hours a
// week, and 1008 / 48 = 21. Each of the 21 then works six shifts in any seven days,
// and it can be done: everybody rests on a weekday of their own, three on each, and
// changes to a later shift from one day to the next or to any after the day off.
func TestTwentyOnePeople(t *testing.T) {
	t.Parallel()
	require.Equal(t, 21, roster.PeopleNeeded(shifts(), roster.Rules{}))
	for _, days := range []int{1, 6, 7, 28, 90} {
		plan, short, err := province(21).Generate(monday, days, nil)
		require.NoError(t, err)
		require.Equal(t, roster.Shortfall{Wanted: 18 * days, Filled: 18 * days, Staff: 21, Needed: 21}, short)
		require.Len(t, plan, 18*days)
		require.Empty(t, roster.CheckPlan(province(21), plan))
	}
}

// TestTwentyPeople: with one less, six seats stay empty each week, not one more, and
// they do not fall on one shift.
func TestTwentyPeople(t *testing.T) {
	t.Parallel()
	plan, short, err := province(20).Generate(monday, 28, nil)
	require.NoError(t, err)
	require.Empty(t, roster.CheckPlan(province(20), plan))
	require.Equal(t, 18*28, short.Wanted)
	require.Equal(t, 20*6*4, short.Filled)
	require.Equal(t, 24, short.Unavoidable, "no plan fills more")
	require.Equal(t, 21, short.Needed)
	require.Len(t, short.Gaps, 24)
	for _, g := range short.Gaps {
		require.Equal(t, 1, g.Missing, g.En)
		require.Zero(t, g.Free, g.En)
	}
	require.Equal(t, "24 of 504 seats stay empty, on 24 shifts. 21 people needed, 20 there: hire 1, move leaves, or offer fewer seats.", short.En)
	require.Equal(t, "Thiếu người cho 24 trong 504 lượt ghế, ở 24 ca. Cần 21 người, hiện có 20: tuyển thêm 1, dời ngày nghỉ phép, hoặc bớt ghế.", short.Vi)
	require.Contains(t, short.Gaps[0].En, "1 of 6 people missing. ")
}

// TestMonthAfterMonth: what comes before a period is kept to, so that one month can
// follow the other without end, even at the limit.
func TestMonthAfterMonth(t *testing.T) {
	t.Parallel()
	var all []roster.Assignment
	for month := range 4 {
		plan, short, err := province(21).Generate(on(month*30), 30, all)
		require.NoError(t, err)
		require.Empty(t, short.Gaps)
		all = append(all, plan...)
	}
	require.Empty(t, roster.CheckPlan(province(21), all))
}

// TestShares: with some room, nobody has more than one shift, night or weekend more
// than anybody else, nor more holidays. With 21 everybody's day off is the same
// weekday for ever, so weekends cannot be even; nights and hours still are.
func TestShares(t *testing.T) {
	t.Parallel()
	for people, weekends := range map[int]int{21: 4, 22: 1, 25: 1, 30: 1} {
		terms := province(people)
		terms.Holidays = []roster.Holiday{{Date: on(8), Vi: "Tết"}, {Date: on(9), Vi: "Tết"}, {Date: on(10), Vi: "Tết"}}
		plan, _, err := terms.Generate(monday, 28, nil)
		require.NoError(t, err)
		spread := func(of func(roster.Tally) int) int {
			var list []int
			for _, y := range terms.Tally(plan) {
				list = append(list, of(y))
			}
			return slices.Max(list) - slices.Min(list)
		}
		require.LessOrEqual(t, spread(func(y roster.Tally) int { return y.Shifts }), 1, people)
		require.LessOrEqual(t, spread(func(y roster.Tally) int { return int(y.Hours / time.Hour) }), 8, people)
		require.LessOrEqual(t, spread(func(y roster.Tally) int { return y.Nights }), 2, people)
		require.LessOrEqual(t, spread(func(y roster.Tally) int { return y.Holidays }), 1, people)
		require.LessOrEqual(t, spread(func(y roster.Tally) int { return y.Weekends }), weekends, people)
	}
}

// TestWhatWasBeforeIsEvenedOut: who worked last Tết is spared this one.
func TestWhatWasBeforeIsEvenedOut(t *testing.T) {
	t.Parallel()
	terms := province(30)
	terms.Holidays = []roster.Holiday{{Date: on(3), Vi: "Mùng Một Tết"}}
	for i := range 12 {
		terms.Staff[i].Before = roster.Tally{Holidays: 3}
	}
	plan, _, err := terms.Generate(monday, 14, nil)
	require.NoError(t, err)
	for i, y := range terms.Tally(plan) {
		require.Equal(t, i >= 12, y.Holidays == 1, terms.Staff[i].Agent)
	}
}

func TestLeavesFixedAndHolidays(t *testing.T) {
	t.Parallel()
	terms := province(26)
	terms.Leaves = []roster.Leave{{Agent: "a01", From: on(0), To: on(13), State: roster.LeaveApproved}}
	terms.Staff[1].Never = []string{"night"}
	terms.Staff[2].WeeklyHours = 16 * time.Hour
	terms.Holidays = []roster.Holiday{{Date: on(4), Vi: "Lễ", Seats: map[string]int{"morning": 8, "night": 4}}}
	fixed := join(put(on(-1), "night", "a05"), put(on(2), "night", "a06", "a07"), put(on(28), "morning", "a08"))
	plan, short, err := terms.Generate(monday, 28, fixed)
	require.NoError(t, err)
	require.Empty(t, short.Gaps)
	require.Equal(t, 18*28, short.Wanted, "two seats more in the morning, two less at night")
	require.Empty(t, roster.CheckPlan(terms, join(plan, fixed)))
	require.Subset(t, plan, put(on(2), "night", "a06", "a07"))
	require.NotContains(t, plan, put(on(28), "morning", "a08")[0], "not of the period")
	require.Equal(t, 8, bySlot(plan)[roster.Slot{Date: on(4), Shift: "morning"}])
	require.Equal(t, 4, bySlot(plan)[roster.Slot{Date: on(4), Shift: "night"}])
	tally := terms.Tally(plan)
	require.InDelta(t, tally[10].Shifts/2, tally[0].Shifts, 2, "half of the days, half of the shifts")
	require.Positive(t, tally[2].Shifts)
	require.LessOrEqual(t, tally[2].Shifts, 8)
}

func TestFixedAgainstTheRules(t *testing.T) {
	t.Parallel()
	fixed := join(put(on(0), "night", "a01"), put(on(1), "morning", "a01"))
	_, _, err := province(21).Generate(monday, 7, fixed)
	var broken *roster.RuleError
	require.ErrorAs(t, err, &broken)
	require.Equal(t, []roster.ProblemKind{roster.TooLittleRest}, kinds(broken.Problems))

	// What was before is as it is: somebody who worked eight days rests now.
	plan, _, err := province(21).Generate(on(2), 7, join(fixed, daily("a02", "morning", -6, 8)))
	require.NoError(t, err)
	for _, a := range plan {
		require.False(t, a.Agent == "a02" && a.Date == on(2))
	}
	for _, bad := range []func() error{
		func() error { _, _, err := province(21).Generate("tomorrow", 7, nil); return err },
		func() error { _, _, err := province(21).Generate(monday, 0, nil); return err },
		func() error { _, _, err := roster.Terms{}.Generate(monday, 7, nil); return err },
		func() error { _, _, err := province(2).Generate(monday, 7, put(on(0), "noon", "a01")); return err },
		func() error { _, _, err := province(2).Generate(monday, 7, put("soon", "night", "a01")); return err },
	} {
		require.Error(t, bad())
	}
}

// TestShiftsThatNobodyMayWork: twelve hours are more than a day's limit, so no hiring
// helps; with a laxer limit it takes two thirds more people than shifts.
func TestShiftsThatNobodyMayWork(t *testing.T) {
	t.Parallel()
	terms := province(5)
	terms.Shifts = []roster.Shift{
		{Key: "day", From: 6 * time.Hour, To: 18 * time.Hour, Seats: 1}, {Key: "night", From: 18 * time.Hour, To: 6 * time.Hour, Seats: 1},
	}
	_, short, err := terms.Generate(monday, 7, nil)
	require.NoError(t, err)
	require.Zero(t, short.Filled)
	require.Zero(t, short.Needed)
	require.Zero(t, roster.PeopleNeeded(terms.Shifts, terms.Rules))
	require.Contains(t, short.En, "make it shorter")
	require.Equal(t, map[roster.ProblemKind]int{roster.TooLongADay: 5}, short.Gaps[0].Why)

	terms.Rules.DailyHours = 12 * time.Hour
	_, short, err = terms.Generate(monday, 28, nil)
	require.NoError(t, err)
	require.Empty(t, short.Gaps)
	require.Equal(t, 4, roster.PeopleNeeded(terms.Shifts, terms.Rules))
}

// TestNobody: without staff everything is missing, and said.
func TestNobody(t *testing.T) {
	t.Parallel()
	plan, short, err := province(0).Generate(monday, 7, nil)
	require.NoError(t, err)
	require.Empty(t, plan)
	require.Equal(t, 126, short.Unavoidable)
	require.Equal(t, 21, short.Needed)
}

func TestTheSameTermsGiveTheSamePlan(t *testing.T) {
	t.Parallel()
	terms := province(20)
	first, short, err := terms.Generate(monday, 28, nil)
	require.NoError(t, err)
	slices.Reverse(terms.Staff)
	again, shortAgain, err := terms.Generate(monday, 28, nil)
	require.NoError(t, errors.Join(err))
	require.Equal(t, first, again)
	require.Equal(t, short, shortAgain)
}

func TestGaps(t *testing.T) {
	t.Parallel()
	terms := office()
	plan := put(on(2), "night", "a01", "a03", "a06", "a07", "a08")
	gaps, err := terms.Gaps(join(plan, put(on(3), "morning", "a05")), on(2), 1)
	require.NoError(t, err)
	require.Len(t, gaps, 3)
	require.Equal(t, roster.Slot{Date: on(2), Shift: "night"}, gaps[2].Slot)
	require.Equal(t, 1, gaps[2].Missing)
	require.Equal(t, map[roster.ProblemKind]int{roster.NeverTheirs: 1, roster.OnLeave: 1, roster.TooLittleRest: 1}, gaps[2].Why)
	require.Equal(t, "Ca đêm thứ Tư 25/11/2026: thiếu 1 trong 6 người. 1 người nghỉ phép. 1 người không làm ca này. "+
		"1 người có ca khác quá gần (chưa đủ giờ nghỉ). Tìm người thay, đổi ngày nghỉ phép hoặc tuyển thêm.", gaps[2].Vi)
	require.Contains(t, gaps[0].En, "could take it: assign them.")
	_, err = terms.Gaps(plan, "today", 1)
	require.Error(t, err)
	require.Equal(t, []roster.Tally{{Hours: 8 * time.Hour, Shifts: 1, Nights: 1}}, roster.Terms{
		Shifts: shifts(), Staff: []roster.Member{{Agent: call.AgentID("a01")}},
	}.Tally(plan))
}

func BenchmarkGenerate(b *testing.B) {
	for name, people := range map[string]int{"20 people": 20, "21 people": 21, "25 people": 25} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _, err := province(people).Generate(monday, 28, nil)
				require.NoError(b, err)
			}
		})
	}
}
