package telephony_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/switchboard"
)

func TestADestinationIsInvitedWithItsHeaders(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	leg := id.Destination(1)
	to := emergency.Rung{Kind: emergency.Number, Address: "114"}
	headers := []emergency.Header{{Name: "Priority", Value: "emergency"}}
	require.NoError(t, w.InviteDestination(ctx, leg, to, "02741022", headers, id))
	require.Equal(t, switchboard.LegEntered{Call: id, Leg: leg}, come(t, w.signals))
	asked := w.server.Await(http.MethodPost, "/channels/create", 1)
	require.Equal(t, url.Values{
		"channelId": {leg}, "endpoint": {"PJSIP/114@trunk"}, "app": {"hotline"}, "appArgs": {"outside"}, "formats": {"alaw"},
	}, asked.Query)
	require.Contains(t, asked.Body, `"PJSIP_HEADER(add,Priority)":"emergency"`)

	require.NoError(t, w.AddPhone(ctx, switchboard.Phone{SIPUser: "khan1", Password: "s3cret", Kind: switchboard.DeskPhone}))
	require.NoError(t, w.InviteDestination(ctx, id.Destination(2), emergency.Rung{Kind: emergency.AtDesk, Address: "khan1"}, "", nil, id))
	require.Equal(t, []string{"PJSIP/khan1"}, w.server.Await(http.MethodPost, "/channels/create", 2).Query["endpoint"])
}

func TestWhatIsMoreThanADestinationIsNotInvited(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	good := emergency.Rung{Kind: emergency.Number, Address: "114"}
	for _, to := range []emergency.Rung{
		{}, {Kind: emergency.Number}, {Kind: emergency.Mobile, Address: "0908&PJSIP/d1"}, {Kind: emergency.Number, Address: "114@evil.example"},
		{Kind: emergency.AtDesk}, {Kind: emergency.AtDesk, Address: "trunk"}, {Kind: emergency.AtDesk, Address: "1900@trunk"},
	} {
		require.Error(t, w.InviteDestination(ctx, id.Destination(1), to, "02741022", nil, id), "%+v", to)
	}
	for _, h := range []emergency.Header{{}, {Name: "A)", Value: "x"}, {Name: "A", Value: "x\r\nRoute: y"}} {
		require.Error(t, w.InviteDestination(ctx, id.Destination(1), good, "02741022", []emergency.Header{h}, id), "%+v", h)
	}
	require.Error(t, w.InviteDestination(ctx, id.Destination(1), good, "me@x", nil, id))
	require.Error(t, w.InviteDestination(ctx, citizen, good, "02741022", nil, id))
	require.Error(t, w.InviteDestination(ctx, "t1-1700000000.2-h1", good, "02741022", nil, id))
	for _, r := range w.server.Requests() {
		require.NotEqual(t, "/channels/create", r.Path)
	}
}

// centreHz is what a second command centre says.
const centreHz = 1300.0

// A citizen waits alone in the bridge with music and prompts; the fire centre answers, then
// an ambulance; each hears the two others; one leaves and the rest goes on.
func TestRealAHandoverIsAConferenceThatTheCitizenWaitsIn(t *testing.T) {
	t.Parallel()
	phone, r := newFar(t)
	ctx := t.Context()
	up := make(chan *softphone.Call, 2)
	says := map[string]float64{"114": agentHz, "115": centreHz}
	headers := make(chan string, 2)
	phone.Answer(func(in softphone.Incoming) softphone.Reply {
		headers <- in.Header("X-Hotline-Call")
		return softphone.Reply{Ring: 200 * time.Millisecond, Say: softphone.ToneSource(says[in.To]), Up: func(c *softphone.Call) { up <- c }}
	})
	caller, entered := r.dial(phone, softphone.ToneSource(citizenHz))
	id, b := entered.Call, entered.Call.Bridge()
	require.NoError(t, r.MakeBridge(ctx, b))
	require.NoError(t, r.Join(ctx, b, string(id)))
	require.NoError(t, r.Music(ctx, string(id), true))
	hears(t, caller, musicHz)
	require.NoError(t, r.Play(ctx, string(id), id.Play(1), []string{r.prompt(2000)}))
	hears(t, caller, 2000)
	require.Equal(t, switchboard.PlayDone{Call: id, Play: id.Play(1)}, come(t, r.signals))
	hears(t, caller, musicHz)

	conference := func(n int, number string) *softphone.Call {
		leg := id.Destination(n)
		rung := emergency.Rung{Kind: emergency.Number, Address: number}
		require.NoError(t, r.InviteDestination(ctx, leg, rung, "02741022", []emergency.Header{{Name: "X-Hotline-Call", Value: string(id)}}, id))
		require.Equal(t, switchboard.LegEntered{Call: id, Leg: leg}, come(t, r.signals))
		require.NoError(t, r.Ring(ctx, leg, 10*time.Second))
		require.Equal(t, switchboard.LegRinging{Call: id, Leg: leg}, come(t, r.signals))
		require.Equal(t, switchboard.LegUp{Call: id, Leg: leg}, come(t, r.signals))
		require.NoError(t, r.Join(ctx, b, leg))
		return come(t, up)
	}
	fire := conference(1, "114")
	require.NoError(t, r.Music(ctx, string(id), false))
	hears(t, caller, agentHz)
	hears(t, fire, citizenHz)
	require.Equal(t, string(id), <-headers)

	ambulance := conference(2, "115")
	hearsBoth(t, caller, agentHz, centreHz)
	hearsBoth(t, fire, citizenHz, centreHz)
	hearsBoth(t, ambulance, citizenHz, agentHz)

	fire.Hangup()
	gone := come(t, r.signals).(switchboard.LegGone)
	require.Equal(t, id.Destination(1), gone.Leg)
	hears(t, caller, centreHz)
	hears(t, ambulance, citizenHz)
	ambulance.Hangup()
	come(t, r.signals)
	require.NoError(t, r.Music(ctx, string(id), true))
	hears(t, caller, musicHz)
	require.Less(t, longestSilence(caller.Heard.Samples()), 2*time.Second)
}

// What outside legs end with is what a ladder needs to know.
func TestCausesAreWhatTheyMeanForALadder(t *testing.T) {
	t.Parallel()
	for cause, want := range map[int]call.DestinationEnd{
		17: call.DestinationBusy, 21: call.DestinationBusy, 34: call.DestinationCongested, 19: call.DestinationNoAnswer,
		1: call.DestinationNoRoute, 3: call.DestinationNoRoute, 23: call.DestinationNoRoute, 0: call.DestinationNoRoute,
	} {
		require.Equal(t, want, emergency.End(cause), cause)
	}
}

// hearsBoth waits until two tones are heard at the same time.
func hearsBoth(tb testing.TB, c *softphone.Call, a, b float64) {
	tb.Helper()
	require.Eventually(tb, func() bool {
		samples := c.Heard.Samples()
		n := len(samples) - audio.Rate/5
		return n > 0 && audio.Share(samples[n:], a) > 0.25 && audio.Share(samples[n:], b) > 0.25
	}, soon, 20*time.Millisecond, "%v Hz and %v Hz are not heard together", a, b)
}

// longestSilence is that of what was heard.
func longestSilence(samples []int16) time.Duration {
	const window = audio.Rate / 50
	var longest, now int
	for ; len(samples) >= window; samples = samples[window:] {
		if now += window; audio.RMS(samples[:window]) > 50 {
			now = 0
		}
		longest = max(longest, now)
	}
	return time.Duration(longest) * time.Second / audio.Rate
}

// prompt is a sound of one second, as Play wants it.
func (r *real) prompt(hz float64) string {
	r.tb.Helper()
	path := filepath.Join(r.tb.TempDir(), "prompt")
	require.NoError(r.tb, audio.WriteWAV(path+".wav", audio.Tone(hz, 0, audio.Rate)))
	return path
}
