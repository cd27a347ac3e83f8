// Package web translates HTTP to the domain and back: the JSON API (API.md, openapi), streams
// of server-sent events, the relay of softphones' SIP, the staff console and the
// public portal.
//
// It decides nothing about calls. What it needs is declared here as ports, and every
// address it answers stands in one table (routes.go) beside who may ask.
package web

import (
	"context"
	"io"
	"log/slog"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/ticket"
	"hotline1022/recording"
)

// Desks is where agents sign in and out.
type Desks interface {
	SignIn(ctx context.Context, agent call.AgentID) (switchboard.Credential, error)
	SignOut(ctx context.Context, agent call.AgentID, why string) error
	Ready(ctx context.Context, agent call.AgentID) error
	Pause(ctx context.Context, agent call.AgentID, reason call.PauseReason) error
	WrapUp(ctx context.Context, agent call.AgentID, form switchboard.WrapUpForm) error
	State(agent call.AgentID) (switchboard.DeskState, bool)
	Watch(agent call.AgentID) (<-chan switchboard.DeskEvent, func())
	Supervised
	Conversing
	HandingOver
	Calling
	Lines
	// LineGone stands for LineDown when the socket ended with its page, and the sound
	// with both.
	LineGone(key string)
	// Registered is told whenever a softphone's registration is confirmed.
	Registered(key string)
}

// Guests is where citizens' browsers get an account for one call.
type Guests interface {
	Invite(ctx context.Context) (switchboard.Credential, error)
	Lines
}

// Lines is told when a softphone's socket opens and closes. LineUp is also the check
// of the key: it comes before anything is done for a socket, and every LineUp that was
// true is followed by one LineDown. done is closed when the socket has to close.
type Lines interface {
	LineUp(key string) (done <-chan struct{}, ok bool)
	LineDown(key string)
}

// Tickets is what is read of calls. Reads of what is not there are ErrNotFound.
type Tickets interface {
	Tickets(ctx context.Context, f ticket.Filter) ([]ticket.Row, error)
	Ticket(ctx context.Context, code string) (ticket.Ticket, error)
	Calls(ctx context.Context, f ticket.CallFilter) ([]ticket.CallRow, error)
	Call(ctx context.Context, id call.ID) (ticket.CallRow, []call.Event, error)
	// Recording opens a call's n-th recording, from 1; 0 is its latest conversation.
	Recording(ctx context.Context, id call.ID, n int) (io.ReadSeekCloser, time.Time, error)
	Recordings(ctx context.Context, f ticket.RecordingFilter) ([]ticket.RecordingRow, error)
	// Peaks is what the n-th recording looks like, and the call's steps in it.
	Peaks(ctx context.Context, id call.ID, n int) (recording.Peaks, []ticket.Marker, error)
	History(ctx context.Context, q ticket.HistoryQuery) ([]ticket.Period, error)
	Staff(ctx context.Context) ([]auth.Person, error)
}

// Auth says who asks; auth.Service is one.
type Auth interface {
	SignIn(ctx context.Context, a auth.Attempt) (auth.Session, string, error)
	SignInSSO(ctx context.Context, account string) (auth.Session, string, error)
	SignOut(ctx context.Context, token string) error
	Session(ctx context.Context, token string) (auth.Session, error)
	Bearer(ctx context.Context, token string) (auth.Person, error)
	Knows(ctx context.Context, user string) bool
	Lock(ctx context.Context, token string) error
	Unlock(ctx context.Context, token, password, address string) error
	ChangePassword(ctx context.Context, token string, a auth.Attempt, next string) error
	Enrol(ctx context.Context, a auth.Attempt) (auth.Enrolment, error)
	Confirm(ctx context.Context, staff, code string) ([]string, error)
}

// Pause is a reason for which an agent may pause.
type Pause struct {
	Key string `json:"key"`
	Vi  string `json:"vi"`
	En  string `json:"en"`
}

// Deps is everything that the web works with.
type Deps struct {
	Desks    Desks
	Guests   Guests
	Ears     Ears
	Line     Line
	Tickets  Tickets
	Forms    Forms
	Articles Articles
	Roster   Roster
	Auth     Auth
	People   People
	Audit    Audit
	SSO      SSO // nil when there is no other sign-in than ours
	// PeopleChanged is called when somebody came, went, or has another name or role.
	PeopleChanged func(ctx context.Context)
	LockAfter     time.Duration // how long a console may be idle; 0 is for ever
	// ShiftOf is the key of the shift that the agent works now, "" for none.
	ShiftOf func(now time.Time, agent call.AgentID) string
	// Live is the wallboard's figures: what GET /api/live answers.
	Live func(now time.Time) any
	// SetQueue opens or closes a queue. ErrNotFound, ErrNeverClosed.
	SetQueue func(queue string, open bool) error
	Staffing Staffing
	// Allow counts a request under what, and says whether it is within n per time.
	Allow func(ctx context.Context, what string, n int, per time.Duration) (bool, error)
	// Health asks every part; nil says that it is well.
	Health      func(ctx context.Context) map[string]error
	Notices     Notices
	Handovers   Handovers
	Emergencies Emergencies
	Menus       Menus
	Documents   Documents
	Fields      ticket.Fields
	Pauses      []Pause
	SIP         string // Asterisk's WebSocket for SIP, ws://127.0.0.1:8088/ws
	Log         *slog.Logger
}
