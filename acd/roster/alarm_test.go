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

func TestAlarms(t *testing.T) {
	t.Parallel()
	terms := office()
	r := roster.New(terms.Shifts, zone(t), nil)
	r.SetPlan(put(on(0), "morning", "a01", "a02", "a03", "a04", "a05", "a06"))
	patience := roster.Patience{Seat: 5 * minute, Minimum: minute}
	alarms := func(clock string, present ...call.AgentID) []roster.Alarm {
		return r.Alarms(terms, at(t, on(0)+" "+clock), present, patience)
	}
	kindsOf := func(alarms []roster.Alarm) []roster.AlarmKind {
		var list []roster.AlarmKind
		for _, a := range alarms {
			list = append(list, a.Kind)
		}
		return list
	}
	require.Empty(t, alarms("06:00:59"), "they are coming in")
	require.Equal(t, []roster.AlarmKind{roster.BelowMinimum}, kindsOf(alarms("06:01:00", "a01", "a02")))
	require.Empty(t, alarms("06:04:59", "a01", "a02", "a03"))
	require.Equal(t, []roster.AlarmKind{roster.SeatEmpty}, kindsOf(alarms("06:05:00", "a01", "a02", "a03")))
	require.Equal(t, []roster.AlarmKind{roster.BelowMinimum, roster.SeatEmpty}, kindsOf(alarms("13:00:00", "a02", "a02")))
	require.Empty(t, alarms("06:05:00", "a02", "a03", "a04", "a05", "a06", "a08"), "a substitute fills the seat")
	require.Empty(t, roster.New(nil, zone(t), nil).Alarms(terms, at(t, on(0)+" 07:00:00"), nil, patience))

	got := alarms("07:00:00", "a02", "a03", "a04", "a05", "a08")
	require.Equal(t, []roster.Alarm{{
		Kind: roster.SeatEmpty, Slot: slot(0, "morning"), Since: at(t, on(0)+" 06:05:00"), Want: 6, Present: 5,
		Absent: []call.AgentID{"a01", "a06"},
		Vi:     "Ca sáng thứ Hai 23/11/2026: 5 người trực trên 6 ghế. Vắng: Nguyễn Thị Lan, a06. Gọi cho họ, rồi gọi người thay.",
		En:     "Morning on Mon 23 Nov 2026: 5 people at 6 seats. Not there: Nguyễn Thị Lan, a06. Ring them, then a substitute.",
	}}, got)

	nobody := alarms("15:00:00")
	require.Equal(t, []roster.AlarmKind{roster.BelowMinimum, roster.SeatEmpty}, kindsOf(nobody), "nobody is planned for the afternoon")
	require.Contains(t, nobody[0].En, "only 0 people there, the minimum is 3. Nobody else is planned; call a substitute.")

	holiday := r.Alarms(terms, at(t, on(1)+" 07:00:00"), []call.AgentID{"a01", "a02", "a03", "a04", "a05", "a06"}, patience)
	require.Equal(t, 7, holiday[0].Want, "a seat more on the holiday")
	terms.Holidays[0].Seats["morning"] = 2
	require.Empty(t, r.Alarms(terms, at(t, on(1)+" 07:00:00"), []call.AgentID{"a01", "a02"}, patience), "the minimum is no more than the seats")
}

func TestMinimumGuard(t *testing.T) {
	t.Parallel()
	floor := roster.Floor{Working: []call.AgentID{"a03", "a01", "a02"}, Paused: []call.AgentID{"a04"}}
	for name, c := range map[string]struct {
		minimum  int
		escalate bool
		agent    call.AgentID
		going    roster.Going
		over     bool
		want     roster.Verdict
		left     int
	}{
		"enough to pause":          {2, false, "a01", roster.ToPause, false, roster.MayGo, 2},
		"too few to pause":         {3, false, "a01", roster.ToPause, false, roster.MustStay, 2},
		"a lead may allow a pause": {3, true, "a01", roster.ToPause, false, roster.MustAsk, 2},
		"over is no pause":         {3, false, "a01", roster.ToPause, true, roster.MustStay, 2},
		"the paused come back":     {3, false, "a01", roster.ToLeave, false, roster.MayGo, 3},
		"too few to leave":         {4, false, "a01", roster.ToLeave, false, roster.MustStay, 3},
		"the paused count":         {4, false, "a04", roster.ToLeave, false, roster.MustStay, 3},
		"paused already":           {9, false, "a04", roster.ToPause, false, roster.MayGo, 3},
		"whose shift is over":      {4, false, "a01", roster.ToLeave, true, roster.MustAsk, 3},
		"not here":                 {9, false, "a09", roster.ToLeave, false, roster.MayGo, 4},
	} {
		answer := roster.MinimumGuard{Minimum: c.minimum, Escalate: c.escalate}.May(c.agent, c.going, floor, c.over)
		require.Equal(t, c.want, answer.Verdict, name)
		require.Equal(t, c.left, answer.Left, name)
		require.Equal(t, c.want == roster.MayGo, answer.En == "", name)
	}
	require.Equal(t, []call.AgentID{"a03", "a01", "a02"}, floor.Working, "the floor stays as it is")
	answer := roster.MinimumGuard{Minimum: 3}.May("a01", roster.ToPause, floor, false)
	require.Equal(t, "Nếu bạn rời chỗ, ca chỉ còn 2 người, tối thiểu 3. Chờ người khác trở lại, hoặc gọi trưởng ca.", answer.Vi)

	require.Equal(t, 3, roster.Shift{Seats: 6}.LeastSeats())
	require.Equal(t, 3, roster.Shift{Seats: 5}.LeastSeats())
	require.Equal(t, 5, roster.Shift{Seats: 6, Minimum: 5}.LeastSeats())
}

// TestTheFloorIsKept: whoever asks in whatever order, as long as they go only when
// they may, the minimum is never undercut.
func TestTheFloorIsKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := roster.MinimumGuard{Minimum: rapid.IntRange(0, 4).Draw(t, "minimum"), Escalate: rapid.Bool().Draw(t, "escalate")}
		var floor roster.Floor
		for i := range rapid.IntRange(g.Minimum, 8).Draw(t, "people") {
			floor.Working = append(floor.Working, call.AgentID(fmt.Sprintf("a%02d", i)))
		}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			agent := call.AgentID(fmt.Sprintf("a%02d", rapid.IntRange(0, 8).Draw(t, "agent")))
			going := rapid.SampledFrom([]roster.Going{roster.ToPause, roster.ToLeave}).Draw(t, "going")
			if g.May(agent, going, floor, rapid.Bool().Draw(t, "over")).Verdict != roster.MayGo {
				continue
			}
			here := slices.Contains(floor.Working, agent)
			floor.Working = slices.DeleteFunc(slices.Clone(floor.Working), func(a call.AgentID) bool { return a == agent })
			if going == roster.ToLeave {
				floor.Paused = slices.DeleteFunc(slices.Clone(floor.Paused), func(a call.AgentID) bool { return a == agent })
			} else if here {
				floor.Paused = append(floor.Paused, agent)
			}
			require.GreaterOrEqual(t, len(floor.Working)+len(floor.Paused), g.Minimum)
		}
	})
}
