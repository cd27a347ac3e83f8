package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/config"
)

// withQueues is the shipped configuration with that queues.yaml.
func withQueues(t *testing.T, queues string) string {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "queues.yaml"), []byte(queues), 0o600))
	return dir
}

const everything = `ring_time: 20s
wrap_up_extension: 90s
wrap_up_extensions: 3
refusals_before_pause: 4
emergency_reserve: 2
redial_within: 3m
prefer_for: 15s
expected_handling: 200s
callbacks: {tries: 5, pause: 10m}
queues:
  procedure:
    group: procedure
    strategy: ring_several
    ring_at: 4
    wrap_up_limit: 90s
    max_wait: 10m
    overflow: voicemail
  emergency:
    group: emergency
    emergency: true
  field:
    group: field
    strategy: round_robin
    skills: [roads, waste=2]
    wants:
      language: {except: vi, level: 2}
      area: {relax_after: 20s}
    overflow: procedure
    overflow_unstaffed: true
agents:
  lan: {skills: [group.field, language.en=3], order: 7}
  hoa: {order: 2}
`

func TestEverythingOfTheLineIsConfigured(t *testing.T) {
	t.Parallel()
	c, err := config.Load(withQueues(t, everything))
	require.NoError(t, err)
	require.Equal(t, acd.Config{
		RingTime: 20 * time.Second, WrapUpLimit: time.Minute, WrapUpExtension: 90 * time.Second, WrapUpExtensions: 3,
		MissesBeforePause: 1, RefusalsBeforePause: 4, EmergencyReserve: 2, RedialWithin: 3 * time.Minute,
		PreferFor: 15 * time.Second, ExpectedHandling: 200 * time.Second, CallbackTries: 5, CallbackPause: 10 * time.Minute,
		Queues: []acd.Queue{
			{
				Name: "procedure", Group: call.Procedure, PositionEvery: 30 * time.Second, Strategy: acd.RingSeveral, RingAt: 4,
				WrapUpLimit: 90 * time.Second, MaxWait: 10 * time.Minute, Overflow: acd.Target{To: acd.ToVoicemail},
			},
			{Name: "emergency", Group: call.Emergency, Emergency: true, PositionEvery: 30 * time.Second, Strategy: acd.LongestIdle},
			{
				Name: "field", Group: call.Field, PositionEvery: 30 * time.Second, Strategy: acd.RoundRobin,
				Skills: []acd.Skill{{Name: "roads", Level: 1}, {Name: "waste", Level: 2}},
				Wants: []acd.Want{
					{Trait: acd.ByLanguage, Level: 2, Except: []string{"vi"}}, {Trait: acd.ByArea, Level: 1, For: 20 * time.Second},
				},
				Unstaffed: true, Overflow: acd.Target{To: acd.ToQueue, Queue: "procedure"},
			},
		},
		Agents: map[call.AgentID]acd.Profile{
			"lan": {Skills: []acd.Skill{{Name: "group.field", Level: 1}, {Name: "language.en", Level: 3}}, Order: 7},
			"hoa": {Order: 2},
		},
	}, c.Line)
}

func TestFaultsOfTheLine(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ old, replacement, want string }{
		"unknown strategy": {
			"strategy: round_robin", "strategy: roundrobin",
			`:23: queue field has the strategy "roundrobin"; write one of longest_idle, fewest_calls, least_talk, round_robin, ring_several, linear`,
		},
		"ring at without ringing": {
			"    strategy: ring_several\n", "", `:13: queue procedure rings one at a time; write`,
		},
		"no skill": {
			"waste=2", "Waste=2", `:24: "Waste=2" is no skill; write small letters, digits`,
		},
		"no level": {
			"language.en=3", "language.en=high", `:31: "language.en=high" is no skill`,
		},
		"unknown trait": {
			"      area:", "      aera:", `unknown key "aera" in wants of queue field; did you mean "area"?`,
		},
		"everybody speaks vi": {
			"except: vi, ", "", `:26: queue field asks for language.vi of whoever takes any call; add`,
		},
		"overflow to nowhere": {
			"    overflow: voicemail\n", "", `:16: calls of queue procedure overflow to nowhere; add`,
		},
		"overflow never": {
			"    max_wait: 10m\n", "", `:16: calls of queue procedure never overflow; add`,
		},
		"overflow to no queue": {
			"overflow: procedure", "overflow: procedures", `:28: queue field overflows to "procedures", which is no queue; write`,
		},
		"overflow in a circle": {
			"overflow: voicemail", "overflow: field", `:17: queue procedure overflows in a circle that comes back to it; let`,
		},
		"overflow to itself": {
			"overflow: procedure", "overflow: field", `:28: queue field overflows in a circle that comes back to it; let`,
		},
		"overflow into emergencies": {
			"overflow: procedure", "overflow: emergency", `:28: queue field overflows to emergency, where every call counts as an emergency; write`,
		},
		"an emergency on a machine": {
			"    emergency: true\n", "    emergency: true\n    max_wait: 30s\n    overflow: callback\n",
			`:22: emergencies of queue emergency overflow to callback; they need people`,
		},
		"a queue called voicemail": {
			"  field:\n", "  voicemail:\n", `a queue is called voicemail, which is where calls overflow to; give`,
		},
		"an agent for nothing": {
			"group.field, ", "", `:31: lan serves no queue; name one among the skills (procedure, emergency, field), a group`,
		},
		"too many tries": {
			"tries: 5", "tries: 50", `"tries" in callbacks is "50"; write a whole number from 1 to 20`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, everything, tt.old)
			_, err := config.Load(withQueues(t, strings.Replace(everything, tt.old, tt.replacement, 1)))
			require.ErrorContains(t, err, "queues.yaml:")
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestLineIsLoadedAnew(t *testing.T) {
	t.Parallel()
	dir := withQueues(t, everything)
	c, err := config.Load(dir)
	require.NoError(t, err)
	before := c.Line
	write := func(queues string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "queues.yaml"), []byte(queues), 0o600))
	}
	write(strings.Replace(everything, "emergency_reserve: 2", "emergency_reserve: 1", 1))
	fresh, err := c.Reread()
	require.NoError(t, err)
	require.Equal(t, 1, fresh.Line.EmergencyReserve)
	require.NotSame(t, c.Flow, fresh.Flow)
	require.Equal(t, before, c.Line)

	write(strings.Replace(everything, "ring_time: 20s", "ring_time: 20", 1))
	_, err = c.Reread()
	require.ErrorContains(t, err, "queues.yaml:1:")
	write(strings.NewReplacer("  procedure:", "  papers:", "overflow: procedure", "overflow: papers").Replace(everything))
	_, err = c.Reread()
	require.ErrorContains(t, err, "ivr.yaml", "the menus still lead to the queue that is gone")
}
