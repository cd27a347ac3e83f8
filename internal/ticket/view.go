package ticket

import (
	"encoding/json"
	"time"

	"hotline1022/internal/call"
)

// Channel is how a citizen reached us.
type Channel string

// The channels so far.
const (
	ByPhone Channel = "phone"
	ByWeb   Channel = "web" // called from a browser
)

// Row is a ticket in a list (openapi.yaml TicketRow).
type Row struct {
	Code      string       `json:"code"`
	Call      call.ID      `json:"call"`
	OpenedAt  time.Time    `json:"opened_at"`
	Channel   Channel      `json:"channel"`
	Caller    string       `json:"caller"`
	CallerVi  string       `json:"caller_vi"`
	Group     call.Group   `json:"group"`
	Field     string       `json:"field"`
	FieldVi   string       `json:"field_vi"`
	Service   call.Service `json:"service"`
	Status    Status       `json:"status"`
	Outcome   call.Outcome `json:"outcome"`
	Agent     call.AgentID `json:"agent"`
	AgentName string       `json:"agent_name"`
	Note      string       `json:"note"`
	Citizen   string       `json:"citizen"`
	Place     call.Place   `json:"place"`
	Recording bool         `json:"recording"`
	Rating    call.Score   `json:"rating"` // 1 to 3, 0 none
}

// Ticket is one ticket with all there is (openapi.yaml Ticket).
type Ticket struct {
	Row
	WaitedMS int64   `json:"waited_ms"`
	TalkedMS int64   `json:"talked_ms"`
	Timeline []Entry `json:"timeline"`
	Earlier  []Row   `json:"earlier"`

	Recordings  []Recording  `json:"recordings"`  // oldest first
	Attachments []Attachment `json:"attachments"` // oldest first
}

// Recording is a recording of one of a ticket's calls (openapi.yaml Recording).
type Recording struct {
	Call       call.ID            `json:"call"`
	N          int                `json:"n"` // of that call, from 1
	What       call.RecordingKind `json:"what"`
	At         time.Time          `json:"at"` // when it was kept
	DurationMS int64              `json:"duration_ms"`
	SHA256     string             `json:"sha256"`
}

// CallRow is a call in a list (openapi.yaml CallRow).
type CallRow struct {
	ID        call.ID       `json:"id"`
	Caller    string        `json:"caller"`
	Dialed    string        `json:"dialed"`
	ArrivedAt time.Time     `json:"arrived_at"`
	EndedAt   *time.Time    `json:"ended_at"`
	Stage     call.Stage    `json:"stage"`
	Queue     string        `json:"queue"`
	Agent     call.AgentID  `json:"agent"`
	Ticket    string        `json:"ticket"`
	WaitedMS  int64         `json:"waited_ms"`
	TalkedMS  int64         `json:"talked_ms"`
	Outcome   *call.Outcome `json:"outcome"`
	Outbound  bool          `json:"outbound"` // an agent called; then Ticket may be an earlier call's
}

// Entry is one event of a timeline, with a sentence for people.
type Entry struct {
	At   time.Time       `json:"at"`
	Kind string          `json:"kind"`
	Data json.RawMessage `json:"data"`
	Vi   string          `json:"vi"`
	En   string          `json:"en"`
}

// Filter says which tickets are wanted. Empty fields do not filter.
type Filter struct {
	Search string // any case, with or without diacritics
	Group  call.Group
	Status Status
	Caller string
	Agent  call.AgentID // who talked last
	Except string       // code
	Before Cursor
	Limit  int
}

// Cursor is a place in a list, newest first: the row after which the page begins.
type Cursor struct {
	At time.Time
	ID string
}

// Field is one kind of matter within a group.
type Field struct {
	Key   string     `json:"key"`
	Group call.Group `json:"group"`
	Vi    string     `json:"vi"`
	En    string     `json:"en"`
}

// Fields are the kinds of matter that tickets are about.
type Fields []Field

// Vi is the Vietnamese name of a topic's field, its key when it has none.
func (fs Fields) Vi(t call.Topic) string {
	for _, f := range fs {
		if f.Group == t.Group && f.Key == t.Field {
			return f.Vi
		}
	}
	return t.Field
}

// Has says whether the group has the field; no field at all is allowed.
func (fs Fields) Has(group call.Group, key string) bool {
	if key == "" {
		return true
	}
	for _, f := range fs {
		if f.Group == group && f.Key == key {
			return true
		}
	}
	return false
}
