package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/postgres"
	"hotline1022/internal/web"
)

// oldest is how long after a change its sheet is still made, had nobody been there for
// it.
const oldest = 48 * time.Hour

// handOver fills the sheet of the shift that ended last, once.
func (s *shifts) handOver(ctx context.Context, now time.Time) error {
	change, ok := s.lastChange(now)
	if !ok || change.From == (roster.Slot{}) || s.handed.Equal(change.At) {
		return nil
	}
	_, err := s.write(ctx, change.From, func(sheet roster.Sheet, _ bool, _ time.Time) (roster.Sheet, bool, error) { return sheet, true, nil })
	if err == nil {
		s.handed = change.At
	}
	return err
}

// filledIn is the sheet with what is open at the change.
func filledIn(sheet roster.Sheet, change roster.Change, open roster.Sheet) roster.Sheet {
	sheet.Change = change
	sheet.Calls, sheet.Callbacks, sheet.Tickets = open.Calls, open.Callbacks, open.Tickets
	return sheet
}

// lastChange is the change that the shift which runs now began with.
func (s *shifts) lastChange(now time.Time) (roster.Change, bool) {
	span, ok := s.roster.Span(s.running(now))
	if !ok {
		return roster.Change{}, false
	}
	return s.roster.ChangeAt(span.From)
}

func (s *shifts) running(now time.Time) roster.Slot {
	shift, date := s.roster.Current(now)
	return roster.Slot{Date: date, Shift: shift.Key}
}

// openWork is what the shift leaves open at a moment: calls that go on, citizens who
// were missed and can be called back, and missed ones who cannot.
func (s *shifts) openWork(ctx context.Context, r *postgres.Roster, ending roster.Slot, at time.Time) (roster.Sheet, error) {
	var sheet roster.Sheet
	span, _ := s.roster.Span(ending)
	calls, err := r.LiveCalls(ctx, at.Add(-24*time.Hour))
	if err != nil {
		return sheet, err
	}
	sheet.Calls = slices.DeleteFunc(calls, func(c roster.OpenCall) bool { return c.Since.After(at) || !s.alive(c.Call) })
	missed, err := r.MissedCalls(ctx, span.From, at)
	for _, m := range missed {
		if strings.HasPrefix(m.Caller, "+") {
			sheet.Callbacks = append(sheet.Callbacks, roster.OpenCallback{Call: m.Call, Ticket: m.Ticket, Due: m.EndedAt})
			continue
		}
		sheet.Tickets = append(sheet.Tickets, roster.OpenTicket{
			Ticket: m.Ticket, Note: "Gọi nhỡ, không có số để gọi lại / missed, no number to call back",
		})
	}
	return sheet, err
}

// CurrentSheets are the sheet of the shift that runs, and that of the one before.
func (s *shifts) CurrentSheets(ctx context.Context) (running roster.Sheet, last *roster.Sheet, err error) {
	now := s.now()
	if running, err = s.Sheet(ctx, s.running(now)); err != nil {
		return running, nil, err
	}
	change, ok := s.lastChange(now)
	if !ok || change.From == (roster.Slot{}) {
		return running, nil, nil
	}
	before, err := s.Sheet(ctx, change.From)
	return running, &before, err
}

// Sheet is what the shift hands over when it ends; for the one that runs, what it would
// now.
func (s *shifts) Sheet(ctx context.Context, ending roster.Slot) (sheet roster.Sheet, err error) {
	err = s.db.ReadRoster(ctx, func(r *postgres.Roster) error {
		sheet, _, err = s.sheet(ctx, r, ending)
		return err
	})
	return sheet, notFound(err)
}

// sheet is the one that is kept. One that is not filled yet is filled in with what is
// open now, or was at the change: filled says that the change is over.
func (s *shifts) sheet(ctx context.Context, r *postgres.Roster, ending roster.Slot) (sheet roster.Sheet, filled bool, err error) {
	sheet, filled, err = r.Sheet(ctx, ending)
	if filled || err != nil && !errors.Is(err, postgres.ErrNotFound) {
		return sheet, filled, err
	}
	now := s.now()
	span, ok := s.roster.Span(ending)
	if !ok || now.Before(span.From) || now.Sub(span.To) > oldest {
		return sheet, false, postgres.ErrNotFound
	}
	at, over := now, !now.Before(span.To)
	if over {
		at = span.To
	}
	change, _ := s.roster.ChangeAt(span.To)
	open, err := s.openWork(ctx, r, ending, at)
	return filledIn(sheet, change, open), over, err
}

// AddNote adds to a sheet that is not signed.
func (s *shifts) AddNote(ctx context.Context, ending roster.Slot, by roster.Actor, words string) (roster.Sheet, error) {
	return s.write(ctx, ending, func(sheet roster.Sheet, filled bool, now time.Time) (roster.Sheet, bool, error) {
		next, err := sheet.AddNote(by, now, words)
		return next, filled, err
	})
}

// SignSheet closes a sheet, as early as the next shift may come in.
func (s *shifts) SignSheet(ctx context.Context, ending roster.Slot, by roster.Actor) (roster.Sheet, error) {
	return s.write(ctx, ending, func(sheet roster.Sheet, _ bool, now time.Time) (roster.Sheet, bool, error) {
		if now.Before(sheet.Change.At.Add(-s.conf.Relief.Early)) {
			return sheet, false, web.ErrNotYet
		}
		next, err := sheet.Sign(by, now)
		return next, true, err
	})
}

// TakeSheet notes that somebody of the next shift has read it.
func (s *shifts) TakeSheet(ctx context.Context, ending roster.Slot, by roster.Actor) (roster.Sheet, error) {
	return s.write(ctx, ending, func(sheet roster.Sheet, filled bool, now time.Time) (roster.Sheet, bool, error) {
		next, err := sheet.Take(by, now)
		return next, filled, err
	})
}

func (s *shifts) write(
	ctx context.Context, ending roster.Slot, step func(roster.Sheet, bool, time.Time) (roster.Sheet, bool, error),
) (roster.Sheet, error) {
	var next roster.Sheet
	err := s.db.ChangeRoster(ctx, func(r *postgres.Roster) error {
		sheet, filled, err := s.sheet(ctx, r, ending)
		if err != nil {
			return err
		}
		if next, filled, err = step(sheet, filled, s.now().UTC().Truncate(time.Microsecond)); err != nil {
			return err
		}
		return r.SaveSheet(ctx, next, filled)
	})
	return next, notFound(err)
}
