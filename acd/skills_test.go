package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// wanting is the shipped line in which every queue wants that.
func wanting(wants ...acd.Want) acd.Config {
	cfg := province()
	for i := range cfg.Queues {
		cfg.Queues[i].Wants = wants
	}
	return cfg
}

func TestLanguageAtALevel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, wanting(acd.Want{Trait: acd.ByLanguage, Level: 2, Except: []string{"vi"}}))
	w.desk("lan", "procedure", "language.en")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Language: call.English})
	require.Equal(t, "available", w.state("lan"), "her English is not good enough")
	why, _ := w.engine.Explain(w.now, "n1-1.1")
	require.Equal(t, acd.RuleNobodyHas, why.Rule)

	w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "procedure", Language: call.Vietnamese})
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"), "whoever waits in vain holds up nobody")
	w.signInWith("hoa", append(acd.Skills("procedure"), acd.Skill{Name: "language.en", Level: 3}))
	w.ready("hoa")
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"))
}

func TestPreferencesAreGivenUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, wanting(
		acd.Want{Trait: acd.ByArea, For: 20 * time.Second}, acd.Want{Trait: acd.ByField, For: 40 * time.Second},
	))
	w.desk("lan", "field")
	w.signIn("hoa", "field", "area.d1", "field.traffic")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "field", Area: "d1", Field: "traffic"})
	w.pass(40*time.Second - 1)
	require.Equal(t, "available", w.state("lan"))
	w.pass(1)
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))

	w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "field", Area: "d1"})
	w.ready("hoa")
	require.Equal(t, call.ID("n1-1.2"), w.offered("hoa"), "in time")
}

func TestPreferenceNobodyCanMeetCostsNoTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, wanting(acd.Want{Trait: acd.ByArea, For: time.Minute}))
	w.desk("lan", "field", "area.d2")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "field", Area: "d1"})
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
}

func TestEmergencyAsksForNothingThatNobodyHas(t *testing.T) {
	t.Parallel()
	w := newWorld(t, wanting(acd.Want{Trait: acd.ByLanguage, Except: []string{"vi"}}, acd.Want{Trait: acd.ByArea, For: time.Minute}))
	w.desk("lan", "emergency")
	w.signIn("hoa", "emergency", "area.d1") // prefers would wait for her
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "emergency", Language: call.English, Area: "d1"})
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
}

func TestSkillsOfTheCallItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.desk("hoa", "procedure", "sign language")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Requires: acd.Skills("sign language")})
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"))
	w.enqueue(acd.Waiting{
		Call: "n1-1.2", Queue: "procedure",
		Prefers: []acd.Preference{{Skill: acd.Skill{Name: "sign language"}, For: 10 * time.Second}},
	})
	require.Equal(t, "available", w.state("lan"))
	w.pass(10 * time.Second)
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
}

func TestWhoServesWhat(t *testing.T) {
	t.Parallel()
	cfg := province()
	cfg.Queues[2].Skills = acd.Skills("english", "traffic")
	cfg.Agents = map[call.AgentID]acd.Profile{"configured": {Skills: acd.Skills("field")}, "elsewhere": {Skills: acd.Skills("procedure")}}
	for name, tt := range map[string]struct {
		skills []string
		want   string
	}{
		"the queue's name":           {[]string{"field"}, "reserved"},
		"its group":                  {[]string{"group.field"}, "reserved"},
		"all its skills":             {[]string{"traffic", "english"}, "reserved"},
		"some of its skills":         {[]string{"english", "music"}, "available"},
		"nothing: every queue":       {nil, "reserved"},
		"nothing, but configured":    {nil, "reserved"},
		"nothing, but for elsewhere": {nil, "available"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, cfg)
			id := map[string]call.AgentID{"nothing, but configured": "configured", "nothing, but for elsewhere": "elsewhere"}[name]
			if id == "" {
				id = "lan"
			}
			w.desk(id, tt.skills...)
			w.arrive("n1-1.1", "field")
			require.Equal(t, tt.want, w.state(id))
		})
	}
}

// Citizens choose among more wishes than are worth keeping.
func TestWishesAreForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t, wanting(acd.Want{Trait: acd.ByArea, For: time.Hour}))
	w.signIn("lan", "procedure", "area.d1")
	for i := range 400 {
		id := call.ID("n1-1." + string(rune('a'+i%26)))
		w.engine.Enqueue(w.now, acd.Waiting{Call: id, Queue: "procedure", Requires: acd.Skills(string(rune('0' + i)))})
		if i%3 > 0 {
			w.engine.Leave(w.now, id)
		}
	}
	for _, v := range w.engine.Snapshot().Calls {
		w.engine.Leave(w.now, v.Call)
	}
	w.ready("lan")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Area: "d1"})
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
}
