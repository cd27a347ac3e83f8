package roster_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

const (
	hour   = time.Hour
	minute = time.Minute
)

// lived is a roster with a morning of a01 and a02 and an afternoon of a02 and a03.
func lived(t require.TestingT) *roster.Roster {
	r := roster.New(shifts(), zone(t), []call.AgentID{"boss"})
	r.SetPlan(join(put(on(0), "morning", "a01", "a02"), put(on(0), "afternoon", "a02", "a03")))
	r.SetRelief(roster.Relief{Early: 15 * minute, Late: 30 * minute})
	return r
}

func TestRelief(t *testing.T) {
	t.Parallel()
	r := lived(t)
	for _, c := range []struct {
		clock string
		agent call.AgentID
		want  roster.Standing
		shift string
	}{
		{"05:44:59", "a01", roster.OffShift, ""},
		{"05:45:00", "a01", roster.Early, "morning"},
		{"06:00:00", "a01", roster.On, "morning"},
		{"13:44:59", "a03", roster.OffShift, ""},
		{"13:45:00", "a03", roster.Early, "afternoon"},
		{"13:59:59", "a02", roster.On, "morning"},
		{"14:00:00", "a01", roster.Outgoing, "morning"},
		{"14:00:00", "a02", roster.On, "afternoon"},
		{"14:29:59", "a01", roster.Outgoing, "morning"},
		{"14:30:00", "a01", roster.OffShift, ""},
		{"14:00:00", "boss", roster.AnyShift, ""},
		{"14:00:00", "ghost", roster.OffShift, ""},
	} {
		now := at(t, on(0)+" "+c.clock)
		require.Equal(t, c.want, r.Standing(now, c.agent), c)
		require.Equal(t, c.shift, r.ShiftOf(now, c.agent), c)
		takes := c.want == roster.On || c.want == roster.Early || c.want == roster.AnyShift
		require.Equal(t, takes, r.OnShift(now, c.agent), c)
		require.Equal(t, takes, r.MayStay(now, c.agent, false), c)
		require.Equal(t, takes || c.want == roster.Outgoing, r.MayStay(now, c.agent, true), c)
	}
	r.SetRelief(roster.Relief{})
	require.Equal(t, roster.OffShift, r.Standing(at(t, on(0)+" 13:59:59"), "a03"))
	require.Equal(t, roster.OffShift, r.Standing(at(t, on(0)+" 14:00:00"), "a01"))
	require.Equal(t, roster.OffShift, roster.New(nil, zone(t), nil).Standing(time.Now(), "a01"))
}

func TestPlanWithTheWeeklyDefault(t *testing.T) {
	t.Parallel()
	r := lived(t)
	r.SetWeekly([]roster.Weekly{{Weekday: time.Monday, Shift: "night", Agent: "a04"}, {Weekday: time.Monday, Shift: "morning", Agent: "a04"}})
	require.Equal(t, join(
		put(on(0), "morning", "a01", "a02"), put(on(0), "afternoon", "a02", "a03"), put(on(0), "night", "a04"),
		put(on(7), "morning", "a04"), put(on(7), "night", "a04"),
	), r.Plan(on(0), 8))
	require.Empty(t, r.Plan("today", 8))
}

func TestChange(t *testing.T) {
	t.Parallel()
	r := lived(t)
	noon := at(t, on(0)+" 14:00:00")
	c, ok := r.ChangeAt(noon)
	require.True(t, ok)
	require.Equal(t, roster.Change{
		At: noon, From: slot(0, "morning"), To: slot(0, "afternoon"),
		Outgoing: []call.AgentID{"a01"}, Incoming: []call.AgentID{"a03"}, Staying: []call.AgentID{"a02"},
	}, c)
	c, ok = r.ChangeAt(at(t, on(1)+" 06:00:00"))
	require.True(t, ok)
	require.Equal(t, slot(0, "night"), c.From, "of the date that it began on")
	require.Equal(t, slot(1, "morning"), c.To)
	_, ok = r.ChangeAt(noon.Add(time.Second))
	require.False(t, ok)
	_, ok = roster.New(nil, zone(t), nil).ChangeAt(noon)
	require.False(t, ok)
}

// TestEverybodyIsSomewhereAtAChange: at any change of any plan, whoever is on one of
// the two shifts goes, comes or stays, and only one of these; the desk of who talks is
// kept over it.
func TestEverybodyIsSomewhereAtAChange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		agents := rapid.SliceOfN(rapid.SampledFrom([]call.AgentID{"a01", "a02", "a03", "a04", "a05"}), 0, 5)
		r := roster.New(shifts(), zone(t), nil)
		last, next := agents.Draw(t, "last"), agents.Draw(t, "next")
		r.SetPlan(join(put(on(0), "night", last...), put(on(1), "morning", next...)))
		r.SetRelief(roster.Relief{Early: 10 * minute, Late: 10 * minute})
		change := at(t, on(1)+" 06:00:00")
		c, ok := r.ChangeAt(change)
		require.True(t, ok)
		where := map[call.AgentID]int{}
		for _, list := range [][]call.AgentID{c.Outgoing, c.Incoming, c.Staying} {
			for _, a := range list {
				where[a]++
			}
		}
		for _, a := range join(put("", "", last...), put("", "", next...)) {
			require.Equal(t, 1, where[a.Agent])
		}
		near := change.Add(time.Duration(rapid.IntRange(-599, 599).Draw(t, "seconds")) * time.Second)
		for a := range where {
			require.True(t, r.MayStay(near, a, true) || near.Before(change) && r.Standing(near, a) == roster.Early)
		}
		for _, a := range c.Outgoing {
			require.Equal(t, near.Before(change), r.OnShift(near, a))
		}
		for _, a := range c.Incoming {
			require.True(t, r.OnShift(near, a))
		}
	})
}

func TestSheet(t *testing.T) {
	t.Parallel()
	c, _ := lived(t).ChangeAt(at(t, on(0)+" 14:00:00"))
	c.Incoming = append(c.Incoming, "a04")
	open := roster.Sheet{Change: c, Calls: []roster.OpenCall{{Call: "n1-1.2", Stage: call.Talking, Agent: "a01", Emergency: true}}}
	require.Equal(t, roster.SheetOpen, open.State())
	_, err := open.Take(self("a03"), c.At)
	require.ErrorIs(t, err, roster.ErrSheetOpen)
	_, err = open.AddNote(self("a03"), c.At, "not mine")
	require.ErrorIs(t, err, roster.ErrNotOutgoing)
	_, err = open.Sign(self("ghost"), c.At)
	require.ErrorIs(t, err, roster.ErrNotOutgoing)

	noted, err := open.AddNote(self("a02"), c.At, "Cầu Phú Cường ngập / the bridge is flooded")
	require.NoError(t, err)
	require.Empty(t, open.Notes)
	signed, err := noted.Sign(self("a01"), c.At.Add(minute))
	require.NoError(t, err)
	require.Equal(t, roster.SheetWritten, signed.State())
	again, err := signed.Sign(self("a01"), c.At.Add(hour))
	require.NoError(t, err)
	require.Equal(t, signed, again)
	_, err = signed.Sign(self("a02"), c.At)
	require.ErrorIs(t, err, roster.ErrSheetSigned)
	_, err = signed.AddNote(lead("boss"), c.At, "too late")
	require.ErrorIs(t, err, roster.ErrSheetSigned)

	_, err = signed.Take(self("a01"), c.At)
	require.ErrorIs(t, err, roster.ErrNotIncoming)
	read, err := signed.Take(self("a03"), c.At.Add(2*minute))
	require.NoError(t, err)
	require.Equal(t, []call.AgentID{"a04"}, read.Unread())
	twice, err := read.Take(self("a03"), c.At.Add(hour))
	require.NoError(t, err)
	require.Equal(t, read, twice)
	byLead, err := read.Take(lead("boss"), c.At.Add(3*minute))
	require.NoError(t, err)
	require.Equal(t, roster.SheetWritten, byLead.State(), "a lead reads it for nobody")
	taken, err := byLead.Take(self("a04"), c.At.Add(4*minute))
	require.NoError(t, err)
	require.Equal(t, roster.SheetTaken, taken.State())
	require.Len(t, taken.Reads, 3)
}
