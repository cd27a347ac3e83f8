package web

import (
	"context"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/duty"
	"hotline1022/internal/switchboard"
)

// HandingOver is what agents do to hand a citizen over to a command centre.
type HandingOver interface {
	Emergency(ctx context.Context, agent call.AgentID, service call.Service, area string) error
	AdvanceEmergency(ctx context.Context, agent call.AgentID, service call.Service) error
	ConfirmEmergency(ctx context.Context, agent call.AgentID, service call.Service, attempt int) error
}

// Emergencies are the hand-overs that go on, what supervisors do with them, and the calls
// back that are owed.
type Emergencies interface {
	Handovers() []switchboard.HandoverInfo
	SuperviseEmergency(ctx context.Context, id call.ID, by call.AgentID, service call.Service, area string) error
	SuperviseAdvance(ctx context.Context, id call.ID, service call.Service) error
	// Services are those that there are destinations for.
	Services() []EmergencyService
	Owed() []duty.Duty
	// Note writes down what was done about a call back that is owed; ErrNotFound when none is.
	Note(id call.ID, note call.DutyNoted) error
	// Place and Case add to the sheet of a call that goes on; Link makes a link to it.
	Place(id call.ID, place call.PlaceTold) error
	Case(id call.ID, noted call.CaseNoted) error
	Link(id call.ID, service call.Service) (string, error)
	// Drill has the hotline call itself by a service's keys, or by those whose turn it is.
	Drill(service call.Service)
	Now() time.Time
}

// EmergencyService is a service that calls may be handed over to.
type EmergencyService struct {
	Service call.Service `json:"service"`
	Vi      string       `json:"vi"`
	En      string       `json:"en"`
}
