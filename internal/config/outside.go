package config

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/outside"
	"hotline1022/ivr/document"
)

var (
	prefixPattern = regexp.MustCompile(`^\+[1-9][0-9]{0,14}$`)
	shortPattern  = regexp.MustCompile(`^[0-9]{3,8}$`)
)

// outside reads who may call which number of the telephone network.
func (c *Config) outside(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "allowed", "forbidden", "short", "hours", "per_hour", "per_day", "at_once", "longest", "form")
	r := outside.Rules{
		PerHour:   root.Int("per_hour", 30, 1, 1000),
		PerDay:    root.Int("per_day", 150, 1, 10000),
		AtOnce:    root.Int("at_once", 1, 1, 10),
		MaxLength: root.Duration("longest", 30*time.Minute, time.Minute, 4*time.Hour),
		Form:      outside.Form(otherwise(root, "form", string(outside.E164))),
		Zone:      home(),
	}
	for _, t := range root.Strings("allowed") {
		r.Allowed = append(r.Allowed, prefix(k, t))
	}
	for _, t := range root.Strings("forbidden") {
		r.Forbidden = append(r.Forbidden, prefix(k, t))
	}
	for _, t := range root.Strings("allowed") {
		if i := slices.IndexFunc(r.Forbidden, func(f string) bool { return f != "" && strings.HasPrefix(t.Value, f) }); i >= 0 {
			k.Addf(t.Line, "%q is allowed and, by %q, forbidden; remove one of them", t.Value, r.Forbidden[i])
		}
	}
	for _, t := range root.Strings("short") {
		switch {
		case outside.Emergency(t.Value):
			k.Addf(t.Line, "%q is an emergency number and never an outside number; remove it, it has a way of its own", t.Value)
		case !shortPattern.MatchString(t.Value):
			k.Addf(t.Line, "%q is no short number; write 3 to 8 digits in quotes, such as \"111\"", t.Value)
		}
		r.Short = append(r.Short, t.Value)
	}
	if hours := root.Map("hours", "hours", "from", "to"); hours != nil {
		of := document.Entry{Key: "hours", Line: root.LineOf("hours")}
		r.From, r.To = clock(k, hours, "from", of), clock(k, hours, "to", of)
	}
	if root != nil && r.PerDay < r.PerHour {
		k.Addf(root.LineOf("per_day"), "%d calls in a day are fewer than %d in an hour; raise per_day or lower per_hour", r.PerDay, r.PerHour)
	}
	if !slices.Contains(outside.Forms(), r.Form) {
		k.Addf(root.LineOf("form"), "the form %q is none; write e164 (+84908123456), digits (84908123456) or national (0908123456)", r.Form)
	}
	c.Outside = r
	return k.Err()
}

// prefix is the beginning of E.164 numbers.
func prefix(k *document.Checker, t document.Text) string {
	if !prefixPattern.MatchString(t.Value) {
		k.Addf(t.Line, "%q is no beginning of a number; write + and a country code in quotes, such as \"+84\"", t.Value)
		return ""
	}
	return t.Value
}

// home is the zone of every time of day in the files.
func home() *time.Location {
	zone, err := time.LoadLocation(roster.Zone)
	if err != nil { // never with embedded zones
		return time.FixedZone(roster.Zone, 7*3600)
	}
	return zone
}
