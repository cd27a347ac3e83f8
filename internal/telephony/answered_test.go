package telephony_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

// called is a citizen's leg whom we call back.
const called = citizen + "-c1"

func TestACitizenWhomWeCalledPassesThroughTheDialplan(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	require.NoError(t, w.InviteOutside(ctx, called, "+84908123456", "02741022", id))
	require.Equal(t, switchboard.LegEntered{Call: id, Leg: called}, come(t, w.signals))
	require.Equal(t, "called", w.server.Await(http.MethodPost, "/channels/create", 1).Query.Get("appArgs"))
	require.NoError(t, w.Ring(ctx, called, 30*time.Second))
	w.server.Ring(called)
	require.Equal(t, switchboard.LegRinging{Call: id, Leg: called}, come(t, w.signals))
	w.server.Answer(called)
	require.Equal(t, switchboard.LegUp{Call: id, Leg: called}, come(t, w.signals), "once, when they are back")
	truth, err := w.Truth(ctx)
	require.NoError(t, err)
	require.True(t, truth.Up[called])
	require.NoError(t, w.NextPartOutside(ctx, called, 2))
	require.Equal(t, switchboard.LegUp{Call: id, Leg: called}, come(t, w.signals), "as after any return")
	w.server.HangUp(called, 16)
	require.Equal(t, switchboard.LegGone{Call: id, Leg: called, Cause: 16}, come(t, w.signals))
	require.Empty(t, w.signals)
}

func TestWhoCannotPassIsTalkedWithUnrecorded(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	require.NoError(t, w.InviteOutside(ctx, called, "+84908123456", "02741022", id))
	come(t, w.signals)
	require.NoError(t, w.Ring(ctx, called, 30*time.Second))
	w.server.Inject(fakeari.Fault{Verb: http.MethodPost, Path: "/channels/*/continue", Status: 500, Message: "busy"})
	w.server.Answer(called)
	require.Equal(t, switchboard.LegUp{Call: id, Leg: called}, come(t, w.signals))
}

// An agent, here a telephone that called in, is in the bridge; the citizen is called,
// talks, is given to another agent, and the time for it is over.
func TestRealACitizenWhomWeCalledIsRecorded(t *testing.T) {
	t.Parallel()
	phone, r := newFar(t)
	ctx := t.Context()
	up := make(chan *softphone.Call, 1)
	invited := make(chan softphone.Incoming, 1)
	phone.Answer(func(in softphone.Incoming) softphone.Reply {
		invited <- in
		return softphone.Reply{Ring: 50 * time.Millisecond, Say: softphone.ToneSource(citizenHz), Up: func(c *softphone.Call) { up <- c }}
	})
	agent, entered := r.dial(phone, softphone.ToneSource(agentHz))
	of := entered.Call
	leg, b := of.Called(1), string(of)+"-cb"
	require.NoError(t, r.MakeBridge(ctx, b))
	require.NoError(t, r.Join(ctx, b, string(of)))
	require.NoError(t, r.InviteOutside(ctx, leg, "0908123456", "02741022", of))
	require.Equal(t, switchboard.LegEntered{Call: of, Leg: leg}, come(t, r.signals))
	require.NoError(t, r.Join(ctx, b, leg))
	require.NoError(t, r.Ring(ctx, leg, 10*time.Second))
	require.Equal(t, switchboard.LegRinging{Call: of, Leg: leg}, come(t, r.signals))
	far := come(t, up)
	require.Equal(t, "02741022", come(t, invited).From, "not whom the others in the bridge are taken for")
	answered := time.Now()
	require.Equal(t, switchboard.LegUp{Call: of, Leg: leg}, come(t, r.signals))
	t.Logf("back %v after the answer", time.Since(answered))
	require.NoError(t, r.Join(ctx, b, leg))
	hears(t, far, agentHz)
	hears(t, agent, citizenHz)
	<-time.After(time.Second)

	require.NoError(t, r.Part(ctx, b, leg))
	require.NoError(t, r.NextPartOutside(ctx, leg, 2))
	require.Equal(t, switchboard.LegUp{Call: of, Leg: leg}, come(t, r.signals))
	require.NoError(t, r.Join(ctx, b, leg))
	heard := len(agent.Heard.Samples())
	require.Eventually(t, func() bool { return len(agent.Heard.Samples()) > heard+audio.Rate }, soon, 10*time.Millisecond)

	require.NoError(t, r.Lease(ctx, leg, 200*time.Millisecond))
	gone := come(t, r.signals).(switchboard.LegGone)
	require.Equal(t, leg, gone.Leg)
	<-far.Done()
	for _, part := range []string{"", "-2"} {
		for side, hz := range map[string]float64{"rx": citizenHz, "tx": agentHz} {
			file := filepath.Join(r.ends.RecordingDir, leg+part+"-"+side+".wav")
			require.Eventually(t, func() bool {
				data, err := os.ReadFile(file)
				if err != nil {
					return false
				}
				sound, err := audio.ReadWAV(data)
				return err == nil && len(sound) == 1 && len(sound[0]) > audio.Rate && presence(sound[0], hz) > 0.9
			}, soon, 20*time.Millisecond, file)
		}
	}
}
