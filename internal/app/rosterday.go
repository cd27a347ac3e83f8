package app

import (
	"context"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

// How attendance is read: nobody stays signed in longer than that without a word, and
// a gap that is shorter than the grace, as of a page that is loaded anew, is none.
const (
	longestStay = 16 * time.Hour
	absentGrace = 2 * time.Minute
)

// Substitutes lists who could take a seat of the shift, the best first.
func (s *shifts) Substitutes(ctx context.Context, slot roster.Slot) ([]roster.Substitute, error) {
	if !s.exists(slot) {
		return nil, web.ErrNotFound
	}
	var list []roster.Substitute
	err := s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		terms, plan, err := s.around(ctx, r, slot.Date, 1)
		list = terms.Substitutes(plan, slot)
		return err
	})
	return list, err
}

// Attendance is what became of the shifts of a date, or of one of them.
func (s *shifts) Attendance(ctx context.Context, date, shift string) ([]web.ShiftAttendance, error) {
	var list []web.ShiftAttendance
	for _, of := range s.list {
		slot := roster.Slot{Date: date, Shift: of.Key}
		if span, ok := s.roster.Span(slot); ok && (shift == "" || shift == of.Key) {
			list = append(list, web.ShiftAttendance{Slot: slot, Span: span})
		}
	}
	if len(list) == 0 {
		return nil, web.ErrNotFound
	}
	// The roster that is in use knows the days around now only.
	then := roster.New(s.list, zone(), nil)
	then.SetRelief(s.conf.Relief)
	err := s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		plan, err := s.assigned(ctx, r, addDays(date, -near), addDays(date, near))
		then.SetPlan(plain(plan))
		return err
	})
	if err != nil {
		return nil, err
	}
	now := s.now()
	first, last := list[0].Span.From, list[len(list)-1].Span.To
	for _, a := range list {
		if a.Span.From.Before(first) {
			first = a.Span.From
		}
		if a.Span.To.After(last) {
			last = a.Span.To
		}
	}
	events, err := s.db.AgentEvents(ctx, first.Add(-longestStay), last.Add(s.conf.Relief.Late))
	if err != nil {
		return nil, err
	}
	presences := roster.Presences(events, now, absentGrace)
	for i := range list {
		list[i].Rows = then.Attend(list[i].Slot, presences, now)
	}
	return list, nil
}

// seats is how many there are on the shift that runs: on a holiday others than usual.
func (s *shifts) seats(now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.terms.Seats(s.running(now))
}
