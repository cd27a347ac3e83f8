package stack_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

// helperEnv makes the test program run a stack and wait to be killed.
const helperEnv = "HOTLINE_STACK_TEST_HELPER"

func TestMain(m *testing.M) {
	if data := os.Getenv(helperEnv); data != "" {
		help(data)
	}
	os.Exit(m.Run())
}

// where is what of the options is not the same for every test.
type where struct {
	Var, Cache, Prompts, SIP                         string
	HTTP, Manager, RTPStart, RTPEnd, Postgres, Redis int
}

func help(data string) {
	var w where
	if err := json.Unmarshal([]byte(data), &w); err != nil {
		panic(err)
	}
	s := stack.New(stack.Options{
		VarDir: w.Var, CacheDir: w.Cache, Node: "t1", PromptDir: w.Prompts, SIPBind: w.SIP, Trunk: "127.0.0.0/8",
		HTTPPort: w.HTTP, Manager: w.Manager, RTPStart: w.RTPStart, RTPEnd: w.RTPEnd, Dialed: []string{"1022"}, Lease: 15 * time.Second,
		PostgresPort: w.Postgres, RedisPort: w.Redis, Log: slog.New(slog.DiscardHandler),
	})
	if err := s.Start(context.Background()); err != nil {
		panic(err)
	}
	fmt.Fprintln(os.Stdout, s.PID(stack.Asterisk), s.PID(stack.Postgres), s.PID(stack.Redis))
	select {}
}

// Whatever kills us, Asterisk goes on with its calls and nothing else does, and the next
// start takes it over and the folder as it is.
func TestAfterKill9AsteriskGoesOnAndTheNextStartTakesItOver(t *testing.T) {
	t.Parallel()
	o := realstack.Options(t)
	pids := leave(t, o)

	// The number in Postgres's lock has gone to another program: us.
	lock := filepath.Join(o.VarDir, "postgres", "postmaster.pid")
	old, err := os.ReadFile(lock)
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(old), "\n")
	require.NoError(t, os.WriteFile(lock, []byte(strconv.Itoa(os.Getpid())+"\n"+rest), 0o600))
	s := realstack.Start(t, o)
	require.Equal(t, pids[0], strconv.Itoa(s.PID(stack.Asterisk)), "the same Asterisk")
	said, err := s.AsteriskSays(t.Context(), "dialplan show hotline")
	require.NoError(t, err)
	require.Contains(t, said, "Stasis")

	// Taken over, it is looked after like a child: it comes back, and ends with an orderly stop.
	require.NoError(t, syscall.Kill(s.PID(stack.Asterisk), syscall.SIGKILL))
	require.Eventually(t, func() bool {
		now := strconv.Itoa(s.PID(stack.Asterisk))
		return now != "0" && now != pids[0] && ping(t, s) == nil
	}, 20*time.Second, 20*time.Millisecond)
	again := strconv.Itoa(s.PID(stack.Asterisk))
	s.Stop()
	require.False(t, alive(again))
}

// leave runs a stack in a process of its own, kills that with -9, and gives the processes
// of the parts.
func leave(t *testing.T, o stack.Options) []string {
	t.Helper()
	data, err := json.Marshal(where{
		o.VarDir, o.CacheDir, o.PromptDir, o.SIPBind, o.HTTPPort, o.Manager, o.RTPStart, o.RTPEnd, o.PostgresPort, o.RedisPort,
	})
	require.NoError(t, err)
	helper := exec.Command(os.Args[0])
	helper.Env = append(os.Environ(), helperEnv+"="+string(data))
	helper.Stderr = os.Stderr
	out, err := helper.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, helper.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	pids := strings.Fields(line)
	require.Len(t, pids, 3)
	asterisk, err := strconv.Atoi(pids[0])
	require.NoError(t, err)
	t.Cleanup(func() { // before its ports are anybody else's
		syscall.Kill(asterisk, syscall.SIGKILL) //nolint:errcheck // it has ended, as a rule
		require.Eventually(t, func() bool { return syscall.Kill(asterisk, 0) != nil }, 10*time.Second, 10*time.Millisecond)
	})
	for _, pid := range pids {
		require.True(t, alive(pid), "process %s", pid)
	}
	require.NoError(t, helper.Process.Kill())
	helper.Wait() //nolint:errcheck // killed
	for _, pid := range pids[1:] {
		t.Cleanup(func() { require.False(t, alive(pid), "process %s stays", pid) })
	}
	require.True(t, alive(pids[0]), "Asterisk goes on")
	return pids
}

func ping(t *testing.T, s *stack.Stack) error {
	t.Helper()
	ends := s.Endpoints()
	return ari.New(ari.Options{BaseURL: ends.ARIURL, User: ends.ARIUser, Password: ends.ARIPassword}).Ping(t.Context())
}

// An Asterisk that was left and does not answer where we ask gives way to a new one.
func TestALeftAsteriskThatCannotBeReachedGivesWay(t *testing.T) {
	t.Parallel()
	o := realstack.Options(t)
	old := leave(t, o)[0]
	pid, err := strconv.Atoi(old)
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(pid, syscall.SIGSTOP))
	s := realstack.Start(t, o)
	require.NotEqual(t, old, strconv.Itoa(s.PID(stack.Asterisk)))
	require.NoError(t, ping(t, s))
}

// alive tells whether a process runs; one that only waits for its parent's notice does not.
func alive(pid string) bool {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(after, "Z") && !strings.HasPrefix(after, "X")
}

func TestAPartThatIsKilledComesBack(t *testing.T) {
	t.Parallel()
	opts := realstack.Options(t)
	s := realstack.Start(t, opts)
	ends := s.Endpoints()
	works := map[stack.Part]func(context.Context) error{
		stack.Redis: func(ctx context.Context) error {
			conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", ends.RedisAddress)
			if err != nil {
				return err
			}
			return conn.Close()
		},
		stack.Postgres: func(ctx context.Context) error {
			conn, err := pgx.Connect(ctx, ends.PostgresURL)
			if err != nil {
				return err
			}
			return conn.Close(ctx)
		},
		stack.Asterisk: func(context.Context) error { return ping(t, s) },
	}
	for part, check := range works {
		pid := s.PID(part)
		killed := time.Now()
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		require.Eventually(t, func() bool {
			now := s.PID(part)
			return now != 0 && now != pid && check(t.Context()) == nil
		}, 20*time.Second, 20*time.Millisecond, part)
		t.Logf("%s works again after %v", part, time.Since(killed).Round(time.Millisecond))
	}
}

func TestStopDoesNotWaitForARestart(t *testing.T) {
	t.Parallel()
	opts := realstack.Options(t, stack.Redis)
	s := realstack.Start(t, opts)
	for range 3 { // the delay grows
		pid := s.PID(stack.Redis)
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		require.Eventually(t, func() bool { now := s.PID(stack.Redis); return now != 0 && now != pid }, 10*time.Second, time.Millisecond)
	}
	require.NoError(t, syscall.Kill(s.PID(stack.Redis), syscall.SIGKILL))
	require.Eventually(t, func() bool { return s.PID(stack.Redis) == 0 }, time.Second, time.Millisecond)
	began := time.Now()
	s.Stop()
	require.Less(t, time.Since(began), time.Second)
}
