package web

import (
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency/duty"
	"hotline1022/internal/phone"
	"hotline1022/internal/switchboard"
)

// handoverView is how a hand-over stands (API.md Handover).
type handoverView struct {
	Call            call.ID           `json:"call"`
	Citizen         bool              `json:"citizen"`
	Here            []call.AgentID    `json:"here"`
	MayLeave        bool              `json:"may_leave"`
	SupervisorsRing bool              `json:"supervisors_ring"`
	Services        []handoverService `json:"services"`
}

type handoverService struct {
	Service     call.Service      `json:"service"`
	Area        string            `json:"area"`
	Began       time.Time         `json:"began"`
	Answered    *time.Time        `json:"answered"`
	Confirmed   *time.Time        `json:"confirmed"`
	ConfirmedBy call.AgentID      `json:"confirmed_by"`
	Attempt     int               `json:"confirmed_attempt"`
	Round       int               `json:"round"`
	Attempts    []handoverAttempt `json:"attempts"`
}

type handoverAttempt struct {
	Attempt int                      `json:"attempt"`
	Name    string                   `json:"name"`
	State   switchboard.AttemptState `json:"state"`
	Why     call.DestinationEnd      `json:"why"`
	Began   time.Time                `json:"began"`
	Since   time.Time                `json:"since"`
}

// HandoverView is a hand-over as API.md has it, for the live figures.
func HandoverView(i switchboard.HandoverInfo) any { return handoverOf(i) }

func handoverOf(i switchboard.HandoverInfo) handoverView {
	view := handoverView{
		Call: i.Call, Citizen: i.Citizen, Here: list(i.Here), MayLeave: i.MayLeave, SupervisorsRing: i.Rings, Services: []handoverService{},
	}
	for _, s := range i.Services {
		service := handoverService{
			Service: s.Service, Area: s.Area, Began: s.Began.UTC(), Answered: when(s.Answered), Confirmed: when(s.Confirmed),
			ConfirmedBy: s.ConfirmedBy, Attempt: s.Attempt, Round: s.Round, Attempts: []handoverAttempt{},
		}
		for _, a := range s.Attempts {
			service.Attempts = append(service.Attempts, handoverAttempt{
				Attempt: a.Attempt, Name: a.Name, State: a.State, Why: a.Why, Began: a.Began.UTC(), Since: a.Since.UTC(),
			})
		}
		view.Services = append(view.Services, service)
	}
	return view
}

// when is a time that may not have come.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// dutyView is a call back that is owed (API.md Duty).
type dutyView struct {
	Call     call.ID      `json:"call"`
	Ticket   string       `json:"ticket"`
	Caller   string       `json:"caller"`
	CallerVi string       `json:"caller_vi"`
	Service  call.Service `json:"service"`
	Since    time.Time    `json:"since"`
	TakenBy  call.AgentID `json:"taken_by"`
	Tries    int          `json:"tries"`
	Overdue  bool         `json:"overdue"`
	Done     bool         `json:"done"`
	Notes    []dutyNote   `json:"notes"`
}

type dutyNote struct {
	At    time.Time     `json:"at"`
	Agent call.AgentID  `json:"agent"`
	How   call.DutyStep `json:"how"`
	Note  string        `json:"note"`
}

// DutyViews are calls back that are owed, for the live figures.
func DutyViews(owed []duty.Duty, now time.Time) any { return dutiesOf(owed, now) }

func dutiesOf(owed []duty.Duty, now time.Time) []dutyView {
	views := []dutyView{}
	for _, d := range owed {
		view := dutyView{
			Call: d.Call, Ticket: d.Ticket, Caller: d.Caller, CallerVi: phone.Display(d.Caller), Service: d.Service, Since: d.Since.UTC(),
			TakenBy: d.TakenBy(), Tries: d.Tries(), Overdue: d.Overdue(now), Done: d.Done(), Notes: []dutyNote{},
		}
		for _, n := range d.Notes {
			view.Notes = append(view.Notes, dutyNote{At: n.At.UTC(), Agent: n.Agent, How: n.How, Note: n.Text})
		}
		views = append(views, view)
	}
	return views
}
