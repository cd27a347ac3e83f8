package sheet

import (
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/internal/ticket"
)

// Names are how the sheet calls things, beside those of tickets.
type Names struct {
	ticket.Names
	Agency Agency
	Plan   emergency.Plan
}

// Compose folds one call's events, in their order, into its sheet for a service.
func Compose(events []call.Event, service call.Service, names Names) Sheet {
	s := Sheet{Agency: names.Agency, Service: Service{Key: service}}
	if of, ok := names.Plan.Service(service); ok {
		s.Service.Vi, s.Service.En = of.Vi, of.En
	}
	for _, e := range events {
		s.learn(e, names)
	}
	return s
}

func (s *Sheet) learn(e call.Event, names Names) {
	s.Call = e.Call
	if e.At.After(s.Updated) {
		s.Updated = e.At
	}
	switch f := e.Fact.(type) {
	case call.Arrived:
		if s.Ticket != "" { // announced twice
			return
		}
		s.Ticket, s.Caller, s.Arrived = f.Ticket, f.Caller, e.At
	case call.Connected:
		s.Agent = names.agent(f.Agent)
		s.answer(e.At)
	case call.DestinationAnswered:
		s.answer(e.At)
	case call.PlaceTold:
		s.Place = Place{
			Said: f.Said, Province: f.Province, Commune: f.Commune, Road: f.Road, House: f.House, Landmark: f.Landmark,
			Located: f.Located, Lat: f.Lat, Lon: f.Lon, Accuracy: f.Accuracy, Source: Source(f.Source), At: e.At,
		}
	case call.CaseNoted:
		s.noted(e.At, f)
	case call.SheetLinked: // those who read it know
		return
	}
	vi, en := ticket.Sentence(e.Fact, names.Names)
	s.Timeline = append(s.Timeline, Entry{At: e.At, Vi: vi, En: en})
}

// noted keeps what is new; what a note leaves out stays as it was.
func (s *Sheet) noted(at time.Time, f call.CaseNoted) {
	set := func(to *string, value string) {
		if value != "" {
			*to = value
		}
	}
	set(&s.Name, f.Name)
	set(&s.Callback, f.Callback)
	set(&s.Category.Vi, f.Category)
	if f.Note != "" {
		s.Notes = append(s.Notes, Note{At: at, Agent: f.Agent, Text: f.Note})
	}
}

func (s *Sheet) answer(at time.Time) {
	if s.Answered.IsZero() {
		s.Answered = at
	}
}

func (n Names) agent(id call.AgentID) Agent {
	a := Agent{ID: id, Name: string(id)}
	if n.Agent != nil {
		if name := n.Agent(id); name != "" {
			a.Name = name
		}
	}
	return a
}
