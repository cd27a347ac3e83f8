package roster

import (
	"errors"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Sheet is what one shift hands over to the next. It names calls and tickets by their
// ids: telephone numbers and names stay where they are kept.
type Sheet struct {
	Change    Change         `json:"change"`
	Calls     []OpenCall     `json:"calls"`
	Callbacks []OpenCallback `json:"callbacks"`
	Tickets   []OpenTicket   `json:"tickets"`
	Notes     []Note         `json:"notes"`
	Writer    call.AgentID   `json:"writer,omitempty"`
	WrittenAt time.Time      `json:"written_at,omitzero"`
	Reads     []Read         `json:"reads"`
}

type (
	// OpenCall is a call that went on at the change.
	OpenCall struct {
		Call      call.ID      `json:"call"`
		Stage     call.Stage   `json:"stage"`
		Agent     call.AgentID `json:"agent,omitempty"` // who talks; empty while it waits
		Emergency bool         `json:"emergency,omitempty"`
		Since     time.Time    `json:"since"` // it arrived
		Ticket    string       `json:"ticket,omitempty"`
	}
	// OpenCallback is a citizen who is to be called back.
	OpenCallback struct {
		Call   call.ID   `json:"call"` // that it was promised in
		Ticket string    `json:"ticket,omitempty"`
		Due    time.Time `json:"due"`
		Tries  int       `json:"tries,omitempty"` // made already
	}
	// OpenTicket is a ticket that the next shift must look after.
	OpenTicket struct {
		Ticket   string    `json:"ticket"`
		Deadline time.Time `json:"deadline,omitzero"`
		Note     string    `json:"note,omitempty"`
	}
	// Note is something that is worth telling.
	Note struct {
		By   call.AgentID `json:"by"`
		At   time.Time    `json:"at"`
		Text string       `json:"text"`
	}
	// Read says that somebody has taken note of the sheet.
	Read struct {
		Agent call.AgentID `json:"agent"`
		At    time.Time    `json:"at"`
	}
)

// SheetState is where a sheet stands.
//
//	open ─▶ written ─▶ taken
type SheetState string

// The states of a sheet.
const (
	SheetOpen    SheetState = "open"    // the outgoing add to it
	SheetWritten SheetState = "written" // signed by one of them
	SheetTaken   SheetState = "taken"   // read by all who came
)

// Why a sheet is left as it is.
var (
	ErrNotOutgoing = errors.New("only those of the shift that ends, and leads, write its sheet")
	ErrNotIncoming = errors.New("only those of the shift that begins, and leads, take its sheet over")
	ErrSheetOpen   = errors.New("the sheet is not signed yet; ask the shift that ends to sign it")
	ErrSheetSigned = errors.New("the sheet is signed; tell the next shift yourself")
)

// State is where the sheet stands.
func (s Sheet) State() SheetState {
	switch {
	case s.WrittenAt.IsZero():
		return SheetOpen
	case len(s.Unread()) == 0:
		return SheetTaken
	}
	return SheetWritten
}

// Unread are those who came and have not read the sheet.
func (s Sheet) Unread() []call.AgentID {
	var unread []call.AgentID
	for _, a := range s.Change.Incoming {
		if !slices.ContainsFunc(s.Reads, func(r Read) bool { return r.Agent == a }) {
			unread = append(unread, a)
		}
	}
	return unread
}

// AddNote is the sheet with one more note.
func (s Sheet) AddNote(by Actor, at time.Time, words string) (Sheet, error) {
	if err := s.mayWrite(by); err != nil {
		return s, err
	}
	s.Notes = append(slices.Clone(s.Notes), Note{by.Agent, at, words})
	return s, nil
}

// Sign closes the sheet: what is open then is what the next shift takes over. Signing
// again by the same person changes nothing.
func (s Sheet) Sign(by Actor, at time.Time) (Sheet, error) {
	if by.Agent == s.Writer && !s.WrittenAt.IsZero() {
		return s, nil
	}
	if err := s.mayWrite(by); err != nil {
		return s, err
	}
	s.Writer, s.WrittenAt = by.Agent, at
	return s, nil
}

func (s Sheet) mayWrite(by Actor) error {
	switch {
	case !s.WrittenAt.IsZero():
		return ErrSheetSigned
	case by.Lead || slices.Contains(s.Change.Outgoing, by.Agent) || slices.Contains(s.Change.Staying, by.Agent):
		return nil
	}
	return ErrNotOutgoing
}

// Take notes that somebody has read the sheet; the first time counts.
func (s Sheet) Take(by Actor, at time.Time) (Sheet, error) {
	switch {
	case s.WrittenAt.IsZero():
		return s, ErrSheetOpen
	case !by.Lead && !slices.Contains(s.Change.Incoming, by.Agent) && !slices.Contains(s.Change.Staying, by.Agent):
		return s, ErrNotIncoming
	case slices.ContainsFunc(s.Reads, func(r Read) bool { return r.Agent == by.Agent }):
		return s, nil
	}
	s.Reads = append(slices.Clone(s.Reads), Read{by.Agent, at})
	return s, nil
}
