package stack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"hotline1022/asterisk"
)

// Names of the controller in ari.conf and manager.conf.
const (
	ariUser     = "controller"
	managerUser = "recorder"
)

// program is an Asterisk that can be run: its loader when it is an extracted one,
// and where its modules and data are.
type program struct {
	path    string
	args    []string
	env     []string
	modules string
	data    string
}

// asterisk runs Asterisk with configuration rendered anew.
func (s *Stack) asterisk() (part, error) {
	password, err := Secret(s.opts.VarDir, "ari")
	if err != nil {
		return part{}, err
	}
	manages, err := Secret(s.opts.VarDir, "manager")
	if err != nil {
		return part{}, err
	}
	http := net.JoinHostPort("127.0.0.1", strconv.Itoa(s.opts.HTTPPort))
	root := filepath.Join(s.opts.VarDir, "asterisk")
	s.ends.ARIURL, s.ends.ARIUser, s.ends.ARIPassword = "http://"+http+"/ari", ariUser, password
	s.ends.WebSocketURL = "ws://" + http + "/ws"
	s.ends.SIPAddress = s.opts.SIPBind
	s.ends.ManagerAddress = net.JoinHostPort("127.0.0.1", strconv.Itoa(s.opts.Manager))
	s.ends.ManagerUser, s.ends.ManagerPassword = managerUser, manages
	s.ends.RecordingDir = filepath.Join(root, "spool", "calls")
	s.ends.MessageDir = filepath.Join(root, "spool", "recording")
	s.ends.SurvivalDir = filepath.Join(root, "spool", "survival")
	return part{
		name: Asterisk,
		prepare: func(ctx context.Context) (spawn, error) {
			prog, err := findAsterisk(ctx, s.opts.CacheDir)
			if err != nil {
				return spawn{}, err
			}
			running := s.running(ctx, root, password)
			if running == 0 {
				if err := s.asteriskPorts(ctx, http); err != nil {
					return spawn{}, err
				}
			}
			for _, d := range []string{"lib/keys", "db", "spool/calls", "spool/recording", "spool/survival", "run", "log"} {
				if err := os.MkdirAll(filepath.Join(root, d), 0o700); err != nil {
					return spawn{}, err
				}
			}
			data := filepath.Join(root, "data")
			if err := layData(data, prog.data); err != nil {
				return spawn{}, err
			}
			params := asterisk.Params{
				Node: s.opts.Node, EtcDir: filepath.Join(root, "etc"), ModuleDir: prog.modules, DataDir: data,
				LibDir: filepath.Join(root, "lib"), DBDir: filepath.Join(root, "db"), SpoolDir: filepath.Join(root, "spool"),
				RunDir: filepath.Join(root, "run"), LogDir: filepath.Join(root, "log"), RecordingDir: s.ends.RecordingDir,
				MusicDir: filepath.Join(s.opts.PromptDir, "moh"), PromptDir: s.opts.PromptDir,
				HTTPPort: s.opts.HTTPPort, ARIUser: ariUser, ARIPassword: password,
				ManagerPort: s.opts.Manager, ManagerUser: managerUser, ManagerPassword: manages, SIPBind: s.opts.SIPBind,
				TrunkMatch: s.opts.Trunk, TrunkOut: s.opts.Out, RTPStart: s.opts.RTPStart, RTPEnd: s.opts.RTPEnd, Dialed: s.opts.Dialed,
				LeaseSeconds: int(s.opts.Lease.Seconds()),
			}
			if params.Survival, err = s.survival(s.opts.Survival); err != nil {
				return spawn{}, err
			}
			if err := s.render(ctx, params, running); err != nil {
				return spawn{}, err
			}
			s.mu.Lock()
			s.rendered = params
			s.mu.Unlock()
			args := append(slices.Clone(prog.args), "-f", "-n", "-C", filepath.Join(root, "etc", "asterisk.conf"))
			return spawn{
				path: prog.path, args: args, env: prog.env, dir: root, end: syscall.SIGTERM,
				outlives: !s.opts.Leash, running: running,
			}, nil
		},
		healthy: func(ctx context.Context) error { return ariPing(ctx, s.ends.ARIURL, ariUser, password) },
	}, nil
}

func (s *Stack) asteriskPorts(ctx context.Context, http string) error {
	if err := portFree(ctx, "tcp", http, "asterisk.http_port"); err != nil {
		return err
	}
	if err := portFree(ctx, "tcp", s.ends.ManagerAddress, "asterisk.manager_port"); err != nil {
		return err
	}
	return portFree(ctx, "udp", s.opts.SIPBind, "sip.listen")
}

// ariPing asks whether ARI answers and Asterisk is fully booted.
func ariPing(ctx context.Context, base, user, password string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/asterisk/ping", nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(user, password)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close() //nolint:errcheck // only asked
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("ARI answers %s", resp.Status)
	}
	return nil
}

// oldest is the first Asterisk with the fixes that we rely on, two of them of
// security holes in ARI (GHSA-vrfp-mg3q-3959, GHSA-wcvv-g26m-wx5c).
var oldest = [3]int{22, 10, 1}

// findAsterisk takes the one on PATH when it is new enough, else the one that
// `make deps` extracted into the cache folder.
func findAsterisk(ctx context.Context, cache string) (program, error) {
	if path, err := exec.LookPath("asterisk"); err == nil {
		p := program{path: path, data: "/usr/share/asterisk"}
		p.modules = firstDir("/usr/lib/*/asterisk/modules", "/usr/lib/asterisk/modules", "/usr/lib64/asterisk/modules")
		if newEnough(ctx, p) == nil {
			return p, nil
		}
	}
	root := firstDir(filepath.Join(cache, "asterisk-*"))
	loader := firstFile(filepath.Join(root, "usr/lib/*/ld-linux-*.so.*"))
	if root == "" || loader == "" {
		return program{}, errors.New("no Asterisk 22.10.1 or later on PATH or in the cache; `make deps` gets one")
	}
	lib := filepath.Dir(loader)
	p := program{
		path: loader,
		args: []string{"--library-path", lib, filepath.Join(root, "usr/sbin/asterisk")},
		// The host's OpenSSL configuration is not for this OpenSSL.
		env:     []string{"OPENSSL_CONF=/dev/null", "OPENSSL_MODULES=" + filepath.Join(lib, "ossl-modules")},
		modules: filepath.Join(lib, "asterisk", "modules"),
		data:    filepath.Join(root, "usr/share/asterisk"),
	}
	if err := newEnough(ctx, p); err != nil {
		return program{}, fmt.Errorf("the Asterisk in %s cannot be used (%w); remove the folder and run `make deps`", root, err)
	}
	return p, nil
}

var versionPattern = regexp.MustCompile(`(\d+)\.(\d+)\.(\d+)`)

// errTooOld says that an Asterisk lacks fixes that we rely on.
var errTooOld = fmt.Errorf("it is older than %d.%d.%d", oldest[0], oldest[1], oldest[2])

func newEnough(ctx context.Context, p program) error {
	if p.modules == "" {
		return errors.New("it has no modules")
	}
	cmd := exec.CommandContext(ctx, p.path, append(p.args[:len(p.args):len(p.args)], "-V")...)
	cmd.Env = append(os.Environ(), p.env...)
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("asking for its version: %w", err)
	}
	m := versionPattern.FindStringSubmatch(string(out))
	if m == nil {
		return fmt.Errorf("it says %q for a version", out)
	}
	for i, want := range oldest {
		got, err := strconv.Atoi(m[i+1])
		if err != nil || got < want {
			return errTooOld
		}
		if got > want {
			return nil
		}
	}
	return nil
}

func firstDir(patterns ...string) string {
	for _, p := range patterns {
		matches, err := filepath.Glob(p)
		if err != nil {
			continue
		}
		for _, m := range matches {
			if info, err := os.Stat(m); err == nil && info.IsDir() && !strings.HasSuffix(m, ".part") {
				return m
			}
		}
	}
	return ""
}

func firstFile(pattern string) string {
	matches, err := filepath.Glob(pattern)
	if err != nil || len(matches) == 0 {
		return ""
	}
	return matches[0]
}
