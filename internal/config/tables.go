package config

import (
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

func (c *Config) staff(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data)
	for _, e := range root.Entries() {
		m := root.Sub(e, e.Key, "name", "role", "shift")
		s := Staff{Person: auth.Person{ID: e.Key, Name: word(k, m, "name", e), Role: auth.Role(word(k, m, "role", e))}, Shift: m.Single("shift").Value}
		if m != nil && !s.Role.Known() {
			k.Addf(m.LineOf("role"), "%s has the role %q; write %s", e.Key, s.Role, auth.RoleNames())
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
