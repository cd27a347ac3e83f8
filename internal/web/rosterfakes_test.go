package web

import (
	"context"
	"fmt"
	"sync"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// fakeRoster has one of everything, of lan's and of mai's, and notes what it is asked.
type fakeRoster struct {
	mu  sync.Mutex
	did []string
	err error
	may roster.Answer
}

func newFakeRoster() *fakeRoster { return &fakeRoster{may: roster.Answer{Verdict: roster.MayGo}} }

// say is what everybody is told who wants to go.
func (f *fakeRoster) say(a roster.Answer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.may = a
}

func (f *fakeRoster) MayGo(agent call.AgentID, going roster.Going) roster.Answer {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.did = append(f.did, fmt.Sprintf("%s to %s", agent, going))
	return f.may
}

func (f *fakeRoster) Release(_ context.Context, agent, by call.AgentID) error {
	return f.note("release %s by %s", agent, by)
}

func (f *fakeRoster) note(format string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.did = append(f.did, fmt.Sprintf(format, args...))
	return f.err
}

func (f *fakeRoster) last() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.did) == 0 {
		return ""
	}
	return f.did[len(f.did)-1]
}

func (f *fakeRoster) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

var (
	lanNight = roster.Slot{Date: "2026-11-24", Shift: "night"}
	maiNoon  = roster.Slot{Date: "2026-11-25", Shift: "afternoon"}
)

func tired() roster.Problem {
	return roster.Problem{Kind: roster.TooLittleRest, Agent: "mai", Slot: maiNoon, Other: lanNight, Vi: "Mai nghỉ ít.", En: "Mai rests too little."}
}

func (f *fakeRoster) Name(agent call.AgentID) string { return "Name of " + string(agent) }

func (f *fakeRoster) Plan(_ context.Context, from string, days int) (Plan, error) {
	return Plan{
		Terms: roster.Terms{
			Shifts:   []roster.Shift{{Key: "night", Vi: "Ca đêm", En: "Night", From: 22 * time.Hour, To: 6 * time.Hour, Seats: 6}},
			Staff:    []roster.Member{{Agent: "lan"}, {Agent: "mai"}},
			Holidays: []roster.Holiday{{Date: "2026-11-24", Vi: "Lễ", En: "Holiday"}, {Date: "2027-01-01", Vi: "Tết", En: "New Year", Seats: map[string]int{"night": 8}}},
		},
		Assignments: []PlannedShift{
			{Assignment: roster.Assignment{Date: "2026-11-24", Shift: "night", Agent: "lan"}},
			{Assignment: roster.Assignment{Date: "2026-11-25", Shift: "afternoon", Agent: "mai"}, Forced: true},
		},
		Gaps:     []roster.Gap{{Slot: lanNight, Seats: 6, Missing: 5, Free: 1, Why: map[roster.ProblemKind]int{roster.OnLeave: 2}, Vi: "thiếu", En: "missing"}},
		Problems: []roster.Problem{tired()}, Needed: 21, Until: "2026-12-08",
		Tallies: []roster.Tally{{Hours: 8 * time.Hour, Shifts: 1, Nights: 1, Holidays: 1}, {Hours: 8 * time.Hour, Shifts: 1}},
	}, f.note("plan %s %d", from, days)
}

func (f *fakeRoster) Assign(_ context.Context, a roster.Assignment, by call.AgentID, force bool) ([]roster.Problem, error) {
	if err := f.note("assign %v by %s force %v", a, by, force); err != nil {
		return nil, err
	}
	if !force && a.Agent == "mai" {
		return nil, &roster.RuleError{Problems: []roster.Problem{tired(), tired()}}
	}
	if a.Agent == "mai" {
		return []roster.Problem{tired()}, nil
	}
	return nil, nil
}

func (f *fakeRoster) Unassign(_ context.Context, a roster.Assignment, by call.AgentID, force bool) ([]roster.Problem, error) {
	return nil, f.note("unassign %v by %s force %v", a, by, force)
}

func (f *fakeRoster) Move(_ context.Context, agent call.AgentID, from, to roster.Slot, by call.AgentID, force bool) ([]roster.Problem, error) {
	if err := f.note("move %s %v to %v by %s force %v", agent, from, to, by, force); err != nil {
		return nil, err
	}
	if !force && agent == "mai" {
		return nil, &roster.RuleError{Problems: []roster.Problem{tired()}}
	}
	return nil, nil
}

func (f *fakeRoster) Generate(_ context.Context, g Generation, by call.AgentID) (Generated, error) {
	a := roster.Assignment{Date: "2026-12-01", Shift: "night", Agent: "lan"}
	return Generated{Plan: []roster.Assignment{a}, Added: []roster.Assignment{a}, Shortfall: roster.Shortfall{
		Wanted: 18, Filled: 17, Unavoidable: 1, Staff: 20, Needed: 21, Vi: "Cần 21 người.", En: "21 people needed.",
	}}, f.note("generate %+v by %s", g, by)
}

func (f *fakeRoster) Members(context.Context) ([]roster.Member, error) {
	return []roster.Member{{Agent: "lan"}, {Agent: "mai", Never: []string{"night"}, WeeklyHours: 20 * time.Hour, OnCall: true}}, f.note("members")
}

func (f *fakeRoster) SaveMember(_ context.Context, m roster.Member, by call.AgentID) error {
	return f.note("member %+v by %s", m, by)
}

func (f *fakeRoster) PlanChanges(_ context.Context, before int64, limit int) ([]PlanChange, error) {
	rows := []PlanChange{{
		ID: 7, At: someTime, By: "minh", Kind: "assigned", What: roster.Assignment{Date: "2026-11-25", Shift: "afternoon", Agent: "mai"},
		Overridden: []roster.Problem{tired()},
	}}
	return rows[:min(limit, 1)], f.note("changes %d %d", before, limit)
}

func aLeave(agent call.AgentID) Leave {
	return Leave{Leave: roster.Leave{
		ID: "l-" + string(agent), Agent: agent, From: "2026-12-01", To: "2026-12-02", Kind: roster.SickLeave, Reason: "ốm", State: roster.LeaveAsked, By: agent,
	}, AskedAt: someTime, At: someTime, Struck: []roster.Slot{lanNight}}
}

func (f *fakeRoster) Leaves(_ context.Context, from, to string) ([]Leave, error) {
	return []Leave{aLeave("lan"), aLeave("mai")}, f.note("leaves %s %s", from, to)
}

func (f *fakeRoster) AskLeave(_ context.Context, l roster.Leave) (Leave, error) {
	return aLeave(l.Agent), f.note("ask leave %s %s..%s %s %q by %s", l.Agent, l.From, l.To, l.Kind, l.Reason, l.By)
}

func (f *fakeRoster) TakeLeave(_ context.Context, id string, step roster.LeaveStep, by roster.Actor) (Leave, error) {
	return aLeave("lan"), f.note("leave %s %s by %v", id, step, by)
}

func aSwap(id string, from, to call.AgentID, state roster.SwapState) Swap {
	return Swap{Swap: roster.Swap{ID: id, From: from, To: to, Give: lanNight, State: state, By: from, At: someTime}, AskedAt: someTime}
}

func (f *fakeRoster) Swaps(context.Context, time.Time) ([]Swap, error) {
	return []Swap{
		aSwap("s1", "lan", "mai", roster.SwapProposed), aSwap("s2", "mai", "hoa", roster.SwapAccepted), aSwap("s3", "hoa", "lan", roster.SwapDeclined),
	}, f.note("swaps")
}

func (f *fakeRoster) ProposeSwap(_ context.Context, s roster.Swap) (Swap, error) {
	row := aSwap("s4", s.From, s.To, roster.SwapProposed)
	row.Take = s.Take
	return row, f.note("propose %s→%s %v for %v %q", s.From, s.To, s.Give, s.Take, s.Reason)
}

func (f *fakeRoster) TakeSwap(_ context.Context, id string, step roster.SwapStep, by roster.Actor) (Swap, error) {
	return aSwap(id, "lan", "mai", roster.SwapAccepted), f.note("swap %s %s by %v", id, step, by)
}

func (f *fakeRoster) Partners(_ context.Context, agent call.AgentID, give roster.Slot) ([]Partner, error) {
	return []Partner{{Agent: "mai", Alone: true, Take: []roster.Slot{maiNoon}}}, f.note("partners of %s for %v", agent, give)
}

func (f *fakeRoster) Substitutes(_ context.Context, slot roster.Slot) ([]roster.Substitute, error) {
	return []roster.Substitute{
		{Agent: "lan", OnCall: true, Rest: 16 * time.Hour, Week: 40 * time.Hour}, {Agent: "mai", Problems: []roster.Problem{tired()}},
	}, f.note("substitutes %v", slot)
}

func (f *fakeRoster) Attendance(_ context.Context, date, shift string) ([]ShiftAttendance, error) {
	return []ShiftAttendance{{
		Slot: lanNight, Span: roster.Span{From: someTime, To: someTime.Add(8 * time.Hour)},
		Rows: []roster.Attendance{
			{Agent: "lan", Planned: true, State: roster.Present, From: someTime.Add(time.Minute), To: someTime.Add(time.Hour), Late: time.Minute, Worked: 59 * time.Minute, Ahead: 7 * time.Hour},
			{Agent: "mai", Planned: true, State: roster.Missing, Late: time.Hour, Ahead: 7 * time.Hour},
		},
	}}, f.note("attendance %s %s", date, shift)
}

func (f *fakeRoster) Alarms(time.Time) []roster.Alarm {
	return []roster.Alarm{{Kind: roster.SeatEmpty, Slot: lanNight, Since: someTime, Want: 6, Present: 5, Absent: []call.AgentID{"mai"}, Vi: "vắng", En: "absent"}}
}

func aSheet() roster.Sheet {
	return roster.Sheet{
		Change: roster.Change{At: someTime, From: lanNight, To: maiNoon, Outgoing: []call.AgentID{"lan"}, Incoming: []call.AgentID{"mai"}},
		Calls:  []roster.OpenCall{{Call: "bd1-1.1", Stage: call.Talking, Agent: "lan", Emergency: true, Since: someTime.UTC(), Ticket: "2632800017"}},
		Notes:  []roster.Note{{By: "lan", At: someTime, Text: "Cầu ngập"}},
		Writer: "lan", WrittenAt: someTime,
	}
}

func (f *fakeRoster) CurrentSheets(context.Context) (roster.Sheet, *roster.Sheet, error) {
	last := aSheet()
	return roster.Sheet{Change: roster.Change{At: someTime, From: maiNoon}}, &last, f.note("sheets")
}

func (f *fakeRoster) Sheet(_ context.Context, slot roster.Slot) (roster.Sheet, error) {
	return aSheet(), f.note("sheet %v", slot)
}

func (f *fakeRoster) AddNote(_ context.Context, slot roster.Slot, by roster.Actor, words string) (roster.Sheet, error) {
	return aSheet(), f.note("note on %v by %v: %s", slot, by, words)
}

func (f *fakeRoster) SignSheet(_ context.Context, slot roster.Slot, by roster.Actor) (roster.Sheet, error) {
	return aSheet(), f.note("sign %v by %v", slot, by)
}

func (f *fakeRoster) TakeSheet(_ context.Context, slot roster.Slot, by roster.Actor) (roster.Sheet, error) {
	return aSheet(), f.note("take %v by %v", slot, by)
}
