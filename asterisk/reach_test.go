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
type step struct{ context, exten, app, args string }

var (
	firstPattern = regexp.MustCompile(`^exten => ([^,]+),1,(\w+)\((.*)\)$`)
	nextPattern  = regexp.MustCompile(`^same => n(?:\(\w+\))?,(\w+)\((.*)\)$`)
	gotoPattern  = regexp.MustCompile(`(?:^|[?:])([a-z][a-z0-9-]+),([^,:?]+),1`)
	localPattern = regexp.MustCompile(`^Local/(\d+)@(ladder-[0-9a-f]+-\d+)/n$`)
)

// dialplan reads what was rendered, and fails at a line that it does not understand.
func dialplan(t *testing.T, p asterisk.Params, file string) (steps []step) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(p.EtcDir, file))
	require.NoError(t, err)
	context, exten := "", ""
	for line := range strings.Lines(string(data)) {
		if name, included := strings.CutPrefix(strings.TrimSpace(line), "#include "); included {
			steps = append(steps, dialplan(t, p, strings.Trim(name, `"`))...)
			continue
		}
		line, _, _ = strings.Cut(line, ";")
		line = strings.TrimSpace(line)
		if first := firstPattern.FindStringSubmatch(line); first != nil && context != "general" {
			exten = first[1]
			steps = append(steps, step{context, exten, first[2], first[3]})
			continue
		}
		switch {
		case line == "":
		case strings.HasPrefix(line, "["):
			context, exten = strings.Trim(line, "[]"), ""
		case context == "general":
		default:
			found := nextPattern.FindStringSubmatch(line)
			require.NotNil(t, found, "line %q is neither an extension nor a further step of one: includes and switches are not for here", line)
			require.NotEmpty(t, exten, line)
			steps = append(steps, step{context, exten, found[1], found[2]})
		}
	}
	return steps
}

// destinations is what the plan lets Asterisk call, and nothing else may it call.
func destinations(s asterisk.Survival) (endpoints []string) {
	for _, w := range s.Walks() {
		for _, step := range w.Steps {
			endpoints = append(endpoints, step.Endpoint)
		}
	}
	return append(endpoints, strings.Split(s.AllDesks(), "&")...)
}

// Whoever a citizen, a desk, a browser or the trunk is: they reach the emergency services,
// and nothing else that they can dial, and nothing that it leads to, makes a call.
func TestEveryContextReachesTheEmergencyServicesAndNobodyElse(t *testing.T) {
	t.Parallel()
	p := params(t)
	p.TrunkOut, p.Survival = "203.0.113.7:5060", alone()
	require.NoError(t, asterisk.Render(p))
	steps := dialplan(t, p, "extensions.conf")
	at := map[string][]step{} // by context and extension
	contexts := map[string]bool{}
	for _, s := range steps {
		at[s.context+","+s.exten] = append(at[s.context+","+s.exten], s)
		contexts[s.context] = true
	}

	allowed := destinations(p.Survival)
	makesNoCall := []string{
		"Echo", "Answer", "Background", "Gosub", "Goto", "GotoIf", "GotoIfTime", "Hangup", "MixMonitor", "NoOp", "Playback", "Return", "Set",
		"Stasis", "StopMixMonitor", "Wait", "WaitExten",
	}
	for _, s := range steps {
		require.NotContains(t, s.args, "SHELL", "in [%s]", s.context)
		switch s.app {
		case "Dial":
			to, _, _ := strings.Cut(s.args, ",")
			for endpoint := range strings.SplitSeq(to, "&") {
				if local := localPattern.FindStringSubmatch(endpoint); local != nil {
					require.NotEmpty(t, at[local[2]+","+local[1]], "in [%s]: %s leads nowhere", s.context, endpoint)
					continue
				}
				require.Contains(t, allowed, endpoint, "in [%s]: Dial(%s)", s.context, s.args)
			}
		case "Stasis":
			require.True(t, strings.HasPrefix(s.args, "hotline,"), "in [%s]: Stasis(%s)", s.context, s.args)
		case "Goto", "GotoIf", "GotoIfTime":
			require.NotContains(t, s.args, "${EXTEN", "in [%s]: who calls must not choose the way", s.context)
			for _, to := range gotoPattern.FindAllStringSubmatch(s.args, -1) {
				require.NotEmpty(t, at[to[1]+","+to[2]], "in [%s]: %s leads to %s in [%s], which is not here", s.context, s.args, to[2], to[1])
			}
		default:
			require.Contains(t, makesNoCall, s.app, "in [%s]: %s(%s)", s.context, s.app, s.args)
			require.NotContains(t, s.args, "PJSIP/", "in [%s]", s.context)
		}
	}

	// What comes in lands in these, and in no other.
	file := func(name string) string {
		data, err := os.ReadFile(filepath.Join(p.EtcDir, name))
		require.NoError(t, err)
		return string(data)
	}
	landings := []string{"from-web", "from-desk", "survival", "survival-" + version(t, p)} // accounts, and whoever no controller has
	for _, landing := range regexp.MustCompile(`(?m)^context = (\S+)$`).FindAllStringSubmatch(file("pjsip.conf"), -1) {
		landings = append(landings, landing[1])
	}
	require.Contains(t, landings, "from-trunk")
	for _, landing := range landings {
		require.True(t, contexts[landing], landing)
		for _, number := range []string{"112", "113", "114", "115"} {
			require.True(t, reaches(at, landing, number, "PJSIP/", map[string]bool{}), "[%s] does not reach %s", landing, number)
		}
		for _, s := range steps {
			short := slices.Contains([]string{"112", "113", "114", "115", "1", "2", "3", "s", "i", "t"}, s.exten)
			if s.context == landing && !short {
				require.False(t, reaches(at, landing, s.exten, "PJSIP/", map[string]bool{"survival,s": true}), "%s in [%s] makes a call", s.exten, landing)
			}
		}
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

// reaches says whether an extension leads to a Dial of such an endpoint, by whatever way.
func reaches(at map[string][]step, context, exten, endpoint string, seen map[string]bool) bool {
	place := context + "," + exten
	if seen[place] {
		return false
	}
	seen[place] = true
	for _, s := range at[place] {
		if s.app == "Dial" && strings.Contains(s.args, endpoint) {
			return true
		}
		var next [][]string
		switch s.app {
		case "Dial":
			to, _, _ := strings.Cut(s.args, ",")
			for leg := range strings.SplitSeq(to, "&") {
				if local := localPattern.FindStringSubmatch(leg); local != nil {
					next = append(next, []string{"", local[2], local[1]})
				}
			}
		case "Goto", "GotoIf", "GotoIfTime":
			next = gotoPattern.FindAllStringSubmatch(s.args, -1)
			if to, _, ok := strings.Cut(s.args, ",1"); ok && at[context+","+to] != nil {
				next = append(next, []string{"", context, to})
			}
		}
		for _, to := range next {
			if reaches(at, to[1], to[2], endpoint, seen) {
				return true
			}
		}
	}
	return false
}

func version(t *testing.T, p asterisk.Params) string {
	t.Helper()
	v, err := p.Version()
	require.NoError(t, err)
	return v
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
func TestNobodyReachesAnOutsideNumberByCalling(t *testing.T) {
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
	opts.Out, opts.Survival = outside.Address(), alone()
	r := &rig{tb: t, ends: realstack.Start(t, opts).Endpoints()}
	r.listen()
	r.account("d7k2m9x", "secret", "from-desk")
	r.account("g7k2m9x", "secret", "from-web")
	for _, number := range []string{"0908123456", "+84908123456", "911", "0113", "trunk", "0908123456%40trunk", "PJSIP"} {
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
