package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/testkit/realstack"
)

// console is a terminal's window: what a command has said so far.
type console struct {
	mu  sync.Mutex
	out bytes.Buffer
}

// Write takes what a command says.
func (c *console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.Write(p)
}

func (c *console) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.String()
}

// shows waits until the command has said what is looked for, and gives its groups.
func (c *console) shows(t *testing.T, pattern string) []string {
	t.Helper()
	looked := regexp.MustCompile(pattern)
	var found []string
	require.Eventually(t, func() bool {
		found = looked.FindStringSubmatch(c.String())
		return found != nil
	}, 90*time.Second, 20*time.Millisecond, "%s in:\n%s", pattern, c)
	return found
}

// open runs a sub-command until it ends or the test does.
func open(t *testing.T, args ...string) (window *console, interrupt func() int) {
	t.Helper()
	window = &console{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan int, 1)
	go func() { done <- run(ctx, args, window, window) }()
	var once sync.Once
	code := 0
	interrupt = func() int {
		once.Do(func() {
			cancel()
			code = <-done
		})
		return code
	}
	t.Cleanup(func() { interrupt() })
	return window, interrupt
}

// folders are a configuration with ports of its own, and a folder for what is kept.
func folders(t *testing.T) (configs, varDir string) {
	t.Helper()
	o := realstack.Options(t)
	configs = t.TempDir()
	require.NoError(t, os.CopyFS(configs, os.DirFS("../../configs")))
	text := fmt.Sprintf(`
web: {listen: "127.0.0.1:0"}
sip: {listen: "%s", rtp: %d-%d}
asterisk: {http_port: %d, manager_port: %d}
postgres: {port: %d}
redis: {port: %d}
`, o.SIPBind, o.RTPStart, o.RTPEnd, o.HTTPPort, o.Manager, o.PostgresPort, o.RedisPort)
	require.NoError(t, os.WriteFile(filepath.Join(configs, "hotline.yaml"), []byte(text), 0o600))
	require.NoError(t, os.MkdirAll(realstack.PromptDir(), 0o755))
	require.NoError(t, os.Symlink(realstack.PromptDir(), filepath.Join(o.VarDir, "prompts")))
	return configs, o.VarDir
}

// get reads from the API.
func get(t *testing.T, url, token string, reply any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close() //nolint:errcheck // read to its end
	require.Equal(t, http.StatusOK, resp.StatusCode)
	if raw, ok := reply.(*bytes.Buffer); ok {
		_, err := raw.ReadFrom(resp.Body)
		require.NoError(t, err)
		return
	}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(reply))
}

// listening says why a recording is heard, and gives its address.
func listening(t *testing.T, base, call, token string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/api/recordings/"+call+"/listenings", strings.NewReader(`{"reason":"test"}`))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close() //nolint:errcheck // read to its end
	require.Equal(t, http.StatusCreated, resp.StatusCode)
	var allowed struct{ URL string }
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&allowed))
	return allowed.URL
}

// The newcomer's way through the README: up, an agent, a call, its ticket.
func TestUpThenACallBecomesATicketWithItsRecording(t *testing.T) {
	t.Parallel()
	configs, varDir := folders(t)
	up, interrupt := open(t, "up", "-configs", configs, "-var", varDir, "-cache", realstack.CacheDir())
	base := up.shows(t, `desk +(http://\S+)/desk`)[1]
	signIn := up.shows(t, `demo sign-in: +(\S+) +mật khẩu / password: (\S+)`)
	via := up.shows(t, `--via (\S+)`)[1]

	secret := filepath.Join(varDir, "secrets", "demo")
	agent, leave := open(t, "agent", "--url", base, "--user", signIn[1], "--password-file", secret, "--tone", "1000", "--note", "Đã ghi nhận")
	agent.shows(t, "registered")
	heard := filepath.Join(t.TempDir(), "heard.wav")
	dial, _ := open(t, "dial", "1022", "--via", via, "--press", "3,1", "--gap", "500ms", "--tone", "440", "--talk", "15s", "--save", heard)
	dial.shows(t, "first sound")
	dial.shows(t, "pressed 1")
	agent.shows(t, "answered")
	dial.shows(t, "ended: người gọi gác máy / we hung up")
	agent.shows(t, "wrapped_up")

	tool, _ := open(t, "token", "-configs", configs, "-var", varDir)
	token := strings.TrimSpace(tool.shows(t, `(?m)^\S{20,}$`)[0])
	var page struct {
		Tickets []struct {
			Code, Call, Caller, Group, Field, Status, Note string
			Recording                                      bool
			Outcome                                        struct{ Result, By, Stage string }
		}
	}
	require.Eventually(t, func() bool {
		get(t, base+"/api/tickets", token, &page)
		return len(page.Tickets) == 1 && page.Tickets[0].Recording && page.Tickets[0].Note != ""
	}, 30*time.Second, 100*time.Millisecond)
	made := page.Tickets[0]
	require.Equal(t, "served", made.Outcome.Result)
	require.Equal(t, "citizen", made.Outcome.By)
	require.Equal(t, [3]string{"field", "traffic", "Đã ghi nhận"}, [3]string{made.Group, made.Field, made.Note})

	var file bytes.Buffer
	get(t, base+listening(t, base, made.Call, token), token, &file)
	sides, err := audio.ReadWAV(file.Bytes())
	require.NoError(t, err)
	require.Len(t, sides, 2)
	quarter := func(s []int16) []int16 { return s[len(s)/2 : len(s)*3/4] }
	require.Greater(t, audio.Share(quarter(sides[0])[:audio.Rate/10], 440), 0.8, "the citizen on the left")
	require.Greater(t, audio.Share(quarter(sides[1])[:audio.Rate/10], 1000), 0.8, "the agent on the right")

	saved, err := os.ReadFile(heard)
	require.NoError(t, err)
	ear, err := audio.ReadWAV(saved)
	require.NoError(t, err)
	require.Greater(t, audio.Share(ear[0][len(ear[0])-audio.Rate/10:], 1000), 0.8, "the citizen hears the agent to the end")

	// Ctrl-C stops everything that was started; a second start keeps the data.
	require.Zero(t, leave())
	require.Zero(t, interrupt())
	require.Contains(t, up.String(), "stopping")
	began := time.Now()
	again, interrupt := open(t, "up", "-configs", configs, "-var", varDir, "-cache", realstack.CacheDir())
	base = again.shows(t, `desk +(http://\S+)/desk`)[1]
	t.Logf("the second start took %s", time.Since(began).Round(time.Millisecond))
	get(t, base+"/api/tickets", token, &page)
	require.Len(t, page.Tickets, 1)
	require.Equal(t, made.Code, page.Tickets[0].Code)
	require.Zero(t, interrupt())
}

// A configuration with faults starts nothing, and says where the fault is.
func TestABrokenConfigurationIsRefusedAtStart(t *testing.T) {
	t.Parallel()
	configs, varDir := folders(t)
	path := filepath.Join(configs, "ivr.yaml")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(data), "      3: procedure_conduct", "      1: procedure_conduct", 1)), 0o600))
	for _, args := range [][]string{{"check", "-configs", configs}, {"up", "-configs", configs, "-var", varDir, "-cache", realstack.CacheDir()}} {
		var out, errs bytes.Buffer
		require.Equal(t, 1, run(t.Context(), args, &out, &errs), args)
		require.Regexp(t, `ivr\.yaml:\d+: "1" stands twice`, errs.String(), args)
	}
	require.NoDirExists(t, filepath.Join(varDir, "postgres"), "nothing was started")
}
