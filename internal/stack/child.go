package stack

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// spawn says how a child is run.
type spawn struct {
	path string
	args []string
	env  []string // added to ours
	dir  string
	attr syscall.SysProcAttr
	end  os.Signal // asks it to end in order

	outlives bool // goes on when we are killed
	running  int  // the process that went on when the last of us was; 0 for none

	before func() error // when set, runs before each start
}

const (
	stopGrace = 10 * time.Second
	// A child that ends is started again after firstDelay, and after twice as long each
	// time, up to lastDelay; one that ran for goodRun begins anew.
	firstDelay = 250 * time.Millisecond
	lastDelay  = 15 * time.Second
	goodRun    = time.Minute
	// logLimit is the size at which a child's log is put aside at its start.
	logLimit = 16 << 20
	// watchEvery is how often a process that is not our child is looked at.
	watchEvery = 50 * time.Millisecond
)

// child is one process that is kept running.
type child struct {
	name    Part
	how     spawn
	logPath string
	log     *slog.Logger

	mu       sync.Mutex
	process  *os.Process
	stopping bool
	stopped  chan struct{} // closed by stop
	firstEnd chan struct{} // closed when the first process ends
	done     chan struct{} // closed when nothing runs any more
}

func newChild(name Part, how spawn, logPath string, log *slog.Logger) *child {
	return &child{
		name: name, how: how, logPath: logPath, log: log,
		stopped: make(chan struct{}), firstEnd: make(chan struct{}), done: make(chan struct{}),
	}
}

// start runs the child and keeps it running until stop.
func (c *child) start() error {
	if err := os.MkdirAll(filepath.Dir(c.logPath), 0o755); err != nil {
		return fmt.Errorf("making the log folder: %w", err)
	}
	if info, err := os.Stat(c.logPath); err == nil && info.Size() > logLimit {
		if err := os.Rename(c.logPath, c.logPath+".old"); err != nil {
			return fmt.Errorf("putting the old log aside: %w", err)
		}
	}
	first := make(chan error, 1)
	go c.keep(first)
	return <-first
}

// keep lives on one thread, for a child is told of the death of the thread that
// made it (PR_SET_PDEATHSIG), and Go may end an idle one.
func (c *child) keep(first chan<- error) {
	runtime.LockOSThread()
	defer close(c.done)
	began := time.Now()
	err := c.runOnce(first)
	close(c.firstEnd)
	if errors.Is(err, errNotStarted) {
		return
	}
	delay := firstDelay
	for !c.isStopping() {
		if time.Since(began) > goodRun {
			delay = firstDelay
		}
		c.log.Error("a part ended and is started again", slog.String("part", string(c.name)), slog.Any("error", err), slog.Duration("in", delay))
		select {
		case <-time.After(delay):
		case <-c.stopped:
			return
		}
		delay = min(2*delay, lastDelay)
		began = time.Now()
		err = c.runOnce(nil)
	}
}

func (c *child) isStopping() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stopping
}

var errNotStarted = errors.New("not started")

// runOnce starts the process, tells first how that went, and waits for its end.
func (c *child) runOnce(first chan<- error) error {
	tell := func(err error) error {
		if first != nil {
			first <- err
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errNotStarted, err)
		}
		return nil
	}
	if pid := c.how.running; pid != 0 {
		c.how.running = 0
		return c.watch(pid, tell)
	}
	if c.how.before != nil {
		if err := c.how.before(); err != nil {
			return tell(err)
		}
	}
	out, err := os.OpenFile(c.logPath, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return tell(err)
	}
	defer out.Close()                              //nolint:errcheck // a log
	cmd := exec.Command(c.how.path, c.how.args...) //nolint:noctx // ended by signal, in order
	cmd.Env = append(os.Environ(), c.how.env...)
	cmd.Dir = c.how.dir
	cmd.Stdout, cmd.Stderr = out, out
	attr := c.how.attr
	attr.Setpgid = true // Ctrl-C is for us; children end in our order
	if !c.how.outlives {
		attr.Pdeathsig = syscall.SIGKILL
	}
	cmd.SysProcAttr = &attr
	c.mu.Lock()
	if c.stopping {
		c.mu.Unlock()
		return nil
	}
	err = cmd.Start()
	if err == nil {
		c.process = cmd.Process
	}
	c.mu.Unlock()
	if tell(err) != nil {
		return fmt.Errorf("%w: %w", errNotStarted, err)
	}
	err = cmd.Wait()
	c.mu.Lock()
	c.process = nil
	c.mu.Unlock()
	return err
}

// watch takes a process over that is not our child, and waits for its end.
func (c *child) watch(pid int, tell func(error) error) error {
	process, err := os.FindProcess(pid)
	if err != nil {
		return tell(err)
	}
	c.mu.Lock()
	c.process = process
	c.mu.Unlock()
	tell(nil) //nolint:errcheck // nothing to say
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for lives(pid) {
		<-tick.C
	}
	c.mu.Lock()
	c.process = nil
	c.mu.Unlock()
	return errors.New("it has ended; why is not known, for it was started by an earlier run")
}

func (c *child) pid() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process == nil {
		return 0
	}
	return c.process.Pid
}

// stop asks the child to end, and after a grace time makes it.
func (c *child) stop() {
	c.mu.Lock()
	if !c.stopping {
		c.stopping = true
		close(c.stopped)
	}
	if c.process != nil {
		c.process.Signal(c.how.end) //nolint:errcheck // gone already is what we want
	}
	c.mu.Unlock()
	select {
	case <-c.done:
		return
	case <-time.After(stopGrace):
	}
	c.log.Warn("a part does not end in order and is killed", slog.String("part", string(c.name)))
	c.mu.Lock()
	if c.process != nil {
		c.process.Kill() //nolint:errcheck // gone already is what we want
	}
	c.mu.Unlock()
	<-c.done
}

// lastWords is the end of the child's log, for an error message.
func (c *child) lastWords() string {
	data, err := os.ReadFile(c.logPath)
	if err != nil {
		return ""
	}
	lines := bytes.Split(bytes.TrimSpace(data), []byte("\n"))
	if len(lines) > 12 {
		lines = lines[len(lines)-12:]
	}
	return string(bytes.Join(lines, []byte("\n")))
}
