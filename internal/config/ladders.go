package config

import (
	"regexp"
	"slices"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/ivr/document"
)

var (
	servicePattern     = regexp.MustCompile(`^[0-9]{3,4}$`)
	destinationPattern = regexp.MustCompile(`^\+?[0-9]{3,15}$`)
	mobilePattern      = regexp.MustCompile(`^(\+|0)[0-9]{8,14}$`)
	areaPattern        = regexp.MustCompile(`^[0-9]{2,8}$`)
)

// ladders reads the destinations of services.
type ladders struct {
	k     *document.Checker
	desks []emergency.Desk
	own   []string // numbers that are the hotline
	out   bool     // numbers can be called
	trial bool     // … or need not be
}

func (l *ladders) service(list *document.Mapping, e document.Entry) emergency.Service {
	m := list.Sub(e, "service "+e.Key, "vi", "en", "joint", "ladder", "areas")
	s := emergency.Service{
		Key: call.Service(e.Key), Vi: word(l.k, m, "vi", e), En: word(l.k, m, "en", e), Joint: call.Service(otherwise(m, "joint", "")),
	}
	if !servicePattern.MatchString(e.Key) {
		l.k.Addf(e.Line, "the service %q is no short number; write 3 or 4 digits in quotes, such as \"114\"", e.Key)
	}
	if m == nil {
		return s
	}
	if s.Joint != "" {
		if m.Has("ladder") || m.Has("areas") {
			l.k.Addf(m.LineOf("joint"), "service %s has joined %s and has a ladder of its own; remove one of the two", e.Key, s.Joint)
		}
		return s
	}
	if !m.Has("ladder") {
		l.k.Addf(e.Line, "service %s has no destination; write a `ladder`, or `joint: <the service whose centre takes its calls>`", e.Key)
		return s
	}
	s.Ladder = l.ladder(m.Map("ladder", "the ladder of "+e.Key), m.LineOf("ladder"), "service "+e.Key)
	areas := m.Map("areas", "the areas of "+e.Key)
	for _, a := range areas.Entries() {
		if !areaPattern.MatchString(a.Key) {
			l.k.Addf(a.Line, "the area %q is no commune's code; write its digits in quotes, such as \"25747\"", a.Key)
		}
		name := "area " + a.Key + " of service " + e.Key
		s.Areas = append(s.Areas, emergency.Area{Key: a.Key, Ladder: l.ladder(areas.Sub(a, name), a.Line, name)})
	}
	return s
}

// ladder reads rungs in their order, and sees to it that one of them can be reached at any
// hour.
func (l *ladders) ladder(m *document.Mapping, line int, of string) []emergency.Rung {
	var rungs []emergency.Rung
	reachable := false
	for _, e := range m.Entries() {
		r := l.rung(m, e)
		if slices.ContainsFunc(rungs, func(o emergency.Rung) bool { return o.Address == r.Address && o.Kind == r.Kind }) {
			l.k.Addf(e.Line, "%s calls %q twice; remove one of the two", of, r.Address)
		}
		reachable = reachable || r.Always() && (r.Kind == emergency.AtDesk || l.out || l.trial)
		rungs = append(rungs, r)
	}
	if m != nil && !reachable {
		do := "add a destination without hours"
		if !l.out && !l.trial {
			do = "set sip.out in hotline.yaml, add a desk, or write `trial: true` while nobody depends on it"
		}
		l.k.Addf(line, "%s has no destination that can be reached at any hour; %s", of, do)
	}
	return rungs
}

func (l *ladders) rung(list *document.Mapping, e document.Entry) emergency.Rung {
	m := list.Sub(e, "destination "+e.Key, "number", "mobile", "desk", "hours")
	r := emergency.Rung{Name: e.Key}
	if m == nil {
		return r
	}
	kinds := 0
	for _, kind := range []emergency.Kind{emergency.Number, emergency.Mobile, emergency.AtDesk} {
		if m.Has(string(kind)) {
			kinds++
			r.Kind, r.Address = kind, m.Single(string(kind)).Value
		}
	}
	line := m.LineOf(string(r.Kind))
	switch {
	case kinds != 1:
		l.k.Addf(e.Line, "destination %q must have one of number, mobile and desk; write exactly one", e.Key)
	case r.Kind == emergency.AtDesk:
		if !slices.ContainsFunc(l.desks, func(d emergency.Desk) bool { return d.Name == r.Address }) {
			l.k.Addf(line, "there is no desk %q; add it to `desks`, or name one of them", r.Address)
		}
	case r.Kind == emergency.Mobile && !mobilePattern.MatchString(r.Address):
		l.k.Addf(line, "%q is no mobile number; write it in quotes, such as \"0908123456\"", r.Address)
	case !destinationPattern.MatchString(r.Address):
		l.k.Addf(line, "%q is no number; write digits in quotes, such as \"114\"", r.Address)
	case ownNumber(l.own, r.Address):
		l.k.Addf(line, "%q is the hotline itself, and the call would come back here; write the command centre's number", r.Address)
	}
	if hours := m.Map("hours", "the hours of "+e.Key, "from", "to"); hours != nil {
		r.From, r.To = clock(l.k, hours, "from", e), clock(l.k, hours, "to", e)
		if r.From == r.To {
			l.k.Addf(m.LineOf("hours"), "the hours of %q are the whole day; leave them out", e.Key)
		}
	}
	return r
}

// together checks what concerns more than one service.
func (l *ladders) together(root *document.Mapping, p emergency.Plan) {
	line := root.LineOf("services")
	for _, key := range always() {
		if _, ok := p.Service(key); !ok {
			l.k.Addf(line, "there is no service %s; add it, for people dial that number and must get through", key)
		}
	}
	for _, s := range p.Services {
		if s.Joint == "" {
			continue
		}
		i := slices.IndexFunc(p.Services, func(o emergency.Service) bool { return o.Key == s.Joint })
		switch {
		case i < 0:
			l.k.Addf(line, "service %s has joined %s, which is not here; add that one", s.Key, s.Joint)
		case p.Services[i].Joint != "":
			l.k.Addf(line, "service %s has joined %s, which has joined another itself; name the one that has a ladder", s.Key, s.Joint)
		}
	}
	l.test(root, p)
}

// test looks at the number that drills call: it must be nobody's who answers emergencies.
func (l *ladders) test(root *document.Mapping, p emergency.Plan) {
	if p.Test == "" {
		return
	}
	line := root.LineOf("test")
	if !destinationPattern.MatchString(p.Test) || ownNumber(l.own, p.Test) {
		l.k.Addf(line, "%q is no number for drills; write one that is not the hotline's, in quotes", p.Test)
	}
	for _, s := range p.Services {
		all := slices.Clone(s.Ladder)
		for _, a := range s.Areas {
			all = append(all, a.Ladder...)
		}
		if slices.ContainsFunc(all, func(r emergency.Rung) bool { return r.Kind != emergency.AtDesk && same(r.Address, p.Test) }) {
			l.k.Addf(line, "drills would call %q, which is a destination of %s; write a number of your own", p.Test, s.Key)
		}
	}
}
