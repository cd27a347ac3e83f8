package web

import (
	"context"
	"net/http"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
)

// verbRoutes are the verbs of a call.
func (s *site) verbRoutes(add func(pattern string, need auth.Need, h handler)) {
	for pattern, do := range map[string]func(context.Context, call.AgentID) error{
		"POST /api/desk/call/hold":       s.desks.Hold,
		"POST /api/desk/call/resume":     s.desks.Resume,
		"POST /api/desk/call/complete":   s.desks.Complete,
		"POST /api/desk/call/back":       s.desks.Back,
		"POST /api/desk/call/conference": s.desks.Conference,
	} {
		add(pattern, auth.WorkDesk, verb(do))
	}
	add("POST /api/desk/call/transfer", auth.WorkDesk, s.verbTo(s.desks.Transfer))
	add("POST /api/desk/call/consult", auth.WorkDesk, s.verbTo(s.desks.Consult))
	add("POST /api/desk/call/drop", auth.WorkDesk, s.drop)
	add("POST /api/desk/calls", auth.WorkDesk, s.makeCall)
	add("POST /api/calls/{id}/barge", auth.Supervise, s.barge(false))
	add("POST /api/calls/{id}/take-over", auth.Supervise, s.barge(true))
}

// verb is one without anything to say about it.
func verb(do func(context.Context, call.AgentID) error) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		agent, err := self(r)
		if err != nil {
			return err
		}
		return done(w, do(r.Context(), agent))
	}
}

// verbTo is one that says to whom.
func (s *site) verbTo(do func(context.Context, call.AgentID, call.Target) error) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		agent, err := self(r)
		if err != nil {
			return err
		}
		var to struct {
			Agent  call.AgentID `json:"agent"`
			Queue  string       `json:"queue"`
			Number string       `json:"number"`
		}
		if err := s.read(w, r, &to); err != nil {
			return err
		}
		said := 0
		for _, one := range []string{string(to.Agent), to.Queue, to.Number} {
			if one != "" {
				said++
			}
		}
		if said != 1 {
			return badRequest("Hãy chọn một: nhân viên, hàng chờ hoặc số điện thoại.", "Give one of agent, queue and number.")
		}
		return done(w, do(r.Context(), agent, call.Target(to)))
	}
}

func (s *site) drop(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		Leg call.OfferID `json:"leg"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	return done(w, s.desks.Drop(r.Context(), agent, form.Leg))
}

func (s *site) barge(takeOver bool) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		by, err := self(r)
		if err != nil {
			return err
		}
		return done(w, s.desks.Barge(r.Context(), by, call.ID(r.PathValue("id")), takeOver))
	}
}
