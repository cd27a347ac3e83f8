package app

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// alarm is something about an emergency that somebody has to do something about now.
type alarm struct {
	Kind    string       `json:"kind"` // not_acknowledged, ladder_ended, not_called_back, drill_failed
	Call    call.ID      `json:"call"`
	Service call.Service `json:"service"`
	Since   time.Time    `json:"since"`
}

// alarms are those that stand now, the oldest first.
func (a *App) alarms(now time.Time) []alarm {
	all := []alarm{}
	for _, l := range a.sheets.Overdue(now, a.plan.Load().Timing.Acknowledge) {
		all = append(all, alarm{"not_acknowledged", l.Call, l.Service, l.Made.UTC()})
	}
	for _, h := range a.board.Handovers() {
		for _, s := range h.Services {
			if s.Answered.IsZero() && s.Round > 1 {
				all = append(all, alarm{"ladder_ended", h.Call, s.Service, s.Began.UTC()})
			}
		}
	}
	for _, d := range a.duties.Owed() {
		if d.Overdue(now) {
			all = append(all, alarm{"not_called_back", d.Call, d.Service, d.Since.UTC()})
		}
	}
	if d := a.drills.Last(); d != nil && !d.OK {
		all = append(all, alarm{Kind: "drill_failed", Service: d.Service, Since: d.At})
	}
	slices.SortFunc(all, func(x, y alarm) int {
		return cmp.Or(x.Since.Compare(y.Since), cmp.Compare(x.Call, y.Call), cmp.Compare(x.Kind, y.Kind))
	})
	return all
}
