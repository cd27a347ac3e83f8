package stack

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"hotline1022/asterisk"
)

// An Asterisk outlives a controller that is killed or crashes: conversations go on, and
// callers are served by the survival dialplan. The next start takes it over with all its
// calls. Postgres and Redis hold no call and end with us.

// Nobody is served while we wait for one that hangs.
const (
	tooLate = 5 * time.Second // for an Asterisk that was left to answer
	inOrder = 2 * time.Second // for it to end by itself
)

// running is the process of an Asterisk that an earlier run has left in this folder, and
// that answers; 0 when there is none. One that does not answer is ended: nobody could
// steer it, and it holds the ports.
func (s *Stack) running(ctx context.Context, root, password string) int {
	pid := left(root)
	if pid == 0 {
		return 0
	}
	answers, cancel := context.WithTimeout(ctx, tooLate)
	defer cancel()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ariPing(answers, s.ends.ARIURL, ariUser, password)
		if err == nil {
			s.opts.Log.Info("the Asterisk of an earlier run goes on and is taken over with its calls", slog.Int("pid", pid))
			return pid
		}
		select {
		case <-tick.C:
		case <-answers.Done():
			s.opts.Log.Error("the Asterisk of an earlier run does not answer at its address and is ended", slog.Int("pid", pid), slog.Any("error", err))
			end(pid)
			return 0
		}
	}
}

// left is the process that runs Asterisk by the configuration in this folder, 0 for none.
// The number in its file may have gone to another program since.
func left(root string) int {
	data, err := os.ReadFile(filepath.Join(root, "run", "asterisk.pid"))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil || !lives(pid) {
		return 0
	}
	command, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	if err != nil || !slices.Contains(strings.Split(string(command), "\x00"), filepath.Join(root, "etc", "asterisk.conf")) {
		return 0
	}
	return pid
}

// lives says whether a process runs, with any of its threads: a killed one holds its ports
// until the last has ended. One that only waits for its parent's notice does not.
func lives(pid int) bool {
	threads, err := filepath.Glob(filepath.Join("/proc", strconv.Itoa(pid), "task", "*", "stat"))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(threads, func(path string) bool {
		stat, err := os.ReadFile(path)
		if err != nil {
			return false
		}
		after := string(stat[strings.LastIndexByte(string(stat), ')')+1:])
		return !strings.HasPrefix(after, " Z") && !strings.HasPrefix(after, " X")
	})
}

// end ends a process that is not our child, in order if it can.
func end(pid int) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		syscall.Kill(pid, sig) //nolint:errcheck // it may have ended
		for until := time.Now().Add(inOrder); lives(pid) && time.Now().Before(until); {
			<-time.After(watchEvery)
		}
	}
}

// render writes Asterisk's files, and has one that runs already read them.
func (s *Stack) render(ctx context.Context, p asterisk.Params, running int) error {
	if running == 0 {
		return asterisk.Render(p)
	}
	later, err := asterisk.Adopt(p)
	if err != nil {
		return err
	}
	for _, file := range later {
		s.opts.Log.Warn("a setting of Asterisk has changed that it takes into use at its next start: stop with Ctrl-C and start again, when no call stands",
			slog.String("file", file))
	}
	for _, command := range asterisk.Reload() {
		if _, err := s.AsteriskSays(ctx, command); err != nil {
			return fmt.Errorf("having the running Asterisk read its files: %w", err)
		}
	}
	return nil
}
