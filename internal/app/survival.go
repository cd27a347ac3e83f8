package app

import (
	"hotline1022/asterisk"
	"hotline1022/internal/config"
	"hotline1022/ivr/flow"
)

// alone is what Asterisk is to do alone: the destinations of emergencies, behind the
// same keys as in the menus.
func alone(c *config.Config) asterisk.Survival {
	return asterisk.Survival{Plan: c.Emergency, Keys: emergencyKeys(c.Flow)}
}

// emergencyKeys is the keys of the emergency menu that lead straight to a service.
func emergencyKeys(f *flow.Flow) []asterisk.Key {
	node, _ := f.Node(f.Emergency.Go)
	menu, ok := node.(*flow.Menu)
	if !ok {
		return nil
	}
	var keys []asterisk.Key
	for _, k := range menu.Keys {
		to, _ := f.Node(k.Go)
		if q, ok := to.(*flow.Queue); ok && q.Topic.Service != "" && k.Digit >= '0' && k.Digit <= '9' {
			keys = append(keys, asterisk.Key{Digit: k.Digit, Service: q.Topic.Service})
		}
	}
	return keys
}
