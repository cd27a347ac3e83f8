package config

import (
	"strings"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

func (c *Config) queues(file string, data []byte) error {
	k := document.NewChecker(file)
	root := k.Root(data, "ring_time", "wrap_up_limit", "wrap_up_extension", "wrap_up_extensions", "misses_before_pause",
		"refusals_before_pause", "emergency_reserve", "redial_within", "prefer_for", "expected_handling",
		"callbacks", "queues", "agents")
	callbacks := root.Map("callbacks", "callbacks", "tries", "pause")
	c.Line = acd.Config{
		RingTime:            root.Duration("ring_time", 15*time.Second, 3*time.Second, 2*time.Minute),
		WrapUpLimit:         root.Duration("wrap_up_limit", time.Minute, time.Second, 30*time.Minute),
		WrapUpExtension:     root.Duration("wrap_up_extension", time.Minute, 10*time.Second, 30*time.Minute),
		WrapUpExtensions:    root.Int("wrap_up_extensions", 0, 0, 10),
		MissesBeforePause:   root.Int("misses_before_pause", 1, 1, 10),
		RefusalsBeforePause: root.Int("refusals_before_pause", 5, 1, 100),
		EmergencyReserve:    root.Int("emergency_reserve", 0, 0, 100),
		RedialWithin:        root.Duration("redial_within", 0, 0, time.Hour),
		PreferFor:           root.Duration("prefer_for", 10*time.Second, time.Second, 5*time.Minute),
		ExpectedHandling:    root.Duration("expected_handling", 4*time.Minute, 10*time.Second, time.Hour),
		CallbackTries:       callbacks.Int("tries", 3, 1, 20),
		CallbackPause:       callbacks.Duration("pause", 5*time.Minute, 10*time.Second, 24*time.Hour),
	}
	list := root.Map("queues", "queues")
	served := map[call.Group]bool{}
	lines := map[string]*document.Mapping{}
	for _, e := range list.Entries() {
		m := list.Sub(e, "queue "+e.Key, "group", "emergency", "priority_minutes", "position_every", "skills", "wants",
			"strategy", "ring_at", "wrap_up_limit", "max_wait", "overflow", "overflow_unstaffed")
		q := queue(k, m, e)
		served[q.Group] = true
		lines[q.Name] = m
		c.Line.Queues = append(c.Line.Queues, q)
	}
	for _, g := range call.Groups() {
		if root != nil && !served[g] {
			k.Addf(root.LineOf("queues"), "no queue takes the group %s; add one with `group: %s`", g, g)
		}
	}
	overflows(k, c.Line.Queues, lines)
	c.callbacks(k, lines)
	c.agents(k, root.Map("agents", "agents"))
	return k.Err()
}

func queue(k *document.Checker, m *document.Mapping, e document.Entry) acd.Queue {
	q := acd.Queue{
		Name: e.Key, Group: group(k, m, e), Emergency: truth(k, m, "emergency"),
		PriorityMinutes: m.Int("priority_minutes", 0, 0, 120),
		PositionEvery:   m.Duration("position_every", 30*time.Second, 10*time.Second, 10*time.Minute),
		Skills:          skills(k, m, "skills"),
		Wants:           wants(k, m, e),
		Strategy:        strategy(k, m, e),
		RingAt:          m.Int("ring_at", 0, 2, 100),
		WrapUpLimit:     m.Duration("wrap_up_limit", 0, time.Second, 30*time.Minute),
		MaxWait:         m.Duration("max_wait", 0, 5*time.Second, 24*time.Hour),
		Unstaffed:       truth(k, m, "overflow_unstaffed"),
	}
	if m.Has("ring_at") && q.Strategy != acd.RingSeveral {
		k.Addf(m.LineOf("ring_at"), "queue %s rings one at a time; write `strategy: ring_several`, or remove ring_at", e.Key)
	}
	switch to := m.Single("overflow").Value; to {
	case "":
	case string(acd.ToVoicemail), string(acd.ToCallback):
		q.Overflow = acd.Target{To: acd.TargetKind(to)}
	default:
		q.Overflow = acd.Target{To: acd.ToQueue, Queue: to}
	}
	return q
}

func group(k *document.Checker, m *document.Mapping, e document.Entry) call.Group {
	t := m.Single("group")
	g := call.Group(t.Value)
	if m != nil && !g.Valid() {
		line := t.Line
		if line == 0 {
			line = e.Line
		}
		k.Addf(line, "queue %s has the group %q; write procedure, emergency or field", e.Key, t.Value)
	}
	return g
}

func strategy(k *document.Checker, m *document.Mapping, e document.Entry) acd.Strategy {
	if !m.Has("strategy") {
		return acd.LongestIdle
	}
	t := m.Single("strategy")
	s := acd.Strategy(t.Value)
	if t.Value != "" && !s.Valid() {
		var names []string
		for _, known := range acd.Strategies() {
			names = append(names, string(known))
		}
		k.Addf(t.Line, "queue %s has the strategy %q; write one of %s", e.Key, t.Value, strings.Join(names, ", "))
	}
	return s
}

// callbacks finds queues whose callers would be asked to hang up and never be called.
func (c *Config) callbacks(k *document.Checker, lines map[string]*document.Mapping) {
	if c.Hotline.Out != "" || c.Hotline.Node == "" { // the latter: not read, which was told
		return
	}
	for _, q := range c.Line.Queues {
		if q.Overflow.To == acd.ToCallback {
			k.Addf(lines[q.Name].LineOf("overflow"), "queue %s overflows to callback, and nobody can be called: write where calls to outside numbers go as `out:` under sip: in hotline.yaml, or `overflow: voicemail` here", q.Name)
		}
	}
}
