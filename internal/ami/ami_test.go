package ami_test

import (
	"bufio"
	"context"
	"net"
	"net/textproto"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/internal/ami"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/realstack"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// pretend answers one connection: what it says to each request, "" to say nothing.
func pretend(t *testing.T, banner string, answers ...string) (client *ami.Client, asked <-chan textproto.MIMEHeader) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	requests := make(chan textproto.MIMEHeader, len(answers)+1)
	done := make(chan struct{})
	t.Cleanup(func() { listener.Close(); <-done }) //nolint:errcheck // the test ends
	go func() {
		defer close(done)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close() //nolint:errcheck // the test ends
		_, _ = conn.Write([]byte(banner))
		from := textproto.NewReader(bufio.NewReader(conn))
		for i := 0; ; i++ {
			request, err := from.ReadMIMEHeader()
			if err != nil {
				return
			}
			requests <- request
			switch {
			case i >= len(answers):
				return
			case answers[i] != "":
				_, _ = conn.Write([]byte(answers[i]))
			}
		}
	}()
	return ami.New(listener.Addr().String(), "recorder", "s3cret"), requests
}

const (
	banner  = "Asterisk Call Manager/11.0.0\r\n"
	granted = "Response: Success\r\nMessage: Authentication accepted\r\n\r\n"
	event   = "Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n"
)

func TestARequestIsMadeAndAnswered(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"plainly":               "Response: Success\r\n\r\n",
		"behind an event":       event + "Response: Success\r\n\r\n",
		"with something to say": "Response: Success\r\nMessage: well\r\n\r\n",
	} {
		client, asked := pretend(t, banner, granted+event, answer)
		require.NoError(t, client.Do(t.Context(), "MixMonitorMute", ami.Field{Name: "Channel", Value: "t1-1.1"}, ami.Field{Name: "State", Value: "1"}), name)
		require.Equal(t, textproto.MIMEHeader{"Action": {"Login"}, "Username": {"recorder"}, "Secret": {"s3cret"}, "Events": {"off"}}, <-asked)
		require.Equal(t, textproto.MIMEHeader{"Action": {"MixMonitorMute"}, "Channel": {"t1-1.1"}, "State": {"1"}}, <-asked)
	}
}

func TestARefusalIsToldInAsterisksWords(t *testing.T) {
	t.Parallel()
	client, _ := pretend(t, banner, "Response: Error\r\nMessage: Authentication failed\r\n\r\n")
	err := client.Do(t.Context(), "MixMonitorMute")
	require.EqualError(t, err, "AMI Login: Authentication failed")
	client, _ = pretend(t, banner, granted, "Response: Error\r\nMessage: No such channel\r\n\r\n")
	err = client.Do(t.Context(), "MixMonitorMute")
	require.EqualError(t, err, "AMI MixMonitorMute: No such channel")
	var refused *ami.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "No such channel", refused.Message)
}

func TestWhatDoesNotAnswerIsGivenUp(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func() *ami.Client{
		"no banner":                func() *ami.Client { c, _ := pretend(t, ""); return c },
		"no answer to the sign-in": func() *ami.Client { c, _ := pretend(t, banner, ""); return c },
		"no answer":                func() *ami.Client { c, _ := pretend(t, banner, granted, ""); return c },
		"events only":              func() *ami.Client { c, _ := pretend(t, banner, granted, event+event); return c },
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		require.ErrorIs(t, make().Do(ctx, "Ping"), context.DeadlineExceeded, name)
		cancel()
	}
	client, _ := pretend(t, banner, granted) // closes at the request
	require.ErrorContains(t, client.Do(t.Context(), "Ping"), "AMI Ping: ")
	require.Error(t, ami.New("127.0.0.1:1", "u", "p").Do(t.Context(), "Ping"), "nobody is there")
}

func TestALineCannotBecomeTwo(t *testing.T) {
	t.Parallel()
	client := ami.New("127.0.0.1:1", "u", "p")
	require.ErrorContains(t, client.Do(t.Context(), "Ping", ami.Field{Name: "X", Value: "1\r\nAction: Command"}), "end of a line")
}

// The real one: who asks may silence recordings, and neither call, nor run commands, nor
// change files.
func TestRealTheManagersUserMayDoLittle(t *testing.T) {
	t.Parallel()
	opts := realstack.Options(t, stack.Asterisk)
	dir := filepath.Join(opts.PromptDir, "vi")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, audio.WriteWAV(filepath.Join(dir, "survival.wav"), audio.Tone(700, 0, audio.Rate)))
	ends := realstack.Start(t, opts).Endpoints()
	client, ctx := ami.New(ends.ManagerAddress, ends.ManagerUser, ends.ManagerPassword), t.Context()
	require.NoError(t, client.Do(ctx, "Ping"))
	require.EqualError(t, client.Do(ctx, "MixMonitorMute", ami.Field{Name: "Channel", Value: "nobody"}, ami.Field{Name: "Direction", Value: "both"}, ami.Field{Name: "State", Value: "1"}),
		"AMI MixMonitorMute: No such channel")
	for _, action := range []string{"Originate", "Command", "UpdateConfig", "GetConfig", "ModuleLoad", "MixMonitor", "UserEvent", "DBPut", "Reload", "PlayDTMF"} {
		err := client.Do(ctx, action, ami.Field{Name: "Channel", Value: "Local/s@survival"}, ami.Field{Name: "Command", Value: "core show version"})
		require.Error(t, err, action)
		require.Regexp(t, "Permission denied|Invalid/unknown command", err.Error(), action)
	}
	require.EqualError(t, ami.New(ends.ManagerAddress, ends.ManagerUser, "wrong").Do(ctx, "Ping"), "AMI Login: Authentication failed")
	host, _, err := net.SplitHostPort(ends.ManagerAddress)
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1", host)
}
