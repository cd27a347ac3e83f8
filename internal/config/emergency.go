package config

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/ivr/document"
)

var (
	deskPattern   = regexp.MustCompile(`^[a-z][a-z0-9]{0,15}$`)
	headerPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,39}$`)
)

// notOurHeaders are SIP's own, which a leg has already or which would change where it goes
// (RFC 3261 §20).
const notOurHeaders = " via from to call-id cseq contact route record-route max-forwards content-type content-length " +
	"authorization proxy-authorization require supported allow expires p-asserted-identity privacy replaces refer-to diversion "

// emergency reads where hand-overs go.
func (c *Config) emergency(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "trial", "services", "desks", "next_after", "ring_time", "early_hangup", "retry_after", "say_every",
		"supervisors_after", "acknowledge_within", "caller", "headers", "agency", "pages", "test", "drill_every")
	p := emergency.Plan{
		Timing: emergency.Timing{
			Next:        root.Duration("next_after", 12*time.Second, 3*time.Second, time.Minute),
			Ring:        root.Duration("ring_time", time.Minute, 10*time.Second, 3*time.Minute),
			Early:       root.Duration("early_hangup", 20*time.Second, 0, 5*time.Minute),
			Retry:       root.Duration("retry_after", 3*time.Second, time.Second, 30*time.Second),
			Say:         root.Duration("say_every", 15*time.Second, 8*time.Second, time.Minute),
			Alone:       root.Duration("supervisors_after", 30*time.Second, 0, 5*time.Minute),
			Acknowledge: root.Duration("acknowledge_within", time.Minute, 10*time.Second, 10*time.Minute),
		},
		Caller: emergency.Caller(otherwise(root, "caller", string(emergency.AsHotline))),
		Agency: otherwise(root, "agency", "Tổng đài 1022"),
		Pages:  strings.TrimSuffix(otherwise(root, "pages", ""), "/"),
		Test:   otherwise(root, "test", ""),
		Drills: root.Duration("drill_every", 6*time.Hour, 0, 7*24*time.Hour),
		Zone:   home(),
	}
	if root != nil && p.Timing.Ring < p.Timing.Next {
		k.Addf(root.LineOf("ring_time"), "a destination rings for %s, but the next is rung after %s; raise ring_time", p.Timing.Ring, p.Timing.Next)
	}
	if p.Caller != emergency.AsHotline && p.Caller != emergency.AsCitizen {
		k.Addf(root.LineOf("caller"), "the caller %q is none; write hotline or citizen", p.Caller)
	}
	if at, err := url.Parse(p.Pages); p.Pages != "" && (err != nil || at.Scheme != "https" || at.Host == "" || at.Path != "" || at.RawQuery != "" || at.User != nil) {
		k.Addf(root.LineOf("pages"), "%q is no address of pages; write https:// and a host, such as https://1022.example.vn", p.Pages)
	}
	p.Desks = desks(k, root.Map("desks", "desks"))
	p.Headers = headers(k, root.Map("headers", "headers"))
	p.Trial = root != nil && truth(k, root, "trial")
	if p.Trial && c.Hotline.Out != "" {
		k.Addf(root.LineOf("trial"), "this is a trial, but hotline.yaml has a way out (sip.out); look at every number here, and then remove `trial`")
	}
	l := ladders{k: k, desks: p.Desks, own: c.Hotline.Numbers, out: c.Hotline.Out != "", trial: p.Trial}
	services := root.Map("services", "services")
	for _, e := range services.Entries() {
		p.Services = append(p.Services, l.service(services, e))
	}
	if root != nil {
		l.together(root, p)
		c.sayable(k, root, p)
	}
	c.Emergency = p
	return k.Err()
}

// desks reads the telephones that ring without a controller.
func desks(k *document.Checker, list *document.Mapping) []emergency.Desk {
	var all []emergency.Desk
	for _, e := range list.Entries() {
		m := list.Sub(e, "desk "+e.Key, "vi", "en", "address")
		d := emergency.Desk{Name: e.Key, Vi: word(k, m, "vi", e), En: word(k, m, "en", e), Address: otherwise(m, "address", "")}
		if !deskPattern.MatchString(e.Key) || e.Key == "trunk" {
			k.Addf(e.Line, "the desk %q is no name of an account; write a lower-case letter and then letters and digits, at most 16, and not trunk", e.Key)
		}
		if d.Address != "" {
			address(k, m, "address", d.Address)
			if strings.ContainsAny(d.Address, "@;,?/<>&() \"") {
				k.Addf(m.LineOf("address"), "%q is more than an address; write host:port only, such as 10.1.0.21:5060", d.Address)
			}
		}
		all = append(all, d)
	}
	return all
}

// headers reads what every leg to a command centre carries beside SIP's own.
func headers(k *document.Checker, list *document.Mapping) []emergency.Header {
	var all []emergency.Header
	for _, e := range list.Entries() {
		t, _ := list.Text(e)
		value := strings.NewReplacer("{caller}", "", "{call}", "").Replace(t.Value)
		switch {
		case !headerPattern.MatchString(e.Key):
			k.Addf(e.Line, "%q is no name of a header; write letters, digits and -", e.Key)
		case strings.Contains(notOurHeaders, " "+strings.ToLower(e.Key)+" "):
			k.Addf(e.Line, "the header %s is SIP's own; remove it, or choose another name such as X-%s", e.Key, e.Key)
		case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) || strings.ContainsAny(value, ";,$&|(){}[]\"\\") || len(value) > 200:
			k.Addf(e.Line, "the value of the header %s cannot be sent as it is; write plain letters, digits and .:/+-_=, with {caller} or {call} where they belong", e.Key)
		}
		all = append(all, emergency.Header{Name: e.Key, Value: t.Value})
	}
	return all
}

// sayable looks whether everything that a hand-over says has words.
func (c *Config) sayable(k *document.Checker, root *document.Mapping, p emergency.Plan) {
	if len(c.Prompts) < len(languages()) { // told so itself
		return
	}
	for _, s := range p.Services {
		for _, key := range emergency.Prompts(s.Key) {
			for _, lang := range languages() {
				if !c.Prompts.Has(lang, key) {
					k.Addf(root.LineOf("services"), "the service %s needs the prompt %q, which is missing in language %s; write its text in prompts/%s.yaml", s.Key, key, lang, lang)
				}
			}
		}
	}
}

// same says whether two numbers are the same telephone's, however they are written.
func same(a, b string) bool { return bare(a) == bare(b) }

// bare is a number without what tells the country, or that it is a long one.
func bare(number string) string {
	n := strings.TrimPrefix(number, "+")
	n = strings.TrimPrefix(n, "00")
	if len(n) > 8 {
		n = strings.TrimPrefix(n, "84")
	}
	return strings.TrimLeft(n, "0")
}

func ownNumber(own []string, number string) bool {
	return slices.ContainsFunc(own, func(o string) bool { return same(o, number) })
}

// always lists the numbers for which there must be a service: whoever dials them anywhere
// in the system gets through.
func always() []call.Service { return []call.Service{"112", call.Police, call.Fire, call.Ambulance} }
