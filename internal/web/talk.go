package web

import (
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/phone"
	"hotline1022/internal/switchboard"
)

// talk is how a conversation stands (openapi.yaml Talk).
type talk struct {
	Call      call.ID       `json:"call"`
	Lead      bool          `json:"lead"`
	Held      bool          `json:"held"`
	HeldSince *time.Time    `json:"held_since"`
	Reminded  int           `json:"reminded"`
	Parties   []talkParty   `json:"parties"`
	Handover  *handoverView `json:"handover"`
}

type talkParty struct {
	Leg      call.OfferID         `json:"leg"`
	Agent    call.AgentID         `json:"agent"`
	Number   string               `json:"number"`
	NumberVi string               `json:"number_vi"`
	Standing switchboard.Standing `json:"standing"`
}

func talkOf(t switchboard.TalkInfo) talk {
	view := talk{Call: t.Call, Lead: t.Lead, Held: t.Held, Reminded: t.Reminded, Parties: []talkParty{}}
	if since := t.HeldSince.UTC(); t.Held {
		view.HeldSince = &since
	}
	if t.Handover != nil {
		handover := handoverOf(*t.Handover)
		view.Handover = &handover
	}
	for _, p := range t.Parties {
		view.Parties = append(view.Parties, talkParty{
			Leg: p.Leg, Agent: p.Agent, Number: p.Number, NumberVi: phone.Display(p.Number), Standing: p.Standing,
		})
	}
	return view
}
