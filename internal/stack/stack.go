package stack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"hotline1022/asterisk"
)

// Options say what to run, and where.
type Options struct {
	VarDir   string // everything that is kept or made at run time
	CacheDir string // where an extracted Asterisk may be
	Node     string // this machine's name in every id

	PromptDir string // spoken prompts, <lang>/<key>.wav, and moh/
	SIPBind   string // address:port for the trunk
	Trunk     string // address or network that the trunk calls from
	Out       string // host:port that calls to outside numbers go to; "" for none
	HTTPPort  int    // Asterisk's, on loopback
	Manager   int    // port of Asterisk's manager interface, on loopback
	RTPStart  int    // first and last port of media
	RTPEnd    int
	Dialed    []string // numbers that are the hotline
	Lease     time.Duration
	Survival  asterisk.Survival // what Asterisk does alone; the desks' passwords and the log folder are ours

	PostgresPort  int
	RedisPort     int
	PostgresURL   string // an external Postgres, used in place of a child
	RedisAddress  string // an external Redis, used in place of a child; its password is in RedisPassword
	RedisPassword string

	Only     []Part // run just these; all when empty
	Leash    bool   // Asterisk too ends when this process is killed; for tests
	Progress func(part Part, state string)
	Log      *slog.Logger
}

// Part is one of the things that are run.
type Part string

// The parts.
const (
	Asterisk Part = "asterisk"
	Postgres Part = "postgres"
	Redis    Part = "redis"
)

// Endpoints is where the parts answer.
type Endpoints struct {
	PostgresURL   string
	RedisAddress  string
	RedisPassword string
	ARIURL        string
	ARIUser       string
	ARIPassword   string
	WebSocketURL  string // SIP over WebSocket

	ManagerAddress  string // of Asterisk's manager interface
	ManagerUser     string
	ManagerPassword string

	SIPAddress   string
	RecordingDir string // conversations: two files each
	MessageDir   string // what ARI records: messages that citizens leave
	SurvivalDir  string // what Asterisk did alone: a log for each call
}

// Stack is the parts that run.
type Stack struct {
	opts Options
	lock *os.File
	ends Endpoints

	mu       sync.Mutex
	children map[Part]*child
	rendered asterisk.Params // what Asterisk runs with
}

// secondChance is how long a part has that ended at its start, and is started again.
const secondChance = 3 * time.Second

// healthWait is how long a part may take to become healthy.
const healthWait = 60 * time.Second

// New builds a stack; nothing runs before Start.
func New(opts Options) *Stack {
	if opts.Progress == nil {
		opts.Progress = func(Part, string) {}
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	return &Stack{opts: opts, children: map[Part]*child{}}
}

// part is one thing to run: prepare writes its files and says how it is run, healthy
// asks it whether it works.
type part struct {
	name    Part
	prepare func(context.Context) (spawn, error)
	healthy func(context.Context) error
}

// Start runs the parts side by side and returns when all are healthy. On an error
// nothing is left running.
func (s *Stack) Start(ctx context.Context) error {
	dir, err := filepath.Abs(s.opts.VarDir)
	if err != nil {
		return fmt.Errorf("finding %s: %w", s.opts.VarDir, err)
	}
	s.opts.VarDir = dir
	if s.opts.CacheDir, err = filepath.Abs(s.opts.CacheDir); err != nil {
		return fmt.Errorf("finding the cache folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making the folder for everything that runs: %w", err)
	}
	if err := s.takeLock(); err != nil {
		return err
	}
	parts, err := s.parts()
	if err != nil {
		s.Stop()
		return err
	}
	errs := make([]error, len(parts))
	var all sync.WaitGroup
	for i, p := range parts {
		all.Go(func() { errs[i] = s.bringUp(ctx, p) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		s.Stop()
		return err
	}
	return nil
}

// parts lists what has to run here.
func (s *Stack) parts() ([]part, error) {
	wanted := map[Part]bool{}
	for _, p := range s.opts.Only {
		wanted[p] = true
	}
	want := func(p Part) bool { return len(s.opts.Only) == 0 || wanted[p] }
	var parts []part
	if want(Postgres) {
		if s.opts.PostgresURL != "" {
			s.ends.PostgresURL = s.opts.PostgresURL
		} else {
			parts = append(parts, s.postgres())
		}
	}
	if want(Redis) {
		if s.opts.RedisAddress != "" {
			s.ends.RedisAddress, s.ends.RedisPassword = s.opts.RedisAddress, s.opts.RedisPassword
		} else {
			p, err := s.redis()
			if err != nil {
				return nil, err
			}
			parts = append(parts, p)
		}
	}
	if want(Asterisk) {
		p, err := s.asterisk()
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

func (s *Stack) bringUp(ctx context.Context, p part) error {
	s.opts.Progress(p.name, "starting")
	how, err := p.prepare(ctx)
	if err != nil {
		s.opts.Progress(p.name, "failed")
		return fmt.Errorf("%s: %w", p.name, err)
	}
	c := newChild(p.name, how, filepath.Join(s.opts.VarDir, "log", string(p.name)+".log"), s.opts.Log)
	if err := c.start(); err != nil {
		s.opts.Progress(p.name, "failed")
		return fmt.Errorf("%s: %w", p.name, err)
	}
	s.mu.Lock()
	s.children[p.name] = c
	s.mu.Unlock()
	if err := waitHealthy(ctx, c, p.healthy); err != nil {
		s.opts.Progress(p.name, "failed")
		return fmt.Errorf("%s is not healthy: %w\n%s", p.name, err, c.lastWords())
	}
	s.opts.Progress(p.name, "ready")
	return nil
}

// waitHealthy asks until the answer is yes, the child has ended, or time is up.
func waitHealthy(ctx context.Context, c *child, healthy func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, healthWait)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	ended, second := c.firstEnd, (<-chan time.Time)(nil)
	for {
		err := healthy(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-ended: // it is started once more: what was in the way may be gone
			ended, second = nil, time.After(secondChance)
		case <-second:
			return errors.New("it ended by itself")
		case <-ctx.Done():
			return err
		}
	}
}

// Endpoints tells where the parts answer, after Start.
func (s *Stack) Endpoints() Endpoints { return s.ends }

// PID is the process of a part, 0 when it does not run; tests kill it.
func (s *Stack) PID(p Part) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.children[p]; c != nil {
		return c.pid()
	}
	return 0
}

// Stop ends the children in order, Asterisk first. Safe twice and before Start.
func (s *Stack) Stop() {
	for _, p := range []Part{Asterisk, Redis, Postgres} {
		s.mu.Lock()
		c := s.children[p]
		delete(s.children, p)
		s.mu.Unlock()
		if c != nil {
			c.stop()
		}
	}
	if s.lock != nil {
		s.lock.Close() //nolint:errcheck // the lock goes with the descriptor
		s.lock = nil
	}
}

// takeLock makes sure that no other process uses the folder.
func (s *Stack) takeLock() error {
	f, err := os.OpenFile(filepath.Join(s.opts.VarDir, "lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return fmt.Errorf("locking %s: %w", s.opts.VarDir, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close() //nolint:errcheck // nothing was written
		return fmt.Errorf("%s is in use by another `hotline up`; stop that one, or give this one a folder of its own with -var", s.opts.VarDir)
	}
	s.lock = f
	return nil
}

// portFree says early, and by name, that a port is taken. What an earlier run has left may
// need a moment to end.
func portFree(ctx context.Context, network, address, key string) error {
	err := tryPort(ctx, network, address)
	for until := time.Now().Add(secondChance); err != nil && time.Now().Before(until); err = tryPort(ctx, network, address) {
		<-time.After(watchEvery)
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s/%s cannot be used (%w); stop what listens there, or set another one in configs/hotline.yaml, %s", address, network, err, key)
}

func tryPort(ctx context.Context, network, address string) error {
	var listen net.ListenConfig
	if network == "udp" {
		c, err := listen.ListenPacket(ctx, network, address)
		if err != nil {
			return err
		}
		return c.Close()
	}
	l, err := listen.Listen(ctx, network, address)
	if err != nil {
		return err
	}
	return l.Close()
}
