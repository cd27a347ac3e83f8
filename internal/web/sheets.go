package web

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"hotline1022/acd/roster"
)

type (
	sheetView struct {
		slotView                        // the shift that ends
		Next      *slotView             `json:"next"`
		ChangesAt time.Time             `json:"changes_at"`
		State     roster.SheetState     `json:"state"`
		Outgoing  []personView          `json:"outgoing"`
		Incoming  []personView          `json:"incoming"`
		Staying   []personView          `json:"staying"`
		Calls     []roster.OpenCall     `json:"calls"`
		Callbacks []roster.OpenCallback `json:"callbacks"`
		Tickets   []roster.OpenTicket   `json:"tickets"`
		Notes     []noteView            `json:"notes"`
		Writer    *personView           `json:"writer"`
		WrittenAt *time.Time            `json:"written_at"`
		Reads     []readView            `json:"reads"`
		Unread    []personView          `json:"unread"`
	}
	noteView struct {
		personView
		At   time.Time `json:"at"`
		Text string    `json:"text"`
	}
	readView struct {
		personView
		At time.Time `json:"at"`
	}
)

func (s *site) sheetOf(x roster.Sheet) sheetView {
	v := sheetView{
		slotView: slotOf(x.Change.From), Next: someSlot(x.Change.To), ChangesAt: x.Change.At.UTC(), State: x.State(),
		Outgoing: s.peopleOf(x.Change.Outgoing), Incoming: s.peopleOf(x.Change.Incoming), Staying: s.peopleOf(x.Change.Staying),
		Calls: list(x.Calls), Callbacks: list(x.Callbacks), Tickets: list(x.Tickets),
		Notes: views(x.Notes, func(n roster.Note) noteView { return noteView{s.personOf(n.By), n.At.UTC(), n.Text} }),
		Reads: views(x.Reads, func(a roster.Read) readView { return readView{s.personOf(a.Agent), a.At.UTC()} }), Unread: s.peopleOf(x.Unread()),
	}
	if v.WrittenAt = some(x.WrittenAt); v.WrittenAt != nil {
		writer := s.personOf(x.Writer)
		v.Writer = &writer
	}
	return v
}

func (s *site) currentSheets(w http.ResponseWriter, r *http.Request) error {
	running, last, err := s.deps.Roster.CurrentSheets(r.Context())
	if err != nil {
		return err
	}
	answer := map[string]any{"running": s.sheetOf(running), "last": nil}
	if last != nil {
		answer["last"] = s.sheetOf(*last)
	}
	writeJSON(w, http.StatusOK, answer)
	return nil
}

// ending is the shift that a path names.
func ending(r *http.Request) (roster.Slot, error) {
	date, err := dateOr(r.PathValue("date"), "")
	return roster.Slot{Date: date, Shift: r.PathValue("shift")}, err
}

func (s *site) sheet(w http.ResponseWriter, r *http.Request) error {
	slot, err := ending(r)
	if err != nil {
		return err
	}
	sheet, err := s.deps.Roster.Sheet(r.Context(), slot)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, s.sheetOf(sheet))
	return nil
}

// longestSheetNote bounds a note, in characters.
const longestSheetNote = 2000

func (s *site) addNote(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Text string `json:"text"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	text := strings.TrimSpace(form.Text)
	switch {
	case text == "":
		return badRequest("Ghi chú trống.", "The note is empty.")
	case utf8.RuneCountInString(text) > longestSheetNote:
		return badRequest("Ghi chú quá dài (tối đa 2.000 ký tự).", "The note is too long (2,000 characters at most).")
	}
	return s.onSheet(w, r, func(slot roster.Slot, by roster.Actor) (roster.Sheet, error) {
		return s.deps.Roster.AddNote(r.Context(), slot, by, text)
	})
}

func (s *site) signSheet(w http.ResponseWriter, r *http.Request) error {
	return s.onSheet(w, r, func(slot roster.Slot, by roster.Actor) (roster.Sheet, error) {
		return s.deps.Roster.SignSheet(r.Context(), slot, by)
	})
}

func (s *site) takeSheet(w http.ResponseWriter, r *http.Request) error {
	return s.onSheet(w, r, func(slot roster.Slot, by roster.Actor) (roster.Sheet, error) {
		return s.deps.Roster.TakeSheet(r.Context(), slot, by)
	})
}

func (s *site) onSheet(w http.ResponseWriter, r *http.Request, do func(roster.Slot, roster.Actor) (roster.Sheet, error)) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	slot, err := ending(r)
	if err != nil {
		return err
	}
	sheet, err := do(slot, by)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, s.sheetOf(sheet))
	return nil
}
