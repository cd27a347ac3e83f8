package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/ticket"
)

func TestBrokenMenusDoNotReplaceThoseInUse(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	path := filepath.Join(w.dir, "ivr.yaml")
	good, err := os.ReadFile(path)
	require.NoError(t, err)
	change := func(from, to string) {
		require.Contains(t, string(good), from)
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(good), from, to, 1)), 0o600))
	}
	for _, broken := range []struct{ from, to, says string }{
		{"say: [group3]", "says: [group3]", `ivr\.yaml:\d+: .*"says"`},
		{"say: [group3]", "say: [group33]", `ivr\.yaml:\d+: .*group33`},
		{"      3: procedure_conduct", "      1: procedure_conduct", `ivr\.yaml:\d+: "1" stands twice`},
		{"      0: operator\n      \"#\": farewell\n", "", `ivr\.yaml:\d+: .*status`},
	} {
		change(broken.from, broken.to)
		require.Regexp(t, broken.says, w.app.Reload().Error())
	}
	w.choosesTraffic("0908000001", "31")

	change("      1: field_traffic\n      3: field_environment", "      3: field_traffic\n      1: field_environment")
	require.NoError(t, w.app.Reload())
	w.choosesTraffic("0908000002", "33")
}

// choosesTraffic calls and checks that these keys lead to the line for traffic.
func (w *world) choosesTraffic(from, keys string) {
	w.tb.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	c := w.dials(w.telephone(), from)
	require.NoError(w.tb, c.Press(ctx, keys))
	want := call.Topic{Group: call.Field, Field: "traffic"}
	w.ticket("about traffic", func(r ticket.Row) bool {
		return strings.HasSuffix(r.Caller, from[1:]) && call.Topic{Group: r.Group, Field: r.Field} == want
	})
	c.Hangup()
}
