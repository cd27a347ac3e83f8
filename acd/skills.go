package acd

import (
	"cmp"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Skill is something an agent can do, at a level, or that a call asks for, at least
// at that level. A level below 1 is 1.
type Skill struct {
	Name  string
	Level int
}

// Skills are skills of level 1.
func Skills(names ...string) []Skill {
	skills := make([]Skill, len(names))
	for i, name := range names {
		skills[i] = Skill{Name: name, Level: 1}
	}
	return skills
}

// Agent is somebody who signs in. Without skills they have those of their Profile,
// and without that they serve every queue.
type Agent struct {
	ID     call.AgentID
	Skills []Skill
}

// Profile is what is configured of an agent.
type Profile struct {
	Skills []Skill
	Order  int // place in the fixed order of RoundRobin and Linear; then by id
}

// Want is what the calls of a queue ask for beyond the queue, by what is known of
// each: a call in English asks for the skill "language.en".
type Want struct {
	Trait  Trait
	Level  int
	For    time.Duration // preferred for so long and then given up; 0 asks for it always
	Except []string      // values that ask for nothing: everybody speaks vi
}

// Trait is something that is known of a call.
type Trait string

// The traits. A skill for one is named "<trait>.<value>".
const (
	ByLanguage Trait = "language" // call.Language
	ByField    Trait = "field"    // key of configs/fields.yaml
	ByArea     Trait = "area"     // the locality's code
)

// Preference is a skill that a call asks for, but not for ever.
type Preference struct {
	Skill Skill
	For   time.Duration
}

// normal is the skills by name, each once with its highest level.
func normal(skills []Skill) []Skill {
	slices.SortStableFunc(skills, func(a, b Skill) int { return cmp.Compare(a.Name, b.Name) })
	kept := skills[:0]
	for _, s := range skills {
		s.Level = max(s.Level, 1)
		if n := len(kept); n > 0 && kept[n-1].Name == s.Name {
			kept[n-1].Level = max(kept[n-1].Level, s.Level)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// appendKey writes a class's identity: two sets of skills are one class if and only
// if their keys are equal. Names hold no control characters.
func appendKey(key []byte, skills []Skill) []byte {
	for _, s := range skills {
		key = append(key, s.Name...)
		key = append(key, 0, byte(s.Level>>8), byte(s.Level), 1)
	}
	return key
}

// has says whether the skills, by name, hold this one at its level.
func has(skills []Skill, s Skill) bool {
	i, ok := slices.BinarySearchFunc(skills, s.Name, func(t Skill, name string) int { return cmp.Compare(t.Name, name) })
	return ok && skills[i].Level >= max(s.Level, 1)
}

func hasAll(skills, asked []Skill) bool {
	for _, s := range asked {
		if !has(skills, s) {
			return false
		}
	}
	return true
}

// ServedBy says whether somebody with these skills serves the queue.
func (q Queue) ServedBy(skills []Skill) bool { return q.servedBy(normal(slices.Clone(skills))) }

// servedBy is ServedBy for skills in order.
func (q *Queue) servedBy(skills []Skill) bool {
	return has(skills, Skill{Name: q.Name}) || has(skills, Skill{Name: "group." + string(q.Group)}) ||
		len(q.Skills) > 0 && hasAll(skills, q.Skills)
}
