package web

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/acd/staffing"
)

// Staffing says how many agents the line needs.
type Staffing interface {
	// Plan is what a week will need, by so many weeks before now.
	Plan(ctx context.Context, now time.Time, weeks int) (StaffPlan, error)
	// Table is how many calls so many agents can carry.
	Table() (StaffTable, error)
}

// StaffPlan is what a week will need, and what that was computed from.
type StaffPlan struct {
	Weeks        int           // that were asked for
	Since, Until time.Time     // what was seen
	Line         staffing.Line // with what was learnt of it
	Shifts       []roster.Shift
	Week         staffing.Plan
}

// StaffTable is how many calls per hour so many agents can carry.
type StaffTable struct {
	Targets []staffing.Target
	Rows    []staffing.Row
}

// Weeks of the past that a plan is made from.
const (
	usualWeeks = 4
	mostWeeks  = 26
)

func (s *site) staffPlan(w http.ResponseWriter, r *http.Request) error {
	weeks := usualWeeks
	if text := r.URL.Query().Get("weeks"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > mostWeeks {
			return badRequest("Tham số weeks phải từ 1 đến 26.", "weeks must be from 1 to 26.")
		}
		weeks = n
	}
	p, err := s.deps.Staffing.Plan(r.Context(), time.Now(), weeks)
	if err != nil {
		return err
	}
	hours := make([]staffHour, len(p.Week.Hours))
	for i, h := range p.Week.Hours {
		hours[i] = staffHour{
			staffSlot: hourOf(h.Slot), Weeks: h.Weeks, Calls: math.Round(10*h.Calls) / 10, Busiest: h.Busiest,
			Need: h.Need, Worst: h.Worst, InTimePercent: percent(h.Service.InTime), OccupancyPercent: percent(h.Service.Occupancy),
		}
	}
	shifts := make([]staffShift, len(p.Week.Shifts))
	for i, need := range p.Week.Shifts { // by day, then as the shifts were given
		shift := p.Shifts[i%len(p.Shifts)]
		shifts[i] = staffShift{
			Day: int(need.Day), Shift: need.Shift, Vi: shift.Vi, En: shift.En, From: clock(shift.From), To: clock(shift.To),
			Need: need.Need, Worst: need.Worst, Seats: shift.Seats, SeatsNeeded: need.Seats, Peak: hourOf(need.Peak), HoursUnseen: need.Unseen,
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"weeks": p.Weeks, "since": p.Since.UTC(), "until": p.Until.UTC(), "target": targetOf(p.Line.Target),
		"handling_ms": p.Line.Handling.Milliseconds(), "patience_ms": p.Line.Patience.Milliseconds(),
		"least": p.Line.Least, "away_percent": percent(p.Line.Away), "hours": hours, "shifts": shifts,
	})
	return nil
}

func (s *site) staffTable(w http.ResponseWriter, _ *http.Request) error {
	t, err := s.deps.Staffing.Table()
	if err != nil {
		return err
	}
	targets := make([]staffTarget, len(t.Targets))
	for i, g := range t.Targets {
		targets[i] = targetOf(g)
	}
	rows := make([]staffRow, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = staffRow{HandlingMs: r.Handling.Milliseconds(), Agents: r.Agents, CallsPerHour: r.Calls}
	}
	writeJSON(w, http.StatusOK, map[string]any{"targets": targets, "rows": rows})
	return nil
}

type staffTarget struct {
	Name        string  `json:"name"` // 90/15
	Percent     float64 `json:"percent"`
	WithinMs    int64   `json:"within_ms"`
	LostPercent float64 `json:"lost_percent"`
}

func targetOf(g staffing.Target) staffTarget {
	return staffTarget{Name: g.String(), Percent: g.Percent, WithinMs: g.Within.Milliseconds(), LostPercent: g.Lost}
}

// staffSlot is an hour of the week in Việt Nam; day 0 is Sunday.
type staffSlot struct {
	Day  int `json:"day"`
	Hour int `json:"hour"`
}

func hourOf(s staffing.Slot) staffSlot { return staffSlot{Day: int(s.Day), Hour: s.Hour} }

type staffHour struct {
	staffSlot
	Weeks            int     `json:"weeks"`
	Calls            float64 `json:"calls"`
	Busiest          int     `json:"busiest"`
	Need             int     `json:"need"`
	Worst            int     `json:"worst"`
	InTimePercent    float64 `json:"in_time_percent"`
	OccupancyPercent float64 `json:"occupancy_percent"`
}

type staffShift struct {
	Day         int       `json:"day"`
	Shift       string    `json:"shift"`
	Vi          string    `json:"vi"`
	En          string    `json:"en"`
	From        string    `json:"from"`
	To          string    `json:"to"`
	Need        int       `json:"need"`
	Worst       int       `json:"worst"`
	Seats       int       `json:"seats"`
	SeatsNeeded int       `json:"seats_needed"`
	Peak        staffSlot `json:"peak"`
	HoursUnseen int       `json:"hours_unseen"`
}

type staffRow struct {
	HandlingMs   int64 `json:"handling_ms"`
	Agents       int   `json:"agents"`
	CallsPerHour []int `json:"calls_per_hour"` // by target
}

// percent is a share as it is shown, with one decimal.
func percent(share float64) float64 { return math.Round(1000*share) / 10 }

// clock is a time of day as it is shown.
func clock(d time.Duration) string { return time.Time{}.Add(d).Format("15:04") }
