package asterisk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/asterisk"
)

func params(t *testing.T) asterisk.Params {
	t.Helper()
	return asterisk.Params{
		Node: "t1", EtcDir: filepath.Join(t.TempDir(), "etc"), ModuleDir: "/m", DataDir: "/d", LibDir: "/l", DBDir: "/b",
		SpoolDir: "/s", RunDir: "/r", LogDir: "/g", RecordingDir: "/rec", MusicDir: "/moh", PromptDir: "/p",
		HTTPPort: 8088, ARIUser: "u", ARIPassword: "p", ManagerPort: 5038, ManagerUser: "m", ManagerPassword: "q", SIPBind: "127.0.0.1:5060", TrunkMatch: "127.0.0.1",
		RTPStart: 10000, RTPEnd: 10999, Dialed: []string{"1022"}, LeaseSeconds: 15, Survival: asterisk.Survival{LogDir: "/log"},
	}
}

func TestRenderedFilesAreForTheOwnerOnly(t *testing.T) {
	t.Parallel()
	p := params(t)
	require.NoError(t, asterisk.Render(p))
	files, err := os.ReadDir(p.EtcDir)
	require.NoError(t, err)
	require.Greater(t, len(files), 15)
	for _, f := range files {
		info, err := f.Info()
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), f.Name())
	}
}

func TestWhatAFileCannotHoldIsRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*asterisk.Params){
		"a line of its own":        func(p *asterisk.Params) { p.Node = "t1\nmaxcalls = 1" },
		"a comment":                func(p *asterisk.Params) { p.ARIPassword = "a;b" },
		"a dialplan variable":      func(p *asterisk.Params) { p.RecordingDir = "/x/${SHELL(id)}" },
		"the end of an option":     func(p *asterisk.Params) { p.RecordingDir = "/x (copy)/calls" },
		"a second prompt":          func(p *asterisk.Params) { p.PromptDir = "/a&/b" },
		"a pattern for a number":   func(p *asterisk.Params) { p.Dialed = []string{"_X."} },
		"no lease":                 func(p *asterisk.Params) { p.LeaseSeconds = 0 },
		"no trunk":                 func(p *asterisk.Params) { p.TrunkMatch = "" },
		"one port for two":         func(p *asterisk.Params) { p.HTTPPort = 5060 },
		"an address without  port": func(p *asterisk.Params) { p.SIPBind = "127.0.0.1" },
		"no port for the manager":  func(p *asterisk.Params) { p.ManagerPort = 0 },
		"HTTP's for the manager":   func(p *asterisk.Params) { p.ManagerPort = 8088 },
		"a manager for everybody":  func(p *asterisk.Params) { p.ManagerPassword = "" },
		"a way out without a port": func(p *asterisk.Params) { p.TrunkOut = "203.0.113.7" },
		"a way out to nobody":      func(p *asterisk.Params) { p.TrunkOut = ":5060" },
		"a way out with a user":    func(p *asterisk.Params) { p.TrunkOut = "me@203.0.113.7:5060" },
		"a second way out":         func(p *asterisk.Params) { p.TrunkOut = "203.0.113.7:5060,sip:198.51.100.1:5060" },
		"a line more":              func(p *asterisk.Params) { p.TrunkOut = "203.0.113.7\nqualify_frequency=1:5060" },
	} {
		p := params(t)
		spoil(&p)
		require.Error(t, asterisk.Render(p), name)
		_, err := os.Stat(p.EtcDir)
		require.ErrorIs(t, err, os.ErrNotExist, name)
	}
}
