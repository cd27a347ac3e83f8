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
	heard   listenings
	feed    feed
	bell    bell          // rung when people may no longer what they could
	stopped chan struct{} // ends streams and relays
}

func newSite(d Deps, p pace) *site {
	return &site{
		desks: d.Desks, guests: d.Guests, tickets: d.Tickets, auth: d.Auth, fields: list(d.Fields),
		deps: d, log: d.Log, pace: p, relays: newRelays(), feed: feed{read: d.Live, pace: p, log: d.Log}, stopped: make(chan struct{}),
	}
}

// anyone may ask, signed in or not.
const anyone = auth.Permission("")

// route is one address, and what it takes to ask there.
type route struct {
	pattern string
	need    auth.Need
	serve   http.Handler
}

// routes is every address there is.
func (s *site) routes() []route {
	var all []route
	add := func(pattern string, need auth.Need, h handler) {
		if act := actOf(pattern, need); act != "" {
			h = s.audited(act, h)
		}
		if need != anyone {
			h = s.allow(need, h)
		}
		all = append(all, route{pattern, need, s.serve(h)})
	}
	add("POST /api/session", anyone, s.signIn)
	add("GET /api/session", auth.OwnSession, s.whoami)
	add("DELETE /api/session", auth.OwnSession, s.guarded(roster.ToLeave, s.signOut))
	add("POST /api/session/lock", auth.OwnSession, s.lock)
	add("POST /api/session/unlock", auth.OwnSession, s.unlock)
	add("PUT /api/session/password", auth.OwnAccount, s.changePassword)
	add("POST /api/session/totp", auth.OwnAccount, s.enrol)
	add("PUT /api/session/totp", auth.OwnAccount, s.confirm)
	add("GET /api/session/ways", anyone, s.ways)
	add("GET /api/session/sso", anyone, s.ssoBegin)
	add("GET /api/session/sso/done", anyone, s.ssoDone)

	add("POST /api/desk", auth.WorkDesk, s.openDesk)
	add("GET /api/desk", auth.WorkDesk, s.desk)
	add("DELETE /api/desk", auth.WorkDesk, s.guarded(roster.ToLeave, s.closeDesk))
	add("POST /api/desk/ready", auth.WorkDesk, unlocked(s.ready))
	add("POST /api/desk/pause", auth.WorkDesk, s.guarded(roster.ToPause, s.pause))
	add("POST /api/desk/wrap-up", auth.WorkDesk, s.wrapUp)
	add("GET /api/desk/events", auth.WorkDesk, s.deskEvents)

	add("GET /api/tickets", auth.ReadCalls, s.listTickets)
	add("GET /api/tickets/{code}", auth.ReadCalls, s.ticket)
	add("GET /api/calls", auth.ReadCalls, s.listCalls)
	add("GET /api/calls/{id}", auth.ReadCalls, s.call)
	add("GET /api/recordings", auth.SearchRecordings, s.listRecordings)
	add("GET /api/recordings/{call}", auth.Listen, s.recording)
	add("GET /api/recordings/{call}/peaks", auth.Listen, s.peaks)
	add("POST /api/recordings/{call}/listenings", auth.Listen, s.beginListening)
	add("GET /api/history", auth.LeadShift, s.history)
	add("GET /api/agents", auth.ReadCalls, s.agents)
	add("GET /api/live", auth.SeeLive, s.live)
	add("GET /api/live/events", auth.SeeLive, s.liveEvents)
	add("GET /api/staffing/plan", auth.EditRoster, s.staffPlan)
	add("GET /api/staffing/table", auth.EditRoster, s.staffTable)

	s.rosterRoutes(add)
	s.superviseRoutes(add)
	s.verbRoutes(add)
	s.emergencyRoutes(add)
	s.formRoutes(add)
	s.articleRoutes(add)

	add("GET /api/notice", auth.PutNotice, s.notice)
	add("PUT /api/notice", auth.PutNotice, s.setNotice)
	add("DELETE /api/notice", auth.PutNotice, s.clearNotice)

	add("GET /api/staff", auth.ManageStaff, s.people)
	add("POST /api/staff", auth.ManageStaff, s.addMember)
	add("PUT /api/staff/{staff}", auth.ManageStaff, s.changeMember)
	add("POST /api/staff/{staff}/disable", auth.ManageStaff, s.disable)
	add("POST /api/staff/{staff}/enable", auth.ManageStaff, s.enable)
	add("POST /api/staff/{staff}/password", auth.ManageStaff, s.resetPassword)
	add("POST /api/staff/{staff}/totp", auth.ManageStaff, s.resetSecond)
	add("GET /api/audit", auth.ReadAudit, s.auditLog)

	add("GET /api/ivr", auth.PutNotice, s.menus)
	add("GET /api/ivr/walk", auth.PutNotice, s.walk)
	add("GET /api/prompts", auth.PutNotice, s.prompts)
	add("GET /api/prompts/{lang}/{key}", auth.PutNotice, s.prompt)
	add("PUT /api/prompts/{lang}/{key}", auth.EditPrompts, s.recordPrompt)
	add("DELETE /api/prompts/{lang}/{key}", auth.EditPrompts, s.unrecordPrompt)

	add("GET /api/queues", auth.EditConfig, s.queueSettings)
	add("GET /api/config", auth.EditConfig, s.documents)
	add("GET /api/config/{document}", auth.EditConfig, s.document)
	add("POST /api/config/{document}/check", auth.EditConfig, s.checkDocument)
	add("PUT /api/config/{document}", auth.EditConfig, s.saveDocument)
	add("GET /api/config/{document}/versions/{number}", auth.EditConfig, s.documentVersion)

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
