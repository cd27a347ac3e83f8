package flow_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/ivr/flow"
)

const shippedFile = "../../configs/ivr.yaml"

const small = `languages: [vi, en]
start: main
human: desk
emergency: {key: "2", go: alarm}
notices: {invalid: invalid, silent: timeout, human: last, recording: recording}
nodes:
  main:
    kind: menu
    say: [greet, menu]
    keys:
      1: desk
      3: sub
      9: {go: main, language: en}
      "*": again
  sub:
    kind: menu
    say: sub
    keys:
      1: desk
      3: main
      0: bye
  desk: {kind: queue, queue: procedure, group: procedure, field: conduct, say: transfer}
  bye: {kind: goodbye, say: goodbye}
  alarm:
    kind: menu
    say: alarm
    wait: 4s
    keys:
      1: police
    otherwise: help
  police: {kind: queue, queue: emergency, group: emergency, service: "113", say: hold}
  help: {kind: queue, queue: emergency, group: emergency, say: hold}
`

func TestParseRefusesBrokenDocumentsWithPlaceAndAdvice(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		old, new string // what is replaced in the small document
		want     []string
	}{
		"unknown key at the top":     {"start: main", "satrt: main", []string{`f.yaml:2: unknown key "satrt" in the file; did you mean "start"?`, "no start"}},
		"unknown key of a menu":      {"    wait: 4s", "    wiat: 4s", []string{`f.yaml:27: unknown key "wiat" in node alarm; did you mean "wait"?`}},
		"unknown key of a queue":     {"field: conduct", "feild: conduct", []string{`f.yaml:22: unknown key "feild" in node desk; did you mean "field"?`}},
		"unknown kind":               {"kind: goodbye", "kind: goodby", []string{`f.yaml:23: unknown kind "goodby" of node bye; did you mean "goodbye"?`}},
		"no kind":                    {"{kind: goodbye, ", "{", []string{`f.yaml:23: node bye has no kind; write`}},
		"duplicate digit":            {"      3: sub\n", "      3: sub\n      \"3\": desk\n", []string{`f.yaml:13: "3" stands twice in the keys of main, first in line 12; remove one of them`}},
		"no digit at all":            {"      1: police", "      12: police", []string{`f.yaml:29: "12" is no key of a telephone; write 0 to 9`}},
		"missing node":               {"      3: sub", "      3: subb", []string{`f.yaml:12: there is no node "subb"; did you mean "sub"?`}},
		"missing start":              {"start: main", "start: mian", []string{`f.yaml:2: there is no node "mian"; did you mean "main"?`}},
		"node twice":                 {"  bye: {", "  desk: {kind: goodbye, say: x}\n  bye: {", []string{`f.yaml:23: "desk" stands twice in nodes, first in line 22`}},
		"bad node name":              {"  bye: {", "  Tạm biệt: {", []string{`f.yaml:23: "Tạm biệt" cannot name a node; use lower-case`, `there is no node "bye"`}},
		"a node named again":         {"  bye: {", "  again: {", []string{`cannot name a node`}},
		"unreachable node":           {"      0: bye\n", "", []string{`f.yaml:22: no caller can get to node bye; let a key lead to it, or remove it`}},
		"loop without an exit":       {"      1: desk\n      3: main\n      0: bye\n", "      3: sub\n", []string{`f.yaml:15: menu sub has no exit: its keys lead to menus for ever; let a key lead`, "node bye"}},
		"three attempts":             {"start: main", "start: main\ntries: 3", []string{`f.yaml:3: "tries" in the file is "3"; write a whole number from 1 to 2`}},
		"three attempts in a menu":   {"    say: sub", "    say: sub\n    tries: 3", []string{`f.yaml:18: "tries" in node sub is "3"`}},
		"wait without unit":          {"    wait: 4s", "    wait: 4", []string{`f.yaml:27: "wait" in node alarm is "4"; write a time from 1s to 15s, such as 4s`}},
		"human that is no queue":     {"human: desk", "human: sub", []string{`f.yaml:3: "sub" is no queue, but callers who choose nothing must reach a human`}},
		"no human":                   {"human: desk\n", "", []string{"f.yaml:1: no human; write `human: <queue node>`"}},
		"no emergency":               {"emergency: {key: \"2\", go: alarm}\n", "", []string{"f.yaml:1: no emergency key; write"}},
		"emergency without a key":    {"{key: \"2\", go: alarm}", "{go: alarm}", []string{"f.yaml:4: the emergency has no key"}},
		"emergency without a goal":   {"{key: \"2\", go: alarm}", "{key: \"2\"}", []string{"f.yaml:4: the emergency key leads nowhere"}},
		"emergency key used":         {"      3: main", "      2: main", []string{`f.yaml:15: menu sub uses the emergency key 2 for something else, so the emergency is not live there; choose another key`}},
		"emergency key for language": {"      9: {go: main", "      2: {go: main", []string{`the language is chosen by the emergency key 2; give it another key`}},
		"emergency to the start":     {"go: alarm}", "go: main}", []string{`f.yaml:4: the emergency key leads to "main", from where the start can be reached`}},
		"emergency asks twice":       {"    otherwise: help\n", "", []string{"f.yaml:24: emergency menu alarm may not ask twice; write `otherwise:", "help"}},
		"emergency waits long":       {"    wait: 4s", "    wait: 6s", []string{"f.yaml:24: emergency menu alarm waits 6s; write a `wait` of at most 5s"}},
		"emergency hangs up":         {"      1: police", "      1: police\n      3: bye", []string{"node bye hangs up on a caller who pressed the emergency key"}},
		"emergency to other queue":   {"      1: police", "      1: police\n      3: desk", []string{"f.yaml:22: queue node desk lies behind the emergency key but is of the group procedure"}},
		"service outside emergency":  {"field: conduct", "service: \"113\"", []string{"f.yaml:22: node desk has a service but is not of the emergency group"}},
		"unknown group":              {"group: procedure", "group: procedures", []string{`node desk has the group "procedures"; did you mean "procedure"?`}},
		"no queue":                   {"queue: procedure, ", "", []string{"f.yaml:22: node desk names no queue"}},
		"unknown language":           {"[vi, en]", "[vi, eng]", []string{`f.yaml:1: unknown language "eng"; did you mean "en"?`, `f.yaml:13: language "en" is not in`}},
		"silent node":                {", say: goodbye", "", []string{"f.yaml:23: a node that says nothing leaves the caller in silence"}},
		"no keys":                    {"    keys:\n      1: police\n", "", []string{"f.yaml:24: menu alarm has no keys"}},
		"key without goal":           {"{go: main, language: en}", "{language: en}", []string{"f.yaml:13: key 9 leads nowhere"}},
		"empty key":                  {"      1: police", "      1:", []string{`f.yaml:29: "1" in the keys of alarm is empty`}},
		"no notices":                 {"notices: {invalid: invalid, silent: timeout, human: last, recording: recording}\n", "", []string{"f.yaml:1: no notices"}},
		"one notice missing":         {", recording: recording", "", []string{`f.yaml:5: no prompt for the notice "recording"`}},
		"tabs":                       {"    say: sub", "\tsay: sub", []string{"f.yaml:16: this is not YAML"}},
		"two documents":              {"  bye: {", "---\n  bye: {", []string{"a second document begins here"}},
		"a list":                     {small, "- a\n- b\n", []string{"f.yaml:1: the file is a list but must be"}},
		"nothing":                    {small, "", []string{"f.yaml: the file is empty"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, small, tt.old)
			_, err := flow.Parse("f.yaml", []byte(strings.Replace(small, tt.old, tt.new, 1)))
			require.Error(t, err)
			var problems flow.Problems
			require.ErrorAs(t, err, &problems)
			for _, want := range tt.want {
				require.ErrorContains(t, err, want)
			}
			for _, p := range problems {
				require.NotEmpty(t, p.Do, "no advice: %s", p)
			}
		})
	}
}

func TestParseReportsAllProblemsAtOnceInOrder(t *testing.T) {
	t.Parallel()
	broken := strings.NewReplacer("say: [greet", "sya: [greet", "3: sub", "3: sbu", "kind: goodbye", "kind: hello").Replace(small)
	_, err := flow.Parse("f.yaml", []byte(broken))
	var problems flow.Problems
	require.ErrorAs(t, err, &problems)
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	require.Equal(t, []int{8, 9, 12, 23}, lines, err.Error())
}

func TestSmallDocumentIsGood(t *testing.T) {
	t.Parallel()
	f, err := flow.Parse("f.yaml", []byte(small))
	require.NoError(t, err)
	require.Equal(t, []string{"main", "sub", "desk", "bye", "alarm", "police", "help"}, f.Names())
	n, ok := f.Node("sub")
	require.True(t, ok)
	require.Equal(t, "desk", n.(*flow.Menu).Human)
	require.True(t, f.BehindEmergency("alarm"))
	require.False(t, f.BehindEmergency("main"))
}

func TestCheckComparesWithTheRestOfTheConfiguration(t *testing.T) {
	t.Parallel()
	f, err := flow.Parse("f.yaml", []byte(small))
	require.NoError(t, err)
	all := func(call.Language, string) bool { return true }
	require.NoError(t, f.Check(flow.Known{}))
	require.NoError(t, f.Check(flow.Known{Prompt: all}))

	err = f.Check(flow.Known{
		Prompt:  func(l call.Language, key string) bool { return l == call.Vietnamese || key != "transfer" },
		Prompts: func(call.Language) []string { return []string{"transfers", "greet"} },
	})
	require.EqualError(t, err, `f.yaml:22: prompt "transfer" is missing in language en; write its text in the file of prompts; did you mean "transfers"?`)

	err = f.Check(flow.Known{Prompt: func(_ call.Language, key string) bool { return key != "invalid" }})
	require.ErrorContains(t, err, `f.yaml:5: prompt "invalid" is missing in language vi`)

	err = f.Check(flow.Known{
		Queue:   func(q string, g call.Group) bool { return q == "emergency" && g == call.Emergency },
		Field:   func(call.Group, string) bool { return false },
		Service: func(call.Service) bool { return false },
	})
	require.ErrorContains(t, err, `there is no service "113"; name one of the file of emergencies, or add it there`)
	require.ErrorContains(t, err, `f.yaml:22: there is no queue "procedure" for the group procedure`)
	require.ErrorContains(t, err, `f.yaml:22: the group procedure has no field "conduct"`)
}

func TestShippedFlowAsATree(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(shippedFile)
	require.NoError(t, err)
	f, err := flow.Parse("configs/ivr.yaml", data)
	require.NoError(t, err)
	tree := f.Tree()
	for _, want := range []string{
		"Khẩn cấp: phím 2 ở mọi menu",
		"├─ 2: emergency — Khẩn cấp [menu, chờ 2.5s]",
		"│  ├─ 1: field_traffic — Giao thông [hàng đợi field: nhóm field, lĩnh vực traffic]",
		"│  │       nói: recording, transfer",
		"│  └─ phím khác hoặc im lặng: emergency_agent",
		"├─ 9: (English) main — Menu chính ↺",
		"├─ *: nghe lại",
		"└─ sai hoặc im lặng 2 lần: operator",
	} {
		require.Contains(t, tree, want)
	}
	for _, name := range f.Names() {
		require.Contains(t, tree, name)
	}
}

func FuzzParse(f *testing.F) {
	data, err := os.ReadFile(shippedFile)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Add(small)
	f.Add("nodes: &a {x: *a}\n")
	f.Add("start: [\n")
	f.Add("nodes: {a: {kind: menu, say: x, keys: {1: {go: again}}}}")
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := flow.Parse("f.yaml", []byte(text))
		if err != nil {
			var problems flow.Problems
			require.ErrorAs(t, err, &problems)
			require.NotEmpty(t, problems)
			return
		}
		require.NotEmpty(t, parsed.Tree())
		for _, name := range parsed.Names() {
			_, ok := parsed.Node(name)
			require.True(t, ok)
		}
	})
}
