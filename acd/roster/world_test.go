package roster_test

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// monday is the first date of most tests' plans.
const monday = "2026-11-23"

// people are n agents: a01, a02 and so on.
func people(n int) []roster.Member {
	staff := make([]roster.Member, n)
	for i := range staff {
		staff[i].Agent = call.AgentID(fmt.Sprintf("a%02d", i+1))
	}
	return staff
}

// province are the terms that the hotline is shipped with, for n people.
func province(n int) roster.Terms { return roster.Terms{Shifts: shifts(), Staff: people(n)} }

// on is the date so many days after monday.
func on(days int) string {
	return time.Date(2026, 11, 23+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func put(date, shift string, agents ...call.AgentID) []roster.Assignment {
	var plan []roster.Assignment
	for _, a := range agents {
		plan = append(plan, roster.Assignment{Date: date, Shift: shift, Agent: a})
	}
	return plan
}

func join(plans ...[]roster.Assignment) []roster.Assignment {
	var all []roster.Assignment
	for _, p := range plans {
		all = append(all, p...)
	}
	return all
}

func kinds(problems []roster.Problem) []roster.ProblemKind {
	var list []roster.ProblemKind
	for _, p := range problems {
		list = append(list, p.Kind)
	}
	return list
}

func bySlot(plan []roster.Assignment) map[roster.Slot]int {
	n := map[roster.Slot]int{}
	for _, a := range plan {
		n[a.Slot()]++
	}
	return n
}

// anyTerms draws a small office: shifts that tile the day, some who work less, some
// who never do a shift, leaves, a holiday and rules of its own.
func anyTerms(t *rapid.T, days int) roster.Terms {
	var terms roster.Terms
	cuts := rapid.SampledFrom([][]int{{6, 14, 22}, {6, 18}, {0, 8, 16}, {5, 11, 17, 23}}).Draw(t, "cuts")
	for i, cut := range cuts {
		terms.Shifts = append(terms.Shifts, roster.Shift{
			Key: string(rune('a' + i)), Vi: fmt.Sprintf("Ca %d", i+1), En: fmt.Sprintf("Shift %d", i+1),
			From: time.Duration(cut) * time.Hour, To: time.Duration(cuts[(i+1)%len(cuts)]) * time.Hour,
			Seats: rapid.IntRange(1, 2).Draw(t, "seats"),
		})
	}
	daily := []time.Duration{0, 12 * time.Hour}
	if len(cuts) > 3 {
		daily = daily[:1] // a person could have two short shifts on a date, which are never generated
	}
	terms.Rules = roster.Rules{
		DailyHours:   rapid.SampledFrom(daily).Draw(t, "daily hours"),
		MinRest:      rapid.SampledFrom([]time.Duration{0, 11 * time.Hour, 24 * time.Hour}).Draw(t, "rest"),
		DaysInARow:   rapid.SampledFrom([]int{0, 3, 5}).Draw(t, "days in a row"),
		NightsInARow: rapid.SampledFrom([]int{0, 2}).Draw(t, "nights in a row"),
	}
	key := func() string { return rapid.SampledFrom(terms.Shifts).Draw(t, "shift").Key }
	terms.Staff = people(rapid.IntRange(1, 9).Draw(t, "people"))
	for i := range terms.Staff {
		m := &terms.Staff[i]
		if rapid.IntRange(0, 4).Draw(t, "part time") == 0 {
			m.WeeklyHours = 24 * time.Hour
		}
		if rapid.IntRange(0, 4).Draw(t, "never") == 0 {
			m.Never = []string{key()}
		}
		if rapid.IntRange(0, 2).Draw(t, "leave") == 0 {
			from := rapid.IntRange(-2, days).Draw(t, "from")
			terms.Leaves = append(terms.Leaves, roster.Leave{
				Agent: m.Agent, From: on(from), To: on(from + rapid.IntRange(0, 4).Draw(t, "length")),
				State: rapid.SampledFrom([]roster.LeaveState{roster.LeaveApproved, roster.LeaveAsked}).Draw(t, "state"),
			})
		}
	}
	terms.Holidays = []roster.Holiday{{
		Date: on(rapid.IntRange(0, days-1).Draw(t, "holiday")), Vi: "Ngày lễ", En: "Holiday",
		Seats: map[string]int{key(): rapid.IntRange(1, 3).Draw(t, "holiday seats")},
	}}
	require.NoError(t, terms.Check())
	return terms
}
