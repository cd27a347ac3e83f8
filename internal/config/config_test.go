package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
}

func TestEachFaultIsToldWithFileLineAndWhatToDo(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ file, old, replacement, want string }{
		"unknown key":              {"hotline.yaml", "  listen: 127.0.0.1:8022", "  lisen: 127.0.0.1:8022", `hotline.yaml:7: unknown key "lisen" in web; did you mean "listen"?`},
		"no address":               {"hotline.yaml", "127.0.0.1:5060", "5060", `hotline.yaml:10: "5060" is no address; write host:port`},
		"no range":                 {"hotline.yaml", "10000-10999", "10000", `is no range of media ports`},
		"time without unit":        {"queues.yaml", "ring_time: 15s", "ring_time: 15", `queues.yaml:3: "ring_time" in the file is "15"; write a time from 3s to 2m0s`},
		"group without a queue":    {"queues.yaml", "    group: field", "    group: procedure", `no queue takes the group field; add one`},
		"unknown group":            {"queues.yaml", "    group: field", "    group: felid", `queue field has the group "felid"; write procedure, emergency or field`},
		"shifts leave a gap":       {"shifts.yaml", `to: "14:00"`, `to: "13:00"`, "the shifts together last 23h0m0s"},
		"staff on no shift":        {"staff-demo.yaml", "shift: night}", "shift: nite}", `is on the shift "nite", which is not in shifts.yaml`},
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
	_, _, err = c.LoadLine()
	require.ErrorContains(t, err, "mian")
	require.Same(t, before, c.Flow)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	_, fresh, err := c.LoadLine()
	require.NoError(t, err)
	require.NotSame(t, before, fresh)
}
