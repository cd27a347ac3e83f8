package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"

	"golang.org/x/term"

	"hotline1022/internal/app"
	"hotline1022/internal/config"
)

// runUp runs everything until it is asked to end.
func runUp(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("up", flag.ContinueOnError)
	flags.SetOutput(stderr)
	configs := flags.String("configs", "configs", "folder of the configuration")
	varDir := flags.String("var", "var", "folder of everything that is made and kept")
	cache := flags.String("cache", cacheDir(), "folder where `make deps` put an extracted Asterisk")
	level := flags.String("log", "info", "debug, info, warn or error")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var logLevel slog.Level
	if err := logLevel.UnmarshalText([]byte(*level)); err != nil {
		return fmt.Errorf("-log %s: %w", *level, err)
	}
	c, err := config.Load(*configs)
	if err != nil {
		return fmt.Errorf("the configuration has faults; nothing was started:\n%w", err)
	}
	if err := os.MkdirAll(filepath.Join(*varDir, "log"), 0o755); err != nil {
		return err
	}
	logFile, err := os.OpenFile(filepath.Join(*varDir, "log", "hotline.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer logFile.Close() //nolint:errcheck // a log
	log := slog.New(slog.NewTextHandler(logFile, &slog.HandlerOptions{Level: logLevel}))

	a, err := app.Start(ctx, app.Options{Config: c, VarDir: *varDir, CacheDir: *cache, Progress: progress(stdout), Log: log})
	if err != nil {
		return err
	}
	defer a.Stop()
	greet(stdout, c, a, *varDir)

	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	for {
		select {
		case <-hup:
			if err := a.Reload(); err != nil {
				fmt.Fprintln(stderr, err)
				continue
			}
			fmt.Fprintln(stdout, "new menus, queues and destinations are in use")
		case <-a.Replaced():
			return app.ErrReplaced
		case <-ctx.Done():
			fmt.Fprintln(stdout, "\nĐang dừng / stopping …")
			return nil
		}
	}
}

// progress prints a line for each change of a part's state. Counting goes on in one
// line of a terminal, and is left out of a file.
func progress(w io.Writer) func(part, state string) {
	var mu sync.Mutex
	marks := map[string]string{"starting": "…", "ready": "✓", "failed": "✗"}
	f, _ := w.(*os.File)
	terminal := f != nil && term.IsTerminal(int(f.Fd()))
	return func(part, state string) {
		mu.Lock()
		defer mu.Unlock()
		mark, known := marks[state]
		switch {
		case known:
			fmt.Fprintf(w, "  %s %-10s %s\n", mark, part, state)
		case terminal:
			fmt.Fprintf(w, "  … %-10s %s\r", part, state)
		}
	}
}

// greet tells a newcomer where to go.
func greet(w io.Writer, c *config.Config, a *app.App, varDir string) {
	base := "http://" + a.WebAddr()
	user, password := a.DemoSignIn()
	secret := filepath.Join(varDir, "secrets", "demo")
	fmt.Fprintf(w, `
Tổng đài 1022 đã sẵn sàng / the hotline is up: %s

  Bàn trực / desk            %s/desk
  Bảng theo dõi / wallboard  %s/wallboard
  Phiếu / tickets            %s/tickets
  Gọi 1022 / call 1022       %s/goi
  API                        %s/api/

  Đăng nhập thử / demo sign-in:  %s   mật khẩu / password: %s
  (all demo staff have this password; it was made for this installation and is in %s)

  Gọi thử / place a call:
    bin/hotline agent --user %s --password-file %s &
    bin/hotline dial 1022 --via %s --press 3,1

Ctrl-C dừng tất cả / stops everything.
`, c.Summary(), base, base, base, base, base, user, password, secret, user, secret, c.Hotline.SIPListen)
}

// cacheDir is beside the sources by default.
func cacheDir() string {
	if dir := os.Getenv("HOTLINE_CACHE"); dir != "" {
		return dir
	}
	return ".cache"
}

func runCheck(_ context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(stderr)
	configs := flags.String("configs", "configs", "folder of the configuration")
	if err := flags.Parse(args); err != nil {
		return err
	}
	c, err := config.Load(*configs)
	if err != nil {
		return fmt.Errorf("faults in %s:\n%w", *configs, err)
	}
	fmt.Fprintf(stdout, "%s: good, %s\n", *configs, c.Summary())
	return nil
}
