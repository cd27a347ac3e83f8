package fakeari_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/stack"
	"hotline1022/internal/testkit/fakeari"
	"hotline1022/internal/testkit/realstack"
)

// world is what both Asterisks can do: the script (script_test.go) is run against each.
type world struct {
	tb       testing.TB
	url      string
	user     string
	password string
	prompt   string                               // media that plays for a while
	arrive   func(id string)                      // a citizen comes in
	hangUp   func(id string)                      // the citizen hangs up
	press    func(id, digit string)               // the citizen presses a key
	takeBack func(id string)                      // the citizen's lease runs out
	create   func(id string, answers bool) string // POST /channels/create of a desk's leg
	dialed   func(id string, answers bool)        // what the desk does then

	mu   sync.Mutex
	told []string // "<type> <id>", of our ids only
}

// ask makes a request and gives its status and what was said: Asterisk's message, or
// the parts of a model that are read.
func (w *world) ask(verb, path string) string {
	w.tb.Helper()
	return w.send(verb, path, "")
}

func (w *world) send(verb, path, body string) string {
	w.tb.Helper()
	req, err := http.NewRequest(verb, w.url+path, strings.NewReader(body))
	require.NoError(w.tb, err)
	req.SetBasicAuth(w.user, w.password)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(w.tb, err)
	defer resp.Body.Close() //nolint:errcheck // the test ends
	data, err := io.ReadAll(resp.Body)
	require.NoError(w.tb, err)
	return fmt.Sprintf("%d %s", resp.StatusCode, essence(data))
}

// essence is what internal/ari reads of a reply.
func essence(data []byte) string {
	var list []json.RawMessage
	if json.Unmarshal(data, &list) == nil {
		var all []string
		for _, one := range list {
			if e := essence(one); e != "" {
				all = append(all, e)
			}
		}
		slices.Sort(all)
		return strings.Join(all, " | ")
	}
	var model struct {
		Message, Error, ID, State, Ping string
		Channels                        []string
		BridgeType                      string `json:"bridge_type"`
		MediaURI                        string `json:"media_uri"`
		Allowed                         []struct {
			Type string
		} `json:"events_allowed"`
		Dialplan struct {
			AppName string `json:"app_name"`
		}
	}
	if json.Unmarshal(data, &model) != nil || model.ID != "" && !ours(model.ID) {
		return ""
	}
	slices.Sort(model.Channels)
	var b strings.Builder
	for _, part := range []string{model.Message, model.Error, model.Ping, model.ID, model.State, model.BridgeType, model.Dialplan.AppName} {
		if part != "" {
			b.WriteString(part + " ")
		}
	}
	if model.MediaURI != "" {
		b.WriteString("media ")
	}
	if len(model.Channels)+len(model.Allowed) > 0 {
		fmt.Fprint(&b, model.Channels, model.Allowed)
	}
	return strings.TrimSpace(b.String())
}

func ours(id string) bool { return strings.HasPrefix(id, "t1-") }

// connect opens the event WebSocket and keeps what is told of our ids.
func (w *world) connect() {
	w.tb.Helper()
	header := http.Header{}
	req := http.Request{Header: header}
	req.SetBasicAuth(w.user, w.password)
	address := "ws" + strings.TrimPrefix(w.url, "http") + "/events?app=" + fakeari.App
	options := &websocket.DialOptions{HTTPHeader: header}
	conn, _, err := websocket.Dial(w.tb.Context(), address, options) //nolint:bodyclose // the library does
	require.NoError(w.tb, err)
	w.tb.Cleanup(func() { conn.CloseNow() }) //nolint:errcheck // the test ends
	go func() {
		for {
			_, data, err := conn.Read(context.Background())
			if err != nil {
				return
			}
			var event struct {
				Type              string
				Cause             int
				Digit             string
				Soft              bool
				Args              []string
				Channel, Playback struct{ ID, State string }
				Recording         struct{ Name, State string }
			}
			if json.Unmarshal(data, &event) != nil {
				continue
			}
			id := event.Channel.ID + event.Playback.ID + event.Recording.Name
			if !ours(id) && event.Type != "ApplicationReplaced" {
				continue
			}
			line := strings.TrimSpace(fmt.Sprint(event.Type, " ", id, " ", event.Channel.State, event.Playback.State, event.Recording.State, event.Digit))
			if len(event.Args) > 0 {
				line += fmt.Sprint(" ", event.Args)
			}
			if event.Type == "ChannelDestroyed" {
				line += fmt.Sprint(" ", event.Cause)
			}
			w.mu.Lock()
			w.told = append(w.told, line)
			w.mu.Unlock()
		}
	}()
}

// hears waits for that many events since the last time and gives them.
func (w *world) hears(n int) string {
	w.tb.Helper()
	var told []string
	require.Eventually(w.tb, func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		told = slices.Clone(w.told)
		return len(told) >= n
	}, 10*time.Second, 5*time.Millisecond, "%d events in %v", n, told)
	w.mu.Lock()
	w.told = nil
	w.mu.Unlock()
	return strings.Join(told, "; ")
}

// The fake must answer as the real one does, or tests with it prove nothing.
func TestTheFakeAnswersAsTheRealOne(t *testing.T) {
	t.Parallel()
	real, fake := script(realWorld(t)), script(fakeWorld(t))
	for i := range min(len(real), len(fake)) {
		require.Equal(t, real[i], fake[i], "step %d", i)
	}
	require.Len(t, fake, len(real))
}

func realWorld(t *testing.T) *world {
	opts := realstack.Options(t, stack.Asterisk)
	opts.Out = "127.0.0.1:9" // nobody is there; nothing is dialled
	dir := filepath.Join(opts.PromptDir, "vi")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, audio.WriteWAV(filepath.Join(dir, "survival.wav"), audio.Tone(700, 0, 60*audio.Rate)))
	ends := realstack.Start(t, opts).Endpoints()
	w := &world{
		tb: t, url: ends.ARIURL, user: ends.ARIUser, password: ends.ARIPassword,
		prompt: "sound:" + filepath.Join(dir, "survival"),
	}
	// The two ends of a Local channel stand for the outside and for the leg that we see.
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	local := func(endpoint, id, other string) string {
		return w.ask("POST", "/channels/create?app=hotline&appArgs=desk&formats=alaw&endpoint="+endpoint+"&channelId="+id+"&otherChannelId="+other)
	}
	w.arrive = func(id string) {
		local("Local/enter@hotline/n", "far-"+id, id)
		require.Eventually(t, func() bool {
			return strings.HasPrefix(w.ask("POST", "/channels/far-"+id+"/dial?timeout=60"), "204")
		}, 10*time.Second, 10*time.Millisecond)
	}
	w.hangUp = func(id string) { w.ask("DELETE", "/channels/far-"+id) }
	w.press = func(id, digit string) { w.ask("POST", "/channels/far-"+id+"/dtmf?dtmf="+digit) }
	w.takeBack = func(id string) {
		w.ask("POST", "/channels/"+id+"/variable?variable=TIMEOUT(absolute)&value=0.050")
	}
	w.create = func(id string, answers bool) string {
		if answers {
			return local("Local/s@survival/n", id, "far-"+id)
		}
		return local("Local/113@from-desk/n", id, "far-"+id)
	}
	w.dialed = func(string, bool) {}
	return w
}

func fakeWorld(t *testing.T) *world {
	s := fakeari.New(t)
	w := &world{tb: t, url: s.URL(), user: fakeari.User, password: fakeari.Password, prompt: "sound:/prompts/long"}
	w.arrive = func(id string) { s.Arrive(fakeari.Arrival{ID: id}) }
	w.hangUp = func(id string) { s.HangUp(id, 16) }
	w.press = func(id, digit string) { s.Press(id, digit) }
	w.takeBack = func(id string) { s.TakeBack(id) }
	w.create = func(id string, _ bool) string {
		return w.ask("POST", "/channels/create?app=hotline&appArgs=desk&formats=alaw&endpoint=Local/x@y&channelId="+id)
	}
	w.dialed = func(id string, answers bool) {
		if answers {
			s.Answer(id)
		} else {
			s.HangUp(id, 21)
		}
	}
	return w
}
