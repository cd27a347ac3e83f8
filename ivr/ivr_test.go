package ivr_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/internal/call"
	"hotline1022/ivr"
	"hotline1022/ivr/flow"
)

func shipped(t require.TestingT) *flow.Flow {
	data, err := os.ReadFile("../configs/ivr.yaml")
	require.NoError(t, err)
	f, err := flow.Parse("configs/ivr.yaml", data)
	require.NoError(t, err)
	return f
}

// walk presses the keys of a script; "-" is silence.
func walk(f *flow.Flow, script string) (*ivr.Walk, ivr.Step) {
	w, step := ivr.Start(f)
	for _, k := range []byte(script) {
		if k == '-' {
			step = w.Silence()
		} else {
			step = w.Key(k)
		}
	}
	return w, step
}

func TestShippedFlow(t *testing.T) {
	t.Parallel()
	field := func(key string) ivr.Outcome {
		return ivr.Enqueue{Queue: "field", Topic: call.Topic{Group: call.Field, Field: key}}
	}
	procedure := func(key string) ivr.Outcome {
		return ivr.Enqueue{Queue: "procedure", Topic: call.Topic{Group: call.Procedure, Field: key}}
	}
	emergency := func(s call.Service) ivr.Outcome {
		return ivr.Enqueue{Queue: "emergency", Topic: call.Topic{Group: call.Emergency, Service: s}}
	}
	tests := []struct {
		script string
		node   string
		say    string
		lang   call.Language
		ok     bool
		done   ivr.Outcome
	}{
		{"", "main", "greet greet_emergency other_language main_menu", "vi", false, nil},
		{"1", "procedure", "group1", "vi", true, nil},
		{"11", "procedure_guidance", "recording transfer", "vi", true, procedure("guidance")},
		{"13", "procedure_conduct", "recording transfer", "vi", true, procedure("conduct")},
		{"14", "procedure_regulation", "recording transfer", "vi", true, procedure("regulation")},
		{"10", "operator", "recording transfer", "vi", true, procedure("")},
		{"2", "emergency", "emg_menu", "vi", true, nil},
		{"21", "emergency_police", "emg_hold", "vi", true, emergency(call.Police)},
		{"22", "emergency_fire", "emg_hold", "vi", true, emergency(call.Fire)},
		{"23", "emergency_ambulance", "emg_hold", "vi", true, emergency(call.Ambulance)},
		{"2-", "emergency_agent", "emg_hold", "vi", false, emergency("")},
		{"24", "emergency_agent", "emg_hold", "vi", false, emergency("")},
		{"2*", "emergency_agent", "emg_hold", "vi", false, emergency("")},
		{"12", "emergency", "emg_menu", "vi", true, nil},
		{"32", "emergency", "emg_menu", "vi", true, nil},
		{"42", "emergency", "emg_menu", "vi", true, nil},
		{"3", "field", "group3", "vi", true, nil},
		{"31", "field_traffic", "recording transfer", "vi", true, field("traffic")},
		{"33", "field_environment", "recording transfer", "vi", true, field("environment")},
		{"34", "field_infrastructure", "recording transfer", "vi", true, field("infrastructure")},
		{"35", "field_food_safety", "recording transfer", "vi", true, field("food_safety")},
		{"36", "field_civility", "recording transfer", "vi", true, field("civility")},
		{"30", "field_other", "recording transfer", "vi", true, field("other")},
		{"4", "status", "status", "vi", true, nil},
		{"40", "operator", "recording transfer", "vi", true, procedure("")},
		{"4#", "farewell", "goodbye", "vi", true, ivr.Goodbye{}},
		{"0", "operator", "recording transfer", "vi", true, procedure("")},
		{"*", "main", "main_menu other_language", "vi", true, nil},
		{"8", "main", "invalid main_menu other_language", "vi", false, nil},
		{"-", "main", "timeout main_menu other_language", "vi", false, nil},
		{"--", "operator", "invalid_last recording transfer", "vi", false, procedure("")},
		{"8-", "operator", "invalid_last recording transfer", "vi", false, procedure("")},
		{"-7", "operator", "invalid_last recording transfer", "vi", false, procedure("")},
		{"-31", "field_traffic", "recording transfer", "vi", true, field("traffic")},
		{"37-", "field_other", "invalid_last recording transfer", "vi", false, field("other")},
		{"1--", "operator", "invalid_last recording transfer", "vi", false, procedure("")},
		{"9", "main", "greet greet_emergency other_language main_menu", "en", true, nil},
		{"931", "field_traffic", "recording transfer", "en", true, field("traffic")},
		{"99", "main", "greet greet_emergency other_language main_menu", "vi", true, nil},
		{"92", "emergency", "emg_menu", "en", true, nil},
	}
	f := shipped(t)
	for _, tt := range tests {
		t.Run("keys "+tt.script, func(t *testing.T) {
			t.Parallel()
			w, step := walk(f, tt.script)
			require.Equal(t, tt.node, step.Node)
			require.Equal(t, tt.node, w.Node())
			require.Equal(t, tt.say, strings.Join(step.Say, " "))
			require.Equal(t, tt.lang, step.Language)
			require.Equal(t, tt.ok, step.Accepted)
			require.Equal(t, tt.done, step.Done)
			require.Equal(t, tt.done == nil, step.Wait > 0)
		})
	}
}

func TestNothingIsSaidBeforeTheEmergency(t *testing.T) {
	t.Parallel()
	f := shipped(t)
	for _, script := range []string{"2", "21", "22", "23", "2-", "12-", "921"} {
		_, step := walk(f, script)
		require.NotContains(t, step.Say, "recording", script)
		require.NotContains(t, step.Say, "invalid", script)
		require.NotContains(t, step.Say, "invalid_last", script)
	}
}

func TestKeysAfterTheEnd(t *testing.T) {
	t.Parallel()
	f := shipped(t)
	w, end := walk(f, "31")
	again := w.Key('1')
	require.Equal(t, ivr.Step{Node: "field_traffic", Language: "vi", Done: end.Done}, again)
	require.Equal(t, again, w.Silence())

	// The emergency key stays live on the way into the line and in it.
	step := w.Key('2')
	require.Nil(t, step.Done)
	require.Equal(t, "emergency", step.Node)
	step = w.Key('3')
	require.Equal(t, call.Ambulance, step.Done.(ivr.Enqueue).Topic.Service)
	require.Equal(t, step.Done, w.Key('2').Done, "an emergency stays as it was chosen")
}

func TestRepeatingForEverReachesAHuman(t *testing.T) {
	t.Parallel()
	f := shipped(t)
	w, step := ivr.Start(f)
	for range f.Steps {
		require.Nil(t, step.Done)
		step = w.Key('*')
	}
	require.Equal(t, "operator", step.Node)
	require.Equal(t, []string{"invalid_last", "recording", "transfer"}, step.Say)
}

func TestResume(t *testing.T) {
	t.Parallel()
	f := shipped(t)
	w, step := ivr.Resume(f, "main", call.English)
	require.Equal(t, []string{"main_menu", "other_language"}, step.Say, "nobody is greeted twice")
	require.Equal(t, call.English, step.Language)
	require.Equal(t, "field_traffic", func() string { w.Key('3'); return w.Key('1').Node }())

	_, step = ivr.Resume(f, "gone", "fr")
	require.Equal(t, "main", step.Node)
	require.Equal(t, call.Vietnamese, step.Language)

	_, step = ivr.Resume(f, "emergency_fire", call.Vietnamese)
	require.Equal(t, call.Fire, step.Done.(ivr.Enqueue).Topic.Service)
}

// Whatever a caller does, the walk ends within the flow's steps, and the
// emergency key works until then.
func TestEveryWalkEnds(t *testing.T) {
	t.Parallel()
	f := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		w, step := ivr.Start(f)
		if rapid.Bool().Draw(t, "resumed") {
			w, step = ivr.Resume(f, rapid.SampledFrom(f.Names()).Draw(t, "node"), rapid.SampledFrom(f.Languages).Draw(t, "language"))
		}
		press := rapid.SampledFrom([]byte("0123456789*#-"))
		taken := 0
		for step.Done == nil {
			require.NotEmpty(t, step.Say, "dead air at %s", step.Node)
			require.Positive(t, step.Wait)
			require.NotContains(t, step.Say, "recording")
			before := *w
			if !f.BehindEmergency(step.Node) {
				alarm := before.Key('2')
				require.Equal(t, "emergency", alarm.Node)
				require.True(t, alarm.Accepted)
				require.Nil(t, alarm.Done)
				require.Equal(t, "emergency", before.Silence().Done.(ivr.Enqueue).Queue)
			}
			if k := press.Draw(t, "key"); k == '-' {
				step = w.Silence()
			} else {
				step = w.Key(k)
			}
			taken++
			require.LessOrEqual(t, taken, f.Steps+2)
		}
		if in, ok := step.Done.(ivr.Enqueue); ok {
			require.Contains(t, []string{"procedure", "emergency", "field"}, in.Queue)
			require.Equal(t, in.Topic.Group != call.Emergency, slices.Contains(step.Say, "recording"))
		}
	})
}
