package config

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

// A skill's name, as in language.en, with a level after = or without.
var skillPattern = regexp.MustCompile(`^([a-z0-9_.]+)(?:=([1-9][0-9]?))?$`)

func skills(k *document.Checker, m *document.Mapping, key string) []acd.Skill {
	var list []acd.Skill
	for _, t := range m.Strings(key) {
		parts := skillPattern.FindStringSubmatch(t.Value)
		if parts == nil {
			k.Addf(t.Line, "%q is no skill; write small letters, digits, dots and _, and a level up to 99 if one matters, such as language.en=2", t.Value)
			continue
		}
		level := 1
		if parts[2] != "" {
			level, _ = strconv.Atoi(parts[2]) // the expression lets digits only through
		}
		list = append(list, acd.Skill{Name: parts[1], Level: level})
	}
	return list
}

// wants is what calls ask for by what is known of them. The order of the file counts
// for nothing.
func wants(k *document.Checker, m *document.Mapping, e document.Entry) []acd.Want {
	list := m.Map("wants", "wants of queue "+e.Key, string(acd.ByLanguage), string(acd.ByField), string(acd.ByArea))
	var all []acd.Want
	for _, w := range list.Entries() {
		of := list.Sub(w, w.Key+" in wants of queue "+e.Key, "level", "relax_after", "except")
		want := acd.Want{
			Trait: acd.Trait(w.Key), Level: of.Int("level", 1, 1, 99), For: of.Duration("relax_after", 0, time.Second, time.Hour),
		}
		for _, t := range of.Strings("except") {
			want.Except = append(want.Except, t.Value)
		}
		if of != nil && want.Trait == acd.ByLanguage && want.For == 0 && len(want.Except) == 0 {
			k.Addf(w.Line, "queue %s asks for language.%s of whoever takes any call; add `except: [%s]`, or `relax_after`", e.Key, call.Vietnamese, call.Vietnamese)
		}
		all = append(all, want)
	}
	return all
}

// overflows checks where calls go that have waited too long.
func overflows(k *document.Checker, queues []acd.Queue, lines map[string]*document.Mapping) {
	byName := map[string]acd.Queue{}
	for _, q := range queues {
		byName[q.Name] = q
	}
	for _, q := range queues {
		m := lines[q.Name]
		line := m.LineOf("overflow")
		to, known := byName[q.Overflow.Queue]
		ends := q.Overflow.To != acd.ToQueue || !known || !circular(byName, q)
		switch {
		case q.Name == string(acd.ToVoicemail) || q.Name == string(acd.ToCallback):
			k.Addf(m.LineOf("group"), "a queue is called %s, which is where calls overflow to; give it another name", q.Name)
		case q.Overflow.To == acd.ToNowhere && (q.MaxWait > 0 || q.Unstaffed):
			k.Addf(m.LineOf("max_wait"), "calls of queue %s overflow to nowhere; add `overflow:` with voicemail, callback or a queue", q.Name)
		case q.Overflow.To == acd.ToNowhere:
		case q.MaxWait == 0 && !q.Unstaffed:
			k.Addf(line, "calls of queue %s never overflow; add `max_wait: 10m` or `overflow_unstaffed: true`, or remove overflow", q.Name)
		case q.Overflow.To != acd.ToQueue && q.Emergency:
			k.Addf(line, "emergencies of queue %s overflow to %s; they need people, so write a queue", q.Name, q.Overflow.To)
		case q.Overflow.To == acd.ToQueue && !known:
			k.Addf(line, "queue %s overflows to %q, which is no queue; write voicemail, callback or one of the queues here", q.Name, q.Overflow.Queue)
		case to.Emergency && !q.Emergency:
			k.Addf(line, "queue %s overflows to %s, where every call counts as an emergency; write another queue", q.Name, to.Name)
		case !ends:
			k.Addf(line, "queue %s overflows in a circle that comes back to it; let the last queue overflow to voicemail or callback, or not at all", q.Name)
		}
	}
}

// circular says whether overflowing from q leads back to q.
func circular(byName map[string]acd.Queue, q acd.Queue) bool {
	at := q
	for range byName {
		next, ok := byName[at.Overflow.Queue]
		if !ok || at.Overflow.To != acd.ToQueue {
			return false
		}
		if next.Name == q.Name {
			return true
		}
		at = next
	}
	return false
}

// agents is who has which skills. Whoever is not named serves every queue.
func (c *Config) agents(k *document.Checker, list *document.Mapping) {
	for _, e := range list.Entries() {
		m := list.Sub(e, e.Key, "skills", "order")
		p := acd.Profile{Skills: skills(k, m, "skills"), Order: m.Int("order", 0, 0, 1_000_000)}
		serves := len(p.Skills) == 0
		var names []string
		for _, q := range c.Line.Queues {
			serves = serves || q.ServedBy(p.Skills)
			names = append(names, q.Name)
		}
		if !serves {
			k.Addf(m.LineOf("skills"), "%s serves no queue; name one among the skills (%s), a group such as group.field, or every skill of a queue", e.Key, strings.Join(names, ", "))
		}
		if c.Line.Agents == nil {
			c.Line.Agents = map[call.AgentID]acd.Profile{}
		}
		c.Line.Agents[call.AgentID(e.Key)] = p
	}
}
