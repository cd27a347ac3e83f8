package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/config"
)

func TestShippedFilesAreGood(t *testing.T) {
	t.Parallel()
	c, err := config.Load("../../configs")
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:8022", c.Hotline.WebListen)
	require.Len(t, c.Line.Queues, 3)
	require.Len(t, c.Shifts, 3)
	require.GreaterOrEqual(t, len(c.Staff), 20)
	require.Contains(t, c.Summary(), "3 queues")
	require.Equal(t, []string{"+84"}, c.Outside.Allowed)
	require.Equal(t, []string{"+841900"}, c.Outside.Forbidden)
	require.Equal(t, 7*time.Hour, c.Outside.From)
	require.Equal(t, 21*time.Hour, c.Outside.To)
	require.Equal(t, "Asia/Ho_Chi_Minh", c.Outside.Zone.String())
}

func TestEachFaultIsToldWithFileLineAndWhatToDo(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ file, old, replacement, want string }{
		"unknown key":              {"hotline.yaml", "  listen: 127.0.0.1:8022", "  lisen: 127.0.0.1:8022", `hotline.yaml:7: unknown key "lisen" in web; did you mean "listen"?`},
		"no address":               {"hotline.yaml", "127.0.0.1:5060", "5060", `hotline.yaml:10: "5060" is no address; write host:port`},
		"no way out":               {"hotline.yaml", "  # out: 203.0.113.7:5060", "  out: 203.0.113.7", `hotline.yaml:12: "203.0.113.7" is no address; write host:port`},
		"more than a way out":      {"hotline.yaml", "  # out: 203.0.113.7:5060", "  out: me@203.0.113.7:5060", `hotline.yaml:12: "me@203.0.113.7:5060" is more than an address; write host:port only`},
		"nobody can be called":     {"hotline.yaml", "  # callback_after: 3m", "  callback_after: 3m", `hotline.yaml:31: callers are to be offered to be called back, and nobody can be called: write`},
		"nobody is first":          {"hotline.yaml", "callback_first: agent", "callback_first: boss", `callbacks cannot ring "boss" first; write agent or citizen`},
		"overflow to nobody":       {"queues.yaml", "    overflow: voicemail         #", "    overflow: callback         #", `queues.yaml:37: queue procedure overflows to callback, and nobody can be called: write where`},
		"no range":                 {"hotline.yaml", "10000-10999", "10000", `is no range of media ports`},
		"time without unit":        {"queues.yaml", "ring_time: 15s", "ring_time: 15", `queues.yaml:3: "ring_time" in the file is "15"; write a time from 3s to 2m0s`},
		"group without a queue":    {"queues.yaml", "    group: field", "    group: procedure", `no queue takes the group field; add one`},
		"unknown group":            {"queues.yaml", "    group: field", "    group: felid", `queue field has the group "felid"; write procedure, emergency or field`},
		"shifts leave a gap":       {"shifts.yaml", `to: "14:00"`, `to: "13:00"`, "the shifts together last 23h0m0s"},
		"staff on no shift":        {"staff-demo.yaml", "shift: night}", "shift: nite}", `is on the shift "nite", which is not in shifts.yaml`},
		"no country":               {"outside.yaml", `allowed: ["+84"]`, `allowed: ["84"]`, `outside.yaml:4: "84" is no beginning of a number; write + and a country code`},
		"allowed and forbidden":    {"outside.yaml", `forbidden: ["+841900"]`, `forbidden: ["+8"]`, `outside.yaml:4: "+84" is allowed and, by "+8", forbidden; remove one of them`},
		"an emergency number":      {"outside.yaml", `short: []`, `short: ["113"]`, `outside.yaml:6: "113" is an emergency number and never an outside number; remove it`},
		"no short number":          {"outside.yaml", `short: []`, `short: ["*101#"]`, `outside.yaml:6: "*101#" is no short number; write 3 to 8 digits`},
		"no hour":                  {"outside.yaml", `to: "21:00"`, `to: "25:00"`, `outside.yaml:8: "25:00" is no time of day`},
		"less a day than an hour":  {"outside.yaml", "per_day: 150", "per_day: 20", `outside.yaml:12: 20 calls in a day are fewer than 30 in an hour; raise per_day`},
		"no form":                  {"outside.yaml", "form: e164", "form: e.164", `outside.yaml:16: the form "e.164" is none; write e164`},
		"too long a call":          {"outside.yaml", "longest: 30m", "longest: 9h", `outside.yaml:15: "longest" in the file is "9h"; write a time from 1m0s to 4h0m0s`},
		"missing prompt":           {"ivr.yaml", "say: [group3]", "say: [group_3]", `prompt "group_3" is missing in language vi; `},
		"prompt that we need":      {"prompts/vi.yaml", "comfort:", "comfrt:", `the prompt "comfort" is missing`},
		"duplicate digit":          {"ivr.yaml", "      3: procedure_conduct", "      1: procedure_conduct", `"1" stands twice in`},
		"menu loop without exit":   {"ivr.yaml", "      0: operator\n      \"#\": farewell\n", "", `status`},
		"unknown queue":            {"ivr.yaml", "field: traffic, say", "field: roads, say", `the group field has no field "roads"`},
		"a file that is not there": {"fields.yaml", "", "remove", "fields.yaml: the file cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
			path := filepath.Join(dir, tt.file)
			if tt.replacement == "remove" {
				require.NoError(t, os.Remove(path))
			} else {
				data, err := os.ReadFile(path)
				require.NoError(t, err)
				require.Contains(t, string(data), tt.old)
				require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), tt.old, tt.replacement, 1)), 0o600))
			}
			_, err := config.Load(dir)
			require.ErrorContains(t, err, tt.want)
			require.ErrorContains(t, err, tt.file)
		})
	}
}

// With somewhere to call, callbacks are offered and may be overflowed to.
func TestAWayOutAllowsCallbacks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
	c, err := config.Load(dir)
	require.NoError(t, err)
	require.Zero(t, c.Hotline.CallbackAfter, "nobody is promised what cannot be kept")
	for file, change := range map[string][2]string{
		"hotline.yaml": {"  # out: 203.0.113.7:5060", "  out: 203.0.113.7:5060"}, "queues.yaml": {"    overflow: voicemail  ", "    overflow: callback  "},
		"emergency.yaml": {"trial: true", "trial: false"}, // whose numbers somebody has looked at
	} {
		path := filepath.Join(dir, file)
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(data), change[0])
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), change[0], change[1], 1)), 0o600))
	}
	c, err = config.Load(dir)
	require.NoError(t, err)
	require.Equal(t, 3*time.Minute, c.Hotline.CallbackAfter)
	require.Equal(t, "203.0.113.7:5060", c.Hotline.Out)
	require.Equal(t, c.Hotline.Numbers, c.Outside.Own)
}

func TestRulesOfOutsideCallsAreLoadedAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
	c, err := config.Load(dir)
	require.NoError(t, err)
	path := filepath.Join(dir, "outside.yaml")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	write := func(from, to string) {
		require.Contains(t, string(data), from)
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), from, to, 1)), 0o600))
	}
	write("per_hour: 30", "per_hour: 10")
	rules, err := c.LoadOutside()
	require.NoError(t, err)
	require.Equal(t, 10, rules.PerHour)
	require.Equal(t, c.Hotline.Numbers, rules.Own)
	require.Equal(t, 30, c.Outside.PerHour)
	write("per_hour: 30", "per_hour: many")
	_, err = c.LoadOutside()
	require.ErrorContains(t, err, "outside.yaml:11:")
}

func TestABrokenFlowLeavesTheOldOneInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../configs")))
	c, err := config.Load(dir)
	require.NoError(t, err)
	before := c.Flow
	path := filepath.Join(dir, "ivr.yaml")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), "start: main", "start: mian", 1)), 0o600))
	_, err = c.Reread()
	require.ErrorContains(t, err, "mian")
	require.Same(t, before, c.Flow)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	fresh, err := c.Reread()
	require.NoError(t, err)
	require.NotSame(t, before, fresh.Flow)
}
