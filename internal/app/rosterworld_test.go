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
		"the minimum is kept":             (*office).theMinimumIsKept,
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
