package web

import (
	"net/http"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

// guarded asks whether enough people are left before an agent pauses or leaves. Leads
// decide for themselves.
func (s *site) guarded(going roster.Going, h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if agent := call.AgentID(person(r).ID); agent != "" && !isLead(r) {
			answer := s.deps.Roster.MayGo(agent, going)
			switch answer.Verdict {
			case roster.MayGo:
			case roster.MustAsk, roster.MustStay:
				return &problem{http.StatusConflict, "too_few_left", answer.Vi, answer.En}
			}
		}
		return h(w, r)
	}
}

func (s *site) release(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	return done(w, s.deps.Roster.Release(r.Context(), call.AgentID(r.PathValue("agent")), by.Agent))
}
