package app

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/postgres"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/web"
)

// How often the owner of the roster looks at the desks, and reads the plan anew; the
// moments at which shifts change are looked at too, to the second.
const (
	lookEvery = 15 * time.Second
	readEvery = time.Minute // another process may have changed it
	lookWait  = 30 * time.Second
)

// seats is what of the desks a shift change needs; switchboard.Desks is one.
type seats interface {
	Seated() []switchboard.DeskState
	ShiftOver(agent call.AgentID)
	Relieve(ctx context.Context, agent call.AgentID) (bool, error)
}

var _ seats = (*switchboard.Desks)(nil)

// shifts owns the roster at run time. It keeps the plan ahead of the days, takes those
// off the line whose shift is over, fills the hand-over sheets and raises alarms, all
// by looking at what is, not at what has changed: a change that it slept through, or
// was not running for, is made up for with the next look. One goroutine looks; people's
// changes come from theirs, and take turns in the database.
type shifts struct {
	db     *postgres.DB
	roster *roster.Roster
	conf   config.Roster
	list   []roster.Shift
	first  []config.Staff // where the demo's staff come from
	now    func() time.Time
	log    *slog.Logger
	desks  seats              // after start
	alive  func(call.ID) bool // after start

	reading sync.Mutex // of the plan: a later read is never followed by an older one

	mu     sync.Mutex
	terms  roster.Terms // as last read
	names  map[call.AgentID]string
	seated []call.AgentID // whom shifts are planned for
	leads  []call.AgentID // who may supervise
	readAt time.Time

	// Whoever looks has these.
	extended string            // the date for which the plan reaches far enough
	handed   time.Time         // the change whose sheet is filled
	raised   map[alarmKey]bool // alarms that were told

	guard guard

	stop context.CancelFunc
	done sync.WaitGroup
}

var _ web.Roster = (*shifts)(nil)

func newShifts(ctx context.Context, db *postgres.DB, c *config.Config, log *slog.Logger) (*shifts, error) {
	people, err := db.Staff(ctx)
	if err != nil {
		return nil, err
	}
	_, always := split(people)
	s := &shifts{
		db: db, roster: roster.New(c.Shifts, zone(), always), conf: c.Roster, list: c.Shifts, first: c.Staff,
		now: time.Now, log: log, names: map[call.AgentID]string{}, stop: func() {},
		guard: guard{going: map[call.AgentID]time.Time{}, released: map[call.AgentID]time.Time{}},
	}
	s.roster.SetRelief(c.Roster.Relief)
	return s, nil
}

// start begins to look at desks. Stop ends it; both are safe twice.
func (s *shifts) start(ctx context.Context, desks seats, alive func(call.ID) bool) {
	if s.desks != nil {
		return
	}
	s.desks, s.alive = desks, alive
	ctx, s.stop = context.WithCancel(ctx)
	s.done.Go(func() {
		timer := time.NewTimer(0)
		defer timer.Stop()
		for {
			select {
			case <-timer.C:
				next := s.look(ctx, s.now())
				timer.Reset(next.Sub(s.now()))
			case <-ctx.Done():
				return
			}
		}
	})
}

// Stop ends the looking. Desks stay as they are.
func (s *shifts) Stop() {
	s.stop()
	s.done.Wait()
}

// look does what is due, and says when to look again.
func (s *shifts) look(ctx context.Context, now time.Time) time.Time {
	ctx, cancel := context.WithTimeout(ctx, lookWait)
	defer cancel()
	s.relieve(ctx, now)
	s.sound(now)
	if err := s.handOver(ctx, now); err != nil {
		s.log.Error("a hand-over sheet is not filled yet", slog.Any("error", err))
	}
	if err := s.renew(ctx, now); err != nil {
		s.log.Error("the roster cannot be read; the plan that was read last stands", slog.Any("error", err))
	}
	next := now.Add(lookEvery)
	if change, ok := s.roster.NextChange(now); ok && change.Before(next) {
		next = change
	}
	return next
}

// renew makes the plan reach far enough, once a day, and reads it now and then.
func (s *shifts) renew(ctx context.Context, now time.Time) error {
	s.mu.Lock()
	fresh := now.Sub(s.readAt) < readEvery
	s.mu.Unlock()
	if s.extended != dateOf(now) {
		if err := s.extend(ctx, now); err != nil {
			return err
		}
	} else if fresh {
		return nil
	}
	return s.read(ctx, now)
}

// read takes the plan and the terms into use as they are in the database.
func (s *shifts) read(ctx context.Context, now time.Time) error {
	s.reading.Lock()
	defer s.reading.Unlock()
	people, err := s.db.Staff(ctx)
	if err != nil {
		return err
	}
	names := make(map[call.AgentID]string, len(people))
	for _, p := range people {
		names[call.AgentID(p.ID)] = p.Name
	}
	var terms roster.Terms
	var plan []roster.Assignment
	err = s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		terms, plan, err = s.around(ctx, r, dateOf(now), s.conf.Ahead+1)
		return err
	})
	if err != nil {
		return fmt.Errorf("reading the roster: %w", err)
	}
	seated, always := split(people)
	var leads []call.AgentID
	for _, p := range people {
		if auth.Supervise.MetBy(p.Role) {
			leads = append(leads, call.AgentID(p.ID))
		}
	}
	s.roster.SetAlways(always)
	s.roster.SetPlan(plan)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.terms, s.names, s.seated, s.leads, s.readAt = terms, names, seated, leads, now
	return nil
}

// split tells those who are planned for from those who may always work.
func split(people []auth.Person) (seated, always []call.AgentID) {
	for _, p := range people {
		if p.Role.Seated() {
			seated = append(seated, call.AgentID(p.ID))
		} else {
			always = append(always, call.AgentID(p.ID))
		}
	}
	return seated, always
}

// agents are those whom shifts are planned for.
func (s *shifts) agents() []call.AgentID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seated
}

// Supervisors are rung when an emergency has nobody else.
func (s *shifts) Supervisors() []call.AgentID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.leads
}

// changed takes a change into use that was made just now. It is kept already: when it
// cannot be read, the next look will.
func (s *shifts) changed(ctx context.Context) {
	if err := s.read(ctx, s.now()); err != nil {
		s.log.ErrorContext(ctx, "a change of the roster is kept, and not in use yet", slog.Any("error", err))
		s.mu.Lock()
		s.readAt = time.Time{}
		s.mu.Unlock()
	}
}

// Name is what people call somebody of the staff.
func (s *shifts) Name(agent call.AgentID) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if name, known := s.names[agent]; known {
		return name
	}
	return string(agent)
}

// staffed says whether somebody of that name works here.
func (s *shifts) staffed(agent call.AgentID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, known := s.names[agent]
	return known
}

func dateOf(t time.Time) string { return t.In(zone()).Format(time.DateOnly) }
