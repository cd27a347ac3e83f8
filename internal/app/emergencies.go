package app

import (
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/duty"
	"hotline1022/internal/emergency/tally"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/web"
)

// emergencies joins what the web needs of hand-overs.
type emergencies struct {
	*switchboard.Board
	a *App
}

var _ web.Emergencies = emergencies{}

// startDuties reads the calls back that are owed, and the day's hand-overs, from disk. To be
// called before the journal starts.
func (a *App) startDuties() error {
	a.duties, a.tally = duty.NewBook(), tally.NewBook(zone())
	err := a.journal.Replay(time.Now().Add(-duty.Lasts), func(e call.Event) error {
		a.duties.Apply(e)
		a.tally.Apply(e)
		return nil
	})
	if err != nil {
		return err
	}
	a.journal.Subscribe(func(events []call.Event) {
		a.duties.Apply(events...)
		a.tally.Apply(events...)
	})
	return nil
}

// Services are those that there are destinations for.
func (e emergencies) Services() []web.EmergencyService {
	var all []web.EmergencyService
	for _, s := range e.a.plan.Load().Services {
		all = append(all, web.EmergencyService{Service: s.Key, Vi: s.Vi, En: s.En})
	}
	return all
}

// Owed is every call back that is owed, and those of the last day that are done.
func (e emergencies) Owed() []duty.Duty { return e.a.duties.Owed() }

// Note writes down what was done about one.
func (e emergencies) Note(id call.ID, note call.DutyNoted) error {
	d, ok := e.a.duties.Of(id)
	if !ok || d.Done() {
		return web.ErrNotFound
	}
	e.a.journal.Append(id, note)
	return nil
}

// Place says where help is needed.
func (e emergencies) Place(id call.ID, place call.PlaceTold) error { return e.add(id, place) }

// Case adds what an agent wrote.
func (e emergencies) Case(id call.ID, noted call.CaseNoted) error { return e.add(id, noted) }

func (e emergencies) add(id call.ID, fact call.Fact) error {
	if !e.Alive(id) {
		return web.ErrNotFound
	}
	e.a.journal.Append(id, fact)
	return nil
}

// Link makes a link to a call's sheet.
func (e emergencies) Link(id call.ID, service call.Service) (string, error) {
	if !e.Alive(id) {
		return "", web.ErrNotFound
	}
	return e.a.HandoverLink(id, service), nil
}

// Drill has the hotline call itself, beside everything else: the wall shows how it went.
func (e emergencies) Drill(service call.Service) { e.a.drills.Begin(service) }

// Now is the time by which duties are overdue.
func (e emergencies) Now() time.Time { return time.Now() }
