package app

import (
	"context"
	"log/slog"
	"math"
	"slices"
	"sync"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/acd/staffing"
	"hotline1022/internal/wallboard"
	"hotline1022/internal/web"
)

// adviceStands is for how long an advice is shown unless the agents change: a number
// that changes four times a second is no advice.
const adviceStands = 5 * time.Second

// advisor tells the wallboard how many agents the line needs. The wallboard asks one
// at a time.
type advisor struct {
	line staffing.Line
	log  *slog.Logger

	at   time.Time
	have int
	last *wallboard.Staffing // nil when it cannot be told
}

func (a *advisor) advise(now time.Time, seen wallboard.Measure, have int) *wallboard.Staffing {
	if age := now.Sub(a.at); have == a.have && age >= 0 && age < adviceStands {
		return a.last
	}
	a.at, a.have, a.last = now, have, nil
	advice, err := a.line.Advise(measureOf(seen), have)
	if err != nil {
		a.log.Warn("the wallboard cannot say how many agents are needed", slog.Any("error", err))
		return nil
	}
	a.last = a.shown(advice)
	a.last.At, a.last.Seen = now.UTC(), seen
	return a.last
}

func measureOf(m wallboard.Measure) staffing.Measure {
	return staffing.Measure{
		Over: milliseconds(m.OverMs), Arrived: m.Arrived, Answered: m.Answered, Handling: milliseconds(m.HandlingMs),
		Abandoned: m.Abandoned, Waited: milliseconds(m.WaitedMs), Waiting: m.Waiting,
	}
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

// shown is an advice as the wall shows it.
func (a *advisor) shown(advice staffing.Advice) *wallboard.Staffing {
	vi, en := advice.Sentence()
	target, taken, now := a.line.Target, advice.Traffic, advice.Now
	found := wallboard.Service{
		InTimePercent: percent(now.InTime), AbandonedPercent: percent(now.Abandoned), OccupancyPercent: percent(now.Occupancy),
	}
	if now.Answer != staffing.Endless {
		wait := now.Answer.Milliseconds()
		found.AverageWaitMs = &wait
	}
	return &wallboard.Staffing{
		Reason: string(advice.Reason), Vi: vi, En: en, Have: advice.Have, Need: advice.Need, Missing: advice.Missing,
		Low: advice.Low, High: advice.High,
		Target: wallboard.StaffingTarget{Percent: target.Percent, WithinMs: target.Within.Milliseconds(), LostPercent: target.Lost},
		Taken: wallboard.Traffic{
			CallsPerHour: math.Round(10*taken.PerHour) / 10, HandlingMs: taken.Handling.Milliseconds(), PatienceMs: taken.Patience.Milliseconds(),
		},
		Found: found,
	}
}

// percent is a share as it is shown, with one decimal.
func percent(share float64) float64 { return math.Round(1000*share) / 10 }

// planner reads the past for the plans of weeks.
type planner struct {
	a *App

	mu   sync.Mutex
	plan web.StaffPlan // the last one; it holds until the hour is over
}

var _ web.Staffing = (*planner)(nil)

// Plan is what a week like the last ones needs, up to the last full hour. Reading
// months takes the database a second, so the same plan is not made twice.
func (p *planner) Plan(ctx context.Context, now time.Time, weeks int) (web.StaffPlan, error) {
	local := now.In(zone())
	until := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), 0, 0, 0, zone())
	p.mu.Lock()
	known := p.plan
	p.mu.Unlock()
	if known.Weeks == weeks && known.Until.Equal(until) {
		return known, nil
	}
	c := p.a.opts.Config
	past, err := p.a.db.LinePast(ctx, until.AddDate(0, 0, -7*weeks), until)
	if err != nil {
		return web.StaffPlan{}, err
	}
	line := c.Staffing
	if past.Seen.Over > 0 {
		if line, err = line.Learn(past.Seen); err != nil {
			return web.StaffPlan{}, err
		}
	}
	week, err := line.Plan(staffing.CollectCounts(past.Since, past.Until, zone(), past.Arrivals), staffed(c.Shifts))
	if err != nil {
		return web.StaffPlan{}, err
	}
	plan := web.StaffPlan{Weeks: weeks, Since: past.Since, Until: past.Until, Line: line, Shifts: c.Shifts, Week: week}
	p.mu.Lock()
	p.plan = plan
	p.mu.Unlock()
	return plan, nil
}

func staffed(of []roster.Shift) []staffing.Shift {
	list := make([]staffing.Shift, len(of))
	for i, s := range of {
		list[i] = staffing.Shift{Key: s.Key, From: s.From, To: s.To}
	}
	return list
}

// mostAgents bounds the capacity table.
const mostAgents = 60

// Table is what one agent and more can carry, up to twice the largest shift, when
// calls take as long as is configured, a quarter less and a quarter more.
func (p *planner) Table() (web.StaffTable, error) {
	line, seats := p.a.opts.Config.Staffing, 1
	for _, s := range p.a.opts.Config.Shifts {
		seats = max(seats, s.Seats)
	}
	var agents []int
	for n := 1; n <= min(2*seats, mostAgents); n++ {
		agents = append(agents, n)
	}
	quarter := (line.Handling / 4).Round(time.Second)
	targets := staffing.Targets()
	if own := (staffing.Target{Percent: line.Target.Percent, Within: line.Target.Within}); !slices.Contains(targets, own) {
		targets = append(targets, own)
	}
	rows, err := staffing.Table([]time.Duration{line.Handling - quarter, line.Handling, line.Handling + quarter}, agents, targets)
	return web.StaffTable{Targets: targets, Rows: rows}, err
}
