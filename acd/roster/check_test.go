package roster_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// office has one who is known by name, one who may not work nights, one who works
// half of the week, two who asked for leave, and a holiday with a seat more.
func office() roster.Terms {
	terms := province(8)
	terms.Staff[0].Name = "Nguyễn Thị Lan"
	terms.Staff[1].Never = []string{"night"}
	terms.Staff[2].WeeklyHours = 24 * time.Hour
	terms.Holidays = []roster.Holiday{{Date: on(1), Vi: "Ngày Văn hóa Việt Nam", En: "Vietnam Culture Day", Seats: map[string]int{"morning": 7}}}
	terms.Leaves = []roster.Leave{
		{Agent: "a04", From: on(2), To: on(3), State: roster.LeaveApproved},
		{Agent: "a05", From: on(2), To: on(3), State: roster.LeaveAsked},
	}
	return terms
}

// daily puts the agent on the shift of n dates in a row.
func daily(agent call.AgentID, shift string, from, n int) []roster.Assignment {
	var plan []roster.Assignment
	for i := range n {
		plan = append(plan, put(on(from+i), shift, agent)...)
	}
	return plan
}

func TestCheckPlan(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		plan []roster.Assignment
		want []roster.ProblemKind
	}{
		"nothing":                      {nil, nil},
		"twice the same":               {join(put(on(0), "night", "a01"), put(on(0), "night", "a01")), nil},
		"six days":                     {daily("a01", "night", 0, 6), nil},
		"seven days":                   {daily("a01", "night", 0, 7), []roster.ProblemKind{roster.NoDayOff, roster.TooLongAWeek}},
		"six, off, six":                {join(daily("a01", "morning", 0, 6), daily("a01", "morning", 7, 6)), nil},
		"seven of nine":                {join(daily("a01", "morning", 0, 3), daily("a01", "morning", 4, 4)), nil},
		"night, then morning":          {join(put(on(0), "night", "a01"), put(on(1), "morning", "a01")), []roster.ProblemKind{roster.TooLittleRest}},
		"night, off, morning":          {join(put(on(0), "night", "a01"), put(on(2), "morning", "a01")), nil},
		"morning, then afternoon":      {join(put(on(0), "morning", "a01"), put(on(1), "afternoon", "a01")), nil},
		"afternoon, then morning":      {join(put(on(0), "afternoon", "a01"), put(on(1), "morning", "a01")), []roster.ProblemKind{roster.TooLittleRest}},
		"two on a date":                {join(put(on(0), "morning", "a01"), put(on(0), "night", "a01")), []roster.ProblemKind{roster.TooLittleRest, roster.TooLongADay}},
		"no nights":                    {put(on(0), "night", "a02"), []roster.ProblemKind{roster.NeverTheirs}},
		"half a week":                  {daily("a03", "morning", 0, 3), nil},
		"more than half a week":        {daily("a03", "morning", 0, 4), []roster.ProblemKind{roster.TooLongAWeek}},
		"on leave":                     {put(on(2), "morning", "a04"), []roster.ProblemKind{roster.OnLeave}},
		"leave only asked for":         {put(on(2), "morning", "a05"), nil},
		"night before the leave":       {put(on(1), "night", "a04"), nil},
		"nobody known":                 {put(on(0), "morning", "ghost"), []roster.ProblemKind{roster.UnknownAgent}},
		"no such shift":                {put(on(0), "noon", "a01"), []roster.ProblemKind{roster.UnknownShift}},
		"no such date":                 {put("2026-02-30", "morning", "a01"), []roster.ProblemKind{roster.UnknownDate}},
		"seven at six seats":           {put(on(0), "morning", "a01", "a02", "a03", "a04", "a05", "a06", "a07"), []roster.ProblemKind{roster.NoSeatLeft}},
		"seven at a holiday's seven":   {put(on(1), "morning", "a01", "a02", "a03", "a04", "a05", "a06", "a07"), nil},
		"across the end of the year":   {join(put("2026-12-31", "night", "a01"), put("2027-01-01", "morning", "a01")), []roster.ProblemKind{roster.TooLittleRest}},
		"each problem of a broken day": {join(put(on(2), "morning", "a04"), put(on(2), "night", "a04")), []roster.ProblemKind{roster.OnLeave, roster.OnLeave, roster.TooLittleRest, roster.TooLongADay}},
	} {
		problems := roster.CheckPlan(office(), c.plan)
		require.Equal(t, c.want, kinds(problems), name)
		for _, p := range problems {
			require.NotEmpty(t, p.Vi, name)
			require.NotEmpty(t, p.En, name)
		}
	}
}

func TestProblemsSayWhatToDo(t *testing.T) {
	t.Parallel()
	problems := roster.CheckPlan(office(), join(put(on(0), "night", "a01"), put(on(1), "morning", "a01")))
	require.Equal(t, []roster.Problem{{
		Kind: roster.TooLittleRest, Agent: "a01", Slot: roster.Slot{Date: on(1), Shift: "morning"}, Other: roster.Slot{Date: on(0), Shift: "night"},
		Vi: "Nguyễn Thị Lan chỉ được nghỉ 0 giờ giữa Ca đêm thứ Hai 23/11/2026 và Ca sáng thứ Ba 24/11/2026 (Ngày Văn hóa Việt Nam), " +
			"phải đủ 12 giờ (Bộ luật Lao động, Điều 110); bỏ hoặc đổi một ca.",
		En: "Nguyễn Thị Lan rests only 0 h between Night on Mon 23 Nov 2026 and Morning on Tue 24 Nov 2026 (Vietnam Culture Day), " +
			"and must have 12 h (Labour Code art. 110); drop or swap one of the two.",
	}}, problems)
}

// TestTwoAtOnce: shifts that are laid over each other, as Check forbids them, are
// still seen.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	terms := office()
	terms.Shifts = append(terms.Shifts, roster.Shift{Key: "noon", From: 12 * time.Hour, To: 13*time.Hour + 30*time.Minute, Seats: 1})
	require.Equal(t, []roster.ProblemKind{roster.TooLongADay, roster.TwoAtOnce},
		kinds(roster.CheckPlan(terms, join(put(on(0), "morning", "a01"), put(on(0), "noon", "a01")))))
}

func TestNightsInARow(t *testing.T) {
	t.Parallel()
	terms := office()
	terms.Rules.NightsInARow = 3
	require.Empty(t, roster.CheckPlan(terms, daily("a01", "night", 0, 3)))
	require.Equal(t, []roster.ProblemKind{roster.TooManyNights}, kinds(roster.CheckPlan(terms, daily("a01", "night", 0, 4))))
	require.Empty(t, roster.CheckPlan(terms, join(daily("a01", "night", 0, 3), daily("a01", "night", 4, 3))))
	require.Empty(t, roster.CheckPlan(terms, join(daily("a01", "afternoon", 0, 3), daily("a01", "night", 3, 3))))
}

func TestNight(t *testing.T) {
	t.Parallel()
	for want, list := range map[bool][][2]int{
		true:  {{22, 6}, {0, 8}, {23, 7}, {18, 6}, {0, 6}, {19, 5}},
		false: {{6, 14}, {14, 22}, {6, 18}, {4, 12}, {16, 24}, {6, 6}},
	} {
		for _, s := range list {
			shift := roster.Shift{From: time.Duration(s[0]) * time.Hour, To: time.Duration(s[1]) * time.Hour}
			require.Equal(t, want, shift.Night(), s)
		}
	}
}

func TestTermsAreChecked(t *testing.T) {
	t.Parallel()
	require.NoError(t, office().Check())
	for want, spoil := range map[string]func(*roster.Terms){
		"twice":                     func(s *roster.Terms) { s.Staff[1].Agent = "a01" },
		`"noon", which does not`:    func(s *roster.Terms) { s.Staff[1].Never = []string{"noon"} },
		"is no date":                func(s *roster.Terms) { s.Holidays[0].Date = "24/11/2026" },
		"two holidays":              func(s *roster.Terms) { s.Holidays = append(s.Holidays, s.Holidays[0]) },
		`"night" 0 seats`:           func(s *roster.Terms) { s.Holidays[0].Seats = map[string]int{"night": 0} },
		"before it begins":          func(s *roster.Terms) { s.Leaves[0].To = on(0) },
		"no day off in a week":      func(s *roster.Terms) { s.Rules.DaysInARow = 7 },
		"rest between shifts is":    func(s *roster.Terms) { s.Rules.MinRest = -time.Hour },
		"nights in a row cannot be": func(s *roster.Terms) { s.Rules.NightsInARow = -1 },
		"overlap":                   func(s *roster.Terms) { s.Shifts[0].To = 15 * time.Hour },
		"fewer than 7 people":       func(s *roster.Terms) { s.Shifts[0].Minimum = 7 },
	} {
		broken := office()
		spoil(&broken)
		require.ErrorContains(t, broken.Check(), want)
	}
}
