package roster_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// signs writes events down as a journal would.
type signs struct {
	t      require.TestingT
	events []call.Event
}

func (s *signs) tell(clock string, fact call.Fact) *signs {
	s.events = append(s.events, call.Event{ID: fmt.Sprintf("n1-%d", len(s.events)+1), At: at(s.t, on(0)+" "+clock), Fact: fact})
	return s
}

func (s *signs) in(clock string, agent call.AgentID) *signs {
	return s.tell(clock, call.AgentMoved{Agent: agent, From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn})
}

func (s *signs) out(clock string, agent call.AgentID) *signs {
	return s.tell(clock, call.AgentMoved{Agent: agent, From: call.Available, To: call.Offline})
}

func (s *signs) ready(clock string, agent call.AgentID) *signs {
	return s.tell(clock, call.AgentMoved{Agent: agent, From: call.Paused, To: call.Available})
}

func (s *signs) spans(clock string) map[call.AgentID][]roster.Span {
	return roster.Presences(s.events, at(s.t, on(0)+" "+clock), 2*minute)
}

func span(t require.TestingT, from, to string) roster.Span {
	return roster.Span{From: at(t, on(0)+" "+from), To: at(t, on(0)+" "+to)}
}

func TestPresences(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		signs *signs
		want  []roster.Span
	}{
		"signed in still":      {(&signs{t: t}).in("06:00:00", "a01"), []roster.Span{span(t, "06:00:00", "12:00:00")}},
		"signed out":           {(&signs{t: t}).in("06:00:00", "a01").out("07:00:00", "a01"), []roster.Span{span(t, "06:00:00", "07:00:00")}},
		"a reload":             {(&signs{t: t}).in("06:00:00", "a01").out("07:00:00", "a01").in("07:02:00", "a01"), []roster.Span{span(t, "06:00:00", "12:00:00")}},
		"a pause":              {(&signs{t: t}).in("06:00:00", "a01").out("07:00:00", "a01").in("07:02:01", "a01"), []roster.Span{span(t, "06:00:00", "07:00:00"), span(t, "07:02:01", "12:00:00")}},
		"moves within":         {(&signs{t: t}).in("06:00:00", "a01").ready("06:01:00", "a01").in("06:05:00", "a01"), []roster.Span{span(t, "06:00:00", "12:00:00")}},
		"signed in unheard":    {(&signs{t: t}).ready("06:01:00", "a01"), []roster.Span{span(t, "06:01:00", "12:00:00")}},
		"signed out only":      {(&signs{t: t}).out("06:01:00", "a01"), nil},
		"out twice":            {(&signs{t: t}).in("06:00:00", "a01").out("07:00:00", "a01").out("08:00:00", "a01"), []roster.Span{span(t, "06:00:00", "07:00:00")}},
		"not yet":              {(&signs{t: t}).in("12:00:01", "a01"), nil},
		"restart, gone":        {(&signs{t: t}).in("06:00:00", "a01").tell("07:00:00", call.Restarted{}), []roster.Span{span(t, "06:00:00", "07:00:00")}},
		"restart, back":        {(&signs{t: t}).in("06:00:00", "a01").tell("07:00:00", call.Restarted{}).in("07:00:09", "a01"), []roster.Span{span(t, "06:00:00", "12:00:00")}},
		"restart, back late":   {(&signs{t: t}).in("06:00:00", "a01").tell("07:00:00", call.Restarted{}).in("09:00:00", "a01"), []roster.Span{span(t, "06:00:00", "07:00:00"), span(t, "09:00:00", "12:00:00")}},
		"restart, always here": {(&signs{t: t}).in("06:00:00", "a01").tell("07:00:00", call.Restarted{}).ready("09:00:00", "a01"), []roster.Span{span(t, "06:00:00", "12:00:00")}},
		"restart, left after":  {(&signs{t: t}).in("06:00:00", "a01").tell("07:00:00", call.Restarted{}).out("09:00:00", "a01"), []roster.Span{span(t, "06:00:00", "09:00:00")}},
	} {
		require.Equal(t, c.want, c.signs.spans("12:00:00")["a01"], name)
	}
}

// TestPresencesInAnyOrder: events that come twice, or in another order, change nothing.
func TestPresencesInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := &signs{t: t}
		for second := range rapid.IntRange(1, 40).Draw(t, "events") {
			fact := rapid.SampledFrom([]call.Fact{
				call.AgentMoved{Agent: "a01", From: call.Offline, To: call.Paused}, call.AgentMoved{Agent: "a01", From: call.Paused, To: call.Offline},
				call.AgentMoved{Agent: "a01", From: call.Paused, To: call.Available}, call.AgentMoved{Agent: "a02", From: call.Offline, To: call.Paused},
				call.Restarted{}, call.Greeted{},
			}).Draw(t, "fact")
			s.tell(fmt.Sprintf("06:00:%02d", second/2), fact) // two at a time have the same time
		}
		want := roster.Presences(s.events, at(t, on(0)+" 07:00:00"), 0)
		mixed := rapid.Permutation(append(s.events, s.events[0])).Draw(t, "mixed")
		require.Equal(t, want, roster.Presences(mixed, at(t, on(0)+" 07:00:00"), 0))
		for _, spans := range want {
			for i, s := range spans {
				require.True(t, s.To.After(s.From))
				require.True(t, i == 0 || s.From.After(spans[i-1].To))
			}
		}
	})
}

func TestAttendance(t *testing.T) {
	t.Parallel()
	r := roster.New(shifts(), zone(t), nil)
	r.SetPlan(join(put(on(0), "morning", "a01", "a02", "a03"), put(on(0), "afternoon", "a04", "a05")))
	r.SetRelief(roster.Relief{Early: 15 * minute, Late: 30 * minute})
	s := (&signs{t: t}).
		in("05:50:00", "a01").out("14:20:00", "a01"). // early, and a call that ran on
		in("06:10:00", "a02").out("10:00:00", "a02").in("10:30:00", "a02").out("13:00:00", "a02").
		in("13:50:00", "a04"). // of the next shift, in its relief
		in("13:00:00", "a05"). // much too early: helps out
		in("09:00:00", "a06")  // is on no shift at all
	morning := slot(0, "morning")

	require.Equal(t, []roster.Attendance{
		{
			Agent: "a01", Slot: morning, Planned: true, State: roster.Attended, From: at(t, on(0)+" 06:00:00"), To: at(t, on(0)+" 14:00:00"),
			Worked: 8 * hour, Extra: 30 * minute,
		},
		{
			Agent: "a02", Slot: morning, Planned: true, State: roster.Attended, From: at(t, on(0)+" 06:10:00"), To: at(t, on(0)+" 13:00:00"),
			Late: 10 * minute, Worked: 6*hour + 20*minute, Away: 30 * minute, Early: hour,
		},
		{Agent: "a03", Slot: morning, Planned: true, State: roster.Absent, Late: 8 * hour},
		{
			Agent: "a05", Slot: morning, State: roster.Attended, From: at(t, on(0)+" 13:00:00"), To: at(t, on(0)+" 13:45:00"),
			Late: 7 * hour, Worked: 45 * minute, Early: 15 * minute,
		},
		{
			Agent: "a06", Slot: morning, State: roster.Attended, From: at(t, on(0)+" 09:00:00"), To: at(t, on(0)+" 14:00:00"),
			Late: 3 * hour, Worked: 5 * hour, Extra: 30 * minute,
		},
	}, r.Attend(morning, s.spans("15:00:00"), at(t, on(0)+" 15:00:00")))

	for clock, want := range map[string][3]roster.AttendanceState{
		"05:00:00": {roster.Expected, roster.Expected, roster.Expected},
		"05:55:00": {roster.Present, roster.Expected, roster.Expected},
		"06:05:00": {roster.Present, roster.Missing, roster.Missing},
		"10:15:00": {roster.Present, roster.Left, roster.Missing},
		"11:00:00": {roster.Present, roster.Present, roster.Missing},
		"14:00:00": {roster.Attended, roster.Attended, roster.Absent},
	} {
		list := r.Attend(morning, s.spans(clock), at(t, on(0)+" "+clock))
		require.Equal(t, want, [3]roster.AttendanceState{list[0].State, list[1].State, list[2].State}, clock)
	}
	require.Nil(t, r.Attend(slot(0, "noon"), nil, time.Now()))
}

// TestAttendanceAddsUp: whoever comes and goes when, every part of a shift is one of
// late, worked, away, early and ahead.
func TestAttendanceAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := roster.New(shifts(), zone(t), nil)
		r.SetPlan(join(put(on(0), "morning", "a01", "a02"), put(on(-1), "night", "a03"), put(on(0), "afternoon", "a02")))
		r.SetRelief(roster.Relief{Early: 20 * minute, Late: 40 * minute})
		s := &signs{t: t}
		minutes := rapid.SliceOfN(rapid.IntRange(4*60, 16*60), 0, 20).Draw(t, "minutes")
		for _, m := range minutes {
			agent := call.AgentID(fmt.Sprintf("a%02d", rapid.IntRange(1, 4).Draw(t, "agent")))
			clock := fmt.Sprintf("%02d:%02d:00", m/60, m%60)
			if rapid.Bool().Draw(t, "in") {
				s.in(clock, agent)
			} else {
				s.out(clock, agent)
			}
		}
		now := at(t, on(0)+" 00:00:00").Add(time.Duration(rapid.IntRange(4*60, 16*60).Draw(t, "now")) * minute)
		presences := roster.Presences(s.events, now, minute)
		list := r.Attend(slot(0, "morning"), presences, now)
		require.GreaterOrEqual(t, len(list), 2)
		for i, a := range list {
			require.Equal(t, 8*hour, a.Late+a.Worked+a.Away+a.Early+a.Ahead, a)
			require.Equal(t, i < 2, a.Planned)
			require.Equal(t, a.From.IsZero(), a.Worked == 0)
			require.False(t, !a.Planned && a.Worked == 0)
			for _, d := range []time.Duration{a.Late, a.Worked, a.Away, a.Early, a.Ahead, a.Extra} {
				require.GreaterOrEqual(t, d, time.Duration(0))
			}
			require.LessOrEqual(t, a.Extra, hour)
			whole := time.Duration(0)
			for _, p := range presences[a.Agent] {
				whole += p.To.Sub(p.From)
			}
			require.LessOrEqual(t, a.Worked+a.Extra, whole)
		}
	})
}
