package app

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/duty"
	"hotline1022/internal/emergency/tally"
	"hotline1022/internal/wallboard"
	"hotline1022/internal/web"
)

// startFigures builds the wallboard from what happened since yesterday, and from then
// on from the journal. Without the database it begins empty: calls come first.
func (a *App) startFigures(ctx context.Context) error {
	var queues []wallboard.Queue
	for _, q := range a.opts.Config.Line.Queues {
		queues = append(queues, wallboard.Queue{Name: q.Name, Group: q.Group})
	}
	a.figures = wallboard.NewBoard(wallboard.Config{
		Zone: zone(), Queues: queues,
		Name:  a.shifts.Name,
		Staff: a.shifts.agents,
		Shift: a.shift, Advise: (&advisor{line: a.opts.Config.Staffing, log: a.log}).advise,
	})
	past, err := a.db.EventsSince(ctx, midnight(time.Now()).AddDate(0, 0, -1))
	if err != nil {
		a.log.Warn("the wallboard begins without the day's history", slog.Any("error", err))
	}
	a.figures.Seed(past)
	a.journal.Subscribe(a.figures.Apply)
	return nil
}

// shift is the shift of now as the wallboard shows it.
func (a *App) shift(now time.Time, present func(call.AgentID) bool) wallboard.Shift {
	s, _ := a.roster.Current(now)
	return wallboard.Shift{
		Key: s.Key, Vi: s.Vi, From: clock(s.From), To: clock(s.To), Seats: a.shifts.seats(now), Present: a.roster.Present(now, present),
	}
}

func clock(d time.Duration) string { return time.Time{}.Add(d).Format("15:04") }

// liveFigures is what the wall shows, with the emergencies.
type liveFigures struct {
	wallboard.Live
	Emergency liveEmergencies `json:"emergency"`
}

type liveEmergencies struct {
	Handovers []any       `json:"handovers"`
	Callbacks any         `json:"callbacks"` // that are owed
	Alarms    []alarm     `json:"alarms"`
	Drill     *Drilled    `json:"drill"` // the last one
	Today     tally.Today `json:"today"`
}

func (a *App) live(now time.Time) any {
	l := liveFigures{Live: a.wall.add(a.figures.Live(now)), Emergency: liveEmergencies{Handovers: []any{}, Today: a.tally.Today(now), Alarms: a.alarms(now), Drill: a.drills.Last()}}
	for _, h := range a.board.Handovers() {
		l.Emergency.Handovers = append(l.Emergency.Handovers, web.HandoverView(h))
	}
	owed := slices.DeleteFunc(a.duties.Owed(), duty.Duty.Done)
	l.Emergency.Callbacks = web.DutyViews(owed, now)
	return l
}

// midnight is the beginning of the day in Việt Nam.
func midnight(now time.Time) time.Time {
	y, m, d := now.In(zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone())
}
