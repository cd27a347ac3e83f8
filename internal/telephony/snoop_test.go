package telephony_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

// snoop is a leg that hears another one.
const snoop = citizen + "-s1"

func TestASupervisorListensAndWhispers(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	of, ok := call.Of(snoop)
	require.True(t, ok)
	require.Equal(t, id, of)
	require.ErrorIs(t, w.Listen(ctx, desk, snoop), switchboard.ErrGone)

	require.NoError(t, w.AddPhone(ctx, switchboard.Phone{SIPUser: "d1", Password: "x"}))
	require.NoError(t, w.Invite(ctx, desk, "d1", id, ""))
	come(t, w.signals)
	for leg, ask := range map[string]func() error{
		snoop:           func() error { return w.Listen(ctx, desk, snoop) },
		citizen + "-s2": func() error { return w.Whisper(ctx, desk, citizen+"-s2") },
	} {
		require.NoError(t, ask())
		require.Equal(t, switchboard.LegEntered{Call: id, Leg: leg}, come(t, w.signals))
	}
	for leg, whisper := range map[string]string{snoop: "none", citizen + "-s2": "out"} {
		asked := w.server.Await("POST", "/channels/"+desk+"/snoop/"+leg, 1)
		require.Equal(t, []string{"both"}, asked.Query["spy"])
		require.Equal(t, []string{whisper}, asked.Query["whisper"])
		require.Equal(t, []string{"snoop"}, asked.Query["appArgs"])
	}

	// The one is ended by us, the other ends with the leg that it hears.
	require.NoError(t, w.Hangup(ctx, snoop))
	require.Equal(t, switchboard.LegGone{Call: id, Leg: snoop, Cause: 16}, come(t, w.signals))
	w.server.HangUp(desk, 17)
	require.ElementsMatch(t, []switchboard.Signal{
		switchboard.LegGone{Call: id, Leg: desk, Cause: 17}, switchboard.LegGone{Call: id, Leg: citizen + "-s2", Cause: 16},
	}, []switchboard.Signal{come(t, w.signals), come(t, w.signals)})
	require.Empty(t, w.signals, "each once")
}

// A restart finds what hears others among the legs.
func TestWhatListensIsPartOfTheTruth(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.arrive(fakeari.Arrival{ID: citizen})
	require.NoError(t, w.Listen(ctx, citizen, snoop))
	come(t, w.signals)
	truth, err := w.Truth(ctx)
	require.NoError(t, err)
	require.Equal(t, []string{snoop}, truth.Legs)
	require.Equal(t, map[string]bool{snoop: true}, truth.Up)
}

// Tones of the real calls.
const (
	citizenHz    = 440.0
	agentHz      = 1000.0
	supervisorHz = 1500.0
)

// talk is a citizen and an agent who talk. Agents and supervisors have telephones at the
// far end of the trunk here: SIP is SIP.
type talk struct {
	*real
	id             call.ID
	citizen, agent *softphone.Call
	agentLeg       string
	phone          *softphone.Phone
	up             chan *softphone.Call
	joined         time.Time // when their conversation began
}

// newTalk connects them. Whom number n is called says tone n.
func newTalk(t *testing.T, tones ...float64) *talk {
	t.Helper()
	phone, r := newFar(t)
	k := &talk{real: r, phone: phone, up: make(chan *softphone.Call, 1)}
	phone.Answer(func(in softphone.Incoming) softphone.Reply {
		return softphone.Reply{Say: softphone.ToneSource(tones[in.To[0]-'0']), Up: func(c *softphone.Call) { k.up <- c }}
	})
	var entered switchboard.CitizenEntered
	k.citizen, entered = r.dial(phone, softphone.ToneSource(citizenHz))
	k.id = entered.Call
	require.NoError(t, r.Lease(t.Context(), string(k.id), 0))
	k.agentLeg, k.agent = k.connect(1, "0", k.id.Bridge())
	k.joined = time.Now()
	require.NoError(t, r.Join(t.Context(), k.id.Bridge(), string(k.id)))
	hears(t, k.citizen, tones[0])
	hears(t, k.agent, citizenHz)
	return k
}

// connect makes a leg into a bridge, and waits until it is answered.
func (k *talk) connect(n int, number, bridge string) (string, *softphone.Call) {
	k.tb.Helper()
	ctx, leg := k.tb.Context(), string(k.id.Offer(n))
	require.NoError(k.tb, k.InviteOutside(ctx, leg, number, "1022", k.id))
	require.Equal(k.tb, switchboard.LegEntered{Call: k.id, Leg: leg}, come(k.tb, k.signals))
	require.NoError(k.tb, k.MakeBridge(ctx, bridge))
	require.NoError(k.tb, k.Join(ctx, bridge, leg))
	require.NoError(k.tb, k.Ring(ctx, leg, 10*time.Second))
	require.Equal(k.tb, switchboard.LegUp{Call: k.id, Leg: leg}, come(k.tb, k.signals))
	return leg, come(k.tb, k.up)
}

// hearsAll waits until a fifth of a second is made of these tones and no other of ours.
func hearsAll(tb testing.TB, c *softphone.Call, tones ...float64) {
	tb.Helper()
	require.Eventually(tb, func() bool {
		samples := c.Heard.Samples()
		if len(samples) < audio.Rate/5 {
			return false
		}
		samples = samples[len(samples)-audio.Rate/5:]
		for _, hz := range []float64{citizenHz, agentHz, supervisorHz, musicHz} {
			want := false
			for _, tone := range tones {
				want = want || tone == hz
			}
			if share := audio.Share(samples, hz); want && share < 0.6/float64(len(tones)) || !want && share > 0.01 {
				return false
			}
		}
		return true
	}, soon, 20*time.Millisecond, "%v are not what is heard", tones)
}

func TestRealASupervisorListensWhispersAndBarges(t *testing.T) {
	t.Parallel()
	k := newTalk(t, agentHz, supervisorHz)
	ctx, side := t.Context(), string(k.id)+"-sb"
	leg, supervisor := k.connect(2, "1", side)
	listen := func(ask func() error, snoop string) {
		require.NoError(t, ask())
		require.Equal(t, switchboard.LegEntered{Call: k.id, Leg: snoop}, come(t, k.signals))
		require.NoError(t, k.Join(ctx, side, snoop))
	}

	first, second := string(k.id)+"-s1", string(k.id)+"-s2"
	listen(func() error { return k.Listen(ctx, k.agentLeg, first) }, first)
	hearsAll(t, supervisor, citizenHz, agentHz)
	hearsAll(t, k.agent, citizenHz)
	hearsAll(t, k.citizen, agentHz)

	require.NoError(t, k.Hangup(ctx, first))
	require.Equal(t, switchboard.LegGone{Call: k.id, Leg: first, Cause: 16}, come(t, k.signals))
	listen(func() error { return k.Whisper(ctx, k.agentLeg, second) }, second)
	hearsAll(t, supervisor, citizenHz, agentHz)
	hearsAll(t, k.agent, citizenHz, supervisorHz)
	hearsAll(t, k.citizen, agentHz)
	<-time.After(time.Second) // of whispering

	// To barge is to join, after listening has ended.
	require.NoError(t, k.Hangup(ctx, second))
	require.Equal(t, switchboard.LegGone{Call: k.id, Leg: second, Cause: 16}, come(t, k.signals))
	heard := len(k.citizen.Heard.Samples())
	barged := time.Now()
	require.NoError(t, k.Join(ctx, k.id.Bridge(), leg))
	hearsAll(t, k.citizen, agentHz, supervisorHz)
	hearsAll(t, k.agent, citizenHz, supervisorHz)
	hearsAll(t, supervisor, citizenHz, agentHz)
	require.Zero(t, presence(k.citizen.Heard.Samples()[:heard], supervisorHz), "the citizen heard the whispering")

	// What was whispered is not in the recording either.
	together := time.Since(barged)
	require.NoError(t, k.Hangup(ctx, string(k.id)))
	agent := k.recorded("tx")
	before := agent[:len(agent)-int((together+time.Second/2).Seconds()*audio.Rate)]
	require.Greater(t, presence(before, agentHz), 0.9)
	require.Zero(t, presence(before, supervisorHz))
}

// presence is the part of the time in which a tone is heard, alone or not. It looks at
// 100 ms at a time, for a late packet breaks the phase of a longer stretch.
func presence(samples []int16, hz float64) float64 {
	const window = audio.Rate / 10
	var heard, all float64
	for ; len(samples) >= window; samples = samples[window:] {
		all++
		if audio.Share(samples[:window], hz) > 0.1 {
			heard++
		}
	}
	return heard / all
}

// recorded is a side of the recording, when Asterisk has finished it.
func (k *talk) recorded(side string) []int16 {
	k.tb.Helper()
	var sound [][]int16
	require.Eventually(k.tb, func() bool {
		data, err := os.ReadFile(filepath.Join(k.ends.RecordingDir, string(k.id)+"-"+side+".wav"))
		if err != nil {
			return false
		}
		sound, err = audio.ReadWAV(data)
		return err == nil && len(sound) == 1 && len(sound[0]) > 0
	}, soon, 20*time.Millisecond)
	return sound[0]
}

// Whoever hangs up: what listens to a leg ends with it, and is told of.
func TestRealListeningEndsWithTheLegThatIsHeard(t *testing.T) {
	t.Parallel()
	k := newTalk(t, agentHz)
	ctx, first, second := t.Context(), string(k.id)+"-s1", string(k.id)+"-s2"
	require.NoError(t, k.Listen(ctx, k.agentLeg, first))
	come(t, k.signals)
	require.NoError(t, k.MakeBridge(ctx, string(k.id)+"-sb"))
	require.NoError(t, k.Join(ctx, string(k.id)+"-sb", first))
	require.NoError(t, k.Listen(ctx, string(k.id), second))
	come(t, k.signals)
	k.agent.Hangup()
	require.ElementsMatch(t, []switchboard.Signal{
		switchboard.LegGone{Call: k.id, Leg: k.agentLeg, Cause: 16}, switchboard.LegGone{Call: k.id, Leg: first, Cause: 16},
	}, []switchboard.Signal{come(t, k.signals), come(t, k.signals)})
	k.citizen.Hangup()
	gone := map[string]bool{}
	for !gone[string(k.id)] || !gone[second] {
		gone[come(t, k.signals).(switchboard.LegGone).Leg] = true
	}
	require.ErrorIs(t, k.Listen(ctx, string(k.id), first), switchboard.ErrGone)
}
