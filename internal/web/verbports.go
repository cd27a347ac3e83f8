package web

import (
	"context"

	"hotline1022/internal/call"
)

// Conversing is what agents and supervisors do with a conversation while it goes on.
type Conversing interface {
	Hold(ctx context.Context, agent call.AgentID) error
	Resume(ctx context.Context, agent call.AgentID) error
	Transfer(ctx context.Context, agent call.AgentID, to call.Target) error
	Consult(ctx context.Context, agent call.AgentID, to call.Target) error
	Complete(ctx context.Context, agent call.AgentID) error
	Back(ctx context.Context, agent call.AgentID) error
	Conference(ctx context.Context, agent call.AgentID) error
	Drop(ctx context.Context, agent call.AgentID, leg call.OfferID) error
	Barge(ctx context.Context, supervisor call.AgentID, id call.ID, takeOver bool) error
}
