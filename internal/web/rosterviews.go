package web

import (
	"fmt"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// What the API shows of shifts (openapi.yaml). Everybody is shown with their name.
type (
	slotView struct {
		Date  string `json:"date"`
		Shift string `json:"shift"`
	}
	personView struct {
		Agent call.AgentID `json:"agent"`
		Name  string       `json:"name"`
	}
	shiftView struct {
		Key     string `json:"key"`
		Vi      string `json:"vi"`
		En      string `json:"en"`
		From    string `json:"from"`
		To      string `json:"to"`
		Seats   int    `json:"seats"`
		Minimum int    `json:"minimum"`
	}
	holidayView struct {
		Date  string         `json:"date"`
		Vi    string         `json:"vi"`
		En    string         `json:"en"`
		Seats map[string]int `json:"seats"`
	}
	assignmentView struct {
		slotView
		personView
		Forced bool `json:"forced"`
	}
	gapView struct {
		slotView
		Seats   int                        `json:"seats"`
		Missing int                        `json:"missing"`
		Free    int                        `json:"free"`
		Why     map[roster.ProblemKind]int `json:"why"`
		Vi      string                     `json:"vi"`
		En      string                     `json:"en"`
	}
	ruleView struct {
		Kind roster.ProblemKind `json:"kind"`
		slotView
		personView
		Other *slotView `json:"other"`
		Vi    string    `json:"vi"`
		En    string    `json:"en"`
	}
	tallyView struct {
		personView
		PlannedMS int64 `json:"planned_ms"`
		Shifts    int   `json:"shifts"`
		Nights    int   `json:"nights"`
		Weekends  int   `json:"weekends"`
		Holidays  int   `json:"holidays"`
	}
	planView struct {
		From        string           `json:"from"`
		Days        int              `json:"days"`
		Until       string           `json:"planned_until"`
		Needed      int              `json:"needed"`
		Staff       int              `json:"staff"`
		Shifts      []shiftView      `json:"shifts"`
		Holidays    []holidayView    `json:"holidays"`
		Assignments []assignmentView `json:"assignments"`
		Gaps        []gapView        `json:"gaps"`
		Problems    []ruleView       `json:"problems"`
		People      []tallyView      `json:"people"`
	}
	planChangeView struct {
		ID     int64        `json:"id"`
		At     time.Time    `json:"at"`
		By     call.AgentID `json:"by"`
		ByName string       `json:"by_name"`
		Kind   string       `json:"kind"`
		slotView
		personView
		Forced     bool       `json:"forced"`
		Overridden []ruleView `json:"overridden"`
	}
)

// views is a list as the API shows it, never null.
func views[T, V any](rows []T, view func(T) V) []V {
	list := make([]V, len(rows))
	for i, row := range rows {
		list[i] = view(row)
	}
	return list
}

func slotOf(s roster.Slot) slotView { return slotView(s) }

// someSlot is nil for none.
func someSlot(s roster.Slot) *slotView {
	if s == (roster.Slot{}) {
		return nil
	}
	view := slotOf(s)
	return &view
}

func (s *site) personOf(agent call.AgentID) personView {
	if agent == "" {
		return personView{}
	}
	return personView{agent, s.deps.Roster.Name(agent)}
}

func clockOf(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", d/time.Hour, d%time.Hour/time.Minute)
}

func shiftOf(s roster.Shift) shiftView {
	return shiftView{s.Key, s.Vi, s.En, clockOf(s.From), clockOf(s.To), s.Seats, s.LeastSeats()}
}

func (s *site) assignmentOf(a roster.Assignment, forced bool) assignmentView {
	return assignmentView{slotOf(a.Slot()), s.personOf(a.Agent), forced}
}

func (s *site) unforced(a roster.Assignment) assignmentView { return s.assignmentOf(a, false) }

func gapOf(g roster.Gap) gapView {
	return gapView{slotOf(g.Slot), g.Seats, g.Missing, g.Free, g.Why, g.Vi, g.En}
}

func (s *site) problemsOf(problems []roster.Problem) []ruleView { return views(problems, s.ruleOf) }

func (s *site) ruleOf(p roster.Problem) ruleView {
	return ruleView{p.Kind, slotOf(p.Slot), s.personOf(p.Agent), someSlot(p.Other), p.Vi, p.En}
}

func (s *site) planChangeOf(c PlanChange) planChangeView {
	return planChangeView{
		c.ID, c.At.UTC(), c.By, s.deps.Roster.Name(c.By), c.Kind, slotOf(c.What.Slot()), s.personOf(c.What.Agent),
		len(c.Overridden) > 0, s.problemsOf(c.Overridden),
	}
}

// today is the date in Việt Nam.
func today() string {
	zone, err := time.LoadLocation(roster.Zone)
	if err != nil { // never with embedded zones
		zone = time.FixedZone(roster.Zone, 7*3600)
	}
	return time.Now().In(zone).Format(time.DateOnly)
}

// dateOr reads a date; otherwise is for one that is missing, and "" refuses that.
func dateOr(text, otherwise string) (string, error) {
	if text == "" && otherwise != "" {
		return otherwise, nil
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", badRequest("Ngày không đúng; ghi dạng 2026-11-24.", "That is no date; write it as 2026-11-24.")
	}
	return text, nil
}

func addDays(date string, days int) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil { // dateOr has let it through
		return date
	}
	return d.AddDate(0, 0, days).Format(time.DateOnly)
}
