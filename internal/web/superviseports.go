package web

import (
	"context"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// Ears is where supervisors listen; switchboard.Ears is one.
type Ears interface {
	SignIn(ctx context.Context, by call.AgentID) (switchboard.Credential, error)
	SignOut(by call.AgentID)
	Listen(by, agent call.AgentID, whisper bool) error
	End(by call.AgentID, why call.ListenEnd) (over <-chan struct{})
	State(by call.AgentID) (switchboard.EarState, switchboard.Credential, bool)
	Watch(by call.AgentID) (<-chan switchboard.EarState, func())
	Lines
}

// Line is who waits, and may be moved there; switchboard.Board is one.
type Line interface {
	Steer(id call.ID, to switchboard.Steering) error
	Line(most int) acd.Overview
}

// Supervised is what supervisors do with desks, and their agents' side of it.
type Supervised interface {
	Force(ctx context.Context, agent call.AgentID, to switchboard.Forcing) error
	MoreWrapUp(by, agent call.AgentID) error
	Record(ctx context.Context, agent call.AgentID, on bool) error
	Send(by call.AgentID, to []call.AgentID, text string) switchboard.Message
	Sent() []switchboard.Message
	Read(agent call.AgentID, id string) error
}
