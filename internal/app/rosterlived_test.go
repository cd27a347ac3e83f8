package app

import (
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/web"
)

// aChangeOfShifts: at 14:00 the outgoing get no new call, who talks goes on, and the
// sheet says what is open; when the relief is over the desks are closed.
func (o *office) aChangeOfShifts() {
	t := o.t
	ctx := t.Context()
	o.open(monday)
	morning, noon := o.on("2026-11-23", "morning"), o.on("2026-11-23", "afternoon")
	idle, talks := morning[0], morning[1]
	o.desks.sit(call.Available, idle, "thu.nguyen")
	o.desks.sit(call.AgentTalking, talks)
	ended := call.Finished{Outcome: call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Waiting}}
	queued := call.Queued{Queue: "field", Topic: call.Topic{Group: call.Field}}
	arrived := func(code, caller string) call.Arrived {
		return call.Arrived{Caller: caller, Dialed: "1022", Ticket: code, Language: call.Vietnamese}
	}
	for id, facts := range map[call.ID][]call.Fact{
		"t1-1.1": {arrived("2632800017", "+84908000001"), queued, ended},
		"t1-2.1": {arrived("2632800025", ""), queued, ended},
		"t1-3.1": {arrived("2632800033", "+84908000003"), queued},
		"t1-9.1": {arrived("2632800041", "+84908000004"), queued}, // lost in a crash
	} {
		o.happens(id, "2026-11-23 13:30:00", facts...)
	}

	require.Equal(t, "13:59:57", o.look("2026-11-23 13:59:42").Format(time.TimeOnly))
	require.Equal(t, "14:00:00", o.look("2026-11-23 13:59:57").Format(time.TimeOnly), "to the second")
	require.Equal(t, call.Available, o.desks.state(idle))
	note, err := o.s.AddNote(ctx, slot("2026-11-23", "morning"), self(idle), "Cầu Phú Cường ngập")
	require.NoError(t, err)
	require.Equal(t, roster.SheetOpen, note.State())
	_, err = o.s.AddNote(ctx, slot("2026-11-23", "morning"), self(noon[0]), "không phải ca của tôi")
	require.ErrorIs(t, err, roster.ErrNotOutgoing)
	running, last, err := o.s.CurrentSheets(ctx)
	require.NoError(t, err)
	require.Equal(t, slot("2026-11-23", "morning"), running.Change.From)
	require.Len(t, running.Notes, 1)
	require.Equal(t, slot("2026-11-22", "night"), last.Change.From)

	o.look("2026-11-23 14:00:00")
	require.Equal(t, call.Paused, o.desks.state(idle))
	require.Equal(t, call.AgentTalking, o.desks.state(talks))
	require.Equal(t, call.Available, o.desks.state("thu.nguyen"))
	sheet, err := o.s.Sheet(ctx, slot("2026-11-23", "morning"))
	require.NoError(t, err)
	require.ElementsMatch(t, morning, append(sheet.Change.Outgoing, sheet.Change.Staying...))
	require.ElementsMatch(t, noon, sheet.Change.Incoming)
	require.Len(t, sheet.Calls, 1)
	require.Equal(t, [2]any{call.ID("t1-3.1"), "2632800033"}, [2]any{sheet.Calls[0].Call, sheet.Calls[0].Ticket})
	require.Equal(t, []roster.OpenCallback{{Call: "t1-1.1", Ticket: "2632800017", Due: o.time("2026-11-23 13:30:00").UTC()}}, sheet.Callbacks)
	require.Equal(t, "2632800025", sheet.Tickets[0].Ticket)
	require.Equal(t, "Cầu Phú Cường ngập", sheet.Notes[0].Text)

	// What comes after the change is the next shift's.
	o.happens("t1-3.1", "2026-11-23 14:05:00", ended)
	o.at("2026-11-23 14:10:00")
	_, err = o.s.AddNote(ctx, slot("2026-11-23", "morning"), lead(), "Đã báo điện lực")
	require.NoError(t, err)
	_, err = o.s.SignSheet(ctx, slot("2026-11-23", "afternoon"), lead())
	require.ErrorIs(t, err, web.ErrNotYet)
	signed, err := o.s.SignSheet(ctx, slot("2026-11-23", "morning"), self(idle))
	require.NoError(t, err)
	require.Equal(t, sheet.Calls, signed.Calls)
	for _, agent := range noon {
		signed, err = o.s.TakeSheet(ctx, slot("2026-11-23", "morning"), self(agent))
		require.NoError(t, err)
	}
	require.Equal(t, roster.SheetTaken, signed.State())
	require.Len(t, signed.Notes, 2)

	o.look("2026-11-23 14:29:59")
	require.Equal(t, call.Paused, o.desks.state(idle), "still in the relief")
	o.look("2026-11-23 14:30:00")
	require.Equal(t, call.Offline, o.desks.state(idle))
	require.Equal(t, call.AgentTalking, o.desks.state(talks), "no call is cut")
	o.desks.sit(call.WrapUp, talks)
	o.look("2026-11-23 14:30:15")
	require.Equal(t, call.Offline, o.desks.state(talks))

	_, err = o.s.Sheet(ctx, slot("2026-11-23", "night"))
	require.ErrorIs(t, err, web.ErrNotFound, "has not begun")
	_, err = o.s.Sheet(ctx, slot("2026-11-01", "night"))
	require.ErrorIs(t, err, web.ErrNotFound)
	_, err = o.s.Sheet(ctx, slot("2026-11-23", "noon"))
	require.ErrorIs(t, err, web.ErrNotFound)
}

// aChangeThatWasSleptThrough: the next look makes up for it.
func (o *office) aChangeThatWasSleptThrough() {
	t := o.t
	o.open(monday)
	morning := o.on("2026-11-23", "morning")
	o.desks.sit(call.Available, morning...)
	o.look("2026-11-23 14:12:00")
	require.Equal(t, call.Paused, o.desks.state(morning[0]))
	var filled bool
	require.NoError(t, o.db.ReadRoster(t.Context(), func(r *postgres.Roster) (err error) {
		_, filled, err = r.Sheet(t.Context(), slot("2026-11-23", "morning"))
		return err
	}))
	require.True(t, filled)

	// Signed early, in the relief before the change, it is closed as it was.
	o.at("2026-11-23 21:50:00")
	_, err := o.s.SignSheet(t.Context(), slot("2026-11-23", "afternoon"), lead())
	require.NoError(t, err)
	o.look("2026-11-23 22:00:00")
	sheet, err := o.s.Sheet(t.Context(), slot("2026-11-23", "afternoon"))
	require.NoError(t, err)
	require.Equal(t, call.AgentID("thu.nguyen"), sheet.Writer)

	// While the database is away the desks are relieved all the same.
	night := o.on("2026-11-23", "night")
	o.desks.sit(call.Available, night...)
	o.db.Close()
	o.look("2026-11-24 06:00:00")
	require.Equal(t, call.Paused, o.desks.state(night[0]))
	require.Contains(t, o.log.String(), "a hand-over sheet is not filled yet")
	require.Contains(t, o.log.String(), "the plan that was read last stands")
	require.Len(t, o.s.roster.Planned(o.s.now()), 6)
}

func (o *office) alarms() {
	t := o.t
	o.open(monday)
	require.Len(t, o.s.Alarms(o.s.now()), 2, "nobody is there")
	morning := o.on("2026-11-23", "morning")
	o.desks.sit(call.Available, morning[:5]...)
	told := func() int { return strings.Count(o.log.String(), "a shift lacks people") }
	o.look("2026-11-23 08:00:15")
	o.look("2026-11-23 08:00:30")
	require.Equal(t, 1, told(), "each is told once")
	alarms := o.s.Alarms(o.s.now())
	require.Equal(t, roster.SeatEmpty, alarms[0].Kind)
	require.Equal(t, morning[5:], alarms[0].Absent)
	require.Contains(t, alarms[0].Vi, o.s.Name(morning[5]))

	// Who eats is there; whose telephone rings in vain is not.
	o.desks.sit(call.Paused, morning[5])
	require.Empty(t, o.s.Alarms(o.s.now()))
	o.desks.desks[morning[5]] = switchboard.DeskState{Agent: morning[5], State: call.Paused, Reason: call.PauseRONA}
	require.Len(t, o.s.Alarms(o.s.now()), 1)
	o.desks.sit(call.AgentTalking, "thu.nguyen")
	o.look("2026-11-23 08:00:45")
	require.Equal(t, 2, told(), "it is told that it is over: a supervisor helps out")
	require.Contains(t, o.log.String(), "a shift lacks people no more")
	require.Equal(t, 6, o.s.seats(o.s.now()))
}

// theMinimumIsKept: of four the fourth may go, the third only when a lead agrees.
func (o *office) theMinimumIsKept() {
	t := o.t
	o.conf.Roster.Guard = true
	o.open(monday)
	morning := o.on("2026-11-23", "morning")
	o.desks.sit(call.Available, morning[:4]...)
	may := func(agent call.AgentID, going roster.Going) roster.Verdict { return o.s.MayGo(agent, going).Verdict }
	require.Equal(t, roster.MayGo, may(morning[0], roster.ToPause))
	require.Equal(t, roster.MustAsk, may(morning[1], roster.ToPause), "the first has not paused yet, and is counted as gone")
	require.Equal(t, roster.MustAsk, may(morning[1], roster.ToLeave))
	require.Contains(t, o.s.MayGo(morning[1], roster.ToPause).Vi, "ca chỉ còn 2 người, tối thiểu 3")
	o.desks.desks[morning[0]] = switchboard.DeskState{Agent: morning[0], State: call.Paused, Reason: "meal", Since: o.s.now()}
	require.Equal(t, roster.MayGo, may(morning[1], roster.ToLeave), "who eats will be back")
	o.desks.desks[morning[1]] = switchboard.DeskState{Agent: morning[1], State: call.Available, Since: o.s.now()}

	require.NoError(t, o.s.Release(t.Context(), morning[2], "thu.nguyen"))
	require.Equal(t, roster.MayGo, may(morning[2], roster.ToPause))
	require.Equal(t, roster.MustAsk, may(morning[2], roster.ToPause), "once")
	require.NoError(t, o.s.Release(t.Context(), morning[3], "thu.nguyen"))
	o.at("2026-11-23 08:15:00")
	require.Equal(t, roster.MustAsk, may(morning[3], roster.ToPause), "soon")
	require.ErrorIs(t, o.s.Release(t.Context(), "nobody", "thu.nguyen"), web.ErrNotFound)

	// Whose shift is over is not kept, nor anybody where leads are only told.
	o.at("2026-11-23 14:00:00")
	require.Equal(t, roster.MayGo, may(morning[3], roster.ToLeave))
	o.conf.Roster.Guard = false
	o.open(monday)
	require.Equal(t, roster.MayGo, may(morning[3], roster.ToLeave))
}

func (o *office) attendance() {
	t := o.t
	o.open(monday)
	morning := o.on("2026-11-23", "morning")
	in := func(clock string, agent call.AgentID) {
		o.tell(clock, call.AgentMoved{Agent: agent, From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn})
	}
	out := func(clock string, agent call.AgentID) {
		o.tell(clock, call.AgentMoved{Agent: agent, From: call.Paused, To: call.Offline})
	}
	in("2026-11-23 05:50:00", morning[0])
	in("2026-11-23 06:20:00", morning[1])
	out("2026-11-23 07:00:00", morning[1])
	in("2026-11-23 07:01:00", morning[1]) // a page that was loaded anew
	out("2026-11-23 13:00:00", morning[1])
	in("2026-11-23 10:00:00", "thu.nguyen")
	o.at("2026-11-23 13:30:00")
	list, err := o.s.Attendance(t.Context(), "2026-11-23", "morning")
	require.NoError(t, err)
	require.Len(t, list, 1)
	byAgent := map[call.AgentID]roster.Attendance{}
	for _, a := range list[0].Rows {
		byAgent[a.Agent] = a
	}
	require.Len(t, byAgent, 7)
	first, second := byAgent[morning[0]], byAgent[morning[1]]
	require.Equal(t, [3]any{roster.Present, time.Duration(0), 10 * time.Minute}, [3]any{first.State, first.Late, first.Extra})
	require.Equal(t, [4]any{roster.Left, 20 * time.Minute, time.Duration(0), 30 * time.Minute}, [4]any{second.State, second.Late, second.Away, second.Early})
	require.Equal(t, roster.Missing, byAgent[morning[2]].State)
	require.Equal(t, [2]any{false, 210 * time.Minute}, [2]any{byAgent["thu.nguyen"].Planned, byAgent["thu.nguyen"].Worked})

	// Weeks later the plan of that day is still known.
	o.at("2027-01-23 13:30:00")
	list, err = o.s.Attendance(t.Context(), "2026-11-23", "")
	require.NoError(t, err)
	require.Len(t, list, 3)
	require.Equal(t, roster.Absent, list[0].Rows[2].State)
	_, err = o.s.Attendance(t.Context(), "2026-11-23", "noon")
	require.ErrorIs(t, err, web.ErrNotFound)
}
