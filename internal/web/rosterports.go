package web

import (
	"context"
	"errors"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// Roster is who works when. What would break rules is a *roster.RuleError, a step that
// cannot be taken one of that package's errors, and what is not there ErrNotFound.
type Roster interface {
	// Name is what people call somebody of the staff.
	Name(agent call.AgentID) string
	Plans
	Leaves
	Swaps
	Days
	Sheets
	Guard
}

// Why something about shifts is not done.
var (
	ErrShiftOver    = errors.New("the shift is over; what was planned for it stays as it was")
	ErrTooSoon      = errors.New("plans are made for dates that have not begun; use a substitute for today")
	ErrAlreadyAsked = errors.New("this agent has asked for a leave on these dates already")
	ErrNoShift      = errors.New("there is no shift of that key")
	ErrNotYet       = errors.New("a sheet is signed when the next shift may come in, not before")
)

// Plans is the plan, and what it is made of.
type Plans interface {
	Plan(ctx context.Context, from string, days int) (Plan, error)
	// Assign puts an agent on a shift. With force it does so against the rules, which
	// is noted; overridden are the rules that it broke.
	Assign(ctx context.Context, a roster.Assignment, by call.AgentID, force bool) (overridden []roster.Problem, err error)
	// Unassign takes an agent off a shift; leaving it below its minimum needs force.
	Unassign(ctx context.Context, a roster.Assignment, by call.AgentID, force bool) (overridden []roster.Problem, err error)
	// Move does both at once, or nothing; forcing is as for the two.
	Move(ctx context.Context, agent call.AgentID, from, to roster.Slot, by call.AgentID, force bool) (overridden []roster.Problem, err error)
	Generate(ctx context.Context, g Generation, by call.AgentID) (Generated, error)
	Members(ctx context.Context) ([]roster.Member, error)
	SaveMember(ctx context.Context, m roster.Member, by call.AgentID) error
	// PlanChanges lists who changed the plan, the last first; before is an id, 0 begins.
	PlanChanges(ctx context.Context, before int64, limit int) ([]PlanChange, error)
}

// Plan is who works on some days, and what is wrong with it.
type Plan struct {
	Terms       roster.Terms
	Assignments []PlannedShift
	Gaps        []roster.Gap
	Problems    []roster.Problem
	Tallies     []roster.Tally // of each of the staff, in the order of the terms
	Needed      int            // people for the shifts when nobody is ever away; 0 when no number can do it
	Until       string         // the last date of those from today on that are all planned; "" for none
}

// PlannedShift is an assignment, and whether a lead put it there against the rules.
type PlannedShift struct {
	roster.Assignment
	Forced bool
}

// Generation asks for a plan of the days from that date on. Keep leaves what is there
// and fills the rest; without apply nothing is changed.
type Generation struct {
	From  string
	Days  int
	Keep  bool
	Apply bool
}

// Generated is the plan that was made, and how it differs from the one before.
type Generated struct {
	Plan      []roster.Assignment
	Added     []roster.Assignment
	Removed   []roster.Assignment
	Shortfall roster.Shortfall
}

// PlanChange is one change of the plan of one person.
type PlanChange struct {
	ID         int64
	At         time.Time
	By         call.AgentID
	Kind       string // assigned, unassigned, leave, swapped
	What       roster.Assignment
	Overridden []roster.Problem
}

// Leaves is who is away.
type Leaves interface {
	// Leaves lists those that have a date between two, both included.
	Leaves(ctx context.Context, from, to string) ([]Leave, error)
	AskLeave(ctx context.Context, l roster.Leave) (Leave, error)
	TakeLeave(ctx context.Context, id string, step roster.LeaveStep, by roster.Actor) (Leave, error)
}

// Leave is a leave, and the shifts that it takes its agent off: those that it would,
// while it is asked for, and those that it has when it is approved just now.
type Leave struct {
	roster.Leave
	AskedAt time.Time
	At      time.Time // of the last step
	Struck  []roster.Slot
}

// Swaps is who takes whose shift.
type Swaps interface {
	Swaps(ctx context.Context, since time.Time) ([]Swap, error)
	ProposeSwap(ctx context.Context, s roster.Swap) (Swap, error)
	TakeSwap(ctx context.Context, id string, step roster.SwapStep, by roster.Actor) (Swap, error)
	// Partners lists with whom the agent could swap the shift within the rules.
	Partners(ctx context.Context, agent call.AgentID, give roster.Slot) ([]Partner, error)
}

// Swap is a swap, and when it was asked for.
type Swap struct {
	roster.Swap
	AskedAt time.Time
}

// Partner is somebody who could take a shift.
type Partner struct {
	Agent call.AgentID
	Alone bool          // for nothing in return
	Take  []roster.Slot // shifts of theirs that could be had in return
}

// Days is shifts as they are lived.
type Days interface {
	Substitutes(ctx context.Context, slot roster.Slot) ([]roster.Substitute, error)
	// Attendance is what became of the shifts of a date; of one, when shift is given.
	Attendance(ctx context.Context, date, shift string) ([]ShiftAttendance, error)
	Alarms(now time.Time) []roster.Alarm
}

// ShiftAttendance is who came to a shift and when.
type ShiftAttendance struct {
	Slot roster.Slot
	Span roster.Span
	Rows []roster.Attendance
}

// Sheets is what one shift hands over to the next. A sheet is named by the shift that
// ends.
type Sheets interface {
	// CurrentSheets are the one of the shift that runs, and the one before, which is
	// nil when there is none.
	CurrentSheets(ctx context.Context) (running roster.Sheet, last *roster.Sheet, err error)
	Sheet(ctx context.Context, ending roster.Slot) (roster.Sheet, error)
	AddNote(ctx context.Context, ending roster.Slot, by roster.Actor, words string) (roster.Sheet, error)
	SignSheet(ctx context.Context, ending roster.Slot, by roster.Actor) (roster.Sheet, error)
	TakeSheet(ctx context.Context, ending roster.Slot, by roster.Actor) (roster.Sheet, error)
}

// Guard keeps enough people at the shift that runs.
type Guard interface {
	// MayGo says whether the agent may pause or leave now. Who may is counted as gone.
	MayGo(agent call.AgentID, going roster.Going) roster.Answer
	// Release lets the agent go once, soon, whatever the minimum.
	Release(ctx context.Context, agent, by call.AgentID) error
}
