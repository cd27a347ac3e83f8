package stack

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// AsteriskSays runs a command of Asterisk's console, such as "core show calls", in the
// Asterisk that this stack runs, and gives what it says. It asks the process itself,
// past ARI and past the controller.
func (s *Stack) AsteriskSays(ctx context.Context, command string) (string, error) {
	prog, err := findAsterisk(ctx, s.opts.CacheDir)
	if err != nil {
		return "", err
	}
	conf := filepath.Join(s.opts.VarDir, "asterisk", "etc", "asterisk.conf")
	args := append(prog.args[:len(prog.args):len(prog.args)], "-C", conf, "-rx", command)
	cmd := exec.CommandContext(ctx, prog.path, args...)
	cmd.Env = append(os.Environ(), prog.env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("asking Asterisk %q: %w: %s", command, err, strings.TrimSpace(string(out)))
	}
	return string(out), nil
}
