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

// Whatever kills us, no child stays, and the next start takes the folder as it is.
func TestAfterKill9NoChildStaysAndTheNextStartWorks(t *testing.T) {
	t.Parallel()
	o := realstack.Options(t)
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
	for _, pid := range pids {
		require.True(t, alive(pid), "process %s", pid)
	}
	require.NoError(t, helper.Process.Kill())
	helper.Wait() //nolint:errcheck // killed
	for _, pid := range pids {
		require.Eventually(t, func() bool { return !alive(pid) }, 5*time.Second, 10*time.Millisecond, "process %s stays", pid)
	}

	// The number in Postgres's lock has gone to another program: us.
	lock := filepath.Join(o.VarDir, "postgres", "postmaster.pid")
	old, err := os.ReadFile(lock)
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(old), "\n")
	require.NoError(t, os.WriteFile(lock, []byte(strconv.Itoa(os.Getpid())+"\n"+rest), 0o600))
	realstack.Start(t, o)
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
		stack.Asterisk: func(ctx context.Context) error {
			return ari.New(ari.Options{BaseURL: ends.ARIURL, User: ends.ARIUser, Password: ends.ARIPassword}).Ping(ctx)
		},
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
