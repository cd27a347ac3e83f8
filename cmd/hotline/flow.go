package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"hotline1022/internal/config"
	"hotline1022/internal/speech"
)

// runFlow draws the menus.
func runFlow(_ context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("flow", flag.ContinueOnError)
	flags.SetOutput(stderr)
	configs := flags.String("configs", "configs", "folder of the configuration")
	if len(args) == 0 || args[0] != "print" {
		return fmt.Errorf("say `hotline flow print`")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	c, err := config.Load(*configs)
	if err != nil {
		return fmt.Errorf("faults in %s:\n%w", *configs, err)
	}
	fmt.Fprint(stdout, c.Flow.Tree())
	return nil
}

// runPrompts makes the prompts, or lists them.
func runPrompts(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("prompts", flag.ContinueOnError)
	flags.SetOutput(stderr)
	configs := flags.String("configs", "configs", "folder of the configuration")
	out := flags.String("out", "var/prompts", "folder to make them in")
	if len(args) == 0 || (args[0] != "build" && args[0] != "list") {
		return fmt.Errorf("say `hotline prompts build` or `hotline prompts list`")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	c, err := config.Load(*configs)
	if err != nil {
		return fmt.Errorf("faults in %s:\n%w", *configs, err)
	}
	if args[0] == "list" {
		for lang, texts := range c.Prompts {
			for key, text := range texts {
				fmt.Fprintf(stdout, "%s/%s\t%s\n", lang, key, text.Text)
			}
		}
		return nil
	}
	recorded := filepath.Join(*configs, "prompts", "recorded")
	return speech.Build(ctx, c.Prompts, recorded, *out, func(done, total int) {
		if done == total || done%20 == 0 {
			fmt.Fprintf(stdout, "  %d of %d prompts\n", done, total)
		}
	})
}
