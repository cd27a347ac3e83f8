// Package realstack gives tests the real parts: Asterisk, Postgres and Redis, each
// test process with ports and folders of its own.
package realstack

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/stack"
)

// Options are options of a stack that fit any test, with free ports and a folder
// that goes with the test.
func Options(tb testing.TB, only ...stack.Part) stack.Options {
	tb.Helper()
	dir, err := os.MkdirTemp("", "hotline-test-")
	require.NoError(tb, err)
	require.NoError(tb, os.Chmod(dir, 0o755)) // Postgres may have to run as another user
	tb.Cleanup(func() { os.RemoveAll(dir) })  //nolint:errcheck // a temporary folder
	ports, rtp := Ports(tb)
	return stack.Options{
		VarDir: dir, CacheDir: CacheDir(), Node: "t1", PromptDir: filepath.Join(dir, "prompts"),
		SIPBind: "127.0.0.1:" + strconv.Itoa(ports[0]), Trunk: "127.0.0.0/8", HTTPPort: ports[1],
		RTPStart: rtp, RTPEnd: rtp + rtpPerPlace - 1, Dialed: []string{"1022"}, Lease: 15 * time.Second,
		PostgresPort: ports[2], RedisPort: ports[3], Manager: ports[4], Only: only, Leash: true, Log: slog.New(slog.DiscardHandler),
	}
}

// Start runs a stack for as long as the test lasts.
func Start(tb testing.TB, opts stack.Options) *stack.Stack {
	tb.Helper()
	s := stack.New(opts)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.Start(ctx); err != nil {
		tb.Fatalf("the real parts do not start (`make deps-test` gets what is missing): %v", err)
	}
	tb.Cleanup(s.Stop)
	return s
}

var databases atomic.Int64

// Database makes an empty database on a running Postgres and gives its URL.
func Database(tb testing.TB, serverURL string) string {
	tb.Helper()
	ctx := tb.Context()
	conn, err := pgx.Connect(ctx, serverURL)
	require.NoError(tb, err)
	defer conn.Close(ctx) //nolint:errcheck // the test ends
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), databases.Add(1))
	_, err = conn.Exec(ctx, "CREATE DATABASE "+name)
	require.NoError(tb, err)
	u, err := url.Parse(serverURL)
	require.NoError(tb, err)
	u.Path = "/" + name
	return u.String()
}

// CacheDir is where `make deps` put an extracted Asterisk.
func CacheDir() string {
	if dir := os.Getenv("HOTLINE_CACHE"); dir != "" {
		return dir
	}
	_, file, _, _ := runtime.Caller(0)
	root, _, _ := strings.Cut(file, "/internal/testkit/")
	return filepath.Join(root, ".cache")
}

// PromptDir is a folder of spoken prompts that all tests share; they are made in it
// when they are first needed.
func PromptDir() string { return filepath.Join(CacheDir(), "prompts") }
