package asterisk_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/asterisk"
	"hotline1022/internal/ari"
	"hotline1022/internal/softphone"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

// step is one line of the dialplan.
type step struct{ context, app, args string }

var (
	linePattern = regexp.MustCompile(`^(?:exten => ([^,]+),1|same => n(?:\(\w+\))?),(\w+)\((.*)\)$`)
	gotoPattern = regexp.MustCompile(`(?:^|[?:])([a-z]+),([^,:]+),1`)
)

// dialplan reads what was rendered, and fails at a line that it does not understand.
func dialplan(t *testing.T, p asterisk.Params) (steps []step) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(p.EtcDir, "extensions.conf"))
	require.NoError(t, err)
	context := ""
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, ";")
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "["):
			context = strings.Trim(line, "[]")
		case context == "general":
		default:
			found := linePattern.FindStringSubmatch(line)
			require.NotNil(t, found, "line %q is neither an extension nor a further step of one: includes and switches are not for here", line)
			steps = append(steps, step{context, found[2], found[3]})
		}
	}
	return steps
}

// Whoever a citizen, a desk, a browser or the trunk is: nothing that they can dial, and
// nothing that it leads to, makes a call. So only the controller reaches the trunk.
func TestNoContextReachesTheTrunk(t *testing.T) {
	t.Parallel()
	p := params(t)
	p.TrunkOut = "203.0.113.7:5060"
	require.NoError(t, asterisk.Render(p))
	makesNoCall := []string{"Answer", "Goto", "GotoIf", "Hangup", "MixMonitor", "Playback", "Set", "Stasis", "StopMixMonitor"}
	contexts := map[string]bool{}
	steps := dialplan(t, p)
	for _, s := range steps {
		contexts[s.context] = true
	}
	for _, s := range steps {
		require.Contains(t, makesNoCall, s.app, "in [%s]: %s(%s)", s.context, s.app, s.args)
		require.NotContains(t, s.args, "SHELL", "in [%s]", s.context)
		require.NotContains(t, s.args, "PJSIP/", "in [%s]", s.context)
		switch s.app {
		case "Stasis":
			require.True(t, strings.HasPrefix(s.args, "hotline,"), "in [%s]: Stasis(%s)", s.context, s.args)
		case "Goto", "GotoIf":
			require.NotContains(t, s.args, "${EXTEN", "in [%s]: who calls must not choose the way", s.context)
			for _, to := range gotoPattern.FindAllStringSubmatch(s.args, -1) {
				require.True(t, contexts[to[1]], "in [%s]: %s leads to [%s], which is not here", s.context, s.args, to[1])
			}
		}
	}

	// What comes in lands in these, all of which were looked at, and in no other.
	file := func(name string) string {
		data, err := os.ReadFile(filepath.Join(p.EtcDir, name))
		require.NoError(t, err)
		return string(data)
	}
	for _, landing := range regexp.MustCompile(`(?m)^context = (\S+)$`).FindAllStringSubmatch(file("pjsip.conf"), -1) {
		require.True(t, contexts[landing[1]], landing[1])
	}
	for _, ofAccounts := range []string{"from-web", "from-desk"} { // internal/telephony gives them
		require.True(t, contexts[ofAccounts], ofAccounts)
	}

	// Nor is there a module by which the dialplan, a key or a transfer could call.
	modules := file("modules.conf")
	require.Contains(t, modules, "autoload = no")
	for _, name := range []string{
		"app_originate", "app_transfer", "app_blind_transfer", "app_attended_transfer", "app_queue", "app_page", "app_followme",
		"app_system", "app_externalivr", "app_disa", "func_shell", "func_curl", "res_agi", "res_pjsip_refer", "res_clioriginate", "pbx_spool", "pbx_realtime",
	} {
		require.NotContains(t, modules, name+".so", "it can make calls, or run what can")
	}
	require.Contains(t, file("pjsip.conf"), "allow_transfer = no")
}

func TestTheTrunkHasAWayOutOnlyWhenOneIsGiven(t *testing.T) {
	t.Parallel()
	for _, out := range []string{"", "203.0.113.7:5060", "sip.example.vn:5080", "[2001:db8::1]:5060"} {
		p := params(t)
		p.TrunkOut = out
		require.NoError(t, asterisk.Render(p))
		data, err := os.ReadFile(filepath.Join(p.EtcDir, "pjsip.conf"))
		require.NoError(t, err)
		lines := strings.Split(string(data), "\n")
		if out == "" {
			require.NotContains(t, string(data), "\ncontact")
		} else {
			require.Equal(t, 1, strings.Count(string(data), "\ncontact"))
			require.Equal(t, "contact = sip:"+out, lines[slices.Index(lines, "type = aor")+2])
		}
		require.Contains(t, string(data), "match = "+p.TrunkMatch, "who may call in is another matter")
	}
}

// The same with real calls: the far end of the trunk waits for one that must not come.
func TestNobodyReachesTheTrunkByCalling(t *testing.T) {
	t.Parallel()
	outside, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(outside.Close)
	reached := make(chan string, 100)
	outside.Answer(func(in softphone.Incoming) softphone.Reply {
		reached <- in.To
		return softphone.Reply{Status: softphone.Declined}
	})
	opts := realstack.Options(t, stack.Asterisk)
	opts.Out = outside.Address()
	r := &rig{tb: t, ends: realstack.Start(t, opts).Endpoints()}
	r.listen()
	r.account("d7k2m9x", "secret", "from-desk")
	r.account("g7k2m9x", "secret", "from-web")
	for _, number := range []string{"0908123456", "+84908123456", "113", "trunk", "0908123456%40trunk", "PJSIP"} {
		require.GreaterOrEqual(t, r.citizen(0).invite(number, "0912345678", ""), 400, number)
		require.GreaterOrEqual(t, r.browser().invite(number, "d7k2m9x", "secret"), 400, number)
		require.GreaterOrEqual(t, r.browser().invite(number, "g7k2m9x", "secret"), 400, number)
		require.GreaterOrEqual(t, r.browser().invite(number, "0908123456", ""), 400, number)
	}
	require.Empty(t, reached)

	// But it is there: the controller reaches it.
	ctx := t.Context()
	require.NoError(t, r.client.CreateChannel(ctx, ari.CreateRequest{ChannelID: "out", Endpoint: "PJSIP/0908123456@trunk", App: "hotline"}))
	require.Equal(t, "out", r.started().Channel.ID)
	require.NoError(t, r.client.Dial(ctx, "out", 5*time.Second))
	require.Eventually(t, func() bool { return len(reached) > 0 }, 5*time.Second, 10*time.Millisecond)
	require.Equal(t, "0908123456", <-reached)
}
