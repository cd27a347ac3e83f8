package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/postgres/db"
)

// openWork is what of a sheet is kept as one value: it never changes by itself.
type openWork struct {
	Calls     []roster.OpenCall     `json:"calls"`
	Callbacks []roster.OpenCallback `json:"callbacks"`
	Tickets   []roster.OpenTicket   `json:"tickets"`
}

// Sheet reads what the shift hands over when it ends. Filled says that it holds what
// was open at the change; before, it has notes only. ErrNotFound when there is none.
func (r *Roster) Sheet(ctx context.Context, ending roster.Slot) (sheet roster.Sheet, filled bool, err error) {
	on, err := date(ending.Date)
	if err != nil {
		return sheet, false, err
	}
	shift := clean(ending.Shift)
	row, err := r.q.Sheet(ctx, db.SheetParams{Date: on, Shift: shift})
	if err != nil {
		return sheet, false, notFound(err)
	}
	notes, errNotes := r.q.SheetNotes(ctx, db.SheetNotesParams{Date: on, Shift: shift})
	reads, errReads := r.q.SheetReads(ctx, db.SheetReadsParams{Date: on, Shift: shift})
	var open openWork
	errOpen := json.Unmarshal(row.OpenWork, &open)
	if err := errors.Join(errNotes, errReads, errOpen); err != nil {
		return sheet, false, fmt.Errorf("reading the sheet of %s on %s: %w", ending.Shift, ending.Date, err)
	}
	sheet = roster.Sheet{
		Change: roster.Change{
			At: row.ChangedAt.UTC(), From: ending, Outgoing: agents(row.Outgoing), Incoming: agents(row.Incoming), Staying: agents(row.Staying),
		},
		Calls: open.Calls, Callbacks: open.Callbacks, Tickets: open.Tickets,
	}
	if row.NextDate != nil {
		sheet.Change.To = roster.Slot{Date: row.NextDate.Format(time.DateOnly), Shift: row.NextShift}
	}
	if row.WrittenAt != nil && row.Writer != nil {
		sheet.Writer, sheet.WrittenAt = call.AgentID(*row.Writer), row.WrittenAt.UTC()
	}
	for _, n := range notes {
		sheet.Notes = append(sheet.Notes, roster.Note{By: call.AgentID(n.By), At: n.At.UTC(), Text: n.Note})
	}
	for _, a := range reads {
		sheet.Reads = append(sheet.Reads, roster.Read{Agent: call.AgentID(a.Staff), At: a.At.UTC()})
	}
	return sheet, row.Filled, nil
}

// SaveSheet keeps a sheet. Notes and reads are only ever added.
func (r *Roster) SaveSheet(ctx context.Context, s roster.Sheet, filled bool) error {
	on, err := date(s.Change.From.Date)
	if err != nil {
		return err
	}
	shift := clean(s.Change.From.Shift)
	data, err := json.Marshal(openWork{s.Calls, s.Callbacks, s.Tickets})
	if err != nil {
		return fmt.Errorf("keeping a sheet: %w", err)
	}
	p := db.SaveSheetParams{
		Date: on, Shift: shift, ChangedAt: s.Change.At, Filled: filled, NextShift: clean(s.Change.To.Shift),
		Outgoing: names(s.Change.Outgoing), Incoming: names(s.Change.Incoming), Staying: names(s.Change.Staying),
		OpenWork: withoutNUL(data), WrittenAt: optional(s.WrittenAt),
	}
	if s.Change.To != (roster.Slot{}) {
		next, err := date(s.Change.To.Date)
		if err != nil {
			return err
		}
		p.NextDate = &next
	}
	if !s.WrittenAt.IsZero() {
		writer := string(s.Writer)
		p.Writer = &writer
	}
	err = r.q.SaveSheet(ctx, p)
	for i, n := range s.Notes {
		if err == nil {
			err = r.q.AddSheetNote(ctx, db.AddSheetNoteParams{
				Date: on, Shift: shift, N: int32(i + 1), By: string(n.By), At: n.At, Note: clean(n.Text), //nolint:gosec // people write no billion notes
			})
		}
	}
	for _, a := range s.Reads {
		if err == nil {
			err = r.q.AddSheetRead(ctx, db.AddSheetReadParams{Date: on, Shift: shift, Staff: string(a.Agent), At: a.At})
		}
	}
	if err != nil {
		return fmt.Errorf("keeping the sheet of %s on %s: %w", shift, s.Change.From.Date, err)
	}
	return nil
}

func agents(names []string) []call.AgentID {
	var list []call.AgentID
	for _, n := range names {
		list = append(list, call.AgentID(n))
	}
	return list
}

func names(agents []call.AgentID) []string {
	list := make([]string, len(agents))
	for i, a := range agents {
		list[i] = string(a)
	}
	return list
}
