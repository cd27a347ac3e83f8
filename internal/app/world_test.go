package app_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/acd/roster"
	"hotline1022/internal/app"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/testkit/browser"
	"hotline1022/internal/testkit/realstack"
	"hotline1022/internal/ticket"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// The browsers' pipes and the idle connections of API clients end a moment later.
		goleak.IgnoreTopFunction("internal/poll.runtime_pollWait"),
		goleak.IgnoreTopFunction("net/http.(*persistConn).writeLoop"),
	)
}

// world is the whole hotline with real Asterisk, Postgres and Redis, and a
// supervisor who looks.
type world struct {
	tb       testing.TB
	app      *app.App
	config   *config.Config
	dir      string // of the configuration
	base     string // of the pages
	password string // of all staff
	watch    *softphone.API
}

// tones that tell who is who in what is heard.
const (
	citizenTone = 440.0
	agentTone   = 1000.0
)

// begin runs the hotline for as long as the test lasts; change may change the
// configuration before.
func begin(tb testing.TB, change func(*config.Config)) *world {
	tb.Helper()
	return beginSaying(tb, realstack.PromptDir(), change)
}

// beginSaying is begin with prompts of its own, which the test may change.
func beginSaying(tb testing.TB, prompts string, change func(*config.Config)) *world {
	tb.Helper()
	w := &world{tb: tb, dir: tb.TempDir()}
	require.NoError(tb, os.CopyFS(w.dir, os.DirFS("../../configs")))
	var err error
	w.config, err = config.Load(w.dir)
	require.NoError(tb, err)
	// One shift all around the clock, so that the hour of the test does not matter.
	w.config.Shifts = []roster.Shift{{Key: "day", Vi: "Cả ngày", En: "All day", To: 24 * time.Hour, Seats: 6}}
	for i := range w.config.Staff {
		if w.config.Staff[i].Shift != "" {
			w.config.Staff[i].Shift = "day"
		}
	}
	w.config.Emergency.Drills = 0 // they come when a test wants them
	o := realstack.Options(tb)
	h := &w.config.Hotline
	h.Node, h.WebListen, h.SIPListen, h.AsteriskHTTP = o.Node, "127.0.0.1:0", o.SIPBind, o.HTTPPort
	h.AsteriskAMI = o.Manager
	h.RTPStart, h.RTPEnd, h.PostgresPort, h.RedisPort = o.RTPStart, o.RTPEnd, o.PostgresPort, o.RedisPort
	if change != nil {
		change(w.config)
	}
	log := filepath.Join(tb.TempDir(), "hotline.log")
	file, err := os.Create(log)
	require.NoError(tb, err)
	w.app, err = app.Start(tb.Context(), app.Options{
		Config: w.config, VarDir: o.VarDir, CacheDir: o.CacheDir, PromptDir: prompts,
		Log: slog.New(slog.NewTextHandler(file, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.NoError(tb, err, "the hotline does not start (`make deps-test` gets what is missing)")
	tb.Cleanup(func() {
		w.app.Stop()
		file.Close() //nolint:errcheck // a log
		if said, err := os.ReadFile(log); err == nil && tb.Failed() {
			tb.Logf("the hotline's log:\n%s", said)
		}
	})
	w.base = "http://" + w.app.WebAddr()
	_, w.password = w.app.DemoSignIn()
	w.watch = softphone.NewAPI(w.base, "")
	require.NoError(tb, w.watch.SignIn(tb.Context(), "thu.nguyen", w.password))
	return w
}

// soon bounds what a test waits for.
func (w *world) soon() (context.Context, context.CancelFunc) {
	return context.WithTimeout(w.tb.Context(), 60*time.Second)
}

// telephone is a citizen's.
func (w *world) telephone() *softphone.Phone {
	w.tb.Helper()
	p, err := softphone.NewPhone("127.0.0.1")
	require.NoError(w.tb, err)
	w.tb.Cleanup(p.Close)
	return p
}

// dials calls 1022 from that number, and says the citizen's tone.
func (w *world) dials(p *softphone.Phone, from string) *softphone.Call {
	w.tb.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	c, err := p.Call(ctx, softphone.CallOptions{
		Via: w.config.Hotline.SIPListen, To: "1022", From: from, Say: softphone.ToneSource(citizenTone),
	})
	require.NoError(w.tb, err)
	require.NoError(w.tb, c.Heard.WaitSound(ctx), "the greeting is not heard")
	return c
}

// desk signs an agent without a screen in, who says the agent's tone.
func (w *world) desk(user string, o softphone.DeskOptions) *softphone.Desk {
	w.tb.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	o.Base, o.User, o.Password = w.base, user, w.password
	if o.Say == nil {
		o.Say = softphone.ToneSource(agentTone)
	}
	d, err := softphone.StartDesk(ctx, o)
	require.NoError(w.tb, err)
	w.tb.Cleanup(d.Stop)
	return d
}

// browserDesk signs an agent in with a browser, and makes them ready.
func (w *world) browserDesk(user string) *browser.Page {
	w.tb.Helper()
	p := browser.Open(w.tb, browser.Options{Tone: agentTone})
	p.Go(w.base + "/desk?raw-audio=1")
	p.Type("sign-in-user", user)
	p.Type("sign-in-password", w.password)
	p.Click("sign-in-submit")
	p.See("sip-light", "light", "registered")
	p.Click("ready")
	p.See("desk-state", "state", "available")
	return p
}

// tickets are all tickets, newest first.
func (w *world) tickets() []ticket.Row {
	w.tb.Helper()
	var page struct{ Tickets []ticket.Row }
	require.NoError(w.tb, w.watch.Get(w.tb.Context(), "/api/tickets?limit=200", &page))
	return page.Tickets
}

// ticket waits for the one ticket that has what is looked for.
func (w *world) ticket(what string, has func(ticket.Row) bool) ticket.Row {
	w.tb.Helper()
	var found ticket.Row
	require.Eventually(w.tb, func() bool {
		for _, t := range w.tickets() {
			if has(t) {
				found = t
				return true
			}
		}
		return false
	}, 30*time.Second, 100*time.Millisecond, "no ticket %s", what)
	return found
}

// recordingHolds checks that each side's own tone is in its own channel, and there
// alone.
func (w *world) recordingHolds(t ticket.Row) {
	w.tb.Helper()
	sides := w.heard(t.Call, 0)
	require.Len(w.tb, sides, 2, "citizen left, agent right")
	require.Greater(w.tb, len(sides[0]), audio.Rate/2, "half a second at least")
	// The first and last moments are the bridge's and the hang-up's.
	middle := func(s []int16) []int16 { return s[len(s)/3 : 2*len(s)/3] }
	require.Greater(w.tb, sounding(middle(sides[0]), citizenTone), 0.8, "the citizen on the left")
	require.Greater(w.tb, sounding(middle(sides[1]), agentTone), 0.8, "the agent on the right")
	require.Zero(w.tb, sounding(middle(sides[0]), agentTone), "no agent on the left")
	require.Zero(w.tb, sounding(middle(sides[1]), citizenTone), "no citizen on the right")
}

// sounding is the part of the time, from 0 to 1, in which a tone is heard. It looks at
// one packet after the other: a busy machine's browser loses step now and then.
func sounding(samples []int16, hz float64) float64 {
	heard, all := 0, 0
	for frame := range slices.Chunk(samples, audio.Frame) {
		all++
		if audio.Share(frame, hz) > 0.7 {
			heard++
		}
	}
	return float64(heard) / float64(max(all, 1))
}

// nothingLeft waits until Asterisk has no channel and no bridge, and the switchboard
// no call.
func (w *world) nothingLeft() {
	w.tb.Helper()
	require.Eventually(w.tb, func() bool {
		return w.app.Board().Calls() == 0 && len(w.ari("/channels")) == 0 && len(w.ari("/bridges")) == 0
	}, 30*time.Second, 100*time.Millisecond, "left: calls %d, channels %v, bridges %v",
		w.app.Board().Calls(), w.ari("/channels"), w.ari("/bridges"))
}

// ari lists what Asterisk has, asked past the controller.
func (w *world) ari(path string) []map[string]any {
	w.tb.Helper()
	ends := w.app.Stack().Endpoints()
	req, err := http.NewRequestWithContext(w.tb.Context(), http.MethodGet, ends.ARIURL+path, nil)
	require.NoError(w.tb, err)
	req.SetBasicAuth(ends.ARIUser, ends.ARIPassword)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(w.tb, err)
	defer resp.Body.Close() //nolint:errcheck // read to its end
	var list []map[string]any
	require.NoError(w.tb, json.NewDecoder(resp.Body).Decode(&list))
	return list
}
