package config

import (
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
	"hotline1022/ivr/document"
)

func truth(k *document.Checker, m *document.Mapping, key string) bool {
	if !m.Has(key) {
		return false
	}
	t := m.Single(key)
	if t.Value != "true" && t.Value != "false" {
		k.Addf(t.Line, "%q is %q; write true or false", key, t.Value)
	}
	return t.Value == "true"
}

func (c *Config) fields(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "procedure", "emergency", "field")
	for _, g := range call.Groups() {
		of := root.Map(string(g), string(g))
		for _, e := range of.Entries() {
			m := of.Sub(e, "field "+e.Key, "vi", "en")
			c.Fields = append(c.Fields, ticket.Field{Key: e.Key, Group: g, Vi: word(k, m, "vi", e), En: word(k, m, "en", e)})
		}
	}
	return k.Err()
}

// word is a text that must be there.
func word(k *document.Checker, m *document.Mapping, key string, of document.Entry) string {
	if m != nil && !m.Has(key) {
		k.Addf(of.Line, "%s has no %q; add it", of.Key, key)
	}
	return m.Single(key).Value
}

func (c *Config) shifts(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "shifts", "pause_reasons")
	list := root.Map("shifts", "shifts")
	covered := time.Duration(0)
	for _, e := range list.Entries() {
		m := list.Sub(e, "shift "+e.Key, "vi", "en", "from", "to", "seats")
		s := roster.Shift{
			Key: e.Key, Vi: word(k, m, "vi", e), En: word(k, m, "en", e),
			From: clock(k, m, "from", e), To: clock(k, m, "to", e), Seats: m.Int("seats", 6, 1, 1000),
		}
		length := s.To - s.From
		if length <= 0 {
			length += 24 * time.Hour
		}
		covered += length
		c.Shifts = append(c.Shifts, s)
	}
	if root != nil && k.Err() == nil && covered != 24*time.Hour {
		k.Addf(root.LineOf("shifts"), "the shifts together last %s, but a day and a night must be covered once; mend `from` and `to`", covered)
	}
	reasons := root.Map("pause_reasons", "pause_reasons")
	for _, e := range reasons.Entries() {
		m := reasons.Sub(e, "pause reason "+e.Key, "vi", "en")
		c.Pauses = append(c.Pauses, Pause{Key: e.Key, Vi: word(k, m, "vi", e), En: word(k, m, "en", e)})
	}
	return k.Err()
}

func clock(k *document.Checker, m *document.Mapping, key string, of document.Entry) time.Duration {
	text := word(k, m, key, of)
	t, err := time.Parse("15:04", text)
	if err != nil && text != "" {
		k.Addf(m.LineOf(key), "%q is no time of day; write hours and minutes in quotes, such as \"06:00\"", text)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

func (c *Config) staff(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data)
	for _, e := range root.Entries() {
		m := root.Sub(e, e.Key, "name", "role", "shift")
		s := Staff{Person: auth.Person{ID: e.Key, Name: word(k, m, "name", e), Role: auth.Role(word(k, m, "role", e))}, Shift: m.Single("shift").Value}
		if m != nil && !s.Role.Includes(auth.Agent) {
			k.Addf(m.LineOf("role"), "%s has the role %q; write agent, supervisor or admin", e.Key, s.Role)
		}
		known := s.Shift == ""
		for _, shift := range c.Shifts {
			known = known || shift.Key == s.Shift
		}
		if !known {
			k.Addf(m.LineOf("shift"), "%s is on the shift %q, which is not in shifts.yaml; write one that is", e.Key, s.Shift)
		}
		c.Staff = append(c.Staff, s)
	}
	return k.Err()
}
