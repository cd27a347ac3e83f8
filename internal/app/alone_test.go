package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/config"
	"hotline1022/internal/softphone"
	"hotline1022/internal/ticket"
)

// centre is a command centre at the far end of the trunk, which says the agent's tone. It
// tells which numbers were called.
func centre(t *testing.T) (address string, called chan string, up chan *softphone.Call) {
	t.Helper()
	p, err := softphone.NewPhone("127.0.0.1")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	called, up = make(chan string, 100), make(chan *softphone.Call, 10)
	p.Answer(func(in softphone.Incoming) softphone.Reply {
		called <- in.To
		return softphone.Reply{Ring: time.Second, Say: softphone.ToneSource(agentTone), Up: func(c *softphone.Call) { up <- c }}
	})
	return p.Address(), called, up
}

// Who dials 114 itself goes past the controller, as everybody does when there is none:
// what Asterisk wrote down becomes a ticket. And new destinations are for the next call.
func TestWhatAsteriskDoesAloneBecomesATicketAndFollowsTheFile(t *testing.T) {
	t.Parallel()
	address, called, up := centre(t)
	w := begin(t, func(c *config.Config) { c.Hotline.Out = address })
	w.reaches114("0908000114", up)
	require.Equal(t, "114", <-called)
	w.ticket("of a call that Asterisk had alone", func(r ticket.Row) bool {
		return strings.HasSuffix(r.Caller, "908000114") && r.Group == call.Emergency && r.Service == call.Fire &&
			r.Outcome.Result == call.HandedOver && r.Recording
	})

	path := filepath.Join(w.dir, "emergency.yaml")
	good, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(good), `{number: "114"}`, `{number: "1022"}`)), 0o600))
	require.ErrorContains(t, w.app.Reload(), `"1022" is the hotline itself`)
	require.NoError(t, os.WriteFile(path, []byte(strings.NewReplacer(`{number: "114"}`, `{number: "02743822114"}`, "trial: true ", "").Replace(string(good))), 0o600))
	require.NoError(t, w.app.Reload())
	w.reaches114("0908000115", up)
	require.Equal(t, "02743822114", <-called)
}

// reaches114 calls 114, is heard and hears, and hangs up.
func (w *world) reaches114(from string, up chan *softphone.Call) {
	w.tb.Helper()
	ctx, cancel := w.soon()
	defer cancel()
	c, err := w.telephone().Call(ctx, softphone.CallOptions{
		Via: w.config.Hotline.SIPListen, To: "114", From: from, Say: softphone.ToneSource(citizenTone),
	})
	require.NoError(w.tb, err)
	_, err = c.Heard.WaitTone(ctx, agentTone, time.Second)
	require.NoError(w.tb, err)
	_, err = (<-up).Heard.WaitTone(ctx, citizenTone, time.Second)
	require.NoError(w.tb, err)
	c.Hangup()
}
