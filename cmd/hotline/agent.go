package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"hotline1022/internal/softphone"
)

// runAgent is a desk without a screen, until it is asked to end.
func runAgent(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("agent", flag.ContinueOnError)
	flags.SetOutput(stderr)
	base := flags.String("url", "http://127.0.0.1:8022", "address of the hotline")
	user := flags.String("user", "", "user name of the agent; the password is in HOTLINE_PASSWORD, or a token in HOTLINE_TOKEN")
	file := flags.String("password-file", "", "file with the password")
	tone := flags.Float64("tone", 1000, "say a tone of that many hertz")
	after := flags.Duration("answer-after", time.Second, "how long to let it ring")
	talk := flags.Duration("talk", 0, "hang up after that; 0 leaves it to the citizen")
	policy := flags.String("policy", "answer", "answer, refuse, ignore (let it ring) or vanish (in the middle of the call)")
	note := flags.String("note", "", "note for the form")
	if err := flags.Parse(args); err != nil {
		return err
	}
	password := os.Getenv("HOTLINE_PASSWORD")
	if *file != "" {
		data, err := os.ReadFile(*file)
		if err != nil {
			return err
		}
		password = strings.TrimSpace(string(data))
	}
	token := os.Getenv("HOTLINE_TOKEN")
	if token == "" && (*user == "" || password == "") {
		return errors.New("say who: --user with HOTLINE_PASSWORD or --password-file, or HOTLINE_TOKEN")
	}
	switch softphone.Policy(*policy) {
	case softphone.Answer, softphone.Refuse, softphone.Ignore, softphone.Vanish:
	default:
		return fmt.Errorf("-policy %s: say answer, refuse, ignore or vanish", *policy)
	}
	var mu sync.Mutex
	begin := time.Now()
	starting, cancel := context.WithTimeout(ctx, 15*time.Second)
	desk, err := softphone.StartDesk(starting, softphone.DeskOptions{
		Base: *base, Token: token, User: *user, Password: password, Policy: softphone.Policy(*policy),
		AnswerAfter: *after, TalkFor: *talk, Say: softphone.ToneSource(*tone), Note: *note,
		Tell: func(e softphone.DeskEvent) {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(stdout, "%7.3fs  %s %s\n", e.At.Sub(begin).Seconds(), e.What, e.Call)
		},
	})
	cancel()
	if err != nil {
		return err
	}
	<-ctx.Done()
	desk.Stop()
	return nil
}
