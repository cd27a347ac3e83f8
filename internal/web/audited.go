package web

import (
	"cmp"
	"context"
	"net/http"
	"regexp"
	"strings"

	"hotline1022/internal/audit"
	"hotline1022/internal/auth"
)

// Audit is where acts are kept and looked up.
type Audit interface {
	// Write comes back when the entry is safe; it cannot fail.
	Write(e audit.Entry)
	Read(ctx context.Context, f audit.Filter) ([]audit.Entry, error)
}

// acts names what is done at an address. An address that is not here is audited too
// when it changes something and takes more than an agent's role; its act is then the
// address itself.
func acts() map[string]audit.Act {
	return map[string]audit.Act{
		"PUT /api/notice":                                       "notice.put",
		"DELETE /api/notice":                                    "notice.clear",
		"PUT /api/config/{document}":                            "config.save",
		"PUT /api/prompts/{lang}/{key}":                         "prompt.record",
		"DELETE /api/prompts/{lang}/{key}":                      "prompt.forget",
		"PUT /api/roster/assignments/{date}/{shift}/{agent}":    "roster.assign",
		"DELETE /api/roster/assignments/{date}/{shift}/{agent}": "roster.unassign",
		"POST /api/roster/generate":                             "roster.generate",
		"PUT /api/roster/members/{agent}":                       "roster.terms",
		"POST /api/roster/leaves/{id}/{step}":                   "roster.leave",
		"POST /api/roster/swaps/{id}/{step}":                    "roster.swap",
		"POST /api/roster/releases/{agent}":                     "roster.release",
		"POST /api/ear":                                         "ear.open",
		"DELETE /api/ear":                                       "ear.close",
		"POST /api/ear/listen":                                  "ear.listen",
		"DELETE /api/ear/listen":                                "ear.stop",
		"POST /api/calls/{id}/barge":                            "call.barge",
		"POST /api/calls/{id}/take-over":                        "call.take_over",
		"POST /api/calls/{id}/emergency":                        "call.emergency",
		"POST /api/calls/{id}/emergency/advance":                "call.emergency_advance",
		"POST /api/agents/{agent}/state":                        "agent.state",
		"POST /api/agents/{agent}/wrap-up":                      "agent.wrap_up",
		"POST /api/line/{call}":                                 "line.steer",
		"PUT /api/queues/{queue}":                               "queue.open",
		"POST /api/messages":                                    "message.send",
		"POST /api/articles":                                    "article.add",
		"PUT /api/articles/{id}":                                "article.change",
		"POST /api/tickets/{code}/attachments":                  "ticket.attach",
		"POST /api/staff":                                       "staff.add",
		"PUT /api/staff/{staff}":                                "staff.change",
		"POST /api/staff/{staff}/disable":                       "staff.disable",
		"POST /api/staff/{staff}/enable":                        "staff.enable",
		"POST /api/staff/{staff}/password":                      "staff.password",
		"POST /api/staff/{staff}/totp":                          "staff.totp_reset",
	}
}

// looksOnly is a POST that changes nothing: what it looks at is too long for an address.
const looksOnly = "POST /api/config/{document}/check"

// actOf is the act at an address that is audited, "" for the others.
func actOf(pattern string, need auth.Need) audit.Act {
	if act, ok := acts()[pattern]; ok {
		return act
	}
	if pattern == looksOnly || need == anyone || need.MetBy(auth.Agent) || need.MetBy(auth.Editor) || strings.HasPrefix(pattern, "GET ") {
		return ""
	}
	return audit.Act(pattern)
}

type actKey struct{}

// audited keeps what is done by h, and how it ended.
func (s *site) audited(act audit.Act, h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		e := s.entry(r, act)
		err := h(w, r.WithContext(context.WithValue(r.Context(), actKey{}, e)))
		e.Result = audit.Done
		if e.Detail["error"] != "" { // it has answered by itself
			e.Result = audit.Failed
		}
		if err != nil {
			e.Result = audit.Failed
			p := cmp.Or(told(err), errAway)
			if p.Status == http.StatusForbidden {
				e.Result = audit.Refused
			}
			e.Detail["error"] = p.Code
		}
		s.deps.Audit.Write(*e)
		return err
	}
}

// refusedAct keeps that somebody tried what their role may not do.
func (s *site) refusedAct(r *http.Request, need auth.Need) {
	if act := actOf(r.Pattern, need); act != "" {
		e := s.entry(r, act)
		e.Result = audit.Refused
		s.deps.Audit.Write(*e)
	}
}

// wildcard is a part of an address that names somebody or something.
var wildcard = regexp.MustCompile(`\{(\w+)\}`)

// entry is an act of who asks, on what the address names.
func (s *site) entry(r *http.Request, act audit.Act) *audit.Entry {
	p := person(r)
	var whom []string
	for _, name := range wildcard.FindAllStringSubmatch(r.Pattern, -1) {
		whom = append(whom, r.PathValue(name[1]))
	}
	return &audit.Entry{
		Act: act, Who: cmp.Or(p.ID, p.Name), Name: p.Name, Role: string(p.Role), Whom: strings.Join(whom, " "), Address: address(r),
		Detail: map[string]string{},
	}
}

// tell adds what is not empty to the entry of an audited request; for others it does
// nothing.
func tell(r *http.Request, name, value string) {
	if e, ok := r.Context().Value(actKey{}).(*audit.Entry); ok && value != "" {
		e.Detail[name] = value
	}
}

// tellWhom says to whom it is done, when the address does not.
func tellWhom(r *http.Request, whom string) {
	if e, ok := r.Context().Value(actKey{}).(*audit.Entry); ok {
		e.Whom = whom
	}
}
