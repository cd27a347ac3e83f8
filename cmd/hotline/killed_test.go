package main

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/testkit/realstack"
	"hotline1022/internal/ticket"
)

// asProgram makes the test program the hotline, with its arguments in the environment.
const asProgram = "HOTLINE_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if args := os.Getenv(asProgram); args != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		code := run(ctx, strings.Split(args, "\n"), os.Stdout, os.Stderr)
		stop()
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// program is a hotline in a process of its own, that can be killed.
type program struct {
	cmd  *exec.Cmd
	base string // of its pages
	user string // an agent of the shift that is on
	via  string // of its SIP
}

// runs starts it, and returns when its pages are there.
func runs(t *testing.T, configs, varDir string) *program {
	t.Helper()
	args := []string{"up", "-configs", configs, "-var", varDir, "-cache", realstack.CacheDir()}
	p := &program{cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), asProgram+"="+strings.Join(args, "\n"))
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	t.Cleanup(p.end)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, at, found := strings.Cut(lines.Text(), "/ desk "); found {
			p.base = strings.TrimSuffix(strings.TrimSpace(at), "/desk")
		}
		if words := strings.Fields(lines.Text()); strings.Contains(lines.Text(), "demo sign-in:") {
			p.user = words[slices.Index(words, "sign-in:")+1]
		} else if i := slices.Index(words, "--via"); i >= 0 {
			p.via = words[i+1]
		}
		if strings.HasPrefix(lines.Text(), "Ctrl-C") {
			break
		}
	}
	require.NotEmpty(t, p.base, "the hotline does not start")
	return p
}

// killed is kill -9.
func (p *program) killed() {
	p.cmd.Process.Kill() //nolint:errcheck // it has ended, as a rule
	p.cmd.Wait()         //nolint:errcheck // killed
}

// end is Ctrl-C.
func (p *program) end() {
	p.cmd.Process.Signal(os.Interrupt) //nolint:errcheck // it has ended, as a rule
	p.cmd.Wait()                       //nolint:errcheck // ended
}

// Goal 3 of the design: kill -9 of the controller at any moment drops no conversation,
// those who wait keep their place, and no ticket is missing.
func TestAKilledControllerDropsNobody(t *testing.T) {
	t.Parallel()
	configs, varDir := folders(t)
	fixAddress(t, configs)
	p := runs(t, configs, varDir)
	password, err := os.ReadFile(filepath.Join(varDir, "secrets", "demo"))
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	answered := make(chan softphone.DeskEvent, 10)
	desk, err := softphone.StartDesk(ctx, softphone.DeskOptions{
		Base: p.base, User: p.user, Password: strings.TrimSpace(string(password)), Say: softphone.ToneSource(1000),
		Tell: func(e softphone.DeskEvent) {
			if e.What == "answered" {
				answered <- e
			}
		},
	})
	require.NoError(t, err)
	t.Cleanup(desk.Stop)
	phone, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(phone.Close)
	calls := func(from string) *softphone.Call {
		c, err := phone.Call(ctx, softphone.CallOptions{Via: p.via, To: "1022", From: from, Say: softphone.ToneSource(440)})
		require.NoError(t, err)
		require.NoError(t, c.Heard.WaitSound(ctx))
		require.NoError(t, c.Press(ctx, "31"))
		return c
	}
	talks := calls("0908000001")
	_, err = talks.Heard.WaitTone(ctx, 1000, time.Second)
	require.NoError(t, err, "the conversation begins")
	first := <-answered
	waits := calls("0908000002")
	<-time.After(10 * time.Second) // the last word before the music in line

	killed := time.Now()
	p.killed()
	<-time.After(4 * time.Second)
	again := runs(t, configs, varDir)
	back := time.Now()
	t.Logf("killed, and up again after %v", back.Sub(killed).Round(time.Millisecond))
	<-time.After(2 * time.Second)

	// Nobody has noticed.
	for name, c := range map[string]*softphone.Call{"who talks": talks, "who waits": waits} {
		select {
		case <-c.Done():
			require.Fail(t, name+" was dropped")
		default:
		}
		require.LessOrEqual(t, c.Heard.LongestSilence(killed, time.Now()), 3*time.Second, name)
	}
	require.Less(t, talks.Heard.LongestSilence(killed, time.Now()), time.Second)
	require.Less(t, first.Talk.Heard.LongestSilence(killed, time.Now()), time.Second, "the agent hears the citizen all the time")

	t.Cleanup(func() {
		if log, err := os.ReadFile(filepath.Join(varDir, "log", "hotline.log")); err == nil && t.Failed() {
			t.Logf("the hotline's log:\n%s", log)
		}
	})

	// The conversation ends, and who waited is next, at the same desk.
	api := softphone.NewAPI(again.base, "")
	require.NoError(t, api.SignIn(ctx, "thu.nguyen", strings.TrimSpace(string(password))))
	talks.Hangup()
	_, err = waits.Heard.WaitTone(ctx, 1000, time.Second)
	require.NoError(t, err, "who waited is served by the one who talked")
	waits.Hangup()

	require.Eventually(t, func() bool {
		var page struct{ Tickets []ticket.Row }
		if api.Get(ctx, "/api/tickets", &page) != nil {
			return false
		}
		served := 0
		for _, row := range page.Tickets {
			if row.Outcome.Result == call.Served && row.Recording {
				served++
			}
		}
		return served == 2 && len(page.Tickets) == 2
	}, time.Minute, 200*time.Millisecond, "two tickets with their recordings")
}

// fixAddress gives the pages an address that stays the same.
func fixAddress(t *testing.T, configs string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	at := l.Addr().String()
	require.NoError(t, l.Close())
	path := filepath.Join(configs, "hotline.yaml")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(text), "127.0.0.1:0", at, 1)), 0o600))
}
