// Command hotline is the contact centre of a government hotline: the server, the
// tools of its operator, and phones to try it with.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the build.
var version = "dev"

// command is one sub-command. Its error becomes exit code 1, a wrong use exit code 2.
type command struct {
	name, does string
	run        func(ctx context.Context, args []string, stdout, stderr io.Writer) error
}

func commands() []command {
	return []command{
		{"up", "run everything on this machine: Asterisk, Postgres, Redis and the controller", runUp},
		{"check", "check the files in configs/ and say what is wrong where", runCheck},
		{"flow", "print the menus as a tree (flow print)", runFlow},
		{"prompts", "make the spoken prompts from their texts (prompts build, prompts list)", runPrompts},
		{"dial", "call the hotline as a citizen", runDial},
		{"agent", "be an agent without a screen", runAgent},
		{"token", "make a bearer token for the API", runToken},
		{"version", "print the version", runVersion},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(stdout)
		return 0
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		err := c.run(ctx, args[1:], stdout, stderr)
		switch {
		case err == nil, errors.Is(err, flag.ErrHelp):
			return 0
		default:
			fmt.Fprintf(stderr, "hotline %s: %v\n", c.name, err)
			return 1
		}
	}
	fmt.Fprintf(stderr, "hotline: there is no command %q\n\n", args[0])
	usage(stderr)
	return 2
}

func usage(w io.Writer) {
	fmt.Fprint(w, "hotline: tổng đài 1022, the contact centre of a government hotline\n\nUsage: hotline <command> [flags]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.does)
	}
	fmt.Fprint(w, "\n\"hotline <command> -h\" tells the flags of a command.\n")
}

func runVersion(_ context.Context, _ []string, stdout, _ io.Writer) error {
	_, err := fmt.Fprintln(stdout, version)
	return err
}
