package web

import (
	"log/slog"
	"net/http"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/ticket"
)

// site is what the handlers share.
type site struct {
	desks   Desks
	guests  Guests
	tickets Tickets
	auth    Auth
	fields  ticket.Fields
	deps    Deps
	log     *slog.Logger

	pace    pace
	relays  *relays
	checkup checkup
	stopped chan struct{} // ends streams and relays
}

func newSite(d Deps, p pace) *site {
	return &site{
		desks: d.Desks, guests: d.Guests, tickets: d.Tickets, auth: d.Auth, fields: list(d.Fields),
		deps: d, log: d.Log, pace: p, relays: newRelays(), stopped: make(chan struct{}),
	}
}

// anyone may ask, signed in or not.
const anyone auth.Role = ""

// route is one address, and the role that it takes at least.
type route struct {
	pattern string
	role    auth.Role
	serve   http.Handler
}

// routes is every address there is.
func (s *site) routes() []route {
	var all []route
	add := func(pattern string, role auth.Role, h handler) {
		if role != anyone {
			h = s.allow(role, h)
		}
		all = append(all, route{pattern, role, s.serve(h)})
	}
	add("POST /api/session", anyone, s.signIn)
	add("GET /api/session", auth.Agent, s.whoami)
	add("DELETE /api/session", auth.Agent, s.guarded(roster.ToLeave, s.signOut))

	add("POST /api/desk", auth.Agent, s.openDesk)
	add("GET /api/desk", auth.Agent, s.desk)
	add("DELETE /api/desk", auth.Agent, s.guarded(roster.ToLeave, s.closeDesk))
	add("POST /api/desk/ready", auth.Agent, s.ready)
	add("POST /api/desk/pause", auth.Agent, s.guarded(roster.ToPause, s.pause))
	add("POST /api/desk/wrap-up", auth.Agent, s.wrapUp)
	add("GET /api/desk/events", auth.Agent, s.deskEvents)

	add("GET /api/tickets", auth.Agent, s.listTickets)
	add("GET /api/tickets/{code}", auth.Agent, s.ticket)
	add("GET /api/calls", auth.Agent, s.listCalls)
	add("GET /api/calls/{id}", auth.Agent, s.call)
	add("GET /api/recordings/{call}", auth.Agent, s.recording)
	add("GET /api/agents", auth.Agent, s.agents)
	add("GET /api/live", auth.Agent, s.live)
	add("GET /api/live/events", auth.Agent, s.liveEvents)
	add("GET /api/staffing/plan", auth.Supervisor, s.staffPlan)
	add("GET /api/staffing/table", auth.Supervisor, s.staffTable)

	s.rosterRoutes(add)
	s.superviseRoutes(add)
	s.verbRoutes(add)

	add("GET /api/notice", auth.Supervisor, s.notice)
	add("PUT /api/notice", auth.Supervisor, s.setNotice)
	add("DELETE /api/notice", auth.Supervisor, s.clearNotice)

	add("GET /api/ivr", auth.Supervisor, s.menus)
	add("GET /api/ivr/walk", auth.Supervisor, s.walk)
	add("GET /api/prompts", auth.Supervisor, s.prompts)
	add("GET /api/prompts/{lang}/{key}", auth.Supervisor, s.prompt)

	add("POST /api/public/call", anyone, s.publicCall)
	add("GET /healthz", anyone, s.health)
	add("GET /sip/{key}", anyone, s.relay) // the key is the permission
	add("/api/", anyone, func(http.ResponseWriter, *http.Request) error { return ErrNotFound })
	return append(all, s.pages()...)
}

// handler is the site with all that every request goes through.
func (s *site) handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, r.serve)
	}
	return s.observe(s.guard(mux))
}
