package app

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/postgres"
	"hotline1022/internal/stack"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/realstack"
	"hotline1022/internal/web"
)

// office is the demo's staff with its roster, on a real Postgres, with a clock and
// desks of its own.
type office struct {
	t     *testing.T
	conf  *config.Config
	db    *postgres.DB
	s     *shifts
	desks *fakeSeats
	log   *bytes.Buffer
	seq   int
}

// TestRoster is everything about the roster that needs a database: one Postgres for all
// of it, and a database for each.
func TestRoster(t *testing.T) {
	t.Parallel()
	url := realstack.Start(t, realstack.Options(t, stack.Postgres)).Endpoints().PostgresURL
	for name, test := range map[string]func(*office){
		"the plan is made ahead":          (*office).thePlanIsMadeAhead,
		"shifts nobody may work":          (*office).shiftsNobodyMayWork,
		"shifts with other names":         (*office).shiftsWithOtherNames,
		"too few people":                  (*office).tooFewPeople,
		"a broken plan is not made on":    (*office).aBrokenPlanIsNotMadeOn,
		"a change of shifts":              (*office).aChangeOfShifts,
		"a change that was slept through": (*office).aChangeThatWasSleptThrough,
		"alarms":                          (*office).alarms,
		"attendance":                      (*office).attendance,
		"editing":                         (*office).editing,
		"planning anew":                   (*office).planningAnew,
		"leaves":                          (*office).leaves,
		"swaps":                           (*office).swaps,
		"over the web":                    (*office).overTheWeb,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(newOffice(t, realstack.Database(t, url)))
		})
	}
}

func newOffice(t *testing.T, url string) *office {
	t.Helper()
	conf, err := config.Load("../../configs")
	require.NoError(t, err)
	db, err := postgres.Open(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(db.Close)
	require.NoError(t, db.Migrate(t.Context()))
	for _, p := range conf.Staff {
		require.NoError(t, db.AddStaff(t.Context(), p.Person, "no password"))
	}
	o := &office{t: t, conf: conf, db: db, desks: &fakeSeats{desks: map[call.AgentID]switchboard.DeskState{}}, log: &bytes.Buffer{}}
	return o
}

// monday is a morning in the middle of a shift.
const monday = "2026-11-23 08:00:00"

// open reads the roster, as a start does, and begins to be asked at that time.
func (o *office) open(clock string) {
	o.t.Helper()
	var err error
	o.s, err = newShifts(o.t.Context(), o.db, o.conf, slog.New(slog.NewTextHandler(o.log, nil)))
	require.NoError(o.t, err)
	o.at(clock)
	require.NoError(o.t, o.s.renew(o.t.Context(), o.s.now()))
	o.s.desks, o.s.alive = o.desks, func(id call.ID) bool { return id != "t1-9.1" }
}

// at sets the clock, by the time in Việt Nam.
func (o *office) at(clock string) {
	o.t.Helper()
	now := o.time(clock)
	o.s.now = func() time.Time { return now }
}

// look lets the owner of the roster look at that time.
func (o *office) look(clock string) time.Time {
	o.t.Helper()
	o.at(clock)
	return o.s.look(o.t.Context(), o.s.now()).In(zone())
}

// plan is the plan of some days, as a lead sees it.
func (o *office) plan(from string, days int) web.Plan {
	o.t.Helper()
	p, err := o.s.Plan(o.t.Context(), from, days)
	require.NoError(o.t, err)
	return p
}

// on are those of a shift.
func (o *office) on(date, shift string) []call.AgentID {
	var agents []call.AgentID
	for _, a := range o.plan(date, 1).Assignments {
		if a.Shift == shift {
			agents = append(agents, a.Agent)
		}
	}
	return agents
}

// time is a time in Việt Nam.
func (o *office) time(clock string) time.Time {
	o.t.Helper()
	at, err := time.ParseInLocation(time.DateTime, clock, zone())
	require.NoError(o.t, err)
	return at
}

// happens keeps facts of a call.
func (o *office) happens(id call.ID, clock string, facts ...call.Fact) {
	o.t.Helper()
	var events []call.Event
	for _, f := range facts {
		o.seq++
		events = append(events, call.Event{ID: fmt.Sprintf("t1-%012d", o.seq), At: o.time(clock), Call: id, Fact: f})
	}
	require.NoError(o.t, o.db.Append(o.t.Context(), events))
}

// tell keeps facts of agents.
func (o *office) tell(clock string, facts ...call.Fact) { o.happens("", clock, facts...) }

// fakeSeats are desks without telephones.
type fakeSeats struct {
	mu    sync.Mutex
	desks map[call.AgentID]switchboard.DeskState
}

func (f *fakeSeats) sit(state call.AgentState, agents ...call.AgentID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range agents {
		f.desks[a] = switchboard.DeskState{Agent: a, State: state}
	}
}

func (f *fakeSeats) Seated() []switchboard.DeskState {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []switchboard.DeskState
	for _, d := range f.desks {
		list = append(list, d)
	}
	return list
}

func (f *fakeSeats) ShiftOver(agent call.AgentID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d := f.desks[agent]; d.State == call.Available {
		d.State, d.Reason = call.Paused, switchboard.PauseShiftOver
		f.desks[agent] = d
	}
}

func (f *fakeSeats) Relieve(_ context.Context, agent call.AgentID) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.desks[agent].State == call.AgentTalking {
		return false, nil
	}
	delete(f.desks, agent)
	return true, nil
}

// state is where an agent's desk is; offline without one.
func (f *fakeSeats) state(agent call.AgentID) call.AgentState {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d, ok := f.desks[agent]; ok {
		return d.State
	}
	return call.Offline
}

func lead() roster.Actor { return roster.Actor{Agent: "thu.nguyen", Lead: true} }

func self(agent call.AgentID) roster.Actor { return roster.Actor{Agent: agent} }

func slot(date, shift string) roster.Slot { return roster.Slot{Date: date, Shift: shift} }

func put(date, shift string, agent call.AgentID) roster.Assignment {
	return roster.Assignment{Date: date, Shift: shift, Agent: agent}
}

// The demo's 21 fill every seat by the rules, those of the running shift first, and the
// plan grows by a day each day.
func (o *office) thePlanIsMadeAhead() {
	t := o.t
	o.open(monday)
	p := o.plan("2026-11-22", 16)
	require.Empty(t, p.Gaps)
	require.Empty(t, p.Problems)
	require.Len(t, p.Assignments, 16*18)
	require.Equal(t, "2026-12-07", p.Until)
	require.Equal(t, 21, p.Needed)
	require.Len(t, p.Terms.Staff, 21)
	require.Contains(t, o.on("2026-11-22", "morning"), call.AgentID("lan.nguyen"), "where they come from")
	require.Len(t, o.s.roster.Planned(o.s.now()), 6)
	require.True(t, o.s.roster.OnShift(o.s.now(), "thu.nguyen"), "supervisors always")
	require.Empty(t, o.log.String())

	before := o.plan("2026-11-22", 16).Assignments
	require.Equal(t, time.Date(2026, 11, 24, 0, 0, 16, 0, zone()), o.look("2026-11-24 00:00:01"))
	require.Equal(t, before, o.plan("2026-11-22", 16).Assignments, "what is planned stays")
	p = o.plan("2026-11-22", 17)
	require.Equal(t, "2026-12-08", p.Until)
	require.Empty(t, p.Gaps)
	require.Empty(t, p.Problems)

	// A start in the middle of it changes nothing; one after weeks makes up for them.
	o.open("2026-11-24 09:00:00")
	require.Equal(t, p.Assignments, o.plan("2026-11-22", 17).Assignments)
	o.open("2026-12-30 01:00:00")
	require.Len(t, o.s.roster.Planned(o.s.now()), 6, "the night of the day before runs")
	p = o.plan("2026-12-29", 16)
	require.Empty(t, p.Gaps)
	require.Empty(t, p.Problems)
	require.Equal(t, "2027-01-13", p.Until)
}

// One shift around the clock is against the law, and none is planned: everybody has the
// shift of their line in staff-demo.yaml.
func (o *office) shiftsNobodyMayWork() {
	o.conf.Shifts = []roster.Shift{{Key: "day", To: 24 * time.Hour, Seats: 6}}
	for i := range o.conf.Staff {
		if o.conf.Staff[i].Shift != "" {
			o.conf.Staff[i].Shift = "day"
		}
	}
	o.open(monday)
	require.Len(o.t, o.s.roster.Planned(o.s.now()), 18)
	p := o.plan("2026-11-23", 15)
	require.Len(o.t, p.Assignments, 15*18)
	require.Zero(o.t, p.Needed)
}

// Whoever renames shifts has a plan for the new ones at once.
func (o *office) shiftsWithOtherNames() {
	o.open(monday)
	for i, key := range []string{"sang", "chieu", "dem"} {
		o.conf.Shifts[i].Key = key
	}
	o.open("2026-11-25 08:00:00")
	p := o.plan("2026-11-25", 15)
	require.Empty(o.t, p.Gaps)
	require.Len(o.t, p.Assignments, 15*18)
	require.Len(o.t, o.s.roster.Planned(o.s.now()), 6)
}

func (o *office) tooFewPeople() {
	for i := range o.conf.Shifts {
		o.conf.Shifts[i].Seats = 7
	}
	o.open(monday)
	require.Contains(o.t, o.log.String(), "the plan lacks people")
	require.Contains(o.t, o.log.String(), "people needed, 21 there")
	p := o.plan("2026-11-23", 14)
	require.NotEmpty(o.t, p.Gaps)
	require.Equal(o.t, 25, p.Needed)
	require.Empty(o.t, p.Problems)
}

// What somebody forced onto a day that is not planned yet keeps it from being planned,
// and is told; the next day is tried again.
func (o *office) aBrokenPlanIsNotMadeOn() {
	t := o.t
	o.open(monday)
	_, err := o.s.Assign(t.Context(), put("2026-12-08", "morning", "lan.nguyen"), "thu.nguyen", true)
	require.NoError(t, err)
	_, err = o.s.Assign(t.Context(), put("2026-12-08", "afternoon", "lan.nguyen"), "thu.nguyen", true)
	require.NoError(t, err)
	o.look("2026-11-24 00:00:01")
	require.Contains(t, o.log.String(), "the plan is not made further ahead")
	require.Equal(t, "2026-12-07", o.plan("2026-11-24", 1).Until)
	_, err = o.s.Unassign(t.Context(), put("2026-12-08", "afternoon", "lan.nguyen"), "thu.nguyen", true)
	require.NoError(t, err)
	o.look("2026-11-25 00:00:01")
	require.Equal(t, "2026-12-09", o.plan("2026-11-25", 1).Until)
}
